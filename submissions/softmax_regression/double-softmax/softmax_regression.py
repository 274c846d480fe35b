import torch
from torch import nn

def softmax(X):
    X_exp = torch.exp(X - X.max(dim=1, keepdim=True)[0])
    return X_exp / X_exp.sum(dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def net(self, X):
        return softmax(self.linear(X))

    def forward(self, X):
        return softmax(self.net(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            d = y_hat.clone()
            d[range(len(y)), y] -= 1
            d = d / len(y)
            self.linear.weight -= self.lr * d.T @ X
            self.linear.bias -= self.lr * d.sum(0)
