import torch
from torch import nn


def softmax(X):
    X = X.clone()
    X -= X.max(dim=1, keepdim=True).values
    X = torch.exp(X)
    return X / X.sum(dim=1, keepdim=True)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        W = self.linear.weight.detach().clone()
        b = self.linear.bias.detach().clone()
        d = y_hat.detach().clone()
        d[torch.arange(d.size(0)), y] -= 1.0
        W_new = W - self.lr * d.T @ X / d.size(0)
        b_new = b - self.lr * d.sum(dim=0) / d.size(0)
        with torch.no_grad():
            self.linear.weight[...] = W_new
            self.linear.bias[...] = b_new
