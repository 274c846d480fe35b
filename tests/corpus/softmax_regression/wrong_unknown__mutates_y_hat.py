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
        with torch.no_grad():
            y_hat[range(len(y)), y] -= 1
            y_hat /= len(y)
            self.linear.weight -= self.lr * y_hat.T @ X
            self.linear.bias -= self.lr * y_hat.sum(0)
