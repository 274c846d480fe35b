"""Cases of gru_lyrics and how they exercise a submission.

Axes: B rows of the batch, S steps, I inputs, H hidden, E embedding, V vocabulary, O outputs.
Runs in the process with student code: no reference, no expected value may be imported here.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from gradekit.drive import fill, normal

__all__ = [
    "AS_LAYER",
    "LAYOUTS",
    "ONE_STEP",
    "TIME_MAJOR",
    "GruCase",
    "ModelCase",
    "build_gru",
    "run_gru",
    "run_model",
]

LAYOUTS: dict[str, Callable[[Tensor], Tensor]] = {
    "(1,B,H)": lambda state: state,
    "(B,H)": lambda state: state[0],
    "(B,1,H)": lambda state: state.transpose(0, 1),
}
EARLIER = 3  # of so many cases, one calls the layer before
ONE_STEP = "one step (B,I) at a time", "one step (B,1,I) at a time"
TIME_MAJOR = "inputs (S,B,I)"
AS_LAYER = "with outputs as its own layer gives them"


@dataclass(frozen=True)
class GruCase:
    """A sequence and a first state for a layer; tensors are drawn from the seed.

    Shapes: x (B, S, I), state (1, B, H)
    """

    rows: int
    steps: int
    inputs: int
    hiddens: int
    seed: int
    weight_scale: float = 0.5
    state_scale: float = 0.8
    rng: int = 0  # state of torch's own generator during the call
    convention: str = "(1,B,H) float64"
    x: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    state: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below

    def __post_init__(self) -> None:
        shape, scale = (1, self.rows, self.hiddens), self.state_scale
        fill(self, "x", lambda: normal(self.seed, self.rows, self.steps, self.inputs))
        fill(self, "state", lambda: normal(self.seed + 1, *shape, scale=scale))


def dtype_of(convention: str) -> torch.dtype:
    """Return the precision that a convention asks for."""
    return torch.float32 if "float32" in convention else torch.float64


def layout_of(convention: str) -> Callable[[Tensor], Tensor]:
    """Return what brings a state (1, B, H) into the layout that a convention asks for."""
    return LAYOUTS[convention.split(" ")[0]]


def build_gru(module: Any, case: GruCase) -> Any:
    """Return the submission's GRU layer for the case's sizes."""
    torch.set_default_dtype(dtype_of(case.convention))
    if case.convention.startswith(ONE_STEP) and not _called_step_by_step(module):
        raise RuntimeError("the model does not call the layer one step at a time")
    layer = module.GRU(case.inputs, case.hiddens)
    if isinstance(layer, nn.Module):
        layer.to(dtype_of(case.convention)).eval()
    return layer


def run_gru(layer: Any, case: GruCase) -> dict[str, Any]:
    """Run the layer over the case's sequence.

    Returns: outputs as the layer gives them, expected (B, S, H); state (B, H) where what came
    back is one of the accepted layouts, else as it came.
    """
    dtype = dtype_of(case.convention)
    x, state = case.x.to(dtype), case.state.to(dtype)
    if case.seed % EARLIER == 0:  # what an earlier call leaves behind may not matter
        _called(layer, x.flip(0) / 2, state.flip(1) / 2, case)
    outputs, state = _called(layer, x, state, case)
    return {"outputs": outputs, "state": _flat_state(state, case.rows, case.hiddens)}


def _called(layer: Any, x: Tensor, state: Tensor, case: GruCase) -> tuple[Any, Any]:
    """Return outputs and state as the case's convention has them."""
    torch.default_generator.manual_seed(case.rng)
    if case.convention.startswith(ONE_STEP):
        return _step_by_step(layer, x, state, case.convention.startswith(ONE_STEP[1]))
    if case.convention.startswith(TIME_MAJOR):
        outputs, state = layer(x.transpose(0, 1), state)
        return outputs.transpose(0, 1), state
    outputs, state = layer(x, layout_of(case.convention)(state))
    return outputs, state


def _flat_state(state: Any, rows: int, hiddens: int) -> Any:
    """Return a state in any accepted layout as (B, H); anything else as it is."""
    if isinstance(state, tuple | list) and len(state) == 1:
        state = state[0]
    accepted = {(1, rows, hiddens), (rows, 1, hiddens), (rows, hiddens)}
    if isinstance(state, Tensor) and tuple(state.shape) in accepted:
        return state.reshape(rows, hiddens)
    return state


def _step_by_step(layer: Any, x: Tensor, state: Tensor, keep_axis: bool) -> tuple[Tensor, Any]:
    outputs = []
    for step in x.unbind(1):
        output, state = layer(step.unsqueeze(1) if keep_axis else step, state)
        outputs.append(output.reshape(x.shape[0], -1))
    return torch.stack(outputs, 1), state


@dataclass(frozen=True)
class ModelCase:
    """Token numbers and a first state for the sequence model, with its layers' weights.

    Shapes: sent (B, S) int64, state (1, B, H), emb (V, E), weight (O, H), bias (O,),
    mix_x (E, H), mix_h (H, H)
    """

    rows: int
    steps: int
    vocab: int
    embedding: int
    hiddens: int
    outputs: int
    seed: int
    rng: int = 0
    convention: str = "(1,B,H) float64"
    sent: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    state: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    emb: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    weight: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    bias: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    mix_x: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    mix_h: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below

    def __post_init__(self) -> None:
        e, h = self.embedding, self.hiddens
        fill(self, "sent", self._draw_sent)
        fill(self, "state", lambda: normal(self.seed + 1, 1, self.rows, h))
        fill(self, "emb", lambda: normal(self.seed + 2, self.vocab, e))
        fill(self, "weight", lambda: normal(self.seed + 3, self.outputs, h))
        fill(self, "bias", lambda: normal(self.seed + 4, self.outputs))
        fill(self, "mix_x", lambda: normal(self.seed + 5, e, h, scale=e**-0.5))
        fill(self, "mix_h", lambda: normal(self.seed + 6, h, h, scale=h**-0.5))

    def _draw_sent(self) -> Tensor:
        generator = torch.Generator().manual_seed(self.seed)
        # neither the first nor the last token: either may be padding, which is not trained
        return torch.randint(1, self.vocab - 1, (self.rows, self.steps), generator=generator)


def run_model(module: Any, case: ModelCase) -> dict[str, Any]:
    """Run the sequence model with given weights and a simple recurrent layer in its place.

    Returns: logits, expected (B, S, O); state (B, H); layer_calls, how often the recurrent
    layer was called; d_emb (V, E) and d_linear (O, H), gradients of the logits' weighted sum.
    """
    dtype = dtype_of(case.convention)
    torch.set_default_dtype(dtype)
    model = module.Sequence_Modeling(case.vocab, case.embedding, case.outputs, case.hiddens)
    model.to(dtype).eval()
    with torch.no_grad():
        model.emb_layer.weight.copy_(case.emb)
        model.linear.weight.copy_(case.weight)
        model.linear.bias.copy_(case.bias)
    layer = _StandIn(case, model.gru_layer)
    given = layout_of(case.convention)(case.state.to(dtype))
    if case.rows == case.steps:
        layer.learn_axes(model, given)
    torch.default_generator.manual_seed(case.rng)
    with torch.enable_grad():
        logits, state = model(case.sent, given)
        gradients = _gradients(logits, [model.emb_layer.weight, model.linear.weight])
    return {
        "logits": logits,
        "state": _flat_state(state, case.rows, case.hiddens),
        "layer_calls": layer.calls or layer.method_calls,
        "d_emb": gradients[0],
        "d_linear": gradients[1],
    }


def _gradients(logits: Any, parameters: list[Tensor]) -> list[Tensor]:
    if not isinstance(logits, Tensor) or not logits.requires_grad:
        return [torch.zeros_like(parameter) for parameter in parameters]
    cotangent = torch.linspace(-1, 1, logits.numel()).reshape(logits.shape).to(logits.dtype)
    found = torch.autograd.grad((logits * cotangent).sum(), parameters, allow_unused=True)
    pairs = zip(found, parameters, strict=True)
    return [torch.zeros_like(p) if gradient is None else gradient for gradient, p in pairs]


class _StandIn:
    """A plain recurrent layer, H' = tanh(X A + H B), in the shape of the layer it replaces.

    The submission's own layer keeps its attributes and methods; only what its `forward`
    computes is replaced. Whatever layout it takes and returns, the stand-in takes and returns.
    """

    def __init__(self, case: ModelCase, layer: Any) -> None:
        self.case, self.calls, self.method_calls = case, 0, 0
        self.steps_first_in = self.steps_first_out = False
        self.real = layer.forward
        layer.forward = self.forward
        for name, method in _own_methods(layer):
            setattr(layer, name, self._counted(method))

    def learn_axes(self, model: Any, state: Tensor) -> None:
        """Run the model on one step more, where rows and steps can't be mistaken for each other."""
        longer = torch.cat([self.case.sent, self.case.sent[:, :1]], 1)
        with contextlib.suppress(Exception), torch.no_grad():
            model(longer, state)
        self.calls = self.method_calls = 0

    def _counted(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            self.method_calls += 1
            return method(*args, **kwargs)

        return counted

    def forward(self, *arguments: Any, **named: Any) -> tuple[Tensor, Tensor]:
        given = list(inspect.signature(self.real).bind(*arguments, **named).arguments.values())
        inputs, state = given[0], given[1] if len(given) > 1 else None
        self.calls += 1
        rows, hiddens = self.case.rows, self.case.hiddens
        sizes = tuple(inputs.shape[:-1])
        if len(sizes) == 2 and sizes[0] != sizes[1]:
            self.steps_first_in = sizes[0] != rows and sizes[1] == rows
        first = len(sizes) == 2 and self.steps_first_in
        x = inputs.transpose(0, 1) if first else inputs.reshape(rows, -1, inputs.shape[-1])
        hidden = x.new_zeros(rows, hiddens) if state is None else state.reshape(rows, hiddens)
        mix_x, mix_h = self.case.mix_x.to(x.dtype), self.case.mix_h.to(x.dtype)
        outputs = []
        for step in x.unbind(1):
            hidden = torch.tanh(step @ mix_x + hidden @ mix_h)
            outputs.append(hidden)
        return self._as_real(inputs, state, torch.stack(outputs, 1), hidden)

    def _as_real(
        self, inputs: Tensor, state: Tensor | None, outputs: Tensor, hidden: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Give outputs (B, S, H) and state (B, H) the shapes that the real layer gives."""
        like_inputs = hidden.reshape(state.shape) if state is not None else hidden.unsqueeze(0)
        real = self._real_outcome(inputs, state)
        if real is None:
            return outputs, like_inputs
        shape, state_shape = real
        if not self.case.convention.endswith(AS_LAYER) and len(shape) == 3:
            shape = outputs.shape  # as the lab asks for, whatever the layer gives
        turned = outputs.transpose(0, 1)
        if turned.shape != outputs.shape:
            self.steps_first_out = shape == turned.shape
        if self.steps_first_out and shape == turned.shape:
            outputs = turned
        elif shape.numel() == outputs.numel() and len(shape) == 2:
            outputs = outputs.transpose(0, 1).reshape(shape)
        if state_shape.numel() == hidden.numel():
            return outputs, hidden.reshape(state_shape)
        return outputs, like_inputs

    def _real_outcome(
        self, inputs: Tensor, state: Tensor | None
    ) -> tuple[torch.Size, torch.Size] | None:
        """Return the shapes that the real layer gives, None where it always fails.

        Raises: what the layer raises, if it only wants the state in another layout.
        """
        given = [] if state is None else [state]
        try:
            return self._shapes(inputs, *given)
        except Exception:
            flat = (1, self.case.rows, self.case.hiddens)
            others = [] if state is None else [f(state.reshape(flat)) for f in LAYOUTS.values()]
            for other in others:
                try:
                    self._shapes(inputs, other)
                except Exception:  # noqa: BLE001, S112  # the next layout may do
                    continue
                raise
            return None  # the layer's own part charges what is wrong with it

    def _shapes(self, *arguments: Tensor) -> tuple[torch.Size, torch.Size]:
        with torch.no_grad():
            outputs, state = self.real(*arguments)
        return outputs.shape, state.shape


def _own_methods(layer: Any) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the public methods that a layer's own class defines, beside forward."""
    for name, method in vars(type(layer)).items():
        if callable(method) and not name.startswith("__") and name != "forward":
            bound = getattr(layer, name)
            if getattr(bound, "__self__", None) is layer:
                yield name, bound


def _called_step_by_step(module: Any) -> bool:
    """Tell whether the sequence model calls its layer once per step."""
    case = ModelCase(rows=2, steps=5, vocab=7, embedding=3, hiddens=4, outputs=6, seed=1)
    for layout in LAYOUTS:
        try:
            outcome = run_model(module, _with_layout(case, layout))
        except Exception:  # noqa: BLE001, S112  # another layout may do
            continue
        return bool(outcome["layer_calls"] == case.steps)
    return False


def _with_layout(case: ModelCase, layout: str) -> ModelCase:
    values = {name: getattr(case, name) for name in ("rows", "steps", "vocab", "embedding")}
    values |= {name: getattr(case, name) for name in ("hiddens", "outputs", "seed")}
    return ModelCase(**values, convention=f"{layout} float64 {AS_LAYER}")
