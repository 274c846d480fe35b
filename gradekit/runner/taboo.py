"""Switch operations and functions off while a drive runs, to see whether code depends on them.

What a process says about itself, code in it can change: profilers can be seen, patched and
outlived by threads. An operation that is switched off can't be hidden: torch's own dispatcher
refuses it, by whatever name, thread or wrapper it is reached, and the answer shows it.
"""

from __future__ import annotations

import ctypes
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from fnmatch import translate
from functools import partial
from types import FunctionType, ModuleType
from typing import Any

import torch
from torch.autograd import graph

from gradekit.runner.observe import quiet

__all__ = ["switch_off", "switched_off"]

ENGINE = "autograd::engine"
CALL = "call:"
ATEN = "aten::"
SAID = "it is switched off in this run, to see whether your code depends on it"


@contextmanager
def switched_off(patterns: Sequence[str]) -> Iterator[None]:
    """Make what the patterns name raise RuntimeError meanwhile.

    patterns: as in `Forbid.operations`: 'aten::gru*' operations of torch, 'call:numpy*.einsum'
    Python functions by module and name, 'autograd::engine*' the backward pass.
    """
    with ExitStack() as undo:
        operations = [p for p in patterns if p.startswith(ATEN)]
        if operations:
            undo.enter_context(_operations_off(operations))
        for function in _functions([p for p in patterns if p.startswith(CALL)]):
            undo.enter_context(_function_off(function))
        if any(p.startswith(ENGINE) for p in patterns):
            engine = graph._engine_run_backward
            assert isinstance(engine, FunctionType)
            undo.enter_context(_function_off(engine))
        yield


def switch_off(patterns: Sequence[str]) -> None:
    """Do the same for the rest of this process's life, out of the reach of what runs later."""
    undo = switched_off(patterns)
    undo.__enter__()
    _kept_from_sight(undo)


def _kept_from_sight(thing: object) -> None:
    """Keep an object alive that no name and no garbage collector leads to."""
    python = ctypes.pythonapi
    python.Py_IncRef(ctypes.py_object(thing))
    python.PyObject_GC_UnTrack(ctypes.py_object(thing))


def _refused(name: str, *args: Any, **kwargs: Any) -> Any:
    raise RuntimeError(f"{name}: {SAID}")


@contextmanager
def _operations_off(patterns: Sequence[str]) -> Iterator[None]:
    """Put a refusal in the place of each operation's kernels, below autograd and at it."""
    matching = re.compile("|".join(translate(pattern) for pattern in patterns)).match
    known = torch._C._dispatch_get_all_op_names()  # with overloads: aten::gru.input
    names = [name for name in known if matching(name) or matching(name.partition(".")[0])]
    library: Any = torch.library.Library("aten", "IMPL")  # type: ignore[no-untyped-call]  # torch has no types here
    try:
        with quiet(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that kernels are overridden is what we are here for
            for name in names:
                for key in ("CPU", "AutogradCPU"):
                    library.impl(name.removeprefix(ATEN), partial(_refused, name), key)
        ctypes.pythonapi.PyObject_GC_UnTrack(ctypes.py_object(library))
        yield
    finally:
        library._destroy()


def _functions(patterns: Sequence[str]) -> Iterator[FunctionType]:
    """Yield the functions of loaded modules that patterns name by module and qualified name.

    A pattern that starts with a wildcard would ask every module there is, and is left out.
    """
    for pattern in patterns:
        wanted = re.compile(translate(pattern.removeprefix(CALL))).match
        stem = re.split(r"[*?\[]", pattern.removeprefix(CALL))[0]
        if not stem:
            continue
        for name, module in list(sys.modules.items()):
            near = name.startswith(stem) or stem.startswith(name + ".")
            if near and isinstance(module, ModuleType):
                yield from _matching(module, wanted)


def _matching(module: ModuleType, wanted: Callable[[str], Any]) -> Iterator[FunctionType]:
    for value in list(vars(module).values()):
        function = getattr(value, "_implementation", value)  # numpy wraps what it dispatches
        if isinstance(function, FunctionType) and wanted(
            f"{function.__module__}.{function.__qualname__}"
        ):
            yield function


@contextmanager
def _function_off(function: FunctionType) -> Iterator[None]:
    """Change a function itself, so that whoever has taken hold of it before is refused too."""
    kept = function.__code__
    if kept.co_freevars:  # a closure's code can only be exchanged for one with as many names
        yield
        return
    function.__code__ = _raising(f"{function.__module__}.{function.__qualname__}")
    try:
        yield
    finally:
        function.__code__ = kept


def _raising(name: str) -> Any:
    text = f"{name}: {SAID}"
    source = f"def refused(*args, **kwargs):\n    raise RuntimeError({text!r})\n"
    place: dict[str, Any] = {}
    exec(source, place)  # noqa: S102  # our own text
    return place["refused"].__code__
