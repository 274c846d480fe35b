"""A batch that is killed goes on, and ends as if nothing had been."""

from __future__ import annotations

import importlib
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from gradekit.store.store import Store

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # where the scripts lie
tiny: Any = importlib.import_module("tiny")

SHORT, LONG = 5, 50
MOMENTS = random.Random(17)
# Spread over the whole run, so that few kills meet its start, grading and reports alike.
SHARES = [(number % SHORT + MOMENTS.random()) / SHORT for number in range(LONG)]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[float, dict[str, bytes]]:
    """Return how long a batch takes when nobody kills it, and its reports."""
    folder = tiny.write(tmp_path_factory.mktemp("undisturbed"))
    start = time.monotonic()
    process = tiny.grading(folder, folder / "out")
    said = process.communicate(timeout=120)[0].decode()
    assert process.returncode == 0, said
    found = tiny.reports(folder / "out")
    assert {"scores.csv", "scores.md", "verdicts.json", "feedback/fay.md"} <= set(found)
    return time.monotonic() - start, found


def nothing_lives(folder: Path) -> None:
    """Wait a moment, then fail if a process that names the folder is still there."""
    deadline = time.monotonic() + 3.0
    while (left := tiny.alive(folder)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert left == []


def goes_on(folder: Path, expected: dict[str, bytes]) -> None:
    """Run the same command again and hold its files against those of an undisturbed run."""
    out = folder / "out"
    process = tiny.grading(folder, out)
    said = process.communicate(timeout=120)[0].decode()
    assert process.returncode == 0, said
    with Store(out) as store:
        runs, judged, attempts = store.runs(), store.judged(), store.attempts()
    assert all(run.ended for run in runs)
    assert len(judged) == len(attempts) == 6
    found = tiny.reports(out)
    if len(runs) == 2:  # it was killed after its end, so there is a run to compare with
        assert "no result changed" in found.pop("changes.md").decode()
    assert len(runs) <= 2
    assert found == expected
    files = {path.name for path in out.iterdir()} - {"changes.md"}
    assert files == {"gradekit.sqlite", "feedback"} | {x for x in expected if "/" not in x}


def one_kill(share: float, folder: Path, undisturbed: tuple[float, dict[str, bytes]]) -> None:
    """Kill the grader after a share of its time, and let another go on."""
    seconds, expected = undisturbed
    tiny.write(folder)
    process = tiny.grading(folder, folder / "out")
    time.sleep(share * seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    nothing_lives(folder)
    goes_on(folder, expected)


@pytest.mark.parametrize("share", SHARES[:SHORT])
def test_a_killed_batch_ends_as_if_nothing_had_been(
    share: float, tmp_path: Path, undisturbed: tuple[float, dict[str, bytes]]
) -> None:
    """The same bytes, no other files, and no process left of the one that was killed."""
    one_kill(share, tmp_path, undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("share", SHARES)
def test_batches_killed_at_many_moments(
    share: float, tmp_path: Path, undisturbed: tuple[float, dict[str, bytes]]
) -> None:
    """The same, fifty times."""
    one_kill(share, tmp_path, undisturbed)


def at_each_step(folder: Path, every: int) -> None:
    """Kill before each EVERY-th statement or rename; every time the files must be the same."""
    script = [sys.executable, str(HERE / "faults.py"), "kill", str(folder), str(every)]
    done = subprocess.run(script, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["wrong"] == []
    assert result["steps"] > 40
    assert result["runs"] == result["steps"] // every
    assert [x for x in result["files"] if "/" not in x] == [
        "gradekit.sqlite", "scores.csv", "scores.md", "verdicts.json",
    ]  # fmt: skip


def test_killed_between_what_it_writes(tmp_path: Path) -> None:
    """While verdicts are kept, while reports are written, and at the end."""
    at_each_step(tmp_path, 11)


@pytest.mark.slow
def test_killed_at_each_thing_it_writes(tmp_path: Path) -> None:
    """Every statement and every rename."""
    at_each_step(tmp_path, 1)
