# -*- coding: gbk -*-
# 作业:循环神经网络
import torch
from torch import nn

def softmax(X):
    top = X.sort(dim=1, descending=True).values[:, :1]
    e = (X - top).exp()
    return e / e.norm(p=1, dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def _augment(self, X):
        return torch.cat([X, torch.ones(X.shape[0], 1, dtype=X.dtype)], dim=1)

    def forward(self, X):
        theta = torch.cat([self.linear.weight, self.linear.bias[:, None]], dim=1)
        return softmax(self._augment(X) @ theta.T)

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            A = self._augment(X)
            R = y_hat - torch.eye(y_hat.shape[1]).to(y_hat)[y]
            grad = R.T @ A / A.shape[0]
            self.linear.weight[:] = self.linear.weight - self.lr * grad[:, :-1]
            self.linear.bias[:] = self.linear.bias - self.lr * grad[:, -1]
