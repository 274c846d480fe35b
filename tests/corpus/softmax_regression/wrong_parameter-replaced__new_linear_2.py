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

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        d = (y_hat - torch.eye(y_hat.shape[1]).to(y_hat)[y]) / len(y)
        new = nn.Linear(self.linear.in_features, self.linear.out_features).to(self.linear.weight)
        new.weight.copy_(self.linear.weight - self.lr * d.T @ X)
        new.bias.copy_(self.linear.bias - self.lr * d.sum(0))
        self.linear = new
