import torch
import torch.nn as nn
import torch.nn.functional as F

def softmax(X):
    e = (X - X.amax(-1, True)).exp()
    return e / e.sum(-1, True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        lr = 0.01
        g = (y_hat.detach() - F.one_hot(y, y_hat.shape[1])) / len(y)
        self.linear.weight.data -= lr * g.T @ X
        self.linear.bias.data -= lr * g.sum(0)
