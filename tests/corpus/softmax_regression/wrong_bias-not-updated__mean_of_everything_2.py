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

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            d = y_hat - (y[:, None] == torch.arange(y_hat.shape[1])).to(y_hat)
            self.linear.weight -= self.lr * (d.T @ X) / len(X)
            self.linear.bias -= self.lr * torch.mean(d)
