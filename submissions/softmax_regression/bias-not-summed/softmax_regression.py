import torch
import torch.nn as nn

def softmax(X):
    m = X.max(dim=1, keepdim=True)[0]
    ex = torch.exp(X - m)
    return ex / ex.sum(dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(torch.mm(X, self.linear.weight.t()) + self.linear.bias)

    def manual_backward(self, X, y, y_hat):
        n = X.shape[0]
        y_oh = torch.eye(y_hat.shape[1]).type_as(y_hat)[y]
        diff = (y_hat.detach() - y_oh) / n
        self.linear.weight.data = self.linear.weight.data - self.lr * diff.T @ X
        self.linear.bias.data = self.linear.bias.data - self.lr * diff
