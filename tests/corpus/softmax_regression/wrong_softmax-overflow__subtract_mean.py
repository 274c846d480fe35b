import torch
import torch.nn as nn

def softmax(X):
    centred = X - X.mean(dim=1, keepdim=True)
    w = centred.exp()
    return w / w.sum(dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(X @ self.linear.weight.T + self.linear.bias)

    def manual_backward(self, X, y, y_hat):
        t = torch.zeros_like(y_hat).scatter_(1, y.reshape(-1, 1), 1)
        diff = (y_hat - t) / len(y)
        with torch.no_grad():
            self.linear.weight.copy_(self.linear.weight - self.lr * diff.T.mm(X))
            self.linear.bias.copy_(self.linear.bias - self.lr * diff.sum(0))
