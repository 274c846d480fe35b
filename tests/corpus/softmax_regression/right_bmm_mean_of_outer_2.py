import torch
from torch import nn


def softmax(X):
    e = X.sub(X.max(dim=1, keepdim=True).values).exp()
    return e.div(e.sum(dim=1, keepdim=True))


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            onehot = torch.zeros_like(y_hat)
            onehot[torch.arange(y.shape[0]), y] = 1
            per_sample = torch.bmm((y_hat - onehot).unsqueeze(2), X.unsqueeze(1))
            self.linear.weight -= self.lr * per_sample.mean(dim=0)
            self.linear.bias -= self.lr * (y_hat - onehot).mean(dim=0)
