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

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        p = softmax(y_hat)
        p[torch.arange(len(y)), y] -= 1
        self.linear.weight.addmm_(p.T, X, alpha=-self.lr / len(y))
        self.linear.bias.add_(p.sum(0), alpha=-self.lr / len(y))
