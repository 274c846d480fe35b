"""Throughput at 10, 100 and 1,000 submissions, peak memory, time to the first result.

python tests/bench/throughput.py [COUNT...]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tabulate import tabulate

from gradekit.judge.watch import memory_mib, proportional_mib

sys.path.insert(0, str(Path(__file__).parent))
import rivals
from per_submission import samples

SAMPLE_S = 0.25


@dataclass
class Watched:
    """One run of `gradekit grade`."""

    seconds: float = 0.0
    first: float = 0.0
    peak: dict[str, float] = field(default_factory=dict)  # MiB by role

    def look(self, pid: int) -> None:
        """Note the proportional memory of each process of the run by its role."""
        for role, one in _family(pid):
            self.peak[role] = max(self.peak.get(role, 0.0), proportional_mib(one))
        self.peak["all"] = max(self.peak.get("all", 0.0), memory_mib(pid, -1.0))


def _family(pid: int) -> list[tuple[str, int]]:
    found = []
    waiting = [(pid, 0)]
    while waiting:
        one, depth = waiting.pop()
        try:
            command = Path(f"/proc/{one}/cmdline").read_bytes()
            children = Path(f"/proc/{one}/task/{one}/children").read_text().split()
        except OSError:
            continue
        inside = b"gradekit.runner" in command
        role = ("zygote", "zygote", "runner")[min(depth - 1, 2)] if inside else "judge"
        found.append((role, one))
        waiting += [
            (int(child), depth + 1 if inside or _starts(child) else 0) for child in children
        ]
    return found


def _starts(child: str) -> bool:
    try:
        return b"gradekit.runner" in Path(f"/proc/{child}/cmdline").read_bytes()
    except OSError:
        return False


def graded(folder: Path, jobs: int) -> Watched:
    """Grade a folder and watch."""
    command = [sys.executable, "-m", "gradekit", "grade", str(folder), "--lab", "gru_lyrics"]
    watched, start = Watched(), time.perf_counter()
    with subprocess.Popen(
        [*command, "--jobs", str(jobs)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        next_look = 0.0
        for line in process.stderr:
            if line.endswith(" s)\n") and not watched.first:
                watched.first = time.perf_counter() - start
            if time.perf_counter() > next_look:
                watched.look(process.pid)
                next_look = time.perf_counter() + SAMPLE_S
        process.wait()
    watched.seconds = time.perf_counter() - start
    return watched


def main() -> None:
    """Print a row for each count."""
    counts = [int(text) for text in sys.argv[1:]] or [10, 100, 1000]
    batch = list(samples().items())
    rows = []
    for count in counts:
        with tempfile.TemporaryDirectory() as place:
            for number in range(count):
                name, source = batch[number % len(batch)]
                student = Path(place) / f"{number:04}-{name}"
                student.mkdir()
                (student / rivals.FILE).write_text(source, "utf-8")
            run = graded(Path(place), 2)
        left = (run.seconds - run.first) / max(1, count - 1)
        figures = [
            f"{run.peak.get(role, 0.0):.0f}" for role in ("judge", "zygote", "runner", "all")
        ]
        rows.append([count, f"{run.seconds:.1f}", f"{run.first:.1f}", f"{left:.3f}", *figures])
    headers = ["submissions", "s", "first s", "s each after it"]
    headers += [f"{role} MiB" for role in ("judge", "zygote", "runner", "all")]
    print(tabulate(rows, headers=headers, disable_numparse=True))
    print(f"median of seconds each: {statistics.median(float(row[3]) for row in rows):.3f}")


if __name__ == "__main__":
    main()
