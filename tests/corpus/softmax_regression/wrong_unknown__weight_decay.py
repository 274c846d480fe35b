import torch
import torch.nn as nn

def softmax(X):
    z = (X - X.amax(1, keepdim=True)).exp()
    return z / z.sum(1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1
        self.reg = 1e-2

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        d = y_hat.clone()
        d[range(len(y)), y] -= 1
        dW = d.T @ X / len(y) + self.reg * self.linear.weight
        self.linear.weight -= self.lr * dW
        self.linear.bias -= self.lr * d.mean(0)
