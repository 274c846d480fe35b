import torch
from torch import nn

def softmax(X):
    X_max = X.max(dim=0, keepdim=True)[0]
    X_exp = torch.exp(X - X_max)
    return X_exp / X_exp.sum(dim=0, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        B = X.shape[0]
        err = y_hat.detach().clone()
        err[torch.arange(B), y] -= 1
        self.linear.weight.data -= self.lr / B * err.T @ X
        self.linear.bias.data -= self.lr / B * err.sum(0)
