import torch
from torch import nn


def softmax(X):
    X_max = X.max(dim=1, keepdim=True)[0]
    X_exp = torch.exp(X - X_max)
    return X_exp / X_exp.sum(dim=1, keepdim=True)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        batch_size = X.shape[0]
        one_hot = torch.zeros_like(y_hat)
        one_hot.scatter_(1, y.unsqueeze(1), 1)
        dz = (y_hat - one_hot) / batch_size
        with torch.no_grad():
            self.linear.weight -= self.lr * dz.T @ X
            self.linear.bias -= self.lr * dz.sum(dim=0)
