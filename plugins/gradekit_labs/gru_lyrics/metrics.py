"""The metrics of gru_lyrics: how well the next character is foreseen."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from gradekit.lab import Metric
from gradekit_labs.data import lyrics
from gradekit_labs.gru_lyrics.training import LyricsCase, run_training

__all__ = ["METRICS"]


def data() -> tuple[LyricsCase, Tensor]:
    """Return the case and the truth: the character after each test window."""
    train, test, vocabulary = lyrics(steps=10, windows=1600)
    return LyricsCase(train, test[:500, :-1].contiguous(), vocabulary), test[:500, -1]


def accuracy(truth: Tensor, outcome: Any) -> float:
    """Return the share of characters that are foreseen."""
    return float((outcome["logits"].argmax(1) == truth).double().mean())


def perplexity(truth: Tensor, outcome: Any) -> float:
    """Return exp of the mean cross-entropy per character."""
    loss = torch.nn.functional.cross_entropy(outcome["logits"].double(), truth)
    return math.exp(min(float(loss), 700.0))


def most_frequent(truth: Tensor) -> float:
    """Return the accuracy of whoever always says the most frequent character."""
    return float(truth.bincount().max() / len(truth))


def frequencies_alone(truth: Tensor) -> float:
    """Return the perplexity of whoever knows how frequent each character is, and no more."""
    share = truth.bincount().double() / len(truth)
    return math.exp(-float((share[share > 0] * share[share > 0].log()).sum()))


METRICS = tuple(
    Metric(
        name,
        "",
        "model",
        5,
        data=data,
        drive=run_training,
        measure=measure,
        trivial=trivial,
        called_as="gru",
    )
    for name, measure, trivial in (
        ("next-character accuracy", accuracy, most_frequent),
        ("perplexity", perplexity, frequencies_alone),
    )
)
