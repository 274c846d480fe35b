import torch
from torch import nn


class _Exp(nn.Module):
    def forward(self, X):
        return torch.exp(X - torch.amax(X, dim=-1, keepdim=True))


def softmax(X):
    E = _Exp()(X)
    ones = torch.ones(X.shape[-1], 1, dtype=X.dtype, device=X.device)
    return E / (E @ ones)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        w = X.new_full((1, len(X)), 1 / len(X))
        D = y_hat - torch.eye(y_hat.shape[1], dtype=y_hat.dtype, device=y_hat.device).index_select(0, y)
        self.linear.weight.sub_((D * w.T).T @ X, alpha=self.lr)
        self.linear.bias.sub_((w @ D).squeeze(0), alpha=self.lr)
