"""A batch that is graded in a moment: the lab of docs/writing-a-lab.md and six submissions."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

__all__ = ["alive", "grading", "reports", "write"]

ROOT = Path(__file__).parents[2]
SUBMISSIONS = {
    "alice": "def double(x):\n    return 2 * x\n",
    "bob": "def double(x):\n    return x * x\n",
    "carol": "def double(x):\n    return 2 * x + 1\n",
    "dan": "def double(x)\n    return 2 * x\n",
    "eve": "def double(x):\n    raise ValueError('eve')\n",
    "fay": "def double(x):\n    return x + x\n",
}


def write(folder: Path) -> Path:
    """Write the lab and the submissions, and return the folder with both."""
    page = (ROOT / "docs" / "writing-a-lab.md").read_text("utf-8")
    for name, text in re.findall(r'```python title="(.+?)"\n(.*?)```', page, re.DOTALL):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "in").mkdir()
    for student, source in SUBMISSIONS.items():
        (folder / "in" / f"{student}.py").write_text(source, "utf-8")
    return folder


def grading(folder: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    """Start to grade; the folder's path is in the command line of every process of it."""
    command = [sys.executable, "-m", "gradekit", "grade", str(folder / "in"), "--lab", "double"]
    command += ["--out", str(out), "--plugins", str(folder / "mylab.py"), "--jobs", "2", *more]
    return subprocess.Popen(
        command,
        env=os.environ | {"PYTHONPATH": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def reports(out: Path) -> dict[str, bytes]:
    """Return all files under a folder but the store's, by their paths."""
    files = [path for path in out.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(out)): path.read_bytes() for path in files if "sqlite" not in path.name
    }


def alive(folder: Path) -> list[str]:
    """Return the command lines of living processes that name a folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue  # it ended meanwhile
        if str(folder) in line:
            found.append(f"{path.parent.name}: {line[:200]}")
    return found
