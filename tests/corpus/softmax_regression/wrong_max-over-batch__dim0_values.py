import torch
from torch import nn

def softmax(X):
    X = X - X.max(dim=0).values
    E = X.exp()
    return E / E.sum(dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        n = y.shape[0]
        onehot = torch.zeros_like(y_hat)
        onehot[torch.arange(n), y] = 1.0
        with torch.no_grad():
            d = y_hat - onehot
            self.linear.weight -= self.lr * d.t().mm(X) / n
            self.linear.bias -= self.lr * d.sum(0) / n
