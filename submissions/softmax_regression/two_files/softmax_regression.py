import torch
import torch.nn as nn
import torch.nn.functional as F


def softmax(X):
    # 减去每行最大值,防止溢出
    maxv, _ = torch.max(X, 1, keepdim=True)
    exp = (X - maxv).exp()
    partition = exp.sum(1, keepdim=True)
    return exp / partition  # 广播机制


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs, lr=0.1):
        super(SoftmaxRegression, self).__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = lr

    def forward(self, X):
        out = self.linear(X)
        return softmax(out)

    def manual_backward(self, X, y, y_hat):
        # 梯度: (y_hat - y) / B
        num_classes = y_hat.shape[1]
        Y = torch.eye(num_classes)[y]
        delta = y_hat.data - Y
        dW = torch.mm(delta.t().to(X.dtype), X) / len(X)
        db = delta.mean(0)
        self.linear.weight.data -= self.lr * dW
        self.linear.bias.data -= self.lr * db
