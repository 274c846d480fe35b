"""What students do wrong in the sequence model of gru_lyrics: one step done otherwise."""

from __future__ import annotations

import torch
from torch import Tensor

from gradekit_reference.gru_lyrics import Model

__all__ = [
    "LastStepKept",
    "LastStepOnly",
    "ModelDetaches",
    "ModelFlat",
    "ModelFlatTimeMajor",
    "ModelIgnoresState",
    "ModelMixesRows",
    "ModelReturnsFirstState",
    "ModelTimeMajor",
]


class LastStepOnly(Model):
    """Only the last step gets logits, (B, O); each step should have its own."""

    def chosen(self, outputs: Tensor) -> Tensor:
        return outputs[:, -1]


class LastStepKept(Model):
    """Only the last step gets logits, (B, 1, O); each step should have its own."""

    def chosen(self, outputs: Tensor) -> Tensor:
        return outputs[:, -1:]


class ModelIgnoresState(Model):
    """The given state is ignored: the layer starts from zeros at each call."""

    def given_state(self, state: Tensor) -> Tensor:
        return torch.zeros_like(state)


class ModelReturnsFirstState(Model):
    """The state given at the start is returned, not the one reached at the end."""

    def returned_state(self, new: Tensor, given: Tensor) -> Tensor:
        return given


class ModelTimeMajor(Model):
    """The logits come back as (S, B, O) instead of (B, S, O)."""

    def arrange(self, logits: Tensor) -> Tensor:
        return logits.transpose(0, 1)


class ModelMixesRows(Model):
    """The logits are cut from the wrong axis, which mixes the rows of the batch."""

    def arrange(self, logits: Tensor) -> Tensor:
        return logits.transpose(0, 1).reshape(logits.shape)


class ModelFlat(Model):
    """The logits come back as (B*S, O), without an axis for the steps."""

    def arrange(self, logits: Tensor) -> Tensor:
        return logits.reshape(-1, logits.shape[-1])


class ModelFlatTimeMajor(Model):
    """The logits come back as (S*B, O), without an axis for the steps."""

    def arrange(self, logits: Tensor) -> Tensor:
        return logits.transpose(0, 1).reshape(-1, logits.shape[-1])


class ModelDetaches(Model):
    """The layer's outputs are cut from the graph: nothing below the linear map is trained."""

    def chosen(self, outputs: Tensor) -> Tensor:
        return outputs.detach()
