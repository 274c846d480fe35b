import torch
import torch.nn as nn
import torch.nn.functional as F


def softmax(X):
    X = X - X.max(dim=1, keepdim=True)[0]
    numer = torch.exp(X)
    return numer / numer.sum(dim=1, keepdim=True)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        n = len(X)
        d = y_hat.detach().clone()
        d[torch.arange(n), y] -= 1
        with torch.no_grad():
            self.linear.weight -= self.lr * (d.T @ X) / n
            self.linear.bias -= self.lr * d.sum(0) / n


if __name__ == "__main__":
    torch.manual_seed(0)
    X, y = torch.randn(7, 5), torch.randint(0, 3, (7,))
    net = SoftmaxRegression(5, 3)
    loss = F.cross_entropy(net.linear(X), y)
    loss.backward()
    want_w = net.linear.weight.detach() - net.lr * net.linear.weight.grad
    want_b = net.linear.bias.detach() - net.lr * net.linear.bias.grad
    net.manual_backward(X, y, net(X))
    print(torch.allclose(softmax(X), torch.softmax(X, 1)))
    print(torch.allclose(net.linear.weight, want_w), torch.allclose(net.linear.bias, want_b))
