import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim

def softmax(X):
    z = X - X.max(dim=1, keepdim=True)[0]
    return z.exp() / z.exp().sum(dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        opt = optim.SGD(self.parameters(), lr=self.lr)
        delta = (y_hat.detach() - F.one_hot(y, y_hat.shape[1])) / y.shape[0]
        self.linear.weight.grad = delta.t() @ X.detach()
        self.linear.bias.grad = delta.sum(dim=0)
        opt.step()
        opt.zero_grad()
