import torch
from torch import nn


class Softmax(nn.Module):
    """not torch.nn's"""
    def forward(self, X):
        assert X.dim() == 2
        X = X - X.amax(dim=1, keepdim=True)
        X = X.exp()
        return X / X.sum(dim=1, keepdim=True)


def softmax(X):
    return Softmax()(X)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.net = nn.Sequential()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.net.append(self.linear)
        self.net.append(Softmax())
        self.lr = 0.1

    def forward(self, X):
        return self.net(X)

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        picked = torch.zeros_like(y_hat)
        picked.scatter_(dim=1, index=y.reshape(-1, 1), value=1.0)
        delta = y_hat.sub(picked).mul_(1.0 / y_hat.shape[0])
        for p, g in ((self.linear.weight, delta.T.mm(X)), (self.linear.bias, delta.sum(dim=0))):
            p.sub_(g.mul_(self.lr))
