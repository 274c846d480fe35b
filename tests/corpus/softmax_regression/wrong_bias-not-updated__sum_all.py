import torch
from torch import nn

def softmax(X):
    return (X - X.logsumexp(-1, True)).exp()

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.lr = 0.1
        self.linear = nn.Linear(num_inputs, num_outputs)

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        r = (y_hat.detach() - torch.eye(y_hat.shape[1]).type_as(y_hat)[y]) / y.shape[0]
        self.linear.weight.data.add_(r.t() @ X, alpha=-self.lr)
        self.linear.bias.data.add_(r.sum(), alpha=-self.lr)
