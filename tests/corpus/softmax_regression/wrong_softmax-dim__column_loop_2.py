import torch
from torch import nn


def softmax(X):
    cols = []
    for col in X.unbind(1):
        e = torch.exp(col - col.max())
        cols.append(e / e.sum())
    return torch.stack(cols, dim=1)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        d = y_hat.scatter_add(1, y[:, None], -torch.ones_like(y_hat[:, :1])) / X.size(0)
        self.linear.weight.addmm_(d.mT, X, alpha=-self.lr)
        self.linear.bias.add_(d.sum(0), alpha=-self.lr)
