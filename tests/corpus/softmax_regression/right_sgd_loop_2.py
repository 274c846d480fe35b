import torch
from torch import nn


def softmax(X):
    with torch.enable_grad():
        E = (X - X.detach().amax(1, keepdim=True)).exp()
        return E / E.sum(1, keepdim=True)


def sgd(params, grads, lr, batch_size):
    with torch.no_grad():
        for param, grad in zip(params, grads):
            param -= lr * grad / batch_size


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        d = y_hat.detach() - nn.functional.one_hot(y, y_hat.shape[1])
        sgd([self.linear.weight, self.linear.bias], [d.t() @ X, d.sum(0)], self.lr, X.shape[0])
