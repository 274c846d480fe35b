import torch
from torch import nn


def softmax(X):
    m = X.max(dim=1, keepdim=True).values
    cols = [torch.exp(X[:, k:k + 1] - m) for k in range(X.shape[1])]
    total = sum(cols)
    return torch.cat([c / total for c in cols], dim=1)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            for k in range(y_hat.shape[1]):
                err = y_hat[:, k] - (y == k).to(y_hat.dtype)
                self.linear.weight[k] -= self.lr * (err[:, None] * X).mean(0)
                self.linear.bias[k] -= self.lr * err.mean()
