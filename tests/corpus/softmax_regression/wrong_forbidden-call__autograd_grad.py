import torch
from torch import nn, autograd

def softmax(X):
    e = (X - X.amax(1, True)).exp()
    return e / e.sum(1, True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.enable_grad():
            nll = -self(X).gather(1, y[:, None]).log().mean()
            gw, gb = autograd.grad(nll, [self.linear.weight, self.linear.bias])
        self.linear.weight.data -= self.lr * gw
        self.linear.bias.data -= self.lr * gb
