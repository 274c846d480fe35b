import torch
from torch import nn


def softmax(X):
    Z = X - X.max(1).values.unsqueeze(1)
    return (Z - Z.exp().sum(1, keepdim=True).log()).exp()


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def descent_direction(self, X, y, y_hat):
        d = (y_hat - nn.functional.one_hot(y, y_hat.shape[1])) / X.shape[0]
        return -(d.T @ X), -d.sum(0)

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        gW, gb = self.descent_direction(X, y, y_hat)
        self.linear.weight -= self.lr * gW
        self.linear.bias -= self.lr * gb
