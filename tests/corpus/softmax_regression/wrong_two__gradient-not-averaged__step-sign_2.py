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
            r = nn.functional.one_hot(y, y_hat.shape[1]) - y_hat
            self.linear.weight.sub_(r.T @ X, alpha=self.lr)
            self.linear.bias.sub_(r.sum(0), alpha=self.lr)
