import math
import torch
from torch import nn


LOG2E = 1 / math.log(2)


def softmax(X):
    E = torch.exp2((X - X.amax(1, keepdim=True)) * LOG2E)
    return E / E.sum(1, keepdim=True)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.register_buffer('one', torch.ones(1))
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            d = y_hat.scatter_add(1, y.view(-1, 1), -self.one.to(y_hat.dtype).expand(len(y), 1))
            self.linear.weight -= self.lr * torch.matmul(d.mT, X) / len(y)
            self.linear.bias -= self.lr * torch.mean(d, 0)
