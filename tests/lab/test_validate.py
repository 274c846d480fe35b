"""A broken lab is refused with the definition that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from gradekit.errors import LabError
from gradekit.lab import Convention, Forbid, Lab, Mistake, Property
from gradekit.lab.validate import validate
from gradekit.plugins import Plugins


@pytest.fixture
def lab(plugins: Plugins) -> Lab:
    """Return a lab without fault."""
    return plugins.labs["softmax_regression"]


def problems(lab: Any) -> list[str]:
    """Return what is told about a broken lab, a line each."""
    with pytest.raises(LabError) as caught:
        validate(lab)
    return str(caught.value).split("\n")


def holds(sub: Any, case: Any) -> None:
    """It holds."""


Undocumented = type("Undocumented", (), {})


class Documented:
    """A step is left out."""


@pytest.mark.parametrize("name", ["gru_lyrics", "softmax_regression"])
def test_a_lab_without_fault_comes_back(plugins: Plugins, name: str) -> None:
    """The very lab that was given."""
    assert validate(plugins.labs[name]) is plugins.labs[name]


@pytest.mark.parametrize("thing", [42, None, "lab", Lab, {"name": "lab"}])
def test_what_is_no_lab_is_told(thing: object) -> None:
    """The value is repeated."""
    assert problems(thing) == [f"gradekit_labs() returned {thing!r}, expected Lab objects"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": "two words"}, "name='two words' is no identifier"),
        ({"name": "../up"}, "name='../up' is no identifier"),
        ({"name": ""}, "name='' is no identifier"),
        ({"parts": (), "rules": ()}, "parts=() is empty"),
        ({"files": ()}, "files=() must name at least one .py file"),
        ({"files": ("a.txt",)}, "files=('a.txt',) must name at least one .py file"),
        ({"template": Path("/nowhere")}, "template='/nowhere' has no file 'softmax_regression.py'"),
        ({"attempt_credit": 1.5}, "attempt_credit=1.5 must be between 0 and 1"),
        ({"attempt_credit": -0.1}, "attempt_credit=-0.1 must be between 0 and 1"),
        ({"attempt_credit": float("nan")}, "attempt_credit=nan must be between 0 and 1"),
        (
            {"rules": (Forbid((), (), part="gone", points=1, reason="r"),)},
            "Forbid(part='gone'): there is no such part",
        ),
    ],
)
def test_a_broken_lab_is_told(lab: Lab, change: dict[str, Any], problem: str) -> None:
    """The field, its value, and what is expected."""
    name = change.get("name", lab.name)
    head, *lines = problems(replace(lab, **change))
    assert head == f"lab {name!r} is broken:"
    assert any(line.startswith(f"  - {problem}") for line in lines)


def test_a_part_is_defined_once(lab: Lab) -> None:
    """Two parts of one name can't be told apart in a report."""
    doubled = replace(lab, parts=(*lab.parts, lab.parts[0]))
    assert problems(doubled)[1:] == ["  - part 'softmax' is defined 2 times"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"points": 0}, "points=0 must be positive"),
        ({"points": -3.0}, "points=-3.0 must be positive"),
        ({"requires": ()}, "requires=() must name what the submission defines"),
        ({"drive": lambda module, case: {}}, "must be a function at the top of an importable"),
        ({"build": partial(holds)}, "must be a function at the top of an importable module"),
        ({"examples": ()}, "examples=() must hold at least one case"),
        ({"conventions": ()}, "conventions=() is empty"),
        (
            {"conventions": (Convention("a"), Convention("a"))},
            "convention 'a' is defined 2 times",
        ),
        (
            {"properties": (Property(holds), Property(holds))},
            "property 'holds' is defined 2 times",
        ),
        ({"properties": (Property(lambda sub, case: None),)}, "has no docstring; students read"),
        ({"mistakes": (Mistake(points=1, id="empty"),)}, "Mistake(id='empty') has no form"),
        (
            {"mistakes": (Mistake(Undocumented, points=1),)},
            "Mistake(Undocumented) has no docstring to say what was done",
        ),
        (
            {"mistakes": (Mistake(Documented, points=-1),)},
            "Mistake(documented, points=-1) must not be negative",
        ),
        (
            {"mistakes": (Mistake(Documented, points=1), Mistake(Documented, points=2))},
            "mistake 'documented' is defined 2 times",
        ),
    ],
)
def test_a_broken_part_is_told(lab: Lab, change: dict[str, Any], problem: str) -> None:
    """The part is named, and the definition in it that is wrong."""
    broken = replace(lab.parts[0], **change)
    lines = problems(replace(lab, parts=(broken, *lab.parts[1:])))[1:]
    assert len(lines) == 1
    assert lines[0].startswith("  - part 'softmax': ")
    assert problem in lines[0]


def test_all_problems_are_told_at_once(lab: Lab) -> None:
    """An author does not mend one to find the next."""
    part = replace(lab.parts[0], points=0, requires=(), examples=())
    lines = problems(replace(lab, attempt_credit=2.0, parts=(part, *lab.parts[1:])))
    assert len(lines) == 5


@pytest.mark.parametrize(
    ("make", "id"),
    [
        (lambda: Mistake(Documented, points=1), "documented"),
        (lambda: Mistake(Documented, points=1, id="own-name"), "own-name"),
        (lambda: Mistake(type("TwoWordsX2Y", (), {}), points=1), "two-words-x2-y"),
    ],
)
def test_a_mistake_is_called_as_its_first_form(make: Callable[[], Mistake], id: str) -> None:
    """In the words of reports, where no id is given."""
    assert make().id == id


def test_a_mistake_without_points_is_allowed(lab: Lab) -> None:
    """It is named and costs nothing."""
    part = replace(lab.parts[0], mistakes=(Mistake(Documented, points=0),))
    assert validate(replace(lab, parts=(part, *lab.parts[1:])))
