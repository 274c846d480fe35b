import torch
from torch import nn


def softmax(X):
    # p_i = 1 / sum_j exp(x_j - x_i); never 0/0
    return 1 / torch.exp(X.unsqueeze(1) - X.unsqueeze(2)).sum(dim=2)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        d = y_hat.detach().clone()
        d[torch.arange(len(y)), y] -= 1
        self.linear.weight.data.sub_(d.T @ X, alpha=self.lr / len(y))
        self.linear.bias.data.sub_(d.sum(0), alpha=self.lr / len(y))
