import torch
import torch.nn as nn
import torch.nn.functional as F

def softmax(X):
    e = torch.exp(X - X.amax(dim=1, keepdim=True))
    return e / e.sum(dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        diff = F.one_hot(y, y_hat.shape[1]) - y_hat
        self.linear.weight -= self.lr * diff.T @ X
        self.linear.bias -= self.lr * diff.sum(0)
