import torch
import torch.nn as nn
import torch.nn.functional as F

def softmax(X):
    return X.log_softmax(dim=1).exp()

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        d = (y_hat - F.one_hot(y, y_hat.shape[1])) / len(y)
        self.linear.weight -= self.lr * d.T @ X
        self.linear.bias -= self.lr * d.sum(0)
