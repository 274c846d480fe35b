"""Seconds per submission: gradekit beside other graders and beside a bare fork, in one run.

The batch is gru_lyrics, 20 submissions, 15 of them right. Rivals run six like tests, started once
per submission as their users start them; they pass wrong submissions that gradekit names (its
tests, diagnosis and training run are not like). The floor is a warm process that forks, executes
the source and runs the same six tests, without confinement or diagnosis.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tabulate import tabulate

sys.path.insert(0, str(Path(__file__).parent))
import rivals

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "submissions" / "gru_lyrics"
CORPUS = ROOT / "tests" / "corpus" / "gru_lyrics"
FROM_SAMPLES = (
    "right_cat_xh",
    "right_cudnn_two_biases",
    "right_delta_blend",
    "right_einsum",
    "right_fused_zrh",
    "right_raw_parameters",
    "right_recursive",
    "right_separate_linear",
    "right_weight_norm",
)
FROM_CORPUS = (
    "right_d2l_paramlist_2",
    "right_modulelist",
    "right_preallocated",
    "right_lerp",
    "right_functional",
    "right_hoisted",
)
ROUNDS = 2


def samples() -> dict[str, str]:
    """Return the batch: 15 right submissions and 5 wrong ones."""
    found = {
        name: (SAMPLES / name / rivals.FILE).read_text("utf-8")
        for name in (*FROM_SAMPLES, *rivals.WRONG)
    }
    found |= {name: (CORPUS / f"{name}.py").read_text("utf-8") for name in FROM_CORPUS}
    assert len(found) == 20
    return found


def with_gradekit(folder: Path, jobs: int, *options: str) -> tuple[float, list[float]]:
    """Grade the folder; return seconds in all, and those that gradekit tells of each."""
    command = [sys.executable, "-m", "gradekit", "grade", str(folder), "--lab", "gru_lyrics"]
    start = time.perf_counter()
    done = subprocess.run(
        [*command, "--jobs", str(jobs), *options], check=True, capture_output=True, text=True
    )
    total = time.perf_counter() - start
    lines = [line for line in done.stderr.splitlines() if line.endswith(" s)")]
    return total, [float(line.rsplit("(", 1)[1].split()[0]) for line in lines]


def floor(batch: Mapping[str, str]) -> list[float]:
    """Fork once per submission in this process; execute it, run the checks."""
    import torch

    torch.set_num_threads(1)
    tests = compile(rivals.CHECKS, "checks", "exec")
    seconds = []
    for source in batch.values():
        start = time.perf_counter()
        child = os.fork()
        if child == 0:
            _checked(source, tests)
        os.waitpid(child, 0)
        seconds.append(time.perf_counter() - start)
    return seconds


def _checked(source: str, tests: object) -> None:
    try:
        place: dict[str, object] = {"__name__": "submission"}
        exec(source, place)  # noqa: S102  # our own samples
        exec(tests, place)  # type: ignore[call-overload]  # noqa: S102  # a code object
        for name, check in list(place.items()):
            if name.startswith("check_"):
                for case in place["cases"](place["GRU"]):  # type: ignore[operator]
                    try:
                        check(*case)  # type: ignore[operator]
                    except Exception:  # noqa: BLE001  # a wrong sample
                        break
    finally:
        os._exit(0)


def main() -> None:
    """Print the table."""
    batch = samples()
    with tempfile.TemporaryDirectory() as place:
        graded, tested = Path(place) / "graded", Path(place) / "tested"
        for name, source in batch.items():
            (graded / name).mkdir(parents=True)
            (graded / name / rivals.FILE).write_text(source, "utf-8")
        tested.mkdir()
        seconds = measured(batch, graded, rivals.prepare(tested, batch))
    show(seconds)


def measured(
    batch: Mapping[str, str], graded: Path, others: list[rivals.Rival]
) -> dict[str, float]:
    """Return seconds per submission of each way, rounds interleaved, medians."""
    found: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        found.setdefault("a bare fork, six like tests", []).extend(floor(batch))
        for name, jobs, options in (
            ("gradekit, strict, in the batch", 1, ()),
            ("gradekit, not isolated, in the batch", 1, ("--isolation", "none")),
            ("gradekit, strict, two jobs", 2, ()),
        ):
            weak = ("--allow-weak-isolation",) if options else ()
            total, each = with_gradekit(graded, jobs, *options, *weak)
            if jobs == 1:
                found.setdefault(name, []).extend(each)
            whole = f"{name.removesuffix(', in the batch')}, its start included"
            found.setdefault(whole, []).append(total / len(batch))
    for rival in others:
        name = f"{rival.name}, once per submission"
        for student in list(batch)[::4]:  # three to five seconds each: five tell the median
            start = time.perf_counter()
            rival.grade(student)
            found.setdefault(name, []).append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in found.items()}


def show(seconds: Mapping[str, float]) -> None:
    """Print seconds and how many times as long as gradekit each takes."""
    ours = seconds["gradekit, strict, two jobs, its start included"]
    alone = seconds["gradekit, strict, in the batch"]
    rows = [
        [name, f"{value:.3f}", f"{value / ours:.1f}", f"{value / alone:.1f}"]
        for name, value in sorted(seconds.items(), key=lambda item: item[1])
    ]
    headers = ["20 of gru_lyrics, 15 right", "s each", "/ whole, 2 jobs", "/ in the batch, 1 job"]
    print(tabulate(rows, headers=headers, disable_numparse=True))


if __name__ == "__main__":
    main()
