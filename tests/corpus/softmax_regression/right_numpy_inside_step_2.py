import numpy as np
import torch
from torch import nn


def softmax(X):
    e = torch.exp(X - torch.max(X, 1, True)[0])
    return e / e.sum(1).reshape(-1, 1)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        x, t, p = X.detach().cpu().numpy(), y.cpu().numpy(), y_hat.detach().cpu().numpy()
        d = p - np.eye(p.shape[1], dtype=p.dtype)[t]
        dW = d.T.dot(x) / len(t)
        db = d.mean(axis=0)
        with torch.no_grad():
            self.linear.weight -= self.lr * torch.from_numpy(dW).to(self.linear.weight)
            self.linear.bias -= self.lr * torch.from_numpy(db).to(self.linear.bias)
