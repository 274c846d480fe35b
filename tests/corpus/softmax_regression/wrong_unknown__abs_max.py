import torch
from torch import nn

def softmax(X):
    e = torch.exp(X - X.abs().max(dim=1, keepdim=True)[0])
    return e / e.sum(dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        d = y_hat - torch.eye(y_hat.shape[1]).type_as(y_hat)[y]
        self.linear.weight -= self.lr * d.T @ X / len(y)
        self.linear.bias -= self.lr * d.mean(0)
