import torch
import torch.nn as nn
import torch.nn.functional as F

def softmax(X):
    """稳定版 softmax"""
    mx = torch.amax(X, dim=0, keepdim=True)
    ex = torch.exp(X - mx)
    return ex / torch.sum(ex, dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs, lr=0.1):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = lr

    def forward(self, X):
        z = self.linear(X)
        return softmax(z)

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        dz = (y_hat - F.one_hot(y, y_hat.shape[-1])) / X.size(0)
        self.linear.weight.add_(dz.T @ X, alpha=-self.lr)
        self.linear.bias.add_(dz.sum(0), alpha=-self.lr)
