"""Disks that are full or can't be written: one sentence, exit code 3, nothing half-written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FAULTS = Path(__file__).parent / "faults.py"


@cache
def own_mounts() -> list[str]:
    """Return the command that gives a process mounts of its own; skip where there is none."""
    wanted = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    try:
        done = subprocess.run(
            [*wanted, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, text=True
        )
    except FileNotFoundError:
        pytest.skip("there is no unshare here")
    if done.returncode:
        pytest.skip(f"no mounts of one's own here: {done.stderr.strip()}")
    return wanted


def told(task: str, folder: Path) -> Any:
    """Return what faults.py found."""
    command = [*own_mounts(), sys.executable, str(FAULTS), task, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_full_disk_ends_a_batch_that_goes_on_later(tmp_path: Path) -> None:
    """Whether the store or a report finds no room; with room the same command ends it."""
    result = told("full", tmp_path)
    assert result["wrong"] == []
    assert result["failed"] >= 5
    said = "\n".join(result["said"])
    assert "gradekit.sqlite: database or disk is full; make room on the disk" in said
    assert ".md: No space left on device; make room on the disk" in said
    for sentence in result["said"]:
        assert "what was graded is kept" in sentence


def test_a_disk_that_is_read_only_is_told(tmp_path: Path) -> None:
    """Old results stay as they are, and a new folder is not made."""
    result = told("read-only", tmp_path)
    assert result["same"]
    for name, (code, text) in zip(("old", "new"), result["told"], strict=True):
        assert code == 3
        [sentence] = text.splitlines()
        assert f"disk/{name} can't be written: Read-only file system; make it writable" in sentence
        assert "what was graded is kept" in sentence
