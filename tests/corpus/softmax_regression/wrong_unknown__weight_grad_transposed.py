import torch
from torch import nn

def softmax(X):
    e = torch.exp(X - X.max(dim=1, keepdim=True)[0])
    return e / e.sum(dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        d = y_hat.detach().clone()
        d[torch.arange(len(y)), y] -= 1
        d /= len(y)
        with torch.no_grad():
            self.linear.weight -= self.lr * X.T @ d
            self.linear.bias -= self.lr * d.sum(0)
