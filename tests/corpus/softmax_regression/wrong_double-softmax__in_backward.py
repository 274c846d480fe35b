import torch
import torch.nn as nn
import torch.nn.functional as F

def softmax(X):
    ex = (X - torch.amax(X, 1, keepdim=True)).exp()
    return ex / ex.sum(1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        # d(CE)/dz = softmax - onehot
        probs = softmax(y_hat.detach())
        dz = (probs - F.one_hot(y, probs.size(1))) / y.size(0)
        self.linear.weight.data -= self.lr * dz.t() @ X
        self.linear.bias.data -= self.lr * dz.sum(0)
