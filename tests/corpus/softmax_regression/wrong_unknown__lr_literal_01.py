import torch
import torch.nn as nn

def softmax(X):
    e = torch.exp(X - X.max(1, keepdim=True).values)
    return e / e.sum(1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        t = torch.eye(y_hat.shape[1]).type_as(y_hat)[y]
        g = (y_hat - t) / len(y)
        self.linear.weight -= 0.1 * g.T @ X
        self.linear.bias -= 0.1 * g.sum(0)
