import torch
from torch import nn

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
        n = X.shape[0]
        y_onehot = torch.zeros_like(y_hat).scatter_(1, y.unsqueeze(1), 1.0)
        with torch.no_grad():
            self.linear.weight += self.lr * (y_hat - y_onehot).T @ X / n
            self.linear.bias += self.lr * (y_hat - y_onehot).sum(0) / n
