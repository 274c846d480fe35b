import torch
import torch.nn as nn
import torch.nn.functional as F

def softmax(X):
    z = torch.exp(X - X.max(1, keepdim=True).values)
    return z / z.sum(1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(softmax(self.linear(X)))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        g = y_hat - F.one_hot(y, y_hat.shape[1])
        self.linear.weight -= self.lr * torch.einsum('bv,bi->vi', g, X) / len(X)
        self.linear.bias -= self.lr * g.mean()
