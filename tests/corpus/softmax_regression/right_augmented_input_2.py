import torch
from torch import nn


def softmax(X):
    shifted = X - X.max(dim=1).values[:, None]
    numer = shifted.exp()
    return numer / numer.sum(dim=1)[:, None]


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        """bias as a last column of the weights: one product for both gradients"""
        X1 = torch.cat([X, X.new_ones(X.size(0), 1)], dim=1)
        T = torch.zeros_like(y_hat).scatter(1, y[:, None], 1.0)
        G = (y_hat - T).t() @ X1 / X.size(0)
        self.linear.weight -= self.lr * G[:, :-1]
        self.linear.bias -= self.lr * G[:, -1]
