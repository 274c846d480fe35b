import torch
import torch.nn as nn

def softmax(X):
    # Für jede Spalte normieren
    cols = []
    for j in range(X.shape[1]):
        c = X[:, j]
        e = torch.exp(c - c.max())
        cols.append(e / e.sum())
    return torch.stack(cols, dim=1)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        ziel = torch.eye(y_hat.shape[1]).to(y_hat.dtype)[y]
        fehler = (y_hat - ziel) / X.shape[0]
        self.linear.weight -= self.lr * torch.einsum('bv,bi->vi', fehler, X)
        self.linear.bias -= self.lr * fehler.sum(0)
