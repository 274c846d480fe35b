"""Train encoder and decoder to reverse sequences. Runs in the process with student code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

__all__ = ["ReversalCase", "run_training"]

EMBEDDING, HIDDEN, BATCH, STEPS, RATE = 16, 24, 24, 60, 0.02


@dataclass(frozen=True)
class ReversalCase:
    """Sequences to learn from and others to reverse; 0 starts the decoder.

    Shapes: train (N, S) int64, test (M, S) int64
    """

    train: Tensor
    test: Tensor
    vocabulary: int
    convention: str = "state (1,B,H)"


def run_training(module: Any, case: ReversalCase) -> dict[str, Any]:
    """Return the tokens (M, S) that the trained decoder says, each step fed with the one before."""
    torch.set_default_dtype(torch.float32)
    model = module.Sequence_Modeling(case.vocabulary, EMBEDDING, case.vocabulary, HIDDEN)
    model.to(torch.float32).train()
    generator = torch.Generator().manual_seed(4)
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            drawn = torch.rand(parameter.shape, generator=generator) * 2 - 1
            parameter.copy_(drawn * (1.5 if "emb" in name else HIDDEN**-0.5))
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    for step in range(STEPS):
        source = case.train[torch.arange(step * BATCH, (step + 1) * BATCH) % len(case.train)]
        wanted = source.flip(1)
        given = torch.cat([torch.zeros_like(wanted[:, :1]), wanted[:, :-1]], 1)
        hidden, state = model.encode(source, torch.zeros(1, len(source), HIDDEN))
        logits, _ = model.decode(given, hidden, _laid_out(state, case), True)
        loss = nn.functional.cross_entropy(logits.reshape(-1, case.vocabulary), wanted.reshape(-1))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch has no types here
        optimizer.step()
    model.eval()
    with torch.no_grad():
        return {"tokens": _reversed(model, case)}


def _laid_out(state: Tensor, case: ReversalCase) -> Tensor:
    return state.transpose(0, 1) if "(B,1,H)" in case.convention else state


def _reversed(model: Any, case: ReversalCase) -> Tensor:
    hidden, state = model.encode(case.test, torch.zeros(1, len(case.test), HIDDEN))
    token, said = torch.zeros_like(case.test[:, :1]), []
    state = _laid_out(state, case)
    for step in range(case.test.shape[1]):
        logits, state = model.decode(token, hidden, state, step == 0)
        if state.shape[:2] == (len(case.test), 1) and "(1,B,H)" in case.convention:
            state = state.transpose(0, 1).contiguous()
        token = logits.reshape(len(case.test), -1)[:, -case.vocabulary :].argmax(1, keepdim=True)
        said.append(token)
    return torch.cat(said, 1)
