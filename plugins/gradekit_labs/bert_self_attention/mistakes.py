"""What students do wrong in bert_self_attention: the reference with one step done otherwise."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from gradekit_reference.bert_self_attention import BertModule

__all__ = [
    "HEADS_MIXED",
    "HEADS_NOT_MERGED",
    "LAYER_UNUSED",
    "MASK_AFTER_SOFTMAX",
    "MASK_BY_VALUE",
    "MASK_ON_QUERIES",
    "SOFTMAX_DIM",
    "MaskIgnored",
    "ScaleByWidth",
    "ScaleMissing",
]


# the scale


class ScaleMissing(BertModule):
    """The scores are not divided by the root of a head's width."""

    def scale(self, width: int, heads: int) -> float:
        return 1.0


class ScaleByWidth(BertModule):
    """The scores are divided by the root of the whole width instead of a head's."""

    def scale(self, width: int, heads: int) -> float:
        return math.sqrt(width)


# the mask


class MaskIgnored(BertModule):
    """The mask is never used: padding is attended to."""

    def masked(self, scores: Tensor, mask: Tensor) -> Tensor:
        return scores


class MaskOnQueries(BertModule):
    """The mask is added along the queries, which a softmax over keys does not see."""

    def masked(self, scores: Tensor, mask: Tensor) -> Tensor:
        return scores + mask[:, None, :, None]


class _QueriesZeroed(BertModule):
    """The mask sets the rows of masked queries to zero and leaves the keys as they are."""

    def masked(self, scores: Tensor, mask: Tensor) -> Tensor:
        return scores

    def weighed(self, probabilities: Tensor, mask: Tensor) -> Tensor:
        return probabilities * (mask == 0)[:, None, :, None]


class _QueriesFilled(BertModule):
    """The scores of masked queries are filled, so those queries attend to all keys alike."""

    def masked(self, scores: Tensor, mask: Tensor) -> Tensor:
        return scores.masked_fill((mask < 0)[:, None, :, None], -1e9)


MASK_ON_QUERIES = (MaskOnQueries, _QueriesZeroed, _QueriesFilled)


class MaskAfterSoftmax(BertModule):
    """The mask is added to the probabilities, after the softmax."""

    def masked(self, scores: Tensor, mask: Tensor) -> Tensor:
        return scores

    def weighed(self, probabilities: Tensor, mask: Tensor) -> Tensor:
        return probabilities + mask[:, None, None, :]


class _ZeroedAfterSoftmax(BertModule):
    """Masked keys are set to zero after the softmax, so the rest no longer sums to one."""

    def masked(self, scores: Tensor, mask: Tensor) -> Tensor:
        return scores

    def weighed(self, probabilities: Tensor, mask: Tensor) -> Tensor:
        return probabilities * (mask == 0)[:, None, None, :]


class _ZeroedByValueAfterSoftmax(BertModule):
    """Keys whose mask is far below zero are set to zero after the softmax."""

    def masked(self, scores: Tensor, mask: Tensor) -> Tensor:
        return scores

    def weighed(self, probabilities: Tensor, mask: Tensor) -> Tensor:
        return probabilities * (mask > -5000)[:, None, None, :]


class _MultipliedAfterSoftmax(BertModule):
    """The probabilities are multiplied by the mask, after the softmax."""

    def masked(self, scores: Tensor, mask: Tensor) -> Tensor:
        return scores

    def weighed(self, probabilities: Tensor, mask: Tensor) -> Tensor:
        return probabilities * mask[:, None, None, :]


class _ExponentialAfterSoftmax(BertModule):
    """The probabilities are multiplied by exp(mask), after the softmax."""

    def masked(self, scores: Tensor, mask: Tensor) -> Tensor:
        return scores

    def weighed(self, probabilities: Tensor, mask: Tensor) -> Tensor:
        return probabilities * mask.exp()[:, None, None, :]


class _ScaledAfterSoftmax(BertModule):
    """The mask, scaled to 1 and 0, multiplies the probabilities after the softmax."""

    def masked(self, scores: Tensor, mask: Tensor) -> Tensor:
        return scores

    def weighed(self, probabilities: Tensor, mask: Tensor) -> Tensor:
        return probabilities * (1 + mask / 10_000)[:, None, None, :]


MASK_AFTER_SOFTMAX = (
    MaskAfterSoftmax,
    _ScaledAfterSoftmax,
    _ZeroedAfterSoftmax,
    _ZeroedByValueAfterSoftmax,
    _MultipliedAfterSoftmax,
    _ExponentialAfterSoftmax,
)


def _exactly(mask: Tensor) -> Tensor:
    return (mask == -10_000)[:, None, None, :]


def _negative(mask: Tensor) -> Tensor:
    return (mask < 0)[:, None, None, :]


def _filled(tested: Callable[[Tensor], Tensor], value: float, doc: str) -> type[BertModule]:
    """Return a form that fills scores of keys whose mask passes a test."""

    def masked(self: BertModule, scores: Tensor, mask: Tensor) -> Tensor:
        return scores.masked_fill(tested(mask), value)

    return type("MaskByValue", (BertModule,), {"masked": masked, "__doc__": doc})


def _zeroed(tested: Callable[[Tensor], Tensor], doc: str) -> type[BertModule]:
    """Return a form that fills with -inf and turns the NaN of an all-masked row into 0."""

    def weighed(self: BertModule, probabilities: Tensor, mask: Tensor) -> Tensor:
        return probabilities.nan_to_num(0.0)

    filled = vars(_filled(tested, -torch.inf, doc))["masked"]
    return type(
        "MaskByValue", (BertModule,), {"masked": filled, "weighed": weighed, "__doc__": doc}
    )


class _AddedByValue(BertModule):
    """The mask is added only where it is exactly -10000."""

    def masked(self, scores: Tensor, mask: Tensor) -> Tensor:
        return scores + mask[:, None, None, :] * _exactly(mask)


class _FilledWithCare(BertModule):
    """Keys are hidden only where the mask is exactly -10000, unless a whole row is hidden."""

    def masked(self, scores: Tensor, mask: Tensor) -> Tensor:
        return scores.masked_fill(_exactly(mask) & ~_exactly(mask).all(-1, keepdim=True), -1e9)


_EXACT = "The mask is tested for -10000 instead of being added: other values count for nothing."
_SIGN = "The mask is only tested, not added: a row whose keys are all masked comes out otherwise."
MASK_BY_VALUE = (
    _filled(_exactly, -torch.inf, _EXACT),
    _filled(_exactly, -1e9, _EXACT),
    _AddedByValue,
    _filled(_negative, -torch.inf, _SIGN),
    _filled(_negative, -1e9, _SIGN),
    _zeroed(_exactly, _EXACT),
    _zeroed(_negative, _SIGN),
    _FilledWithCare,
)


# the softmax


def _over(dim: int, doc: str) -> type[BertModule]:
    def probabilities(self: BertModule, scores: Tensor) -> Tensor:
        return torch.softmax(scores, dim)

    return type("SoftmaxDim", (BertModule,), {"probabilities": probabilities, "__doc__": doc})


SOFTMAX_DIM = (
    _over(2, "The softmax runs over the queries instead of the keys."),
    _over(1, "The softmax runs over the heads instead of the keys."),
    _over(0, "The softmax runs over the batch instead of the keys."),
)


# the heads


def _split_mixed(self: BertModule, x: Tensor, heads: int) -> Tensor:
    b, s, width = x.shape
    return x.reshape(b, heads, s, width // heads)


def _merge_mixed(self: BertModule, context: Tensor) -> Tensor:
    b, heads, s, width = context.shape
    return context.reshape(b, s, heads * width)


def _heads_mixed(doc: str, **steps: Any) -> type[BertModule]:
    return type("HeadsMixed", (BertModule,), {**steps, "__doc__": doc})


def _mixed_alone(*steps: str) -> type[BertModule]:
    """Return a form in which only some of queries, keys and values are split by a view alone."""

    def mixed(name: str) -> Any:
        def taken(self: BertModule, layer: Any, x: Tensor) -> Tensor:
            b, s, width = x.shape
            heads = layer.heads
            viewed = getattr(layer, name)(x).reshape(b, heads, s, width // heads)
            flat: Tensor = viewed.permute(0, 2, 1, 3).reshape(b, s, width)
            return flat

        return taken

    doc = f"The width of {' and '.join(steps)} is split by a view alone, which mixes positions."
    return _heads_mixed(doc, **{name: mixed(name) for name in steps})


HEADS_MIXED = (
    _heads_mixed(
        "The heads are put side by side without swapping the axes back first, which mixes"
        " positions.",
        merge=_merge_mixed,
    ),
    _heads_mixed(
        "The width is split by a view alone, without swapping axes, which mixes positions.",
        split=_split_mixed,
    ),
    _heads_mixed(
        "Views split and merge the heads without swapping axes, which mixes positions.",
        split=_split_mixed,
        merge=_merge_mixed,
    ),
    _mixed_alone("value"),
    _mixed_alone("key"),
    _mixed_alone("query"),
    _mixed_alone("query", "key"),
    _mixed_alone("key", "value"),
)


class HeadsNotMerged(BertModule):
    """The heads are not put side by side again: the result has four axes."""

    def merge(self, context: Tensor) -> Tensor:
        return context


class _HeadsNotMergedSwapped(BertModule):
    """The axes are swapped back, but the heads not put side by side: four axes are left."""

    def merge(self, context: Tensor) -> Tensor:
        return context.permute(0, 2, 1, 3)


HEADS_NOT_MERGED = (HeadsNotMerged, _HeadsNotMergedSwapped)


# the layers


def _instead(step: str, other: str) -> type[BertModule]:
    """Return a form in which one of the three comes from another layer, or from none."""

    def taken(self: BertModule, layer: Any, x: Tensor) -> Tensor:
        return getattr(layer, other)(x) if other else x

    came = f"come from the layer {other!r}" if other else "are the hidden states themselves"
    plural = {"query": "queries", "key": "keys", "value": "values"}[step]
    doc = f"The {plural} {came}: the layer {step!r} is never used."
    return type("LayerUnused", (BertModule,), {step: taken, "__doc__": doc})


LAYER_UNUSED = tuple(
    _instead(step, other)
    for step in ("query", "key", "value")
    for other in ("", "query", "key", "value")
    if step != other
)
