"""Train on images of digits by manual steps. Runs in the process with student code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from gradekit.drive import normal

__all__ = ["DigitsCase", "run_training"]

CLASSES, EPOCHS, BATCH, RATE = 10, 4, 64, 0.5


@dataclass(frozen=True)
class DigitsCase:
    """Images and labels to learn from, images to name. Shapes: X (n, 64), y (n,), test (m, 64)."""

    X: Tensor
    y: Tensor
    test: Tensor
    convention: str = ""  # as in the part; the loop passes what forward gives in any case


def run_training(module: Any, case: DigitsCase) -> dict[str, Any]:
    """Return probabilities (m, 10) for the test images after a few epochs."""
    torch.set_default_dtype(torch.float32)
    inputs = case.X.shape[1]
    model = module.SoftmaxRegression(inputs, CLASSES)
    with torch.no_grad():
        model.linear.weight.copy_(normal(1, CLASSES, inputs, scale=0.01))
        model.linear.bias.zero_()
    if isinstance(getattr(model, "lr", None), Tensor):
        model.lr.data.fill_(RATE)
    else:
        model.lr = RATE
    for _ in range(EPOCHS):
        for start in range(0, len(case.X), BATCH):
            X, y = case.X[start : start + BATCH].clone(), case.y[start : start + BATCH].clone()
            model.manual_backward(X, y, model(X))
    with torch.no_grad():
        return {"probabilities": model(case.test.clone())}
