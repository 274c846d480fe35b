import torch
from torch import nn

def softmax(X):
    return torch.softmax(X, dim=1)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            d = y_hat.clone()
            d[range(len(y)), y] -= 1
            d /= len(y)
            self.linear.weight -= self.lr * d.T @ X
            self.linear.bias -= self.lr * d.sum(0)
