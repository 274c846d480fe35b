"""Execute a submission's source as a module, with its lines known to tracebacks."""

from __future__ import annotations

import importlib.abc
import importlib.util
import linecache
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

from gradekit.wire.values import Failure, as_text

__all__ = ["Refuse", "failure", "load"]

ONE_PROCESS = (
    " (graded code runs in one process, which can start no other, reach no network and write"
    " nothing but small files in its current folder)"
)


class SourceFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Import modules from source text that travelled here."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.sources = {name.removesuffix(".py"): (name, text) for name, text in sources.items()}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find only what the submission consists of."""
        if fullname not in self.sources:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=self.sources[fullname][0])

    def exec_module(self, module: ModuleType) -> None:
        """Compile and run one source."""
        name, text = self.sources[module.__name__]
        linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
        module.__file__ = name
        exec(compile(text, name, "exec"), module.__dict__)  # noqa: S102  # what runners are for


class Refuse(importlib.abc.MetaPathFinder):
    """Refuse imports that no lab needs; a courtesy, the confinement is what holds."""

    def __init__(self, prefixes: tuple[str, ...]) -> None:
        self.prefixes = prefixes

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Raise ImportError for what is refused, else leave it to others."""
        if any(fullname == p or fullname.startswith(p + ".") for p in self.prefixes):
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


def load(sources: Mapping[str, str], main: str) -> ModuleType:
    """Execute the submission and return its main module; whatever it raises goes through."""
    sys.meta_path.insert(0, SourceFinder(sources))
    return importlib.import_module(main.removesuffix(".py"))


def failure(error: BaseException, files: Sequence[str]) -> Failure:
    """Turn an exception into data, with the submission's own lines that it came through."""
    all_frames = traceback.extract_tb(error.__traceback__)
    paths = {frame.filename for frame in all_frames}
    frames = [frame for frame in all_frames if frame.filename in files]
    if isinstance(error, SyntaxError):
        where = f"{error.filename}, line {error.lineno}"
    else:
        where = " > ".join(f"{f.filename}, line {f.lineno}, in {f.name}" for f in frames[-3:])
    try:
        message = str(error)
    except BaseException:  # noqa: BLE001  # a hostile __str__
        message = "(its message could not be read)"
    inside = any(f"{os.sep}multiprocessing{os.sep}" in path for path in paths)
    if isinstance(error, PermissionError | BlockingIOError) or (
        inside and isinstance(error, OSError)
    ):
        message += ONE_PROCESS
    return Failure(as_text(type(error).__name__, 200), as_text(message, 2000), as_text(where, 1000))
