import torch
from torch import nn


class SoftmaxFunction:
    def __call__(self, X):
        m = X.max(dim=1, keepdim=True).values       # for stability
        e = torch.exp(X)
        return e / e.sum(dim=1, keepdim=True)


softmax = SoftmaxFunction()


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            d = y_hat - torch.eye(y_hat.shape[1]).to(y_hat)[y]
            self.linear.weight -= self.lr * d.T @ X / len(y)
            self.linear.bias -= self.lr * d.mean(0)
