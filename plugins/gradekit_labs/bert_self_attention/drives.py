"""Cases of bert_self_attention and how they exercise a submission.

Axes: B rows, S positions, D width, N heads. Runs in the process with student code: no
reference, no expected value may be imported here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.modules.module import register_module_parameter_registration_hook

from gradekit.drive import default_dtype, fill, normal

__all__ = [
    "DOUBLE",
    "LAYERS",
    "SINGLE",
    "AttentionCase",
    "DropoutCase",
    "HeadsCase",
    "run_attention",
    "run_dropout",
    "run_heads",
]

DOUBLE, SINGLE = "float64", "float32"
LAYERS = ("query", "key", "value")
MASKED = -10_000.0


@dataclass(frozen=True)
class AttentionCase:
    """Hidden states, an additive mask and the weights of the three layers.

    Shapes: hidden (B, S, D), mask (B, S), weight (3, D, D), bias (3, D) for query, key, value.
    masked: 'none', 'some' keys per row, 'all' keys of the last row, or 'other' values than -10000
    where a key is hidden; one of them is so great that whatever it is added to drowns.
    """

    rows: int
    positions: int
    heads: int
    head_width: int
    seed: int
    masked: str = "some"
    size: float = 1.5  # of the weights; great ones make scores that overflow an unsafe softmax
    rate: float = 0.1
    changed: int = -1  # which of LAYERS gets other weights
    convention: str = DOUBLE
    hidden: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    mask: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    weight: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    bias: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below

    @property
    def width(self) -> int:
        """D, the width of all heads together."""
        return self.heads * self.head_width

    def __post_init__(self) -> None:
        width = self.width
        fill(self, "hidden", lambda: normal(self.seed, self.rows, self.positions, width))
        fill(self, "mask", self._draw_mask)
        scale = width**-0.5
        fill(
            self, "weight", lambda: normal(self.seed + 1, 3, width, width, scale=self.size * scale)
        )
        fill(self, "bias", lambda: normal(self.seed + 2, 3, width))

    def _draw_mask(self) -> Tensor:
        mask = torch.zeros(self.rows, self.positions, dtype=torch.float64)
        if self.masked == "some":
            lengths = torch.arange(self.rows) % self.positions + 1
            mask[torch.arange(self.positions)[None] >= lengths[:, None]] = MASKED
        elif self.masked == "all":
            mask[-1] = MASKED
        elif self.masked == "other":
            mask[::2, 1::2] = -9_000.0
            mask[1::2, 1::2] = -1e17
        return mask


def run_attention(module: Any, case: AttentionCase) -> dict[str, Any]:
    """Return what the layer gives in evaluation mode, and how gradients pass through it.

    Returns: context (B, S, D); to_hidden (B, S, D), to_weight (3, D, D), to_bias (3, D): the
    gradients of a weighted sum of the context; again, whether a second call gives the same;
    made, the layers that a call creates; kept, whether the inputs are as they were.
    """
    with default_dtype(case.convention):
        model = _model(module, case).eval()
        leaf = _given(case.hidden, case).requires_grad_()
        hidden, mask = leaf.clone(), _given(case.mask, case)
        with layers_made() as made:
            context = _tensor(model(hidden, mask))
        kept = torch.equal(hidden, leaf) and torch.equal(mask, _given(case.mask, case))
        torch.default_generator.manual_seed(1)
        with torch.no_grad():
            again = model(leaf.clone(), _given(case.mask, case))
        return {
            "context": context,
            **_slopes(model, leaf, context, case),
            "again": _same(context, again),
            "made": tuple(made),
            "kept": kept,
        }


def _given(value: Tensor, case: AttentionCase | DropoutCase) -> Tensor:
    return value.to(getattr(torch, case.convention)).clone()


def _model(module: Any, case: AttentionCase | DropoutCase) -> Any:
    model = module.BertSelfAttention(_config(case.width, case.heads, case.rate))
    model.to(getattr(torch, case.convention))
    with torch.no_grad():
        for place, name in enumerate(LAYERS):
            layer, more = getattr(model, name), 0.5 if place == case.changed else 0.0
            layer.weight.copy_(case.weight[place] + more * case.weight[place - 1])
            layer.bias.copy_(case.bias[place] + more)
    return model


def _config(width: int, heads: int, rate: float) -> SimpleNamespace:
    return SimpleNamespace(
        hidden_size=width, num_attention_heads=heads, attention_probs_dropout_prob=rate
    )


@contextmanager
def layers_made() -> Iterator[list[str]]:
    """Note the names of layers that are created meanwhile, but for those that hold nothing.

    Layers with parameters are noted, and dropout, which is born in training mode.
    """
    made: list[str] = []
    plain = nn.Dropout.__init__

    def note(owner: nn.Module, name: str, parameter: Any) -> None:
        if parameter is not None:
            made.append(type(owner).__name__)

    def dropout(self: nn.Dropout, *args: Any, **kwargs: Any) -> None:
        made.append("Dropout")
        plain(self, *args, **kwargs)

    handle = register_module_parameter_registration_hook(note)
    nn.Dropout.__init__ = dropout  # type: ignore[assignment, method-assign]  # for one call
    try:
        yield made
    finally:
        nn.Dropout.__init__ = plain  # type: ignore[method-assign]  # as it was
        handle.remove()


def _slopes(model: Any, hidden: Tensor, context: Any, case: AttentionCase) -> dict[str, Tensor]:
    """Return the gradients of one weighted sum of the context; zeros where none arrives."""
    layers = [getattr(model, name) for name in LAYERS]
    wanted = [hidden, *(x.weight for x in layers), *(x.bias for x in layers)]
    zeros = [torch.zeros_like(leaf) for leaf in wanted]
    if isinstance(context, Tensor) and context.requires_grad:
        sent = normal(case.seed + 4, *context.shape).to(context.dtype)
        got = torch.autograd.grad((context * sent).sum(), wanted, allow_unused=True)
        zeros = [z if g is None else g for z, g in zip(zeros, got, strict=True)]
    return {
        "to_hidden": zeros[0],
        "to_weight": torch.stack(zeros[1:4]),
        "to_bias": torch.stack(zeros[4:]),
    }


def _tensor(value: Any) -> Tensor:
    if not isinstance(value, Tensor):
        raise TypeError(f"forward returned {type(value).__name__}, expected a tensor (B, S, D)")
    return value


def _same(one: Any, other: Any) -> bool:
    return isinstance(one, Tensor) and isinstance(other, Tensor) and torch.equal(one, other)


@dataclass(frozen=True)
class DropoutCase:
    """A layer in training mode, called several times, once with all values equal to one.

    Shapes: hidden (B, S, D), weight (3, D, D), bias (3, D)
    """

    rows: int
    positions: int
    heads: int
    head_width: int
    seed: int
    rate: float = 0.5
    calls: int = 24
    changed: int = -1
    convention: str = DOUBLE
    hidden: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    weight: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    bias: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below

    @property
    def width(self) -> int:
        """D, the width of all heads together."""
        return self.heads * self.head_width

    def __post_init__(self) -> None:
        width = self.width
        fill(self, "hidden", lambda: normal(self.seed, self.rows, self.positions, width))
        scale = 0.5 * width**-0.5
        fill(self, "weight", lambda: normal(self.seed + 1, 3, width, width, scale=scale))
        fill(self, "bias", lambda: normal(self.seed + 2, 3, width))


def run_dropout(module: Any, case: DropoutCase) -> dict[str, Any]:
    """Return contexts in training mode beside those in evaluation mode.

    Returns: sums (calls, B, S, D), the contexts with all values one, so the sums of each query's
    probabilities; calm (B, S, D), likewise in evaluation mode; moved, whether training mode
    changes anything with the values as they are; steady, whether evaluation mode is the same twice;
    made, the layers that a call creates.
    """
    with default_dtype(case.convention):
        model = _model(module, case)
        hidden = _given(case.hidden, case)
        mask = torch.zeros(hidden.shape[:2], dtype=hidden.dtype)
        with torch.no_grad():
            model.eval()
            with layers_made() as made:
                calm = model(hidden, mask)
            again = model(hidden, mask)
            model.train()
            wild = model(hidden, mask)
            model.value.weight.zero_()
            model.value.bias.fill_(1)
            sums = [model(hidden, mask) for _ in range(case.calls)]
            model.eval()
            ones = model(hidden, mask)
        return {
            "sums": tuple(sums),  # as they fall: nothing that could be held against a reference
            "calm": (ones,),
            "moved": not _same(calm, wild),
            "steady": _same(calm, again),
            "made": tuple(made),
        }


@dataclass(frozen=True)
class HeadsCase:
    """A width and a number of heads that may not divide it."""

    width: int
    heads: int
    seed: int = 0


def run_heads(module: Any, case: HeadsCase) -> dict[str, Any]:
    """Return what the constructor, or else the first call, makes of the number of heads."""
    with default_dtype(DOUBLE):
        try:
            model = module.BertSelfAttention(_config(case.width, case.heads, 0.1))
        except NotImplementedError:
            raise
        except Exception as error:  # noqa: BLE001  # which one it is, is the answer
            return {"error": type(error).__name__, "kinds": _kinds(error)}
        try:
            model(normal(case.seed, 2, 3, case.width), torch.zeros(2, 3, dtype=torch.float64))
        except (ValueError, AssertionError) as error:
            return {"error": type(error).__name__, "kinds": _kinds(error)}
        except Exception:  # noqa: BLE001  # torch stumbling over the sizes is no check
            return {"error": "", "kinds": ()}
    return {"error": "", "kinds": ()}


def _kinds(error: Exception) -> tuple[str, ...]:
    return tuple(kind.__name__ for kind in type(error).__mro__)
