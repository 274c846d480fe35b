import torch
from torch import nn


def _normalise(E):
    return nn.functional.normalize(E, p=1, dim=1)


def softmax(X):
    top = X.sort(dim=1, descending=True).values[:, :1]
    return _normalise(torch.exp(X - top))


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            target = torch.zeros(y_hat.shape, dtype=y_hat.dtype).scatter_(1, y.unsqueeze(-1), 1)
            diff = torch.sub(y_hat, target)
            self.linear.weight.sub_(torch.tensordot(diff, X, dims=([0], [0])) * (self.lr / X.shape[0]))
            self.linear.bias.sub_(diff.sum(0) * (self.lr / X.shape[0]))
