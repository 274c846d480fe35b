import torch
from torch import nn


def softmax(X):
    e = torch.exp(X - X.amax(dim=1, keepdim=True))
    return e / e.sum(dim=1, keepdim=True)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            d = (y_hat - torch.eye(y_hat.shape[1]).to(y_hat)[y]) / len(y)
            self.linear.weight.sub_(self.lr * d.T @ X)
            self.linear.bias.sub_(self.lr * d[0])
