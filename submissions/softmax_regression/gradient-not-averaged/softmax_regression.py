import torch
from torch import nn
from torch.optim import SGD

def softmax(X):
    s = (X - X.max(1, keepdim=True).values).exp()
    return s / s.sum(1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        onehot = torch.zeros_like(y_hat).scatter_(1, y[:, None], 1)
        d = (y_hat - onehot).detach()
        self.linear.weight.grad = d.T @ X
        self.linear.bias.grad = d.sum(0)
        optimizer = SGD([self.linear.weight, self.linear.bias], lr=self.lr)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
