import torch
from torch import nn

def softmax(X):
    return (X - torch.logsumexp(X, 1, keepdim=True)).exp()

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        p = softmax(self.forward(X))
        p[torch.arange(X.shape[0]), y] -= 1
        self.linear.weight -= self.lr * p.T @ X / X.shape[0]
        self.linear.bias -= self.lr * p.sum(0) / X.shape[0]
