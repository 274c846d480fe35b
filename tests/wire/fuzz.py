"""Drive the judge's decoder with hostile bytes: only `SubmissionError`, in bounded memory.

    python tests/wire/fuzz.py --inputs 1000000 --seed 0
    python tests/wire/fuzz.py --inputs 1000000 --engine atheris

An input is the bytes of one frame. What is done with it is what the judge does with a
runner's bytes: `parse_prefix`, `decode_reply`, `unpack`. Every hundredth input also goes
through a socket in pieces, to `receive`. The inputs depend on the seed alone. The script ends
with 1, and writes the input as hex, at another exception than `SubmissionError` (or `Closed`),
at a value that is no plain data, at a decode of more than a second of CPU time, and when the
process grew by more than 256 MiB.
"""

from __future__ import annotations

import argparse
import atexit
import contextlib
import gc
import os
import resource
import select
import shutil
import socket
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import Any

import torch
from fuzz_inputs import Inputs, corpus

from gradekit.errors import SubmissionError
from gradekit.wire import frames, messages, values
from gradekit.wire.frames import MAGIC, PREFIX, Closed
from gradekit.wire.values import DTYPES, MAX_DEPTH, Failure, Odd, Value

__all__ = ["Impossible", "Summary", "drive", "fuzz", "main", "stream"]

MAX_DECODE_S = 1.0
MAX_GROWTH_MIB = 256
STREAM_EVERY = 100
ENDS = ("hang up", "reset", "stall")


class Impossible(Exception):
    """The decoder returned what it must never return, or took too much."""


class Stalled(Exception):
    """Stands for the judge's deadline: the sender sends no more and stays."""


# --- what the judge does with bytes


def drive(raw: bytes) -> str:
    """Do with a frame what the judge does; return 'decoded', 'refused' or 'cut short'.

    Raises: Impossible for decoded values of other types; what else is raised is a bug as well.
    """
    try:
        if len(raw) < PREFIX.size:
            return "cut short"
        head, size, _ = frames.parse_prefix(raw[: PREFIX.size])
        body = memoryview(raw)[PREFIX.size :]
        if len(body) < head + size:
            return "cut short"
        _decode(bytearray(body[:head]), body[head : head + size])
    except SubmissionError:
        return "refused"
    return "decoded"


def _decode(header: bytearray, payload: memoryview) -> None:
    reply = messages.decode_reply(header)
    value = values.unpack(reply.outcome, payload)
    _plain(reply.index)
    for name in reply.names:
        _plain(name)
    if _plain(value) > len(payload):
        raise Impossible("tensors larger than their payload")


def _plain(value: Value, depth: int = 0) -> int:
    """Return the bytes of all tensors in a value of exactly the types that may come back."""
    kind = type(value)
    if kind is torch.Tensor:
        return _tensor(value)
    if depth > MAX_DEPTH:
        raise Impossible("data nested too deeply")
    if kind is tuple:
        return sum(_plain(item, depth + 1) for item in value)
    if kind is dict:
        if any(type(key) is not str for key in value):
            raise Impossible("a key that is no text")
        return sum(_plain(key) + _plain(item, depth + 1) for key, item in value.items())
    if kind is Failure or kind is Odd:
        parts = [getattr(value, name) for name in kind.__struct_fields__]
        if any(type(part) is not str for part in parts):
            raise Impossible(f"a {kind.__name__} of {parts!r}")
        return sum(_plain(part) for part in parts)
    if kind is str:
        value.encode()  # a surrogate would break whoever prints it
    elif value is not None and kind not in (bool, int, float):
        raise Impossible(f"a value of type {kind.__name__}")
    return 0


def _tensor(value: torch.Tensor) -> int:
    if value.dtype not in DTYPES or value.requires_grad or value.device.type != "cpu":
        raise Impossible(f"a tensor of {value.dtype} on {value.device}")
    size = value.numel() * value.itemsize
    if value.untyped_storage().nbytes() != size:
        raise Impossible(f"a storage of another size than {size}")
    if value.dtype is torch.bool and size and value.view(torch.uint8).max() > 1:
        raise Impossible("a bool that is neither true nor false")
    return size


def stream(raw: bytes, sizes: list[int], end: str) -> str:
    """Send bytes in pieces of these sizes, the rest whole, then end; return what `drive` would."""
    ours, theirs = socket.socketpair()
    left, cuts, done = bytearray(raw), list(sizes), 0

    def wait() -> None:
        if left:
            with contextlib.suppress(BlockingIOError):
                del left[: theirs.send(left[: cuts.pop() if cuts else None])]
        elif end != "stall":
            theirs.close()  # with 'reset', our request lies there unread
        elif not select.select([ours], [], [], 0)[0]:
            raise Stalled

    with ours, theirs:
        ours.setblocking(False)
        theirs.setblocking(False)
        if end == "reset":
            ours.send(b"a request")
        try:
            while True:
                _, header, payload = frames.receive(ours, wait)
                _decode(header, payload)
                done += PREFIX.size + len(header) + len(payload)
        except SubmissionError:
            return "refused"
        except (Closed, Stalled):
            return "decoded" if 0 < done == len(raw) else "cut short"


# --- counting, engines, command line


def _peak_kib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@dataclass
class Summary:
    """What a run saw."""

    inputs: int = 0
    streams: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    slowest_ms: float = 0.0
    allowance_mib: int = 0  # for what an engine keeps itself
    grown_from: int = field(default_factory=_peak_kib)
    began: float = field(default_factory=time.perf_counter)

    @property
    def growth_mib(self) -> float:
        """Peak resident memory beyond that at the start."""
        return (_peak_kib() - self.grown_from) / 1024

    def timed(self, act: Callable[[bytes], str], raw: bytes) -> None:
        """Do one act with one input and count how it ended.

        Raises: Impossible over the limits of time and memory, and whatever the act raises.
        """
        begun = time.thread_time()
        ended = act(raw)
        took = time.thread_time() - begun
        self.slowest_ms = max(self.slowest_ms, took * 1000)
        self.counts[ended] = self.counts.get(ended, 0) + 1
        if took > MAX_DECODE_S:
            raise Impossible(f"{took:.1f} s of CPU time")
        if self.growth_mib > MAX_GROWTH_MIB + self.allowance_mib:
            raise Impossible(f"the process grew by {self.growth_mib:.0f} MiB")

    def __str__(self) -> str:
        counts = ", ".join(f"{self.counts[key]} {key}" for key in sorted(self.counts))
        return (
            f"{self.inputs} inputs and {self.streams} streams: {counts}; "
            f"slowest {self.slowest_ms:.0f} ms, memory grew by {self.growth_mib:.0f} MiB, "
            f"{time.perf_counter() - self.began:.0f} s in all"
        )


class Found(Exception):
    """An input that breaks the decoder; the cause says how."""

    def __init__(self, raw: bytes, number: int) -> None:
        super().__init__(f"input {number}, {len(raw)} bytes, {raw[:100].hex()}...")
        self.raw = raw


def fuzz(count: int, seed: int) -> Summary:
    """Drive this many inputs of a seed, and a hundredth of them as streams.

    Raises: Found for the first input that breaks the decoder.
    """
    inputs = Inputs(seed)
    summary = Summary()
    for number in range(count):
        raw = inputs.frame()
        try:
            summary.timed(drive, raw)
            summary.inputs += 1
            if number % STREAM_EVERY == 0:
                raw += b"".join(inputs.frame() for _ in range(inputs.below(3)))
                sizes, end = inputs.pieces(), inputs.random.choice(ENDS)
                summary.timed(partial(stream, sizes=sizes, end=end), raw)
                summary.streams += 1
        except Exception as error:
            raise Found(raw, number) from error
    return summary


def guided(count: int, seed: int) -> None:
    """Let atheris choose the inputs by the lines of ours they reach; it ends the process itself."""
    try:
        import atheris  # type: ignore[import-untyped]  # it comes without types
    except ImportError as error:
        raise SystemExit("--engine atheris needs it: pip install atheris") from error
    for function in _functions():
        atheris.instrument_func(function)
    summary = Summary(allowance_mib=1024)  # it keeps its finds: 130 bytes for each input

    def one(raw: bytes) -> None:
        summary.inputs += 1
        for frame in (raw, mended(raw)):
            try:
                summary.timed(drive, frame)
            except Exception as error:  # noqa: BLE001  # it is reported, and ends the process
                os._exit(report(Found(frame, summary.inputs), error))
        if summary.inputs == count:
            sys.stdout.write(f"atheris: {summary}\n")

    folder = tempfile.mkdtemp(prefix="gradekit-fuzz-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for number, item in enumerate(corpus()):
        frame = PREFIX.pack(MAGIC, len(item.header), len(item.payload), 1)
        Path(folder, str(number)).write_bytes(frame + item.header + item.payload)
    options = [f"-atheris_runs={count}", f"-seed={seed + 1}", "-max_len=4096", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, folder], one)
    atheris.Fuzz()


def mended(raw: bytes) -> bytes:
    """Return a frame whose prefix is right, from bytes of any kind."""
    body = raw[PREFIX.size :]
    head = int.from_bytes(raw[4:8], "little") % (len(body) + 1)
    return PREFIX.pack(MAGIC, head, len(body) - head, 1) + body


def _functions() -> list[FunctionType]:
    """Return the functions and methods of the wire that read what comes."""
    readers: list[Any] = [frames.parse_prefix, messages.decode_reply, values.unpack]
    return readers + [item for item in vars(values._Unpacker).values() if callable(item)]


def report(found: Found, cause: BaseException | None) -> int:
    """Say what broke the decoder, write its bytes as hex to a file, and return the exit code."""
    path = Path(tempfile.gettempdir(), "gradekit-fuzz.hex")
    path.write_text(found.raw.hex())
    traceback.print_exception(cause)
    sys.stderr.write(f"{found}\nthe whole input as hex: {path}\n")
    return 1


def main() -> int:
    """Run one engine and print its summary."""
    parser = argparse.ArgumentParser(description="Drive the judge's decoder with hostile bytes.")
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--engine", choices=["random", "atheris"], default="random")
    options = parser.parse_args()
    warnings.simplefilter("error")
    torch.set_num_threads(1)
    gc.freeze()  # what torch brings along is not what a decode costs
    if options.engine == "atheris":
        guided(options.inputs, options.seed)
        return 0
    try:
        sys.stdout.write(f"random: {fuzz(options.inputs, options.seed)}\n")
    except Found as found:
        return report(found, found.__cause__)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
