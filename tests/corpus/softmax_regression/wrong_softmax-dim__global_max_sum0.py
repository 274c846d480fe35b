import torch
import torch.nn as nn
import torch.nn.functional as F

def softmax(X):
    e = torch.exp(X - X.max())
    return e / e.sum(0)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(F.linear(X, self.linear.weight, self.linear.bias))

    def manual_backward(self, X, y, y_hat):
        g = y_hat.data - F.one_hot(y, self.linear.out_features)
        self.linear.weight.data = self.linear.weight.data - self.lr * (g.T @ X / len(X))
        self.linear.bias.data = self.linear.bias.data - self.lr * g.mean(0)
