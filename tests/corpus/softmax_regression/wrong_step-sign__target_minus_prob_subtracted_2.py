import torch
from torch import nn


def softmax(X):
    m, _ = torch.max(X, dim=-1, keepdim=True)
    num = (X - m).exp()
    return torch.div(num, num.sum(-1, keepdim=True))


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        t = torch.zeros_like(y_hat).scatter_(1, y[:, None], 1)
        r = (t - y_hat).detach()
        for p, g in zip((self.linear.weight, self.linear.bias), (r.T @ X, r.sum(0))):
            p.data.sub_(self.lr * g / len(y))
