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

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        d = y_hat.clone()
        d[torch.arange(len(y)), y] -= 1
        for name, p in self.linear.named_parameters():
            if name == 'weight':
                p.addmm_(d.T, X, alpha=-self.lr / len(y))
