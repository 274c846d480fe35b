import numpy as np
import torch
import torch.nn as nn

def softmax(X):
    X = torch.exp(X - X.amax(1, keepdim=True))
    return torch.div(X, X.sum(1, keepdim=True))

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        x = X.detach().numpy()
        p = y_hat.detach().numpy().copy()
        p[np.arange(len(p)), y.numpy()] -= 1
        p /= p.shape[0]
        dw = np.dot(p.T, x)
        db = np.sum(p, axis=0)
        with torch.no_grad():
            self.linear.weight -= self.lr * torch.from_numpy(dw)
            self.linear.bias -= self.lr * torch.from_numpy(db)
