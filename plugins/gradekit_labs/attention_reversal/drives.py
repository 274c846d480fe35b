"""Cases of attention_reversal and how they exercise a submission.

Axes: B rows, S source steps, T target steps, E embedding, H hidden, O outputs, V vocabulary.
Runs in the process with student code: no reference, no expected value may be imported here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor, nn

from gradekit.drive import default_dtype, fill, normal

__all__ = [
    "CONVENTIONS",
    "LAYERS",
    "DecodeCase",
    "bypasses_mlp1",
    "hides",
    "home",
    "run_decode",
    "without_slopes",
]

LAYERS = ("emb_layer", "decoder", "mlp1", "mlp2")
VOCABULARY, OUTPUTS = 7, 6
BENT, STRAIGHT = "bent mlp1", "linear mlp1"
CONVENTIONS = tuple(
    f"{layout}, {mlp1}, {dtype}"
    for dtype in ("float64", "float32")
    for mlp1 in (BENT, STRAIGHT)
    for layout in ("state (1,B,H)", "state (B,1,H)")
)


def home(convention: str) -> str:
    """Return the convention with the same mlp1, a state (1, B, H) and double precision."""
    return next(c for c in CONVENTIONS if (STRAIGHT in c) == (STRAIGHT in convention))


def hides(convention: str) -> bool:
    """Tell whether mlp1 stays linear: then a mean before it can't be told from one after it."""
    return STRAIGHT in convention


def bypasses_mlp1(outcome: Any) -> bool:
    """Tell whether a first step does without calling mlp1: it may use the weights alone."""
    return isinstance(outcome, dict) and outcome.get("asks_mlp1") is False


@dataclass(frozen=True)
class DecodeCase:
    """Tokens to read, the encoder's states, a state, and the weights of all layers.

    Shapes: y (B, T) int64, enc (B, S, H), state (1, B, H)
    """

    rows: int
    source: int
    target: int
    hiddens: int
    seed: int
    first: bool = True
    wider: int = 0  # how much wider than H an embedding is
    changed: str = ""  # which of LAYERS gets other weights
    slopes: bool = True  # whether gradients are wanted
    convention: str = CONVENTIONS[0]
    y: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    enc: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    state: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below

    @property
    def embedding(self) -> int:
        """E, the width of an embedding."""
        return self.hiddens + self.wider

    @property
    def dtype(self) -> str:
        """The precision to compute in."""
        return self.convention.rsplit(" ", 1)[1]

    def __post_init__(self) -> None:
        fill(self, "y", self._draw_tokens)
        fill(self, "enc", lambda: normal(self.seed, self.rows, self.source, self.hiddens))
        fill(self, "state", lambda: 0.8 * normal(self.seed + 1, 1, self.rows, self.hiddens))

    def _draw_tokens(self) -> Tensor:
        generator = torch.Generator().manual_seed(self.seed + 2)
        return torch.randint(VOCABULARY, (self.rows, self.target), generator=generator)


def without_slopes(case: DecodeCase) -> DecodeCase:
    """Return the case with nothing asked about gradients."""
    return replace(case, slopes=False)


class Bent(nn.Linear):
    """A map in mlp1's place that is not linear: what is done before it and after it differs."""

    def forward(self, input: Tensor) -> Tensor:
        """Return tanh(input W' + b) and a little of its square."""
        value = super().forward(input)
        return torch.tanh(value) + 0.3 * torch.tanh(value) ** 2


def run_decode(module: Any, case: DecodeCase) -> dict[str, Any]:
    """Return what decode gives, and how gradients pass through it.

    Returns: logits (B, T, O), state (1, B, H); to_enc (B, S, H), to_state (1, B, H) and to_LAYER,
    the gradients of a weighted sum of both; one_call, 1 where several tokens go through the
    decoder in one call; kept, whether the inputs are as they were; asks_mlp1, whether mlp1 is
    called where it must be; encoded (B, S', H), what encode gives for the tokens.
    """
    with default_dtype(case.dtype):
        model = _model(module, case)
        enc, state = (_cast(leaf, case).requires_grad_() for leaf in (case.enc, case.state))
        y, enc_in = case.y.clone(), enc.clone()
        given = state.transpose(0, 1) if "(B,1,H)" in case.convention else state
        longest, asked = [0], []
        listening = model.mlp1.register_forward_hook(lambda *seen: asked.append("mlp1"))
        with _hook(model, longest):
            answer = model.decode(y, enc_in, given.clone(), case.first)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            raise TypeError(f"decode returned {type(answer).__name__}, expected (logits, state)")
        listening.remove()
        logits, new = answer
        kept = torch.equal(y, case.y) and torch.equal(enc_in, enc)
        new = _layer_first(new, case.rows)
        leaves = {"enc": enc, "state": state}
        slopes = _slopes(model, leaves, (logits, new), case.seed) if case.slopes else {}
        several = bool(getattr(model, "one_call", False)) or longest[0] > 1
        return {
            "logits": logits,
            "state": new,
            **slopes,
            "one_call": torch.tensor(float(several and case.target > 1)),
            "kept": kept,
            "asks_mlp1": bool(asked) or not case.first,
            "encoded": _encoded(model, case),
        }


def _cast(value: Tensor, case: DecodeCase) -> Tensor:
    return value.to(getattr(torch, case.dtype)).clone()


def _model(module: Any, case: DecodeCase) -> Any:
    """Return the model with the case's weights, and a bent mlp1 where the convention says so."""
    model = module.Sequence_Modeling(VOCABULARY, case.embedding, OUTPUTS, case.hiddens)
    if BENT in case.convention:
        model.mlp1 = Bent(case.hiddens, case.hiddens)
    model.to(getattr(torch, case.dtype))
    with torch.no_grad():
        for place, name in enumerate((*LAYERS, "encoder")):
            layer, shift = getattr(model, name), 100 if name == case.changed else 0
            for number, parameter in enumerate(layer.parameters()):
                seed = case.seed + 10 * place + number + 3 + shift
                scale = 1.0 if name == "emb_layer" else 1.5 * case.hiddens**-0.5
                parameter.copy_(_drawn(seed, tuple(parameter.shape), scale))
    return model


@lru_cache(maxsize=4096)
def _drawn(seed: int, shape: tuple[int, ...], scale: float) -> Tensor:
    """Return a layer's weights; to be copied, never changed."""
    return normal(seed, *shape, scale=scale)


@contextmanager
def _hook(model: Any, longest: list[int]) -> Iterator[None]:
    """Note the greatest number of steps that the decoder takes in one call."""

    def note(layer: Any, inputs: tuple[Any, ...], outputs: Any) -> None:
        if inputs and isinstance(inputs[0], Tensor) and inputs[0].dim() == 3:
            axis = 1 if getattr(layer, "batch_first", True) else 0
            longest[0] = max(longest[0], inputs[0].shape[axis])

    handle = model.decoder.register_forward_hook(note)
    try:
        yield
    finally:
        handle.remove()


def _layer_first(state: Any, rows: int) -> Any:
    """Return a state given as (B, 1, H) as (1, B, H)."""
    rowwise = isinstance(state, Tensor) and state.dim() == 3 and state.shape[:2] == (rows, 1)
    return state.transpose(0, 1) if rowwise else state


def _slopes(
    model: Any, leaves: dict[str, Tensor], outcomes: tuple[Any, ...], seed: int
) -> dict[str, Tensor]:
    """Return the gradients of one weighted sum of the outcomes; zeros where none arrives."""
    wanted = dict(leaves)
    for name in LAYERS:
        for number, parameter in enumerate(getattr(model, name).parameters()):
            wanted[f"{name}_{number}"] = parameter
    sums = [
        (outcome * normal(seed + 90 + place, *outcome.shape).to(outcome.dtype)).sum()
        for place, outcome in enumerate(outcomes)
        if isinstance(outcome, Tensor) and outcome.requires_grad
    ]
    got: tuple[Tensor | None, ...] = (None,) * len(wanted)
    if sums:
        got = torch.autograd.grad(torch.stack(sums).sum(), list(wanted.values()), allow_unused=True)
    pairs = zip(wanted.items(), got, strict=True)
    return {f"to_{n}": torch.zeros_like(leaf) if g is None else g for (n, leaf), g in pairs}


def _encoded(model: Any, case: DecodeCase) -> Any:
    """Return the encoder's states for the tokens; None where encode fails."""
    state = torch.zeros(1, case.rows, case.hiddens)
    try:
        with torch.no_grad():
            return model.encode(case.y, state)[0]
    except Exception:  # noqa: BLE001  # a property says so
        return None
