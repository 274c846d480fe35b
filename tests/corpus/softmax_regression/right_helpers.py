from typing import Tuple
import torch
from torch import Tensor, nn


def _stabilise(logits: Tensor) -> Tensor:
    return logits - logits.max(dim=1, keepdim=True).values


def softmax(X: Tensor) -> Tensor:
    weights = torch.exp(_stabilise(X))
    return weights * weights.sum(dim=1, keepdim=True).reciprocal()


def cross_entropy_loss(y_hat: Tensor, y: Tensor) -> Tensor:
    return -torch.log(y_hat.gather(1, y.view(-1, 1))).mean()


def _logit_gradient(y_hat: Tensor, y: Tensor) -> Tensor:
    minus = -torch.ones(y.shape[0], 1, dtype=y_hat.dtype)
    return y_hat.scatter_add(1, y.view(-1, 1), minus) / y.shape[0]


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs: int, num_outputs: int):
        super().__init__()
        self.lr = 0.1
        self.linear = nn.Linear(num_inputs, num_outputs)

    def _gradients(self, X: Tensor, y: Tensor, y_hat: Tensor) -> Tuple[Tensor, Tensor]:
        g = _logit_gradient(y_hat, y)
        return g.T @ X, torch.ones(X.shape[0], dtype=g.dtype) @ g

    def _step(self, *grads: Tensor) -> None:
        for param, grad in zip(self.linear.parameters(), grads):
            param.add_(grad, alpha=-self.lr)

    def forward(self, X: Tensor) -> Tensor:
        return softmax(self.linear(X))

    def manual_backward(self, X: Tensor, y: Tensor, y_hat: Tensor) -> None:
        with torch.no_grad():
            self._step(*self._gradients(X, y, y_hat))
