"""A submission held against the template: an attempt or none, given code kept or changed."""

from __future__ import annotations

import pytest

from gradekit.judge.template import changed_outside_todo, is_attempt

TEMPLATE = '''"""The lab."""

import torch


def first(x, y=1):
    """Do the first thing."""
    # >>> TODO 1
    raise NotImplementedError("TODO 1")
    # <<< TODO 1


class Model:
    """The model."""

    rate = 0.1

    def __init__(self, size):
        """Create."""
        self.size = size

    def step(self, x):
        """Step."""
        before = x + 1
        # >>> TODO 2: the step
        raise NotImplementedError("TODO 2")
        # <<< TODO 2
'''
FILLED = TEMPLATE.replace('raise NotImplementedError("TODO 1")', "return x").replace(
    'raise NotImplementedError("TODO 2")', "return before"
)


@pytest.mark.parametrize(
    "source",
    [
        TEMPLATE,
        TEMPLATE.replace("# >>> TODO 1", "# my name is Alice"),
        TEMPLATE.replace('"""Step."""', '"""Another text."""'),
        TEMPLATE.replace('"""The lab."""', ""),
        TEMPLATE.replace("\n\n\n", "\n\n\n\n"),
        TEMPLATE.replace("x + 1", "x+1  # one more"),
        TEMPLATE.replace("\n    rate", '\n    "a note"\n    rate'),
    ],
)
def test_comments_and_spaces_are_no_attempt(source: str) -> None:
    """Nothing that runs was written."""
    assert not is_attempt(source, TEMPLATE)


@pytest.mark.parametrize("source", [FILLED, "x = 1", TEMPLATE.replace("0.1", "0.2")])
def test_other_code_is_an_attempt(source: str) -> None:
    """Anything that runs otherwise."""
    assert is_attempt(source, TEMPLATE)


def test_an_empty_file_is_no_attempt() -> None:
    """There is nothing in it."""
    assert not is_attempt("", TEMPLATE)
    assert not is_attempt("# later", TEMPLATE)


def test_a_broken_source_is_compared_as_words() -> None:
    """A source that can't be parsed is an attempt if it says other words than the template."""
    broken = "def f(:\n    pass  # comment\n"
    assert is_attempt(broken, TEMPLATE)
    assert not is_attempt("def  f(:\n  pass # other", broken)


@pytest.mark.parametrize(
    "source",
    [
        TEMPLATE,
        FILLED,
        FILLED.replace(
            "return before", "y = before\n        for _ in range(3):\n            y += 1"
        ),
        FILLED.replace("import torch", "import math\nimport torch"),
        FILLED.replace('"""Step."""', '"""My own words."""'),
        FILLED.replace("before = x + 1", "before = (x\n                  + 1)  # mine"),
        FILLED.replace("before = x + 1", "print(x)\n        before = x + 1\n        print(before)"),
        FILLED + "\n\ndef helper():\n    return 1\n",
        FILLED.replace("    def step", "    def helper(self):\n        return 1\n\n    def step"),
        FILLED.replace("self.size = size", "self.size = size\n        self.more = 1"),
    ],
)
def test_what_is_free_is_no_change(source: str) -> None:
    """Filled regions, comments, prints, formatting, helpers, more statements."""
    assert changed_outside_todo(source, TEMPLATE) == ""


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("rate = 0.1", "rate = 0.2", "Model (line 13 of the template) no longer has: rate = 0.1"),
        ("self.size = size", "self.size = 2 * size", "no longer has: self.size = size"),
        ("before = x + 1", "before = x", "Model.step (line 22 of the template)"),
        ("before = x + 1", "pass", "no longer has: before = x + 1"),
        ("def first(x, y=1)", "def first(x, y=2)", "first (line 6 of the template)"),
        ("def step(self, x)", "def move(self, x)", "Model.step is gone"),
        ("class Model", "class Modell", "Model is gone"),
    ],
)
def test_changed_given_code_is_told(old: str, new: str, text: str) -> None:
    """The definition, its line in the template, and what is missing."""
    assert text in changed_outside_todo(FILLED.replace(old, new), TEMPLATE)


def test_marks_that_are_moved_protect_nothing() -> None:
    """Given code that a student draws into a region is missed."""
    source = FILLED.replace("        before = x + 1\n", "").replace(
        "# >>> TODO 2: the step\n", "# >>> TODO 2: the step\n        before = x + 2\n"
    )
    assert "before = x + 1" in changed_outside_todo(source, TEMPLATE)


@pytest.mark.parametrize("mark", [">>>", "<<<"])
def test_a_source_without_marks_is_not_compared(mark: str) -> None:
    """Who wrote the file anew is free to."""
    source = FILLED.replace("0.1", "0.2")
    assert changed_outside_todo(source, TEMPLATE)
    assert changed_outside_todo(source.replace(f"# {mark} TODO", "#"), TEMPLATE) == ""


def test_a_broken_source_is_not_compared() -> None:
    """It has another problem."""
    assert changed_outside_todo(FILLED + "\ndef broken(:\n", TEMPLATE) == ""
