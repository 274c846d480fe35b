import torch
from torch import nn


def softmax(X):
    return (X - torch.logsumexp(X, dim=1, keepdim=True)).exp()


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            d = (y_hat - (y.unsqueeze(1) == torch.arange(y_hat.size(1), device=y.device)).to(y_hat)) / X.size(0)
            self.linear.weight.copy_(self.linear.weight - self.lr * d.t().matmul(X))
            self.linear.bias.copy_(self.linear.bias - self.lr * d.sum(0))
