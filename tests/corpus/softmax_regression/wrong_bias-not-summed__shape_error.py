import torch
from torch import nn
import torch.nn.functional as F

def softmax(X):
    X_exp = (X - X.max(dim=1, keepdim=True).values).exp()
    return X_exp / X_exp.sum(dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        dy = (y_hat - F.one_hot(y, y_hat.shape[1])) / len(y)
        with torch.no_grad():
            self.linear.weight -= self.lr * (dy.T @ X)
            self.linear.bias -= self.lr * dy
