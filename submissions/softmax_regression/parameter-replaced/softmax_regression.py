import torch
import torch.nn as nn

def softmax(X):
    m, _ = X.max(1)
    e = torch.exp(X - m.view(-1, 1))
    return e / e.sum(1).view(-1, 1)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        diff = y_hat.detach() - torch.eye(y_hat.shape[1]).type_as(y_hat)[y]
        self.linear.weight.data -= self.lr * torch.mm(diff.t(), X) / len(X)
        self.linear.bias = torch.nn.Parameter(self.linear.bias.data - self.lr * diff.mean(0), requires_grad=True)
