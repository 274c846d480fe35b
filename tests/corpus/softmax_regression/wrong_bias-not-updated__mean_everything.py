import torch
import torch.nn as nn
import torch.nn.functional as F

def softmax(X):
    t = torch.exp(X - torch.amax(X, dim=1, keepdim=True))
    return t / torch.sum(t, dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        diff = y_hat - F.one_hot(y, y_hat.size(1))
        self.linear.weight -= self.lr * diff.T.matmul(X) / X.size(0)
        self.linear.bias -= self.lr * diff.mean()
