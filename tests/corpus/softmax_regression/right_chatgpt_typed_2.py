from typing import Final

import torch
import torch.nn as nn
from torch import Tensor

DEFAULT_LR: Final[float] = 0.1


def softmax(X: Tensor) -> Tensor:
    """Numerically stable softmax.

    Args:
        X: logits of shape (B, V).

    Returns:
        Probabilities of shape (B, V).
    """
    row_max = X.max(dim=-1, keepdim=True)[0]
    exps = (X - row_max).exp()
    return exps / exps.sum(dim=-1, keepdim=True)


class SoftmaxRegression(nn.Module):
    """Multinomial logistic regression trained by hand."""

    def __init__(self, num_inputs: int, num_outputs: int, lr: float = DEFAULT_LR) -> None:
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = lr

    def forward(self, X: Tensor) -> Tensor:
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X: Tensor, y: Tensor, y_hat: Tensor) -> None:
        batch_size = X.size(0)
        one_hot = torch.nn.functional.one_hot(y, num_classes=y_hat.size(1)).to(y_hat.dtype)
        delta = (y_hat - one_hot) / batch_size              # dL/dlogits
        self.linear.weight.add_(delta.t() @ X, alpha=-self.lr)
        self.linear.bias.add_(delta.sum(dim=0), alpha=-self.lr)
