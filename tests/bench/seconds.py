"""Seconds per right and per wrong submission of each lab, one judge, beside importing torch.

Grades the samples and the corpus of every lab in one batch each. The first column to compare
with is what any grader pays that starts Python and imports torch once per submission.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tabulate import tabulate

from gradekit.cli.common import reader
from gradekit.engine.local import grade_batch
from gradekit.judge.verdict import Verdict
from gradekit.plugins import Plugins, load_plugins
from gradekit.submissions.find import find_batches

ROOT = Path(__file__).parents[2]


def import_torch() -> float:
    """Return the seconds that a fresh Python needs to import torch: the median of five."""
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import torch"], check=True)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def verdicts(plugins: Plugins, name: str) -> list[tuple[bool, Verdict]]:
    """Return each verdict of a lab's samples and corpus, and whether the code is right."""
    found = []
    for folder in (ROOT / "submissions" / name, ROOT / "tests" / "corpus" / name):
        expected = json.loads((folder / "expected.json").read_text("utf-8"))
        [(lab, batch)] = find_batches(folder, plugins.labs, plugins.labs[name], reader(plugins))
        for verdict in grade_batch(lab, batch, jobs=1, seed=0, done=lambda verdict: None):
            entry = expected[verdict.student]
            right = entry.get("right", entry.get("score") == lab.max_score)
            if not verdict.student.startswith("broken"):
                found.append((bool(right), verdict))
    return found


def main() -> None:
    """Print the table for the labs named on the command line, or for all."""
    plugins = load_plugins()
    names = sys.argv[1:] or list(plugins.labs)
    alone = import_torch()
    rows = []
    for name in names:
        graded = verdicts(plugins, name)
        for kind in (True, False):
            seconds = [verdict.seconds for right, verdict in graded if right is kind]
            median = statistics.median(seconds)
            rows.append(
                [
                    name if kind else "",
                    "right" if kind else "wrong",
                    len(seconds),
                    f"{median:.2f}",
                    f"{statistics.mean(seconds):.2f}",
                    f"{max(seconds):.2f}",
                    f"{median / alone:.2f}",
                ]
            )
    print(f"import torch in a fresh Python: {alone:.2f} s")
    headers = ["lab", "", "n", "median s", "mean s", "max s", "median / import torch"]
    print(tabulate(rows, headers=headers, disable_numparse=True))


if __name__ == "__main__":
    main()
