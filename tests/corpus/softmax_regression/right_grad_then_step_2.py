import torch
from torch import nn


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
        grads = self._grads(X, y, y_hat)
        try:
            for p, g in zip(self.linear.parameters(), grads):
                assert p.shape == g.shape, (p.shape, g.shape)
                p.data.sub_(self.lr * g)
        finally:
            del grads

    def _grads(self, X, y, y_hat):
        with torch.no_grad():
            d = torch.clone(y_hat)
            d.index_put_((torch.arange(len(y)), y), torch.tensor(-1., dtype=d.dtype), accumulate=True)
            d.div_(len(y))
            return nn.functional.linear(d.T, X.T), d.sum(dim=0)
