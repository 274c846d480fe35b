import torch
from torch import nn


def lse(X):
    return X.exp().sum(dim=1, keepdim=True).log()


def softmax(X):
    X = X - X.amax(dim=1, keepdim=True)
    return torch.exp(X - lse(X))


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            scale = -self.lr / y.numel()
            d = y_hat.scatter_add(1, y[:, None], -torch.ones_like(y_hat[:, :1]))
            self.linear.weight.addmm_(d.mT, X, alpha=scale)
            self.linear.bias.add_(torch.ones_like(y, dtype=d.dtype) @ d, alpha=scale)
