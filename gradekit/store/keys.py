"""When two things are the same: a submission's bytes, and a lab's code."""

from __future__ import annotations

import ast
import hashlib
import inspect
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from gradekit.lab import Lab
from gradekit.submissions.found import Found

__all__ = ["digest", "fingerprint"]


def digest(found: Found) -> str:
    """Return the sha256 of what was handed in: file names, sources, and what is wrong with it."""
    return _sha256([sorted(found.sources.items()), found.problem])


def _sha256(data: Any) -> str:
    # JSON in ASCII keeps lone surrogates, which a notebook may hold and UTF-8 may not.
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()


def fingerprint(lab: Lab) -> str:
    """Return the sha256 over the lab's code, under names that no checkout changes.

    That is the package folder that holds its drives, the modules of its reference, mistakes and
    properties, what these import of the same packages, and its template.
    """
    files: dict[str, Path] = {}
    queue = _modules(lab)
    tops = {module.__name__.partition(".")[0] for module in queue}
    for part in lab.parts:
        files |= _beside(sys.modules[part.drive.__module__])
    while queue:
        module = queue.pop()
        if module.__name__ in files or not getattr(module, "__file__", None):
            continue
        path = files[module.__name__] = Path(str(module.__file__))
        names = (name for name in _imported(path) if name.partition(".")[0] in tops)
        queue += [sys.modules[name] for name in names if name in sys.modules]
    files |= {f"template of {name}": lab.template / name for name in lab.files}
    return _sha256([(name, _content(files[name])) for name in sorted(files)])


def _modules(lab: Lab) -> list[ModuleType]:
    things: list[Any] = [metric.drive for metric in lab.metrics]
    things += [metric.data for metric in lab.metrics]
    for part in lab.parts:
        things += [part.drive, part.build, part.reference, *part.variants]
        things += [type(case) for case in part.examples]
        things += [prop.check for prop in part.properties]
        things += [form for mistake in part.mistakes for form in mistake.forms]
    return [module for thing in things if (module := inspect.getmodule(thing))]


def _imported(path: Path) -> Iterator[str]:
    """Yield the modules that a file names in imports of its own level: those are loaded."""
    try:
        body = ast.parse(path.read_bytes()).body
    except (OSError, SyntaxError, ValueError):
        return
    for node in body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _beside(module: ModuleType) -> dict[str, Path]:
    """Return the Python files of a module's package folder; a lone module has none."""
    if not module.__package__ or not module.__file__:
        return {}
    folder = Path(module.__file__).parent
    names = ((file.relative_to(folder).as_posix(), file) for file in folder.rglob("*.py"))
    return {f"{module.__package__}/{name}": file for name, file in names}


def _content(path: Path) -> str:
    try:
        return path.read_text("utf-8", "surrogateescape")
    except OSError as error:
        return f"unreadable: {error.strerror}"
