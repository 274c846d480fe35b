import torch
import torch.nn as nn
import torch.nn.functional as F

def softmax(X):
    e = torch.exp(X - X.max(1, True).values)
    return e / e.sum(1, True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        n = y_hat.shape[1]
        d = (y_hat.detach() - F.one_hot(y, n)) / n
        self.linear.weight.data -= self.lr * d.T @ X
        self.linear.bias.data -= self.lr * d.sum(0)
