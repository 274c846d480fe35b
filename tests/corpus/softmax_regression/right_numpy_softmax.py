import numpy as np
import torch
import torch.nn as nn

def softmax(X):
    a = X.detach().numpy()
    a = a - a.max(axis=1, keepdims=True)
    e = np.exp(a)
    return torch.from_numpy(e / e.sum(axis=1, keepdims=True))

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        w = self.linear.weight.detach().numpy()   # shares memory
        b = self.linear.bias.detach().numpy()
        g = y_hat.numpy() - np.eye(y_hat.shape[1], dtype=w.dtype)[y.numpy()]
        w -= self.lr * g.T.dot(X.detach().numpy()) / len(g)
        b -= self.lr * g.mean(axis=0)
