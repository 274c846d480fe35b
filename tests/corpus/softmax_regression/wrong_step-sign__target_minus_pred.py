import torch
import torch.nn as nn
import torch.nn.functional as F

def softmax(X):
    c = X.amax(dim=1, keepdim=True)
    return torch.exp(X - c) / torch.exp(X - c).sum(dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        label = F.one_hot(y, y_hat.shape[1])
        error = (label - y_hat.detach()) / X.shape[0]
        self.linear.weight.data -= self.lr * error.t() @ X
        self.linear.bias.data -= self.lr * error.sum(dim=0)
