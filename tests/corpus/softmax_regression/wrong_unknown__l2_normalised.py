import torch
import torch.nn as nn

def softmax(X):
    e = torch.exp(X - X.max(dim=1, keepdim=True).values)
    return e / torch.norm(e, dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        t = torch.zeros_like(y_hat).scatter_(1, y[:, None], 1)
        d = (y_hat - t) / X.shape[0]
        self.linear.weight.sub_(self.lr * d.T @ X)
        self.linear.bias.sub_(self.lr * d.sum(0))
