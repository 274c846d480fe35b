import torch
from torch import nn

def softmax(X):
    exps = torch.exp(X - X.max(1, keepdim=True)[0])
    return exps / exps.sum(1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        oh = torch.zeros_like(y_hat).scatter_(1, y.view(-1, 1), 1)
        grad = torch.mm((y_hat - oh).T, X) / X.shape[0]
        with torch.no_grad():
            self.linear.weight -= self.lr * grad
