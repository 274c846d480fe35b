"""Drive a loaded submission through cases and say what came back."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import torch
from torch import Tensor

from gradekit.runner.load import failure
from gradekit.runner.observe import bytecodes, operations, what_ran
from gradekit.runner.taboo import switched_off
from gradekit.runner.weights import Weights
from gradekit.wire.messages import Perform
from gradekit.wire.values import Payload, Value, pack, unpack

__all__ = ["perform", "resolve"]


def resolve(name: str) -> Any:
    """Return what 'package.module:attribute' names."""
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)


def perform(
    request: Perform, payload: memoryview, module: Any, files: list[str]
) -> Iterator[Value]:
    """Yield one outcome for each case: what the drive returned, or a Failure."""
    drive = resolve(request.drive)
    build = resolve(request.build) if request.build else None
    case_type = resolve(request.case_type)
    weights = unpack(request.weights, payload)
    cotangents = unpack(request.cotangents, payload)
    for wired in request.cases:
        case = case_type(**unpack(wired, payload))
        try:
            if request.without:
                with switched_off(request.without):
                    value = _settled(
                        _one(request, drive, build, module, files, case, weights, cotangents)
                    )
                yield value
            else:
                yield _one(request, drive, build, module, files, case, weights, cotangents)
        except BaseException as error:  # noqa: BLE001  # SystemExit too: the runner lives on
            yield failure(error, files)


def _one(
    request: Perform,
    drive: Callable[[Any, Any], dict[str, Value]],
    build: Callable[[Any, Any], Any] | None,
    module: Any,
    files: list[str],
    case: Any,
    weights: Value,
    cotangents: Value,
) -> Value:
    torch.default_generator.manual_seed(0)
    subject = build(module, case) if build else module
    if weights is None:
        return _driven(request, partial(drive, subject, case), files)
    tensors = Weights.of(subject)
    if weights == "describe":
        return _describe(tensors)
    if weights == "seed":
        generator = torch.Generator().manual_seed(case.seed)
        count = tensors.count(request.unregistered)
        drawn = torch.randn(count, generator=generator, dtype=torch.float64)
        tensors.fill(drawn * case.weight_scale, request.unregistered)
        with torch.set_grad_enabled(request.observe == "ran"):
            return _driven(request, partial(drive, subject, case), files)
    if cotangents is not None:
        return _gradients(request, drive, subject, case, tensors, weights, cotangents)
    return _sweep(request, drive, subject, case, tensors, weights)


def _settled(value: Value) -> Value:
    """Return what would be sent, so that nothing is computed later."""
    payload = Payload()
    wired = pack(value, payload)
    return unpack(wired, memoryview(b"".join(payload.buffers)))


def _describe(tensors: Weights) -> Value:
    return {
        "registered": tensors.count(unregistered=False),
        "all": tensors.count(unregistered=True),
        "trainable": all(tensor.requires_grad for tensor in tensors.registered),
    }


def _driven(request: Perform, drive: Callable[[], Any], files: list[str]) -> Value:
    """Return the drive's outcome, or what the judge wants to know of its run instead."""
    if request.observe == "ran":
        return {"ran": what_ran(drive, files)}
    if request.observe == "operations":
        return {"count": operations(drive)}
    if request.observe == "bytecodes":
        return {"count": bytecodes(drive)}
    return drive()


def _sweep(
    request: Perform,
    drive: Callable[..., Any],
    subject: Any,
    case: Any,
    tensors: Weights,
    vectors: Tensor,
) -> Value:
    """Return the flattened outcomes for each row of weights, and one outcome as it is."""
    rows, outcome = [], {}
    with torch.no_grad():
        for vector in vectors:
            tensors.fill(vector, request.unregistered)
            outcome = drive(subject, case)
            rows.append(torch.cat([_flat(outcome[name]) for name in request.flatten]))
    return {"rows": torch.stack(rows), "outcome": outcome}


def _flat(value: Any) -> Tensor:
    flat: Tensor = value.detach().reshape(-1).double()
    return flat


def _gradients(
    request: Perform,
    drive: Callable[..., Any],
    subject: Any,
    case: Any,
    tensors: Weights,
    vector: Tensor,
    cotangents: dict[str, Tensor],
) -> Value:
    """Return d(sum of cotangent * outcome) with respect to case fields and weights."""
    tensors.fill(vector.reshape(-1), request.unregistered)
    chosen = tensors.chosen(request.unregistered)
    fields = [name for name in request.wrt if name != "weights"]
    leaves = {name: getattr(case, name).detach().clone().requires_grad_() for name in fields}
    outcome = drive(subject, replace(case, **leaves))
    loss = torch.zeros((), dtype=torch.float64)
    for name, cotangent in cotangents.items():
        loss = loss + (outcome[name].double() * cotangent.reshape(outcome[name].shape)).sum()
    wanted = list(leaves.values()) + [t for t in chosen if t.requires_grad]
    if not loss.requires_grad:
        found: tuple[Tensor | None, ...] = (None,) * len(wanted)
    else:
        found = torch.autograd.grad(loss, wanted, allow_unused=True)
    got = {id(leaf): grad for leaf, grad in zip(wanted, found, strict=True)}
    result = {name: _or_zeros(got[id(leaf)], leaf) for name, leaf in leaves.items()}
    parts = [_or_zeros(got.get(id(tensor)), tensor).reshape(-1).double() for tensor in chosen]
    result["weights"] = torch.cat(parts) if parts else torch.zeros(0)
    return result


def _or_zeros(gradient: Tensor | None, leaf: Tensor) -> Tensor:
    return torch.zeros_like(leaf) if gradient is None else gradient
