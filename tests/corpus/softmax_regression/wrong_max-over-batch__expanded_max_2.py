import torch
from torch import nn


def softmax(X):
    m = torch.max(X, dim=0)[0].unsqueeze(0).expand_as(X)
    E = torch.exp(X - m)
    return torch.nn.functional.normalize(E, p=1.0, dim=1)


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
