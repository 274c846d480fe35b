"""The judge's decoder under hostile bytes: a few here, a million with `-m slow`."""

from __future__ import annotations

import importlib
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from gradekit.errors import SubmissionError
from gradekit.wire import values
from gradekit.wire.frames import MAGIC, MAX_HEADER, MAX_PAYLOAD, PREFIX, parse_prefix
from gradekit.wire.messages import MAX_REPLY, decode_reply
from gradekit.wire.values import (
    DTYPES,
    MAX_ITEMS,
    MAX_TENSORS,
    MAX_VALUES,
    WiredList,
    WiredTensor,
    WireError,
    unpack,
)

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # where the fuzzer, a script, finds its inputs
fuzz: Any = importlib.import_module("fuzz")
fuzz_inputs: Any = importlib.import_module("fuzz_inputs")

FUZZ = settings(max_examples=300, deadline=None, derandomize=True, database=None)


def framed(header: bytes, payload: bytes = b"") -> bytes:
    """Return a frame with a right prefix."""
    return PREFIX.pack(MAGIC, len(header), len(payload), 1) + header + payload


GOOD = framed(b"\x92\x00\xa4text")


def test_thousands_of_inputs_are_refused_or_plain() -> None:
    """The fuzzer's first inputs raise only what the judge expects."""
    summary = fuzz.fuzz(4000, seed=1)
    assert summary.inputs == 4000
    assert {"cut short", "decoded", "refused"} <= summary.counts.keys()


@pytest.mark.slow
def test_a_million_inputs_are_refused_or_plain() -> None:
    """The whole run, in a process of its own, whose memory is measured."""
    command = [sys.executable, "-B", str(HERE / "fuzz.py"), "--inputs", "1000000", "--seed", "0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("random: 1000000 inputs and 10000 streams: ")


def test_the_seed_decides_all_inputs() -> None:
    """What one run finds, the next finds again."""
    first, second = fuzz_inputs.Inputs(5), fuzz_inputs.Inputs(5)
    assert [first.frame() for _ in range(500)] == [second.frame() for _ in range(500)]


def test_each_seed_is_a_reply() -> None:
    """The corpus that is mutated is valid, and each note of a place covers one value."""
    for seed in fuzz_inputs.corpus():
        assert fuzz.drive(framed(seed.header, seed.payload)) == "decoded"
        for start, end in seed.nodes:
            msgspec.msgpack.decode(seed.header[start:end])


@pytest.mark.parametrize(
    "result", [[1], {1: 2}, b"raw", torch.ones(1, requires_grad=True), "\ud800"]
)
def test_the_fuzzer_finds_what_may_not_come_back(
    result: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decoder that returned another type, or broken text, would be found."""
    monkeypatch.setattr(values, "unpack", lambda wired, payload: result)
    with pytest.raises((fuzz.Impossible, UnicodeEncodeError)):
        fuzz.drive(GOOD)


def test_the_fuzzer_finds_another_exception(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A decoder that raised anything else would end the run with 1 and the input as hex."""
    monkeypatch.setattr(values, "unpack", lambda wired, payload: {"a": 1}["x"])
    monkeypatch.setattr(fuzz.tempfile, "gettempdir", lambda: str(tmp_path))
    with pytest.raises(fuzz.Found) as caught:
        fuzz.fuzz(1000, seed=0)
    assert fuzz.report(caught.value, caught.value.__cause__) == 1
    raw = bytes.fromhex((tmp_path / "gradekit-fuzz.hex").read_text())
    assert "KeyError" in capsys.readouterr().err
    with pytest.raises(KeyError):
        fuzz.drive(raw)


def test_the_fuzzer_finds_a_slow_decode(monkeypatch: pytest.MonkeyPatch) -> None:
    """A decode beyond the limit of time is an error, whatever it returns."""
    monkeypatch.setattr(fuzz, "MAX_DECODE_S", 0.0)
    with pytest.raises(fuzz.Impossible, match="CPU time"):
        fuzz.Summary().timed(fuzz.drive, GOOD)


def test_the_fuzzer_finds_growth(monkeypatch: pytest.MonkeyPatch) -> None:
    """So is memory beyond its limit."""
    monkeypatch.setattr(fuzz, "MAX_GROWTH_MIB", -1)
    with pytest.raises(fuzz.Impossible, match="grew by"):
        fuzz.Summary().timed(fuzz.drive, GOOD)


@FUZZ
@given(st.binary(max_size=200), st.binary(max_size=128))
def test_bytes_in_a_frame_are_refused_or_plain(header: bytes, payload: bytes) -> None:
    """Whatever a frame holds, nothing is raised but what the judge expects."""
    assert fuzz.drive(framed(header, payload)) in ("decoded", "refused")


@FUZZ
@given(st.binary(min_size=24, max_size=24) | st.binary(min_size=20, max_size=20))
def test_a_prefix_is_refused_or_within_its_caps(raw: bytes) -> None:
    """No prefix, with the right magic or without, lets more through than may come."""
    raw = raw if len(raw) == PREFIX.size else struct.pack("<I", MAGIC) + raw
    try:
        head, size, _ = parse_prefix(raw)
    except SubmissionError:
        return
    assert head <= MAX_HEADER
    assert size <= MAX_PAYLOAD


NUMBERS = st.integers(-2, 130) | st.sampled_from([2**32, 2**32 + 1, 2**40, 2**63, 2**64 - 1])
LEAVES = st.none() | st.booleans() | NUMBERS | st.floats() | st.text(max_size=5) | st.binary()
TAGGED = st.tuples(st.just("t"), st.integers(-1, 10), st.lists(NUMBERS, max_size=3), NUMBERS)
NESTED = st.recursive(
    LEAVES | TAGGED | st.tuples(st.sampled_from("fo"), st.text(max_size=5), st.text(max_size=5)),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(st.just("l"), st.lists(inner, max_size=4))
        | st.tuples(st.just("d"), st.dictionaries(st.text(max_size=3), inner, max_size=4))
    ),
    max_leaves=10,
)


@FUZZ
@given(NUMBERS, NESTED, st.lists(LEAVES, max_size=2), st.integers(0, 300))
def test_replies_of_nearly_the_right_form(
    index: int, outcome: Any, names: list[Any], size: int
) -> None:
    """What has tags, shapes and offsets, but any of them wrong, is refused or plain."""
    header = msgspec.msgpack.encode([index, outcome, names])
    assert fuzz.drive(framed(header, bytes(size))) in ("decoded", "refused")


@FUZZ
@given(NESTED)
def test_what_decodes_unpacks_or_is_refused(outcome: Any) -> None:
    """Between the two steps nothing is lost: what the first lets through, the second reads."""
    try:
        reply = decode_reply(msgspec.msgpack.encode([0, outcome]))
        unpack(reply.outcome, memoryview(b""))
    except SubmissionError:
        return


HOSTILE = {
    "a payload of 2**63": (PREFIX.pack(MAGIC, 0, 2**63, 1), "refused"),
    "a payload of 2**64 - 1": (PREFIX.pack(MAGIC, 0, 2**64 - 1, 1), "refused"),
    "a header of 2**32 - 1": (PREFIX.pack(MAGIC, 2**32 - 1, 0, 1), "refused"),
    "another magic": (b"\0" * 24, "refused"),
    "nothing": (b"", "cut short"),
    "half a prefix": (GOOD[:12], "cut short"),
    "no header": (framed(b""), "refused"),
    "a frame, then garbage": (GOOD + b"garbage" * 9, "refused"),
    "two frames": (GOOD * 2, "decoded"),
    "10 000 levels": (framed(b"\x92\x00" + b"\x92\xa1l\x91" * 10_000), "refused"),
}


@pytest.mark.parametrize("end", ["hang up", "reset", "stall"])
@pytest.mark.parametrize("pieces", [0, 1, 7])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_streams_end_as_they_must(name: str, pieces: int, end: str) -> None:
    """However the bytes are cut and the sender leaves, reading ends as the judge expects."""
    raw, expected = HOSTILE[name]
    assert fuzz.stream(raw, [pieces] * min(len(raw), 200) * (pieces > 0), end) == expected


@pytest.mark.parametrize("end", ["hang up", "reset", "stall"])
def test_a_stream_that_ends_early_is_refused_nowhere(end: str) -> None:
    """A frame that is cut at any byte is waited for until the sender leaves, then given up."""
    for size in range(1, len(GOOD)):
        assert fuzz.stream(GOOD[:size], [1] * 5, end) == "cut short"


@FUZZ
@given(st.binary(max_size=120), st.booleans(), st.lists(st.integers(1, 20), max_size=8))
def test_random_streams_raise_only_what_the_judge_expects(
    raw: bytes, right: bool, sizes: list[int]
) -> None:
    """Random bytes, behind a frame or alone, are refused or never come whole."""
    raw = GOOD + raw if right else raw
    assert fuzz.stream(raw, sizes, "hang up") in ("refused", "cut short", "decoded")


# --- what the fuzzer found, mended


@pytest.mark.parametrize("unit", fuzz_inputs.UNITS)
def test_a_header_of_small_values_takes_no_gigabytes(unit: str) -> None:
    """16 MiB of tensors of one byte took 13 s and 3 GiB: a reply has a smaller cap."""
    header = fuzz_inputs.flood(fuzz_inputs.UNITS[unit], MAX_REPLY + 100)
    with pytest.raises(WireError, match="without its tensors, allowed 2097152"):
        decode_reply(header)


def test_values_are_counted_over_all_levels() -> None:
    """Lists of lists hold no more than one list could: the cap is on all values together."""
    half = WiredList([None] * (MAX_VALUES // 2 - 2))
    assert len(unpack(WiredList([half, half]), memoryview(b""))) == 2
    with pytest.raises(WireError, match="more than 200000 values"):
        unpack(WiredList([half, half, half]), memoryview(b""))


@pytest.mark.parametrize("shape", [[], [0]])
def test_tensors_are_counted(shape: list[int]) -> None:
    """One of no elements, or of one byte, costs the judge a hundred times its message."""
    tensor = WiredTensor(5, shape, 0)
    payload = memoryview(bytes(MAX_ITEMS))
    assert len(unpack(WiredList([tensor] * MAX_TENSORS), payload)) == MAX_TENSORS
    with pytest.raises(WireError, match="20000 tensors"):
        unpack(WiredList([tensor] * (MAX_TENSORS + 1)), payload)


def test_a_large_bool_tensor_is_checked_quickly() -> None:
    """The check for other bytes than 0 and 1 took 4 s for the greatest payload."""
    payload = memoryview(bytes(64 << 20))
    begun = time.thread_time()
    unpack(WiredTensor(DTYPES.index(torch.bool), [64 << 20], 0), payload)
    assert time.thread_time() - begun < 0.5
