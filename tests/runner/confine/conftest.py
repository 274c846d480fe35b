"""Ask the real kernel: a child applies a layer, acts, and reports through a pipe."""

from __future__ import annotations

import json
import os
import resource
import select
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from gradekit.runner.confine import kernel, namespaces

REPORT = 3  # layers close what lies above
PATIENCE_S = 20


@dataclass(frozen=True)
class Told:
    """What a child's action returned, or the error that it met."""

    value: Any = None
    error: str = ""


InChild = Callable[[Callable[[], Any]], Told]


def _act(action: Callable[[], Any], write: int) -> None:
    """Do it in this forked child, within bounds, and tell; never returns."""
    try:
        os.dup2(write, REPORT)
        signal.alarm(PATIENCE_S // 2)
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE_S, PATIENCE_S))
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))
        try:
            told: dict[str, Any] = {"value": action()}
        except BaseException as error:  # noqa: BLE001  # whatever it is, it is told
            told = {"error": f"{type(error).__name__}: {error}"}
        os.write(REPORT, json.dumps(told).encode())
    finally:
        os._exit(0)


def _in_child(action: Callable[[], Any]) -> Told:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _act(action, write)
    os.close(write)
    said = b""
    try:
        while select.select([read], [], [], PATIENCE_S)[0]:
            part = os.read(read, 1 << 16)
            if not part:
                break
            said += part
    finally:
        os.close(read)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return Told(**json.loads(said or b'{"error": "the child ended without a word"}'))


@pytest.fixture
def in_child() -> InChild:
    """Return a function that does something in a forked child and returns what it told."""
    return _in_child


@pytest.fixture
def with_namespaces() -> None:
    """Skip where this machine gives this user no namespaces."""
    if problem := namespaces.offered():
        pytest.skip(f"no namespaces here: {problem}")


@pytest.fixture
def powers() -> Callable[[], None]:
    """Return a function that gives a child the right to change its own mounts."""

    def take() -> None:
        if os.geteuid() != 0:
            namespaces.own_user()
        kernel.unshare(kernel.NEWPID)

    return take
