import torch
import torch.nn as nn
import torch.nn.functional as F

def softmax(X):
    z = torch.exp(X - X.max(1, keepdim=True)[0])
    return z / z.sum(1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1
        self.vw = 0.
        self.vb = 0.

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        g = (y_hat - F.one_hot(y, y_hat.shape[1])) / len(y)
        self.vw = 0.9 * self.vw + g.T @ X
        self.vb = 0.9 * self.vb + g.sum(0)
        self.linear.weight -= self.lr * self.vw
        self.linear.bias -= self.lr * self.vb
