"""See what a drive runs: which operations and functions, and how much work in counts."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from torch.autograd import profiler
from torch.utils._python_dispatch import TorchDispatchMode

__all__ = ["bytecodes", "operations", "quiet", "what_ran"]

# Frames of these, and all that they call, are no work of the submission's.
UNCOUNTED = tuple(
    path.replace("/", os.sep)
    for path in (
        "/arrayprint.py",
        "/reprlib.py",
        "/torch/_tensor_str.py",
        "/torch/utils/data/_utils/collate.py",
        "/torch/utils/data/_utils/fetch.py",
        "/torch/utils/data/sampler.py",
    )
)


@contextmanager
def quiet() -> Iterator[None]:
    """Drop what goes to standard error meanwhile: torch's profiler greets and takes leave."""
    kept, null = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(null)


def what_ran(drive: Callable[[], Any], files: list[str]) -> tuple[str, ...]:
    """Return the names of all that the submission ran, whatever reached it.

    Operations come as torch's profiler names them ('aten::gru'), Python functions and those in C
    that the submission's own lines call as 'call:module.name'.
    """
    called: set[str] = set()
    own = set(files)

    def note(frame: FrameType, event: str, argument: Any) -> None:
        if event == "call" and frame.f_code.co_filename not in own:
            module = frame.f_globals.get("__name__", "")
            called.add(f"call:{module}.{frame.f_code.co_qualname}")
        elif event == "c_call" and frame.f_code.co_filename in own:
            module = getattr(argument, "__module__", "") or ""
            called.add(f"call:{module}.{getattr(argument, '__qualname__', '')}")

    sys.setprofile(note)
    try:
        with quiet(), profiler.profile() as profile:
            drive()
    finally:
        sys.setprofile(None)
    return tuple(sorted({event.name for event in profile.function_events} | called))


class _Counter(TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch has no types here
    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # likewise
        self.count: int = 0

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        self.count += 1
        return func(*args, **(kwargs or {}))


def operations(drive: Callable[[], Any]) -> int:
    """Return how many operations torch dispatches; views count too, in-C++ loops are one."""
    counter = _Counter()
    with counter:
        drive()
    return counter.count


def bytecodes(drive: Callable[[], Any]) -> int:
    """Return how many bytecodes run in Python frames, wherever the frames' code stands.

    Loops in Python show by this, however they are written (generators, comprehensions,
    np.vectorize); call counts and array subclasses miss those over plain numbers. What turns
    arrays into text or samples into batches is not counted: printing is no loop of anybody's.
    """
    count = 0
    uncounted: set[FrameType] = set()

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        if event == "call":
            frame.f_trace_lines = False
            if frame.f_back in uncounted or frame.f_code.co_filename.endswith(UNCOUNTED):
                uncounted.add(frame)
                return leave
            frame.f_trace_opcodes = True
        elif event == "opcode":
            count += 1
        return trace

    def leave(frame: FrameType, event: str, argument: Any) -> Any:
        if event == "return":
            uncounted.discard(frame)
        return leave

    kept = sys.gettrace()
    sys.settrace(trace)
    threading.settrace(trace)
    try:
        drive()
    finally:
        sys.settrace(kept)
        threading.settrace(None)
    return count
