import torch
from torch import nn


def softmax(X):
    rows = []
    for row in X:
        e = torch.exp(row - torch.max(row))
        rows.append(e / torch.sum(e))
    return torch.stack(rows)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        W, b = self.linear.weight, self.linear.bias
        gW, gb = torch.zeros_like(W), torch.zeros_like(b)
        with torch.no_grad():
            for i in range(len(X)):
                d = y_hat[i].clone()
                d[y[i]] = d[y[i]] - 1
                gW += torch.outer(d, X[i])
                gb += d
            W.sub_(self.lr * gW / len(X))
            b.sub_(self.lr * gb / len(X))
