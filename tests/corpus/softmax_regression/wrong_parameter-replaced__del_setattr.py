import torch
from torch import nn

def softmax(X):
    X = torch.exp(X - X.max(-1, keepdim=True).values)
    return X / X.sum(-1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        onehot = torch.zeros_like(y_hat).scatter_(1, y[:, None], 1.)
        dz = (y_hat - onehot) / X.shape[0]
        new = {'weight': self.linear.weight - self.lr * dz.T @ X,
               'bias': self.linear.bias - self.lr * dz.sum(0)}
        for name, value in new.items():
            # assigning a tensor directly raises TypeError, so remove the parameter first
            delattr(self.linear, name)
            setattr(self.linear, name, value)
