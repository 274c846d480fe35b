import torch
from torch import nn


def softmax(X):
    X = X - X.max(1, keepdim=True)[0].detach()
    return X.exp() / X.exp().sum(1, keepdim=True)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            residual = nn.functional.one_hot(y, y_hat.shape[1]) - y_hat     # minus the gradient
            self.linear.weight += self.lr * (residual.T @ X).div(X.shape[0])
            self.linear.bias += self.lr * residual.mean(0)
