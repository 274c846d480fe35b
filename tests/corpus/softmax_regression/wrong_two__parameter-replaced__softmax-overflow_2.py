import torch
from torch import nn


def softmax(X):
    return torch.exp(X) / torch.exp(X).sum(1, True)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        d = (y_hat - torch.eye(y_hat.shape[1]).to(y_hat)[y]).detach() / len(y)
        W = nn.Parameter(self.linear.weight.data - self.lr * d.T @ X)
        b = nn.Parameter(self.linear.bias.data - self.lr * d.sum(0))
        self.linear.weight, self.linear.bias = W, b
