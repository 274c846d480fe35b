"""Refuse a broken lab when it is registered, with the definition that is wrong."""

from __future__ import annotations

import ast
import inspect
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from gradekit.errors import LabError
from gradekit.lab.definitions import Lab, Part
from gradekit.lab.rules import Forbid

__all__ = ["validate"]

TUPLES = (
    "requires",
    "examples",
    "properties",
    "mistakes",
    "symptoms",
    "conventions",
    "costs",
)


def validate(lab: object) -> Lab:
    """Return the lab if it can be used.

    Raises: LabError that lists all that is wrong with it.
    """
    if not isinstance(lab, Lab):
        raise LabError(f"gradekit_labs() returned {lab!r}, expected Lab objects")
    types = list(_type_problems(lab))
    if types:
        raise LabError(f"lab {lab.name!r} is broken:\n" + "\n".join(f"  - {p}" for p in types))
    problems = list(_lab_problems(lab))
    for part in lab.parts:
        problems += [f"part {part.name!r}: {problem}" for problem in _part_problems(part)]
    if problems:
        raise LabError(f"lab {lab.name!r} is broken:\n" + "\n".join(f"  - {p}" for p in problems))
    return lab


def _type_problems(lab: Lab) -> Iterable[str]:
    """Yield what would make the other checks stumble: a missing comma, a number as text."""
    for name in ("files", "parts", "rules", "metrics"):
        if not isinstance(getattr(lab, name), tuple):
            yield f"{name}={getattr(lab, name)!r} must be a tuple; is a comma missing?"
    for rule in lab.rules if isinstance(lab.rules, tuple) else ():
        if isinstance(rule, Forbid) and not all(
            isinstance(names, tuple) for names in (rule.names, rule.operations, rule.within)
        ):
            yield f"Forbid(part={rule.part!r}): names, operations and within must be tuples"
    for part in lab.parts if isinstance(lab.parts, tuple) else ():
        if not isinstance(part, Part):
            yield f"parts holds {part!r}, expected Part"
            continue
        for name in (
            "requires",
            "examples",
            "properties",
            "mistakes",
            "symptoms",
            "conventions",
            "costs",
        ):
            if not isinstance(getattr(part, name), tuple):
                yield f"part {part.name!r}: {name} must be a tuple; is a comma missing?"
        if not isinstance(part.points, int | float):
            yield f"part {part.name!r}: points={part.points!r} must be a number"
        if not callable(part.tolerance):
            yield f"part {part.name!r}: tolerance={part.tolerance!r} must be a function"


def _lab_problems(lab: Lab) -> Iterable[str]:
    if not lab.name.isidentifier():
        yield f"name={lab.name!r} is no identifier"
    if not lab.parts:
        yield "parts=() is empty"
    if not lab.files or any(not name.endswith(".py") for name in lab.files):
        yield f"files={lab.files!r} must name at least one .py file, and nothing else"
    for name in lab.files:
        if not (lab.template / name).is_file():
            yield f"template={str(lab.template)!r} has no file {name!r}"
        elif not _is_python(lab.template / name):
            yield f"template file {name!r} is no valid Python"
    if not 0 <= lab.attempt_credit <= 1:
        yield f"attempt_credit={lab.attempt_credit!r} must be between 0 and 1"
    yield from _doubles("part", (part.name for part in lab.parts))
    names = {part.name for part in lab.parts}
    yield from _doubles("metric", (metric.name for metric in lab.metrics))
    for metric in lab.metrics:
        if metric.part not in names:
            yield f"Metric({metric.name!r}, part={metric.part!r}): there is no such part"
        yield from _importable(metric.drive)
    for rule in lab.rules:
        if isinstance(rule, Forbid) and rule.part not in names:
            yield f"Forbid(part={rule.part!r}): there is no such part"


def _part_problems(part: Part) -> Iterable[str]:
    if part.points <= 0:
        yield f"points={part.points!r} must be positive"
    if not part.requires:
        yield "requires=() must name what the submission defines"
    if part.absent and part.absent not in {symptom.id for symptom in part.symptoms}:
        yield f"absent={part.absent!r} is the id of none of the part's symptoms"
    for function in filter(None, (part.drive, part.build)):
        yield from _importable(function)
    for prop in part.properties:
        if not prop.title:
            yield f"Property({prop.name}) has no docstring; students read its first line"
    for mistake in part.mistakes:
        if not mistake.forms:
            yield f"Mistake(id={mistake.id!r}) has no form"
        elif not mistake.reason:
            yield f"Mistake({mistake.forms[0].__name__}) has no docstring to say what was done"
        if mistake.points < 0:
            yield f"Mistake({mistake.id}, points={mistake.points!r}) must not be negative"
    yield from _doubles("property", (prop.name for prop in part.properties))
    yield from _doubles("mistake", (mistake.id for mistake in part.mistakes))
    yield from _doubles("convention", (convention.name for convention in part.conventions))
    if not part.examples:
        yield "examples=() must hold at least one case; its class is the part's case class"
    if not part.conventions:
        yield "conventions=() is empty"


def _importable(function: Callable[..., object]) -> Iterable[str]:
    name = getattr(function, "__qualname__", "<lambda>")
    module = inspect.getmodule(function)
    if module is None or getattr(module, name, None) is not function:
        yield f"{name} must be a function at the top of an importable module"


def _is_python(file: Path) -> bool:
    try:
        ast.parse(file.read_text("utf-8"))
    except (SyntaxError, ValueError):
        return False
    return True


def _doubles(what: str, names: Iterable[str]) -> Iterable[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{what} {name!r} is defined {count} times"
