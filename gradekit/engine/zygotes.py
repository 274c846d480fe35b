"""Start a lab's zygote, and hold the machine to the isolation that is asked for."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

import torch

from gradekit.errors import JudgeError, UsageError
from gradekit.judge.processes import ZygoteClient, ZygoteProcess
from gradekit.lab import Lab
from gradekit.wire.layers import LEVELS, Layer, Level, level_of, missing_for

__all__ = ["WeakIsolation", "renewed", "start_zygote", "wait_ready"]


class WeakIsolation(UsageError):
    """This machine can't confine submissions as asked."""


def start_zygote(lab: Lab, judges: int, isolation: Level) -> ZygoteProcess:
    """Start a zygote for so many judges; it imports torch while its starter goes on."""
    torch.set_num_threads(1)
    modules, secrets = _drive_modules(lab), _secret_modules(lab)
    return ZygoteProcess(judges, modules, secrets, confined=isolation != "none")


def wait_ready(zygote: ZygoteProcess, isolation: Level) -> None:
    """Wait until a zygote can fork runners, and hold it to the isolation that is asked for.

    Raises: WeakIsolation, LabError when a drive module can't be used, JudgeError.
    """
    for client in zygote.clients:
        client.wait_ready()
    _require(isolation, zygote.clients[0].layers)


def _require(wanted: Level, layers: Sequence[Layer]) -> None:
    reached = level_of(layers)
    if LEVELS.index(reached) >= LEVELS.index(wanted):
        return
    why = "; ".join(
        f"{layer.name} is off ({layer.off})" + (f": {layer.advice}" if layer.advice else "")
        for layer in missing_for(layers)
    )
    raise WeakIsolation(
        f"submissions would be isolated at level {reached!r} here, not {wanted!r}: {why}."
        " `gradekit doctor` tells more; to grade all the same, add --allow-weak-isolation"
    )


def renewed(lab: Lab, isolation: Level, slot: int, spares: list[ZygoteProcess]) -> ZygoteClient:
    """Return a line to a zygote of one's own, after the one that was shared has failed.

    The zygote is added to `spares`, to be closed at the end.
    Raises: JudgeError when it can't be started.
    """
    try:
        zygote = start_zygote(lab, 1, isolation)
        spares.append(zygote)
        wait_ready(zygote, isolation)
    except (OSError, UsageError) as error:
        raise JudgeError(f"no fresh zygote could be started: {error}") from error
    zygote.clients[0].slot = slot
    return zygote.clients[0]


def _drive_modules(lab: Lab) -> list[str]:
    functions: list[Any] = [part.drive for part in lab.parts]
    functions += [part.build for part in lab.parts if part.build]
    functions += [type(case) for part in lab.parts for case in part.examples]
    functions += [metric.drive for metric in lab.metrics]
    return sorted({function.__module__ for function in functions})


def _secret_modules(lab: Lab) -> list[str]:
    """Return the modules that no process with student code may hold."""
    things: list[Any] = [part.reference for part in lab.parts]
    things += [form for part in lab.parts for m in part.mistakes for form in m.forms]
    things += [prop.check for part in lab.parts for prop in part.properties]
    things += [metric.data for metric in lab.metrics]
    return sorted({module.__name__ for thing in things if (module := inspect.getmodule(thing))})
