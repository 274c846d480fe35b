import torch
import torch.nn as nn
import torch.nn.functional as F

def softmax(X):
    E = (X - X.amax(1, True)).exp()
    return E / E.sum(1, True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.num_inputs, self.num_outputs = num_inputs, num_outputs
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            g = (y_hat - F.one_hot(y, self.num_outputs)) / X.shape[0]
            w = self.linear.weight - self.lr * g.t() @ X
            b = self.linear.bias - self.lr * g.sum(0)
            layer = nn.Linear(self.num_inputs, self.num_outputs).to(w.dtype)
            layer.weight.copy_(w)
            layer.bias.copy_(b)
            self.linear = layer
