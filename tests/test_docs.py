"""What the documentation shows runs as it stands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from gradekit.plugins import Plugins
from gradekit.report.page import lab_page

ROOT = Path(__file__).parents[1]


def written(tmp_path: Path) -> Path:
    """Write the page's files out and return their folder."""
    page = (ROOT / "docs" / "writing-a-lab.md").read_text("utf-8")
    for name, text in re.findall(r'```python title="(.+?)"\n(.*?)```', page, re.DOTALL):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of gradekit with the page's plugin."""
    command = [sys.executable, "-m", "gradekit", *words, "--plugins", "mylab.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_the_lab_in_the_docs_runs(tmp_path: Path) -> None:
    """The page's files, written out, make a plugin that names the page's mistake."""
    done = run(written(tmp_path), "check", "double", "double.py")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "squared: -6 in double" in done.stdout
    assert "4 of 10" in done.stdout


def test_the_lab_in_the_docs_can_be_trusted(tmp_path: Path) -> None:
    """Lint finds nothing to mend in it."""
    done = run(written(tmp_path), "lint", "double")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "double: all green" in done.stdout


def test_lint_finds_what_is_wrong_with_a_lab(tmp_path: Path) -> None:
    """A mistake that no case shows, and a property that lets mutants pass, are told."""
    folder = written(tmp_path)
    lab = (folder / "mylab.py").read_text("utf-8")
    lab = lab.replace("return x * x", "return 2 * x")
    lab = lab.replace("1e-6 * (1 + expected.abs())", "100.0").replace("atol=1e-6", "atol=100.0")
    (folder / "mylab.py").write_text(lab, "utf-8")
    done = run(folder, "lint", "double")
    assert done.returncode == 1
    assert "never seen: squared" in " ".join(done.stdout.split())
    assert "survived: line" in done.stdout
    assert "zero, mean, identity passes" in " ".join(done.stdout.split())


def test_the_labs_pages_are_those_of_the_labs(plugins: Plugins) -> None:
    """docs/labs is what `gradekit labs --pages docs/labs` writes."""
    for name, lab in plugins.labs.items():
        page = (ROOT / "docs" / "labs" / f"{name}.md").read_text("utf-8")
        assert page == lab_page(lab), f"write it again: gradekit labs --pages docs/labs ({name})"


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
            ["gradekit", "lint"],
            ["gradekit", "labs"],
            ["gradekit", "override"],
            ["gradekit", "history"],
        )
