"""Switch operations and functions off while a drive runs, to see whether code depends on them.

What a process says about itself, code in it can change: profilers can be seen, patched and
outlived by threads. An operation that is switched off can't be hidden: torch's own dispatcher
refuses it, by whatever name, thread or wrapper it is reached, and the answer shows it.
"""

from __future__ import annotations

import ctypes
import gc
import importlib.abc
import importlib.machinery
import re
import sys
import warnings
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from fnmatch import translate
from functools import partial
from types import CodeType, FunctionType, ModuleType
from typing import Any

import torch
from torch.autograd import graph

from gradekit.runner.observe import quiet

__all__ = ["switch_off", "switched_off"]

ENGINE = "autograd::engine"
CALL = "call:"
ATEN = "aten::"
# Other forms of a tensor; where an operation has a kernel of its own for them, it goes, too.
FORMS = ("MkldnnCPU", "SparseCPU", "SparseCsrCPU", "QuantizedCPU", "NestedTensorCPU")
SAID = "it is switched off in this run, to see whether your code depends on it"


@contextmanager
def switched_off(patterns: Sequence[str]) -> Iterator[None]:
    """Make what the patterns name raise RuntimeError meanwhile.

    patterns: as in `Forbid.operations`: 'aten::gru*' operations of torch, 'call:numpy*.einsum'
    Python functions by module and name, 'autograd::engine*' the backward pass.
    """
    with ExitStack() as undo:
        undo.callback(_operations_off(patterns)._destroy)
        for function in _functions(patterns):
            undo.callback(setattr, function, "__code__", function.__code__)
            function.__code__ = _raising(function)
        yield


def switch_off(patterns: Sequence[str]) -> None:
    """Do the same for the rest of this process's life, out of the reach of what runs later.

    Nothing is kept that could undo it, but the library that holds the refusals in place.
    """
    library = _operations_off(patterns)
    for function in _functions(patterns):
        function.__code__ = _raising(function)
    sys.meta_path.insert(0, _Later([p.removeprefix(CALL) for p in patterns if p.startswith(CALL)]))
    for finalizer in list(getattr(weakref.finalize, "_registry", ())):
        if (watched := finalizer.peek()) and watched[0] is library:
            finalizer.detach()  # torch's own, which leads to the library
    _kept_from_sight(library)


def _kept_from_sight(thing: object) -> None:
    """Keep an object alive that no name and no garbage collector leads to, with what it holds."""
    python = ctypes.pythonapi
    python.Py_IncRef(ctypes.py_object(thing))
    held = [part for part in gc.get_referents(thing) if isinstance(part, dict | list | set)]
    for part in filter(gc.is_tracked, [thing, *held]):
        python.PyObject_GC_UnTrack(ctypes.py_object(part))


def _refused(name: str, *args: Any, **kwargs: Any) -> Any:
    raise RuntimeError(f"{name}: {SAID}")


def _operations_off(patterns: Sequence[str]) -> Any:
    """Put a refusal in the place of each operation's kernels, below autograd and at it.

    Return the library of torch's that holds them, for as long as it lives.
    """
    wanted = "|".join(translate(pattern) for pattern in patterns if pattern.startswith(ATEN))
    matching = re.compile(wanted or r"(?!)").match
    known = torch._C._dispatch_get_all_op_names()  # with overloads: aten::gru.input
    names = [name for name in known if matching(name) or matching(name.partition(".")[0])]
    library: Any = torch.library.Library("aten", "IMPL")  # type: ignore[no-untyped-call]  # torch has no types here
    with quiet(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that kernels are overridden is what we are here for
        for name in names:
            has = partial(torch._C._dispatch_has_kernel_for_dispatch_key, name)
            for key in ("CPU", "AutogradCPU", *filter(has, FORMS)):
                library.impl(name.removeprefix(ATEN), partial(_refused, name), key)
    return library


def _functions(patterns: Sequence[str]) -> list[FunctionType]:
    """Return the functions that are to be changed themselves, so that no earlier hold helps.

    A closure is none: its code can only be exchanged for one with as many names.
    """
    found = list(_named([p.removeprefix(CALL) for p in patterns if p.startswith(CALL)]))
    if any(p.startswith(ENGINE) for p in patterns):
        engine = graph._engine_run_backward
        assert isinstance(engine, FunctionType)
        found.append(engine)
    return [function for function in dict.fromkeys(found) if not function.__code__.co_freevars]


def _named(patterns: Sequence[str]) -> Iterator[FunctionType]:
    """Yield the functions of loaded modules that patterns name by module and qualified name.

    A pattern that starts with a wildcard would ask every module there is, and is left out.
    """
    for pattern in patterns:
        wanted = re.compile(translate(pattern)).match
        stem = _stem(pattern)
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


class _Later(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Switch off what modules define that are imported later, or loaded again."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = patterns
        self.loaders: dict[str, importlib.abc.Loader] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find what a pattern may name, as Python does, and load it in our way."""
        if not any(fullname.startswith(stem) for stem in map(_stem, self.patterns) if stem):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is None or not isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            return None
        self.loaders[fullname] = spec.loader
        spec.loader = self
        return spec

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        """Leave it to Python."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Execute the module, then change the functions that are forbidden."""
        self.loaders[module.__name__].exec_module(module)
        for pattern in self.patterns:
            for function in _matching(module, re.compile(translate(pattern)).match):
                if not function.__code__.co_freevars:
                    function.__code__ = _raising(function)


def _stem(pattern: str) -> str:
    return re.split(r"[*?\[]", pattern)[0]


def _raising(function: FunctionType) -> CodeType:
    """Return code that refuses in this function's name."""
    text = f"{function.__module__}.{function.__qualname__}: {SAID}"
    source = f"def refused(*args, **kwargs):\n    raise RuntimeError({text!r})\n"
    place: dict[str, Any] = {}
    exec(source, place)  # noqa: S102  # our own text
    code: CodeType = place["refused"].__code__
    return code
