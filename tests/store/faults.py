"""Faults at every step of a batch, in a process of its own with a crew that grades at once.

`faults.py kill FOLDER EVERY`: end the grader by SIGKILL before each EVERY-th statement of SQL
and rename of a file, let another go on, and print what differs from an undisturbed batch.
`faults.py full FOLDER`: the same on a file system of its own, FOLDER/disk, with less and less
room. `faults.py read-only FOLDER`: on one that can't be written. Prints one JSON object.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradekit.cli.batch
from gradekit.cli import main
from gradekit.judge.verdict import Deduction, PartVerdict, Verdict
from gradekit.store.store import Store

SCORES = {"alice": 80.0, "bob": 100.0, "carol": 61.5, "dan": 0.0}
FILES = {"gradekit.sqlite", "scores.csv", "scores.md", "verdicts.json"}


@contextlib.contextmanager
def crew(lab: object, **asked: Any) -> Iterator[SimpleNamespace]:
    """Stand in for the engine's crew: the first line of a source is its score."""

    def grade(found: Any, done: Callable[[Verdict], None]) -> None:
        for item in found:
            score = float("".join(item.sources.values()).strip("# \n"))
            lost = (Deduction("step-sign", "softmax", 100.0 - score, "why", "proof" * 200),)
            part = PartVerdict("softmax", "Softmax", score, 100.0, ())
            done(Verdict(item.student, "graded", score, 100.0, (part,), lost))

    yield SimpleNamespace(level="strict", grade=grade)


def grade(folder: Path, out: Path) -> tuple[int, str]:
    """Run the command in this process; return its exit code and what it said of errors."""
    sys.argv = ["gradekit", "grade", str(folder / "in"), "--lab", "softmax_regression"]
    sys.argv += ["--out", str(out)]
    said = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        try:
            main()
        except SystemExit as left:
            return int(left.code or 0), said.getvalue()
    raise AssertionError("main returns by SystemExit")


def in_a_child(task: Callable[[], int]) -> int:
    """Run a task in a fork; return its exit code, or minus the signal that ended it."""
    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            code = task()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def killed_at(folder: Path, out: Path, step: int) -> int:
    """Grade until the step of that number comes, and end by SIGKILL there."""
    left = iter(range(step))
    opened, replace = Store.__init__, Path.replace

    def count(_: object = None) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(self: Store, *arguments: Any) -> None:
        opened(self, *arguments)
        self.connection.set_trace_callback(count)

    def counted(self: Path, target: Any) -> Path:
        count()
        return replace(self, target)

    Store.__init__, Path.replace = watched, counted
    return grade(folder, out)[0]


def state(out: Path) -> dict[str, str]:
    """Return all files with their contents; of the store, only that it is there."""
    return {
        str(path.relative_to(out)): "" if "sqlite" in path.name else path.read_text("utf-8")
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def kill(folder: Path, every: int) -> dict[str, Any]:
    """Kill at each step, resume, compare."""
    in_a_child(lambda: grade(folder, folder / "undisturbed")[0])
    expected, wrong, step, runs = state(folder / "undisturbed"), [], 0, 0
    while True:
        out = folder / f"out{step}"
        code = in_a_child(lambda: killed_at(folder, out, step))  # noqa: B023  # used at once
        if code == 0:
            return {"steps": step, "runs": runs, "wrong": wrong, "files": sorted(expected)}
        runs += 1
        resumed = in_a_child(lambda: grade(folder, out)[0])  # noqa: B023  # used at once
        found = state(out)
        with Store(out) as store:
            verdicts, ended = len(store.judged()), [bool(run.ended) for run in store.runs()]
        if ended == [True, True]:  # it was killed after its end: the second run is another one
            found.pop("changes.md")
            ended.pop()
        if (code, resumed, verdicts, ended) != (-9, 0, len(SCORES), [True]) or found != expected:
            wrong.append([step, code, resumed, verdicts, ended, sorted(found)])
        shutil.rmtree(out)
        step += every


def full(folder: Path) -> dict[str, Any]:
    """Grade with less and less room, then with room again."""
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk], check=True)
    grade(folder, folder / "undisturbed")
    expected, failed, wrong, said = state(folder / "undisturbed"), 0, [], set()
    for room in range(0, 257, 16):
        out, filler = disk / "out", disk / "filler"
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as stream:
            while stream.write(b"x" * 4096):
                pass
        os.truncate(filler, max(0, filler.stat().st_size - room * 1024))
        code, text = grade(folder, out)
        lines = [line for line in text.splitlines() if line.startswith("gradekit: ")]
        half = [name for name in state(out) if name not in expected] if out.exists() else []
        half = [name for name in half if not name.startswith("gradekit.sqlite")]
        filler.unlink()
        resumed, _ = grade(folder, out)
        failed += code == 3
        said.update(lines)
        fine = (code, len(lines)) in ((3, 1), (0, 0))
        if not fine or half or resumed or {**state(out), "changes.md": ""} != {
            **expected, "changes.md": "",
        }:  # fmt: skip
            wrong.append([room, code, text, half, resumed, sorted(state(out))])
        shutil.rmtree(out)
    return {"failed": failed, "wrong": wrong, "said": sorted(said)}


def read_only(folder: Path) -> dict[str, Any]:
    """Grade into a folder that is there and one that is not, on a disk that can't be written."""
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", disk], check=True)
    grade(folder, disk / "old")
    before = state(disk / "old")
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    told = [grade(folder, disk / name) for name in ("old", "new")]
    return {"told": told, "same": state(disk / "old") == before}


if __name__ == "__main__":
    task, place = sys.argv[1], Path(sys.argv[2])
    (place / "in").mkdir()
    for student, score in SCORES.items():
        (place / "in" / f"{student}.py").write_text(f"# {score}\n", "utf-8")
    gradekit.cli.batch.crew = crew
    if task == "kill":
        result = kill(place, int(sys.argv[3]))
    else:
        result = full(place) if task == "full" else read_only(place)
    sys.stdout.write(json.dumps(result))
