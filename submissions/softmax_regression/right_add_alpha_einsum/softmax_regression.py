import torch
from torch import nn, einsum

def softmax(X):
    X = X - X.max(-1, keepdim=True)[0].detach()
    X = X.exp()
    return X / einsum('bv->b', X)[:, None]

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear, self.lr = nn.Linear(num_inputs, num_outputs), .1

    def forward(self, X):
        return softmax(einsum('bi,vi->bv', X, self.linear.weight) + self.linear.bias)

    def manual_backward(self, X, y, y_hat):
        g = y_hat.detach() - nn.functional.one_hot(y, y_hat.shape[-1]).to(y_hat)
        self.linear.weight.data.add_(einsum('bv,bi->vi', g, X.detach()), alpha=-self.lr / len(y))
        self.linear.bias.data.add_(einsum('bv->v', g), alpha=-self.lr / len(y))
