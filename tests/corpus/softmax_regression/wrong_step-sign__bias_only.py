import torch
import torch.nn as nn

def softmax(X):
    X_exp = torch.exp(X - X.max(1, keepdim=True)[0])
    return X_exp / X_exp.sum(1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        B, V = y_hat.shape
        T = torch.zeros(B, V).to(y_hat)
        T[range(B), y] = 1
        dW = (y_hat - T).T @ X / B
        db = (T - y_hat).sum(0) / B
        self.linear.weight -= self.lr * dW
        self.linear.bias -= self.lr * db
