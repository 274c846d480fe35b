"""One grader per folder."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gradekit.errors import UsageError
from gradekit.store.lock import locked

HOLD = """
import sys, time
from pathlib import Path
from gradekit.store.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_folder_is_held_by_one_process_until_it_ends(tmp_path: Path) -> None:
    """A second is told at once who is there; after a SIGKILL the folder is free."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            with (
                pytest.raises(UsageError, match="another gradekit is at work in"),
                locked(tmp_path, patience_s=0.1),
            ):
                pytest.fail("two hold it")
        finally:
            process.send_signal(signal.SIGKILL)
    with locked(tmp_path, patience_s=0.1):
        assert list(tmp_path.iterdir()) == []


def test_a_folder_is_free_after_its_block(tmp_path: Path) -> None:
    """Also where that ends by an error."""
    for _ in range(2):
        with pytest.raises(ValueError, match="mine"), locked(tmp_path, patience_s=0.0):
            raise ValueError("mine")
