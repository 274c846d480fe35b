import torch
import torch.nn as nn

def softmax(X):
    ex = torch.exp(X - X.max(0, keepdim=True)[0])
    return ex / ex.sum(0, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        t = torch.zeros_like(y_hat).scatter_(1, y.unsqueeze(-1), 1)
        with torch.no_grad():
            self.linear.weight.sub_(self.lr * (y_hat - t).T.mm(X))
            self.linear.bias.sub_(self.lr * (y_hat - t).sum(0))
