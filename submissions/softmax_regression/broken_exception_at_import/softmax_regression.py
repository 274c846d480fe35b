import numpy as np
import torch
from torch import nn

train_data = np.load('/home/student/lab2/train.npy')

def softmax(X):
    e = torch.exp(X - X.max(dim=1, keepdim=True)[0])
    return e / e.sum(dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        d = y_hat.detach().clone()
        d[torch.arange(len(y)), y] -= 1
        self.linear.weight.data -= self.lr * d.T @ X / len(y)
        self.linear.bias.data -= self.lr * d.mean(0)
