"""Train the sequence model on generated lyrics. Runs in the process with student code.

All weights are drawn here, so that a metric judges what the code computes and not how its
author chose first weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from gradekit_labs.gru_lyrics.drives import layout_of

__all__ = ["LyricsCase", "run_training"]

EMBEDDING, HIDDEN, BATCH, STEPS, RATE = 12, 24, 32, 50, 0.02


@dataclass(frozen=True)
class LyricsCase:
    """Windows of text to learn from and others to go on from.

    Shapes: train (N, S + 1) int64, test (M, S) int64
    """

    train: Tensor
    test: Tensor
    vocabulary: int
    convention: str = "(1,B,H) float64"


def run_training(module: Any, case: LyricsCase) -> dict[str, Any]:
    """Return logits (M, V) for the character after each test window."""
    torch.set_default_dtype(torch.float32)
    model = module.Sequence_Modeling(case.vocabulary, EMBEDDING, case.vocabulary, HIDDEN)
    model.to(torch.float32).train()
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for parameter in model.parameters():
            drawn = torch.rand(parameter.shape, generator=generator) * 2 - 1
            parameter.copy_(drawn * HIDDEN**-0.5)
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    for step in range(STEPS):
        rows = torch.arange(step * BATCH, (step + 1) * BATCH) % len(case.train)
        given, wanted = case.train[rows, :-1], case.train[rows, 1:]
        logits = _logits(model, given, case)
        loss = nn.functional.cross_entropy(logits.reshape(-1, case.vocabulary), wanted.reshape(-1))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch has no types here
        optimizer.step()
    model.eval()
    with torch.no_grad():
        return {"logits": _logits(model, case.test, case)[:, -1].clone()}


def _logits(model: Any, given: Tensor, case: LyricsCase) -> Tensor:
    state = layout_of(case.convention)(torch.zeros(1, len(given), HIDDEN))
    logits, _ = model(given, state)
    shaped: Tensor = logits.reshape(*given.shape, case.vocabulary)
    return shaped
