import torch
import torch.nn as nn
import torch.nn.functional as F

def softmax(X):
    c = torch.max(X, dim=1, keepdim=True).values
    return torch.exp(X - c) / torch.exp(X - c).sum(dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        Z = X @ self.linear.weight.t() + self.linear.bias
        return softmax(Z)

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            probs = self.forward(X)
            labels = F.one_hot(y, self.linear.out_features)
            diff = probs - labels
            self.linear.weight -= self.lr * (diff.T @ X) / X.shape[0]
            self.linear.bias -= self.lr * diff.sum(axis=0) / X.shape[0]
