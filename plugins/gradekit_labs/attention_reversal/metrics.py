"""The metric of attention_reversal: how many tokens come out in the right place."""

from __future__ import annotations

from typing import Any

from torch import Tensor

from gradekit.lab import Metric
from gradekit_labs.attention_reversal.training import ReversalCase, run_training
from gradekit_labs.data import sequences

__all__ = ["METRICS"]

LENGTH, VOCABULARY = 5, 8


def data() -> tuple[ReversalCase, Tensor]:
    """Return the case and the truth: the test sequences reversed."""
    drawn = sequences(2300, LENGTH, VOCABULARY)
    return ReversalCase(drawn[300:], drawn[:300], VOCABULARY), drawn[:300].flip(1)


def accuracy(truth: Tensor, outcome: Any) -> float:
    """Return the share of tokens in their place."""
    return float((outcome["tokens"] == truth).double().mean())


def guessing(truth: Tensor) -> float:
    """Return the accuracy of whoever always says one token."""
    return 1 / (VOCABULARY - 1)


METRICS = (
    Metric(
        "reversal accuracy",
        "",
        "decode",
        5,
        data=data,
        drive=run_training,
        measure=accuracy,
        trivial=guessing,
    ),
)
