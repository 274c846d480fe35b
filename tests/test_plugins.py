"""Plugins: the bundled ones load, a broken one is named and harms no other."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import pytest

from gradekit import hookspecs
from gradekit.errors import UsageError
from gradekit.plugins import Plugins, load_plugins

BUNDLED = {
    "attention_reversal",
    "bert_self_attention",
    "cnn_numpy",
    "gru_lyrics",
    "linear_regression",
    "softmax_regression",
}
LAB = '''
"""A plugin."""

from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from gradekit import Lab, Part, hookimpl


@dataclass(frozen=True)
class Case:
    """A case."""

    seed: int = 0


def drive(module, case):
    """Return nothing."""
    return {}


class Reference:
    """Does nothing."""


def part(name):
    """Return a part."""
    return Part(
        name,
        points=1.0,
        drive=drive,
        cases=st.builds(Case),
        reference=Reference,
        requires=("f",),
        tolerance=lambda case, name, expected: 0.0,
        examples=(Case(),),
    )


@hookimpl
def gradekit_labs():
    """Return a tiny lab."""
    parts = tuple(map(part, PARTS))
    return [Lab("NAME", "Tiny", (Path(__file__).name,), parts, Path(__file__).parent)]
'''


@pytest.fixture(autouse=True)
def modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the plugins that a test imported."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    for name in ("gk_tiny", "gk_broken", "gk_other", "gk_package"):
        monkeypatch.delitem(sys.modules, name, raising=False)


def write(path: Path, source: str) -> Path:
    """Write a plugin and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, "utf-8")
    return path


def tiny(path: Path, name: str = "tiny", parts: tuple[str, ...] = ("one",)) -> Path:
    """Write a plugin with one lab and return its path."""
    return write(path, LAB.replace("NAME", name).replace("PARTS", repr(parts)))


def test_the_bundled_labs_load(plugins: Plugins) -> None:
    """Nothing is broken as shipped."""
    assert set(plugins.labs) >= BUNDLED
    assert plugins.broken == []


def test_readers_and_reports_are_plugins(plugins: Plugins) -> None:
    """They are called through the hooks that strangers implement too."""
    hook = plugins.manager.hook
    assert hook.gradekit_read_submission(path=Path("a.py"), data=b"x = 1") == "x = 1"
    assert hook.gradekit_read_submission(path=Path("a.txt"), data=b"x = 1") is None
    assert len(hook.gradekit_write_report.get_hookimpls()) >= 4


def test_a_plugin_at_a_path_brings_its_lab(tmp_path: Path) -> None:
    """A file and a package folder load alike, beside the bundled labs."""
    for path in (tiny(tmp_path / "gk_tiny.py"), tmp_path / "gk_package"):
        if path.suffix == "":
            tiny(path / "__init__.py", "packaged")
        found = load_plugins((path,))
        assert found.broken == []
        assert len(set(found.labs) - BUNDLED) == 1
        assert set(found.labs) > BUNDLED


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("raise RuntimeError('no licence')", "RuntimeError: no licence"),
        ("def broken(:", "SyntaxError"),
        ("import no_such_module_at_all", "ModuleNotFoundError: No module named 'no_such"),
        ("def gradekit_labs():\n    return [42]", "returned 42, expected Lab objects"),
        ("def gradekit_labs():\n    return None", "expected a list of labs"),
        ("def gradekit_labs():\n    return 1 / 0", "ZeroDivisionError: division by zero"),
        (
            "from gradekit import hookimpl\n\n@hookimpl\ndef gradekit_verdict(wrong): pass",
            "PluginValidationError",
        ),
    ],
)
def test_a_broken_plugin_is_named_and_left_out(tmp_path: Path, source: str, error: str) -> None:
    """What it raised is told, once; the bundled and the next plugin still load."""
    broken = write(tmp_path / "gk_broken.py", source)
    found = load_plugins((broken, tiny(tmp_path / "gk_tiny.py")))
    [text] = found.broken
    assert text.startswith(f"plugin {broken} was left out: ")
    assert error in text
    assert set(found.labs) == BUNDLED | {"tiny"}


def test_a_broken_lab_is_named_with_its_definition(tmp_path: Path) -> None:
    """A part that is defined twice is no lab to grade with."""
    path = tiny(tmp_path / "gk_tiny.py", "doubled", ("one", "one", "two"))
    found = load_plugins((path,))
    [text] = found.broken
    assert "lab 'doubled' is broken" in text
    assert "part 'one' is defined 2 times" in text
    assert set(found.labs) == BUNDLED
    assert not found.manager.has_plugin(str(path))


def test_a_lab_that_exists_is_not_replaced(tmp_path: Path, plugins: Plugins) -> None:
    """The first one stays, the second is told."""
    found = load_plugins((tiny(tmp_path / "gk_tiny.py", "gru_lyrics"),))
    [text] = found.broken
    assert "lab 'gru_lyrics' is already defined by another plugin" in text
    assert found.labs["gru_lyrics"] is plugins.labs["gru_lyrics"]


def test_a_path_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    """The user mistyped; nothing is loaded in silence."""
    with pytest.raises(UsageError, match=r"--plugins .*gone\.py: there is no such file or folder"):
        load_plugins((tmp_path / "gone.py",))


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("gru_lyric", "did you mean gru_lyrics?"),
        ("softmax", "did you mean softmax_regression?"),
        ("xyz", f"installed: {', '.join(sorted(BUNDLED))}"),
    ],
)
def test_an_unknown_lab_is_told_with_the_nearest(plugins: Plugins, name: str, hint: str) -> None:
    """A near name is offered, else all names."""
    with pytest.raises(UsageError) as caught:
        plugins.lab(name)
    assert str(caught.value) == f"there is no lab {name!r}; {hint}"


def test_a_lab_is_found_by_its_name(plugins: Plugins) -> None:
    """The exact name gives the lab itself."""
    assert plugins.lab("gru_lyrics") is plugins.labs["gru_lyrics"]


HOOKS = {
    name: function
    for name, function in inspect.getmembers(hookspecs, inspect.isfunction)
    if hasattr(function, "gradekit_spec")
}


def test_there_are_hooks() -> None:
    """The walk below sees all of them, and no more."""
    assert set(HOOKS) == {
        "gradekit_labs",
        "gradekit_read_submission",
        "gradekit_verdict",
        "gradekit_write_report",
    }


@pytest.mark.parametrize("name", sorted(HOOKS))
def test_each_hook_says_when_and_where_it_is_called(name: str) -> None:
    """A first line that says what, then when ('Called') and in which process."""
    text = HOOKS[name].__doc__ or ""
    assert text.split("\n")[0].endswith(".")
    assert "Called" in text
    assert "process" in text


@pytest.mark.parametrize("name", sorted(HOOKS))
def test_each_hook_is_annotated(name: str) -> None:
    """An author sees what comes and what to return."""
    signature = inspect.signature(HOOKS[name])
    assert signature.return_annotation is not inspect.Signature.empty
    for parameter in signature.parameters.values():
        assert parameter.annotation is not inspect.Parameter.empty
