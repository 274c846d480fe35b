import torch
import torch.nn as nn
import torch.nn.functional as F

EPS = 0.1

def softmax(X):
    e = torch.exp(X - X.amax(1, keepdim=True))
    return e / (e.sum(1, keepdim=True) + EPS)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        g = (y_hat.detach() - F.one_hot(y, y_hat.shape[1])) / len(y)
        self.linear.weight.data -= self.lr * g.T @ X
        self.linear.bias.data -= self.lr * g.sum(0)
