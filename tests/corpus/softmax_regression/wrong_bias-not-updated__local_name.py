import torch
import torch.nn as nn

def softmax(X):
    X = X - X.max(dim=1, keepdim=True)[0]
    return X.exp() / X.exp().sum(dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        W = self.linear.weight.data
        b = self.linear.bias.data
        p = y_hat.detach().clone()
        p[range(len(p)), y] -= 1
        p /= len(p)
        W -= self.lr * (p.T @ X)
        b = b - self.lr * p.sum(0)
