"""Cases of linear_regression and how they exercise a submission.

x and y are (n,) float64. Runs in the process with student code: no reference, no expected
value may be imported here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradekit.drive import fill, normal

__all__ = ["LineCase", "PredictCase", "SgdCase", "run_least_squares", "run_predict", "run_sgd"]

ORDERS = 4  # seeds of rng that the order is judged by


@dataclass(frozen=True)
class LineCase:
    """Points near a line; `spread` scales x, `away` shifts it."""

    samples: int
    seed: int
    spread: float = 1.0
    away: float = 0.0
    noise: float = 0.5
    x: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    y: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below

    def __post_init__(self) -> None:
        fill(self, "x", lambda: self.away + self.spread * _apart(self.seed, self.samples))
        fill(self, "y", lambda: _along(self.x, self.seed, self.noise))


def _apart(seed: int, count: int) -> Tensor:
    """Return numbers of which no two are close: least squares needs some spread in x."""
    grid = torch.linspace(-1.5, 1.5, count, dtype=torch.float64)
    order = torch.randperm(count, generator=torch.Generator().manual_seed(seed))
    return grid[order] + 0.2 * torch.tanh(normal(seed + 1, count)) / count


def _along(x: Tensor, seed: int, noise: float) -> Tensor:
    line = normal(seed + 2, 2)
    slope = line[0] + torch.where(line[0] < 0, -1.0, 1.0)  # never flat, never through the origin
    return slope * x + line[1] + 1.5 + noise * normal(seed + 3, len(x))


def run_least_squares(module: Any, case: LineCase) -> dict[str, Any]:
    """Return w and b of fit_least_squares.

    Returns: w, b () float64; absent, whether nothing is implemented; other, whether fit_sgd did
    the work; other_there, whether that gives anything; kept, whether x and y are as they were.
    """
    x, y = _array(case.x), _array(case.y)
    with _watched(module, "fit_sgd") as calls:
        found = _pair(_result(lambda: module.fit_least_squares(x, y)))
    kept = _kept(x, y, case)
    rng = np.random.default_rng(0)
    there = found["absent"] and _there(lambda: module.fit_sgd(x, y, 0.1, 1, len(x), rng))
    return {**found, "other": bool(calls), "other_there": there, "kept": kept}


@dataclass(frozen=True)
class SgdCase:
    """A run of SGD.

    kind: 'whole' is one batch per epoch, 'alike' has one sample many times: there the order
    matters to nobody; 'order' has batches of one sample, for two epochs with several seeds.
    """

    kind: str
    samples: int
    batch_size: int
    seed: int
    lr: float = 0.2
    epochs: int = 1
    x: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    y: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below

    def __post_init__(self) -> None:
        fill(self, "x", self._draw_x)
        fill(self, "y", lambda: _along(self.x, self.seed, 0.0 if self.kind == "alike" else 0.5))

    def _draw_x(self) -> Tensor:
        if self.kind == "alike":
            return (0.5 + normal(self.seed, 1).abs()).expand(self.samples).contiguous()
        return _apart(self.seed, self.samples)


def run_sgd(module: Any, case: SgdCase) -> dict[str, Any]:
    """Return w and b of fit_sgd; for the kind 'order', of runs with several seeds.

    Returns: w, b () float64, or runs, a tuple per seed of (w, b) after one epoch and after two,
    and drawn, whether the last run drew from rng; absent; other, whether fit_least_squares was
    called; kept.
    """
    x, y = _array(case.x), _array(case.y)

    def run(seed: int, epochs: int) -> tuple[dict[str, Any], bool]:
        rng = np.random.default_rng(seed)
        untouched = np.random.default_rng(seed)
        result = _result(lambda: module.fit_sgd(x, y, case.lr, epochs, case.batch_size, rng))
        return _pair(result), rng.random() != untouched.random()

    with _watched(module, "fit_least_squares") as calls:
        if case.kind != "order":
            found, drawn = run(case.seed, case.epochs)
        else:
            runs, drawn, absent = [], False, False
            for seed in range(case.seed, case.seed + ORDERS):
                (one, _), (two, drawn), (again, _) = run(seed, 1), run(seed, 2), run(seed, 2)
                absent = absent or one["absent"] or two["absent"]
                runs.append(tuple(_floats(found) for found in (one, two, again)))
            found = {"runs": tuple(runs), "absent": absent}
    kept = _kept(x, y, case)
    there = found["absent"] and _there(lambda: module.fit_least_squares(x, y))
    return {**found, "drawn": drawn, "other": bool(calls), "other_there": there, "kept": kept}


@dataclass(frozen=True)
class PredictCase:
    """A line to evaluate."""

    samples: int
    seed: int
    x: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below
    line: Tensor = field(default=None, repr=False)  # type: ignore[assignment]  # filled below

    def __post_init__(self) -> None:
        fill(self, "x", lambda: 2 * normal(self.seed, self.samples))
        fill(self, "line", lambda: 1.5 * normal(self.seed + 1, 2))


def run_predict(module: Any, case: PredictCase) -> dict[str, Any]:
    """Return the line's values, expected (n,)."""
    x = _array(case.x)
    w, b = (float(value) for value in case.line)
    values = module.predict(x, w, b)
    if values is None:
        raise TypeError("predict returned None, expected an array")
    kept = bool(np.array_equal(x, case.x.numpy()))
    return {"values": torch.as_tensor(np.asarray(values, dtype=np.float64)), "kept": kept}


def _array(value: Tensor) -> Any:
    return value.numpy().copy()


def _kept(x: Any, y: Any, case: LineCase | SgdCase) -> bool:
    return bool(np.array_equal(x, case.x.numpy()) and np.array_equal(y, case.y.numpy()))


def _result(fit: Callable[[], Any]) -> Any:
    """Return what a fit gives; None where it says that it is not implemented."""
    try:
        return fit()
    except NotImplementedError:
        return None


def _there(fit: Callable[[], Any]) -> bool:
    """Tell whether the other method gives anything."""
    try:
        return not _pair(fit())["absent"]
    except Exception:  # noqa: BLE001  # whatever it is, it is no answer
        return False


def _pair(result: Any) -> dict[str, Any]:
    """Return w and b as numbers, whatever holds them.

    Raises: TypeError when the result is no pair.
    """
    if result is None:
        return {"absent": True}
    try:
        w, b = result
        if w is None or b is None:
            return {"absent": True}
        sizes = np.asarray(w, dtype=np.float64).reshape(-1), np.asarray(b, np.float64).reshape(-1)
    except (TypeError, ValueError) as error:
        raise TypeError(f"expected (w, b), two numbers; got {type(result).__name__}") from error
    if any(values.size != 1 for values in sizes):
        shapes = " and ".join(str(np.shape(value)) for value in (w, b))
        raise TypeError(f"expected (w, b), two numbers; got arrays of shape {shapes}")
    w, b = (torch.tensor(float(values[0]), dtype=torch.float64) for values in sizes)
    return {"w": w, "b": b, "absent": False}


def _floats(found: dict[str, Any]) -> tuple[float, ...]:
    return () if found["absent"] else (float(found["w"]), float(found["b"]))


@contextmanager
def _watched(module: Any, name: str) -> Iterator[list[str]]:
    """Note calls of one of the module's functions."""
    calls: list[str] = []
    function = getattr(module, name, None)
    if function is None:
        yield calls
        return

    def noted(*args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        return function(*args, **kwargs)

    setattr(module, name, noted)
    try:
        yield calls
    finally:
        setattr(module, name, function)
