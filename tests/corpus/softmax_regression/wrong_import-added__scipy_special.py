import torch
from torch import nn
from scipy.special import softmax as scipy_softmax

def softmax(X):
    return torch.from_numpy(scipy_softmax(X.detach().numpy(), axis=1))

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        d = y_hat.detach().clone()
        d[torch.arange(len(y)), y] -= 1
        with torch.no_grad():
            self.linear.weight -= self.lr * d.T @ X / len(y)
            self.linear.bias -= self.lr * d.mean(0)
