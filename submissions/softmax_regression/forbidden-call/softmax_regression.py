import torch
import torch.nn as nn
from torch.nn.functional import one_hot, softmax as sm

def softmax(X):
    return sm(X, -1)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        g = (y_hat.detach() - one_hot(y, y_hat.shape[1])) / len(y)
        self.linear.weight.data -= self.lr * g.T @ X
        self.linear.bias.data -= self.lr * g.sum(0)
