"""`gradekit doctor`: what it prints and exits with, as this user, as a normal one, and faked."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gradekit.engine.canaries import Canary
from gradekit.wire.layers import STRICT, Layer

ROOT = Path(__file__).parents[2]
AS_USER = [sys.executable, str(ROOT / "tests" / "adversarial" / "as_user.py")]
DOCTOR = [sys.executable, "-m", "gradekit", "doctor"]
needs_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can run a command as another user"
)


def run(*before: str) -> subprocess.CompletedProcess[str]:
    """Run the doctor and return what came out."""
    command = [*before, *DOCTOR]
    return subprocess.run(command, capture_output=True, text=True, timeout=90, cwd=ROOT)


def layers_of(printed: str) -> dict[str, str]:
    """Return 'on' or 'off' for each layer that is listed."""
    return {name: state for state, name in re.findall(r"^  (on|off) +([a-z-]+) ", printed, re.M)}


def agrees_with_itself(done: subprocess.CompletedProcess[str]) -> bool:
    """Tell whether exit code, level, layers and attacks say one thing."""
    held = {name for name, state in layers_of(done.stdout).items() if state == "on"}
    strict = any(way <= held for way in STRICT)
    assert ("level reached: strict" in done.stdout) == strict, done.stdout + done.stderr
    stopped = done.stdout.count("\n  stopped ")
    opened = done.stdout.count("\n  OPEN ")
    assert stopped + opened == 8
    return done.returncode == (0 if strict and not opened else 1)


def test_here_it_tries_every_layer_and_attack() -> None:
    """Zero is for a machine on which strangers' code can be graded, and for no other."""
    done = run()
    assert done.stderr == ""
    assert set(layers_of(done.stdout)) >= set().union(*STRICT) | {"memory-group", "memory-watch"}
    assert agrees_with_itself(done)


@needs_root
def test_a_normal_user_is_told_of_as_such() -> None:
    """Every attack is stopped for a user who may have namespaces, too, or the code is 1."""
    done = run(*AS_USER)
    assert "as uid 4242" in done.stdout, done.stderr
    assert agrees_with_itself(done)


@needs_root
def test_without_namespaces_it_says_why_and_what_to_do() -> None:
    """The layers that need them are off, with the kernel's reason and the setting to change."""
    done = run(*AS_USER, "--without-namespaces")
    states = layers_of(done.stdout)
    for name in ("namespaces", "view", "runner-namespaces", "user"):
        assert states[name] == "off", done.stdout + done.stderr
    assert "user.max_user_namespaces" in done.stdout
    assert "why: " in done.stdout
    assert agrees_with_itself(done)


Fake = Callable[..., None]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Return a function that fakes what a machine's zygote and canaries tell."""

    def put(*off: str, canaries: tuple[Canary, ...] = (Canary("read a file", "No"),)) -> None:
        names = sorted(set().union(*STRICT))
        layers = [
            Layer(name, f"what {name} does", "why it is" if name in off else "", "do this")
            for name in names
        ]
        client = SimpleNamespace(wait_ready=lambda: None, layers=tuple(layers))

        def zygote(*args: Any) -> Any:
            return SimpleNamespace(clients=[client], close=lambda: None)

        monkeypatch.setattr("gradekit.cli.doctor.ZygoteProcess", zygote)
        monkeypatch.setattr("gradekit.cli.doctor.sing", lambda client: list(canaries))

    return put


def test_all_is_well_where_all_holds(machine: Fake, gradekit: Callable[..., Any]) -> None:
    """Exit code 0, and what the level means."""
    machine()
    done = gradekit("doctor")
    assert done.code == 0
    assert "level reached: strict: strangers' code can be graded here" in done.out
    assert "missing" not in done.out


def test_an_attack_that_goes_through_is_told_of(
    machine: Fake, gradekit: Callable[..., Any]
) -> None:
    """All layers may say that they are on: what was tried decides."""
    machine(canaries=(Canary("read a file", "No"), Canary("start a process", "")))
    done = gradekit("doctor")
    assert done.code == 1
    assert "OPEN     start a process" in done.out
    assert "but attacks went through: start a process" in done.out


def test_canaries_that_are_silent_prove_nothing(
    machine: Fake, gradekit: Callable[..., Any]
) -> None:
    """Without a word of any attack, the machine is not declared safe."""
    machine(canaries=())
    done = gradekit("doctor")
    assert done.code == 1
    assert "none was told of" in done.out


def test_a_missing_layer_comes_with_reason_and_advice(
    machine: Fake, gradekit: Callable[..., Any]
) -> None:
    """And with the shortest way to the highest level."""
    machine("system-calls", "view")
    done = gradekit("doctor")
    assert done.code == 1
    assert "why: why it is" in done.out
    assert "to have it: do this" in done.out
    assert "missing for 'strict': system-calls" in done.out
    assert "level reached: process: accidents are contained, attacks are not" in done.out
