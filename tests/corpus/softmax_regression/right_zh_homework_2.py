# -*- coding: utf-8 -*-
import torch
import torch.nn as nn


def softmax(X):
    """手写softmax，减去每行最大值防止溢出"""
    最大值, _ = torch.max(X, dim=1, keepdim=True)
    分子 = torch.exp(X - 最大值)
    分母 = torch.sum(分子, dim=1, keepdim=True)
    return 分子 / 分母


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super(SoftmaxRegression, self).__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        y = self.linear(X)
        return softmax(y)

    def manual_backward(self, X, y, y_hat):
        # 手动反向传播
        m = X.shape[0]
        y_one_hot = torch.zeros_like(y_hat)
        y_one_hot.scatter_(1, y.view(-1, 1), 1)
        dz = (y_hat - y_one_hot).detach()
        dw = torch.mm(dz.t(), X) / m
        db = torch.sum(dz, dim=0) / m
        self.linear.weight.data -= self.lr * dw
        self.linear.bias.data -= self.lr * db
