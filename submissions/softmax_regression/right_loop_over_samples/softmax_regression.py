import torch
import torch.nn as nn

def softmax(X):
    rows = []
    for row in X:
        e = torch.exp(row - row.max())
        rows.append(e / e.sum())
    return torch.stack(rows)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        dW = torch.zeros_like(self.linear.weight)
        db = torch.zeros_like(self.linear.bias)
        n = X.size(0)
        with torch.no_grad():
            for i in range(n):
                err = y_hat[i].clone()
                err[y[i]] = err[y[i]] - 1.0
                dW += torch.outer(err, X[i])
                db += err
            self.linear.weight -= self.lr * dW / n
            self.linear.bias -= self.lr * db / n
