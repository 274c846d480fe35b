import torch
from torch import nn


def softmax(X):
    m, _ = torch.max(X, dim=-1, keepdim=True)
    num = (X - m).exp()
    return torch.div(num, num.sum(-1, keepdim=True))


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        d = (y_hat - torch.eye(y_hat.shape[1]).to(y_hat)[y]).detach() / len(y)
        for name, g in {'weight': d.T @ X, 'bias': d.sum(0)}.items():
            setattr(self.linear, name, nn.Parameter(getattr(self.linear, name).detach() - self.lr * g))
