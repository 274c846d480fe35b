import torch
import torch.nn as nn

def softmax(X):
    t = torch.sub(X, torch.max(X, dim=1, keepdim=True)[0])
    t = torch.exp(t)
    return torch.div(t, torch.sum(t, dim=1, keepdim=True))

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        w, b = self.linear.weight.data, self.linear.bias.data
        oh = torch.zeros(y_hat.shape, dtype=y_hat.dtype).scatter(1, y[:, None], 1.0)
        d = torch.sub(y_hat.detach(), oh)
        torch.sub(w, torch.mul(torch.mm(torch.t(d), X.detach()), self.lr / X.size(0)), out=w)
        torch.sub(b, torch.mul(torch.mean(d, 0), self.lr), out=b)
