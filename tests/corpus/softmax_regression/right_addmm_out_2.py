import torch
from torch import nn


def softmax(X, dim=-1):
    c = torch.max(X, dim=dim, keepdim=True).values
    num = torch.exp(X - c)
    return torch.true_divide(num, num.sum(dim, keepdim=True))


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            B = X.size(0)
            d = torch.where(nn.functional.one_hot(y, y_hat.size(1)).bool(), y_hat - 1, y_hat)
            torch.addmm(self.linear.weight, d.T, X, alpha=-self.lr / B, out=self.linear.weight)
            self.linear.bias.add_(d.sum(0), alpha=-self.lr / B)
