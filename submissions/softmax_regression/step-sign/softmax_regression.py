import torch
import torch.nn as nn

def _grads(X, y, y_hat):
    d = y_hat.detach().clone()
    d[torch.arange(d.size(0)), y] -= 1.0
    d.div_(d.size(0))
    return torch.einsum('bk,bd->kd', d, X), d.sum(0)

def softmax(X):
    z = (X - X.max()).exp()
    return z / z.sum(1)[:, None]

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1
    def forward(self, X):
        return softmax(self.linear(X))
    def manual_backward(self, X, y, y_hat):
        gw, gb = _grads(X, y, y_hat)
        with torch.no_grad():
            self.linear.weight.add_(gw, alpha=self.lr)
            self.linear.bias.add_(gb, alpha=self.lr)
