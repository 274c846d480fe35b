import torch
from torch import nn

def softmax(X):
    e = torch.exp(X - X.max(1, keepdim=True)[0])
    return e / e.sum(1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        n = X.shape[0]
        dz = torch.zeros_like(y_hat)
        idx = torch.arange(n)
        dz[idx, y] = y_hat.detach()[idx, y] - 1
        dz /= n
        with torch.no_grad():
            self.linear.weight -= self.lr * dz.T @ X
            self.linear.bias -= self.lr * dz.sum(0)
