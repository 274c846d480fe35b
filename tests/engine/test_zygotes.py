"""What a lab's zygote is asked for, and what a machine that is too weak is told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from gradekit.engine import zygotes
from gradekit.engine.local import crew
from gradekit.engine.zygotes import WeakIsolation, renewed
from gradekit.errors import JudgeError, UsageError
from gradekit.judge.processes import ZygoteProcess
from gradekit.lab import Lab
from gradekit.plugins import Plugins
from gradekit.wire.layers import PROCESS, Layer, Level


@pytest.fixture
def lab(plugins: Plugins) -> Lab:
    """Return a lab to start zygotes for."""
    return plugins.labs["softmax_regression"]


def told(*, wanted: Any, **off: tuple[str, str]) -> str:
    """Return what is said where these layers are off, each with why and what to do."""
    names = sorted(PROCESS | {"files", "system-calls"})
    layers = [Layer(name, "what", *off.get(name.replace("-", "_"), ())) for name in names]
    with pytest.raises(WeakIsolation) as caught:
        zygotes._require(wanted, layers)
    return str(caught.value)


def test_a_weak_machine_is_told_level_reason_and_remedy() -> None:
    """What was reached and wanted, each layer that is missing, and the way around."""
    text = told(wanted="strict", files=("no such call", "boot another kernel"))
    assert text == (
        "submissions would be isolated at level 'process' here, not 'strict': files is off"
        " (no such call): boot another kernel. `gradekit doctor` tells more; to grade all the"
        " same, add --allow-weak-isolation"
    )


def test_every_missing_layer_is_named() -> None:
    """Those without advice, too."""
    text = told(wanted="process", limits=("why", ""), files=("no", "do this"))
    assert "files is off (no): do this; limits is off (why)." in text
    assert "level 'none' here, not 'process'" in text


def test_a_weak_machine_is_wrong_usage() -> None:
    """The exit code says that nobody's code is at fault."""
    assert issubclass(WeakIsolation, UsageError)


@pytest.mark.parametrize("wanted", ["none", "process", "strict"])
def test_more_than_is_wanted_is_enough(wanted: Any) -> None:
    """A strict machine does for every level."""
    names = PROCESS | {"files", "system-calls"}
    zygotes._require(wanted, [Layer(name, "what") for name in names])


def test_a_zygote_that_is_too_weak_is_ended(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """No process is left of one that was refused."""
    started = []

    def weak(*args: Any, confined: bool) -> ZygoteProcess:
        started.append(ZygoteProcess(*args, confined=False))
        return started[-1]

    monkeypatch.setattr(zygotes, "ZygoteProcess", weak)
    refused = pytest.raises(WeakIsolation, match="isolation 'none' was asked for")
    with refused, crew(lab, jobs=1, seed=0, isolation="strict"):
        pass
    assert started[0].process.poll() is not None


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put a zygote that only says it is ready in place of real ones."""
    made = SimpleNamespace(clients=[SimpleNamespace(slot=0)], error=None)

    def wait(zygote: Any, isolation: Level) -> None:
        assert zygote is made
        if made.error:
            raise made.error

    monkeypatch.setattr(zygotes, "start_zygote", lambda lab, judges, isolation: made)
    monkeypatch.setattr(zygotes, "wait_ready", wait)
    return made


def test_a_renewed_line_keeps_its_slot(lab: Lab, fresh: Any) -> None:
    """As root, runners of that judge stay the same user; the zygote is closed at the end."""
    spares: list[Any] = []
    assert renewed(lab, "strict", 3, spares) is fresh.clients[0]
    assert (fresh.clients[0].slot, spares) == (3, [fresh])


@pytest.mark.parametrize("error", [OSError("no more processes"), WeakIsolation("too weak now")])
def test_a_zygote_that_can_not_be_renewed_is_our_fault(
    lab: Lab, fresh: Any, error: Exception
) -> None:
    """A verdict is void for it; what was started is closed at the end."""
    fresh.error = error
    spares: list[Any] = []
    with pytest.raises(JudgeError, match="no fresh zygote could be started"):
        renewed(lab, "strict", 0, spares)
    assert spares == [fresh]


def test_no_secret_is_among_the_modules_that_are_imported(plugins: Plugins) -> None:
    """References, mistakes and properties of each bundled lab are apart from its drives."""
    for one in plugins.labs.values():
        modules, secrets = zygotes._drive_modules(one), zygotes._secret_modules(one)
        assert modules
        assert any("reference" in name for name in secrets)
        assert any("mistakes" in name for name in secrets)
        assert set(modules) & set(secrets) == set()
