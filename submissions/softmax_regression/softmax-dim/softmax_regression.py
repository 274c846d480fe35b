import torch as th
import torch.nn as nn
import torch.nn.functional as F

def softmax(X):
    expd = th.exp(X - th.amax(X, 0))
    return expd / th.sum(expd, axis=0)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs); self.lr = 0.1
    def forward(self, X):
        return softmax(self.linear(X))
    def manual_backward(self, X, y, y_hat):
        with th.no_grad():
            delta = (y_hat - F.one_hot(y, y_hat.size(1))) / y.size(0)
            self.linear.weight.sub_(self.lr * delta.t().mm(X))
            self.linear.bias.sub_(self.lr * delta.sum(0))
