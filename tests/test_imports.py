"""Arrows between packages point one way."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "gradekit"
DRIVES = sorted(
    path
    for name in ("drives", "training")  # what the process with student code imports
    for path in (ROOT / "plugins" / "gradekit_labs").glob(f"*/{name}.py")
)


def name_of(path: Path, base: Path = ROOT) -> str:
    """Return the dotted name of a module's file."""
    parts = path.relative_to(base).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports(path: Path) -> set[str]:
    """Return all that a module imports, at any depth and for types too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} line {node.lineno}: imports are absolute"
            module = str(node.module)
            inner = {f"{module}.{alias.name}" for alias in node.names}
            found |= {module} | {name for name in inner if name in MODULES}
    return found


def within(name: str, *packages: str) -> bool:
    """Tell whether a module is one of these or lies below one of them."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def below(package: str) -> dict[str, Path]:
    """Return the modules of a package."""
    chosen = {name: path for name, path in MODULES.items() if within(name, package)}
    assert chosen, f"there is no {package}"
    return chosen


def own(path: Path) -> set[str]:
    """Return what a module imports of gradekit."""
    return {name for name in imports(path) if within(name, "gradekit")}


def wrong(package: str, *, only: tuple[str, ...] = (), never: tuple[str, ...] = ()) -> list[str]:
    """Return the imports in a package that are not among `only`, or are among `never`."""
    return [
        f"{name} imports {imported}"
        for name, path in below(package).items()
        for imported in sorted(own(path))
        if (only and not within(imported, *only)) or within(imported, *never)
    ]


def test_only_the_commands_import_the_commands() -> None:
    """What can be done from the command line can be done without it."""
    others = set(MODULES) - set(below("gradekit.cli")) - {"gradekit.__main__"}
    found = [
        name
        for name in sorted(others)
        if any(within(i, "gradekit.cli") for i in own(MODULES[name]))
    ]
    assert found == []
    assert within("gradekit.cli", *own(MODULES["gradekit.__main__"]))


def test_the_judge_imports_nothing_above_it() -> None:
    """Neither the runner, which holds student code, nor engine, reports and commands."""
    above = ("gradekit.runner", "gradekit.cli", "gradekit.engine", "gradekit.report")
    assert wrong("gradekit.judge", never=above) == []


def test_the_runner_imports_the_wire_alone() -> None:
    """The process with student code has no way to the truth."""
    assert wrong("gradekit.runner", only=("gradekit.runner", "gradekit.wire")) == []


def test_a_lab_is_values_alone() -> None:
    """What an author writes depends on no process."""
    assert wrong("gradekit.lab", only=("gradekit.lab", "gradekit.errors")) == []


def test_the_wire_knows_neither_side() -> None:
    """Both use it; of ours it imports the families of errors alone."""
    assert wrong("gradekit.wire", only=("gradekit.wire", "gradekit.errors")) == []


def test_the_store_keeps_what_others_decide() -> None:
    """It knows verdicts, submissions and labs as values, and neither who grades nor who prints."""
    values = ("gradekit.judge.verdict", "gradekit.submissions.found", "gradekit.lab")
    only = ("gradekit.store", "gradekit.errors", *values)
    assert wrong("gradekit.store", only=only) == []
    for package in ("judge", "runner", "engine", "wire", "lab", "submissions", "lint"):
        assert wrong(f"gradekit.{package}", never=("gradekit.store",)) == []


def test_the_rule_finds_an_arrow_that_points_back() -> None:
    """The search itself sees imports of all kinds."""
    assert within("gradekit.judge.grade", *own(MODULES["gradekit.engine.local"]))
    assert wrong("gradekit.engine", never=("gradekit.judge",)) != []
    assert "gradekit.report.batch" in imports(MODULES["gradekit.hookspecs"])
    assert "gradekit.hookspecs" in imports(MODULES["gradekit.plugins"])


@pytest.mark.parametrize("path", DRIVES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_drives_import_no_answers(path: Path) -> None:
    """They run beside student code: no reference, mistake, property, lab or strategy."""
    for name in imports(path):
        assert (
            name == "gradekit.drive"
            or name.startswith("gradekit.drive.")
            or not within(name, "gradekit_reference", "gradekit", "hypothesis")
        )
        assert not set(name.split(".")) & {"mistakes", "properties", "lab"}


def test_every_lab_has_drives() -> None:
    """The test above looks at something."""
    assert {path.parent.name for path in DRIVES} >= {"gru_lyrics", "softmax_regression"}


def loaded_after(statement: str) -> set[str]:
    """Return the modules that a fresh interpreter holds after a statement."""
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    return set(done.stdout.split())


def test_importing_the_labs_package_loads_no_lab() -> None:
    """The zygote imports it on the way to drives, beside student code."""
    loaded = loaded_after("import gradekit_labs")
    assert "gradekit_labs" in loaded
    assert not {name for name in loaded if within(name, "gradekit_reference")}
    assert not {name for name in loaded if name.startswith("gradekit_labs.")}


def test_importing_drives_loads_no_answers() -> None:
    """Nor does anything that they import in turn."""
    names = [name_of(path, ROOT / "plugins") for path in DRIVES]
    loaded = loaded_after("\n".join(f"import {name}" for name in names))
    assert set(names) <= loaded
    secret = ("gradekit_reference", "gradekit.judge")
    assert not {name for name in loaded if within(name, *secret)}
    assert not {
        name
        for name in loaded
        if within(name, "gradekit_labs")
        and name.split(".")[-1] in ("lab", "mistakes", "properties")
    }
