import torch
import torch.nn as nn

def softmax(X):
    e = torch.exp(X - X.max(dim=1, keepdim=True)[0])
    return e / e.sum(dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.enable_grad():
            out = self.forward(X)
            loss = -torch.log(out[torch.arange(len(y)), y]).mean()
            self.zero_grad()
            loss.backward()
        with torch.no_grad():
            for p in self.linear.parameters():
                p -= self.lr * p.grad
        self.zero_grad()
