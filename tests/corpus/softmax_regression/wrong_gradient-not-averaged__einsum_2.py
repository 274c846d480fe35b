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
            d = y_hat - nn.functional.one_hot(y, y_hat.size(1))
            self.linear.weight -= self.lr * torch.einsum('bv,bi->vi', d, X)
            self.linear.bias -= self.lr * torch.einsum('bv->v', d)
