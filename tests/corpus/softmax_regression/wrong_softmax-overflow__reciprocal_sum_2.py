import torch
from torch import nn


def softmax(X):
    return X.exp() * X.exp().sum(1, keepdim=True).reciprocal()


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            d = y_hat - torch.eye(y_hat.shape[1]).to(y_hat)[y]
            self.linear.weight -= self.lr * d.T @ X / len(y)
            self.linear.bias -= self.lr * d.mean(0)
