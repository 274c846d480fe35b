"""Ask a module that we trust, in this process, as a session asks a runner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from gradekit.judge.session import Ask, fields_of, name_of
from gradekit.lab import Part
from gradekit.runner.perform import perform
from gradekit.wire.messages import Perform
from gradekit.wire.values import Failure, Payload, Value, pack

__all__ = ["Inside", "module_of"]


def module_of(part: Part, kind: type) -> Any:
    """Return what stands in for a submission's module and behaves as a variant of the reference."""
    return part.weights.module(kind) if part.weights is not None else kind()


@dataclass
class Inside:
    """What a judge needs of a session, answered by a module of ours."""

    module: Any
    names: Sequence[str]
    stopped: Failure | None = None
    printed: bytearray = field(default_factory=bytearray)

    def begin_part(self) -> None:
        """Nothing is kept from part to part."""

    def ask(self, part: Part, cases: Sequence[Any], how: Ask) -> list[Value]:
        """Return one outcome per case: what the drive returned, or a Failure."""
        payload = Payload()
        request = Perform(
            drive=name_of(part.drive),
            build=name_of(part.build) if part.build else "",
            case_type=name_of(type(cases[0])),
            cases=[pack(fields_of(case), payload) for case in cases],
            weights=pack(how.weights, payload),
            flatten=how.flatten,
            unregistered=how.unregistered,
            wrt=how.wrt,
            cotangents=pack(how.cotangents, payload),
            observe=how.observe,
            without=how.without,
        )
        data = memoryview(b"".join(bytes(buffer) for buffer in payload.buffers))
        before = torch.get_default_dtype()
        try:
            with np.errstate(all="ignore"):
                return [_plain(value) for value in perform(request, data, self.module, [])]
        finally:
            torch.set_default_dtype(before)


def _plain(value: Value) -> Value:
    """Return an outcome as it would arrive from a runner: tensors cut from their graphs."""
    if isinstance(value, torch.Tensor):
        return value.detach()
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_plain(item) for item in value)
    return value
