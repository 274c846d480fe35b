"""What the documentation shows runs as it stands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_lab_in_the_docs_runs(tmp_path: Path) -> None:
    """The page's files, written out, make a plugin that names the page's mistake."""
    page = (ROOT / "docs" / "writing-a-lab.md").read_text("utf-8")
    for name, text in re.findall(r'```python title="(.+?)"\n(.*?)```', page, re.DOTALL):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    command = [sys.executable, "-m", "gradekit", "check", "double", "double.py"]
    done = subprocess.run(
        [*command, "--plugins", "mylab.py"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "squared: -6 in double" in done.stdout
    assert "4 of 10" in done.stdout


def test_the_readme_shows_commands_that_exist() -> None:
    """Every command that the README's blocks start with is one of gradekit's, pip or python."""
    readme = (ROOT / "README.md").read_text("utf-8")
    lines = [
        x for block in re.findall(r"```sh\n(.*?)```", readme, re.DOTALL) for x in block.split("\n")
    ]
    commands = [line.split() for line in lines if line]
    assert len(commands) >= 5
    for words in commands:
        assert words[0] in ("pip", "python") or words[:2] in (
            ["gradekit", "grade"],
            ["gradekit", "check"],
            ["gradekit", "replay"],
        )
