import torch
from torch import nn


def softmax(X):
    Z = X.to(torch.float64)
    Z = Z - Z.max(dim=1, keepdim=True).values
    E = torch.exp(Z)
    return (E / E.sum(dim=1, keepdim=True)).to(X.dtype)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        W, b = self.linear.weight.detach(), self.linear.bias.detach()     # share storage
        d = y_hat.detach().double() - nn.functional.one_hot(y.long(), y_hat.shape[1]).double()
        W -= (self.lr * d.T @ X.detach().double() / len(y)).to(W.dtype)
        b -= (self.lr * d.sum(0) / len(y)).to(b.dtype)
