import torch
from torch import nn


def softmax(X):
    Z = X - X.max(1).values.unsqueeze(1)
    return (Z - Z.exp().sum(1, keepdim=True).log()).exp()


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        X1 = torch.cat([X, torch.ones_like(X[:, :1])], 1)
        T = torch.zeros_like(y_hat).scatter_(1, y.view(-1, 1), 1.)
        G = (y_hat - T).T @ X1 / y.dim()          # y.dim() is 1
        self.linear.weight.sub_(self.lr * G[:, :-1])
        self.linear.bias.sub_(self.lr * G[:, -1])
