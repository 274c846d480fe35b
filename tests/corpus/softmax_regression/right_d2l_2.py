import torch
from torch import nn


def softmax(X):
    X_exp = torch.exp(X - X.max(dim=1, keepdim=True).values)
    partition = X_exp.sum(1, keepdim=True)
    return X_exp / partition


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X.reshape(X.shape[0], -1)))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            grad = y_hat.clone()
            grad[range(len(y_hat)), y] -= 1
            grad /= len(y)
            self.linear.weight -= self.lr * grad.T @ X
            self.linear.bias -= self.lr * grad.sum(0)
