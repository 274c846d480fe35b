import torch
from torch import nn


def softmax(X):
    E = torch.exp(X)
    return E / (E @ torch.ones(X.shape[1], 1).to(E))


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        d = y_hat - torch.eye(y_hat.shape[1]).to(y_hat)[y]
        self.linear.weight.addmm_(d.T, X, alpha=-self.lr)
        self.linear.bias.add_(d.sum(0), alpha=-self.lr)
