import torch
import torch.nn as nn

def softmax(X):
    out = torch.exp(X - X.amax(1, keepdim=True))
    return out / out.sum(1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.lr = 0.1
        self.linear = nn.Linear(num_inputs, num_outputs)

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        dw = torch.zeros_like(self.linear.weight)
        db = torch.zeros_like(self.linear.bias)
        for i in range(X.shape[0]):
            e = y_hat[i].clone()
            e[y[i]] -= 1
            dw += e[:, None] @ X[i][None, :]
            db = e
        self.linear.weight -= self.lr * dw / X.shape[0]
        self.linear.bias -= self.lr * db / X.shape[0]
