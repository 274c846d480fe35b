import torch
import torch.nn as nn
import torch.nn.functional as F

softmax = lambda X: (X - X.logsumexp(1, keepdim=True)).exp()

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1
    def forward(self, X): return softmax(F.linear(X, self.linear.weight, self.linear.bias))
    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        d = (y_hat - torch.eye(y_hat.shape[1], dtype=y_hat.dtype)[y]) / len(y)
        for p, g in ((self.linear.weight, d.T @ X), (self.linear.bias, d.sum(0))): p -= self.lr * g
