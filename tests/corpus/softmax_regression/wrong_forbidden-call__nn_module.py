import torch
import torch.nn as nn

_sm = nn.Softmax(dim=1)

def softmax(X):
    return _sm(X)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        d = y_hat.detach() - torch.eye(y_hat.shape[1]).type_as(y_hat)[y]
        self.linear.weight.data.sub_(self.lr * d.t() @ X / len(y))
        self.linear.bias.data.sub_(self.lr * d.mean(0))
