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

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        d = y_hat.clone()
        d[torch.arange(len(y)), y] -= 1
        self.linear.weight.addmm_(d.T, X, alpha=-self.lr / len(y))
        self.linear.bias -= self.lr * d / len(y)
