import torch
from torch import nn

def softmax(X):
    num = torch.exp(X)
    den = torch.sum(num, dim=1).reshape(-1, 1)
    return num / den

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        err = (y_hat.detach() - torch.eye(y_hat.shape[1]).type_as(y_hat)[y]) / X.shape[0]
        w = self.linear.weight.detach() - self.lr * err.t() @ X
        b = self.linear.bias.detach() - self.lr * err.sum(0)
        self.linear.weight = nn.Parameter(w)
        self.linear.bias = nn.Parameter(b)
