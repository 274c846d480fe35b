"""A lab's fingerprint: its code, and nothing of where it lies."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LAB = """
from dataclasses import dataclass
from pathlib import Path
from hypothesis import strategies as st
from gradekit import Lab, Part, hookimpl
from {package}drives import Case, run
from {package}answers import Reference


@hookimpl
def gradekit_labs():
    cases, allowed = st.builds(Case), lambda *about: 0.0
    part = Part("f", 1.0, run, cases, Reference, ("f",), allowed, examples=(Case(),))
    return [Lab("tiny", "Tiny", ("f.py",), (part,), Path(__file__).parent / "template")]
"""
DRIVES = """
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    seed: int = 0


def run(module, case):
    return {}
"""
PRINT = """
import sys
from pathlib import Path
from gradekit.plugins import load_plugins
from gradekit.store.keys import fingerprint
plugins = load_plugins((Path(sys.argv[1]),))
assert not plugins.broken, plugins.broken
print(fingerprint(plugins.labs["tiny"]))
for name in sys.argv[2:]:
    path = Path(name)
    path.write_text(path.read_text() + "# changed")
    print(fingerprint(plugins.labs["tiny"]))
"""


def printed(plugin: Path, *changed: Path) -> list[str]:
    """Return a lab's fingerprint in a fresh process, then after each of these files changed."""
    command = [sys.executable, "-c", PRINT, *map(str, (plugin, *changed))]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize("package", ["", "gk_lab."], ids=["files", "package"])
def test_a_fingerprint_is_that_of_the_code(tmp_path: Path, package: str) -> None:
    """Drives, reference and template count; the folder's place and other files don't."""
    folder = tmp_path / "one" / "gk_lab"
    (folder / "template").mkdir(parents=True)
    main = "__init__.py" if package else "gk_plugin.py"
    (folder / "template" / "f.py").write_text("def f(): pass\n")
    (folder / main).write_text(LAB.format(package=package))
    (folder / "drives.py").write_text(DRIVES)
    (folder / "answers.py").write_text("class Reference:\n    pass\n")
    (folder / "notes.txt").write_text("not code")
    moved = shutil.copytree(folder, tmp_path / "two" / "gk_lab")
    names = ("notes.txt", "answers.py", "drives.py", "template/f.py")
    [first] = printed(folder if package else folder / main)
    found = printed(moved if package else moved / main, *(moved / name for name in names))
    assert found[:2] == [first, first]
    assert len(set(found)) == 4
