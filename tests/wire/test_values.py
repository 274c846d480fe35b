"""Values through the wire: what comes back, and what a hostile sender gets."""

from __future__ import annotations

import math
import tracemalloc
from typing import Any

import msgspec
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from gradekit.wire.messages import Reply
from gradekit.wire.values import (
    DTYPES,
    MAX_DEPTH,
    MAX_DIMS,
    MAX_ITEMS,
    MAX_TEXT,
    Failure,
    Odd,
    Payload,
    WiredDict,
    WiredList,
    WiredTensor,
    WireError,
    decoder,
    pack,
    unpack,
)

FUZZ = settings(max_examples=150, deadline=None, derandomize=True, database=None)
REFUSED = (WireError, msgspec.DecodeError, RecursionError, UnicodeDecodeError)
REPLIES = decoder(Reply)


def encoded(value: Any) -> tuple[bytes, bytes]:
    """Return a value's reply as a sender writes it: header and payload."""
    payload = Payload()
    wired = pack(value, payload)
    return msgspec.msgpack.encode(Reply(0, wired)), b"".join(payload.buffers)


def decoded(header: bytes, payload: bytes) -> Any:
    """Return what a receiver makes of a reply."""
    return unpack(REPLIES.decode(header).outcome, memoryview(payload))


def through(value: Any) -> Any:
    """Return a value after its way through the wire."""
    return decoded(*encoded(value))


def same(actual: Any, expected: Any) -> bool:
    """Tell whether two plain values are equal, NaN with NaN and in type."""
    if isinstance(expected, list | tuple):
        return type(actual) is tuple and all(map(same, actual, expected))
    if isinstance(expected, dict):
        return actual.keys() == expected.keys() and all(
            same(actual[k], expected[k]) for k in actual
        )
    if isinstance(expected, float) and math.isnan(expected):
        return math.isnan(actual)
    return type(actual) is type(expected) and bool(actual == expected)


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.text(st.characters(codec="utf-8"), max_size=20)
)
NESTED = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@FUZZ
@given(NESTED)
def test_plain_data_comes_back(value: Any) -> None:
    """None, bools, ints, floats, text and all nestings return; lists become tuples."""
    assert same(through(value), value)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("shape", [(), (0,), (1,), (5,), (2, 3), (2, 0, 3), (1, 2, 1, 2, 1)])
def test_every_dtype_and_shape_comes_back(dtype: torch.dtype, shape: tuple[int, ...]) -> None:
    """A tensor keeps its dtype, its shape and its elements."""
    tensor = torch.randint(0, 2, shape, generator=torch.Generator().manual_seed(1)).to(dtype)
    back = through(tensor)
    assert back.dtype == dtype
    assert back.shape == tensor.shape
    assert torch.equal(back, tensor)


def test_tensors_beside_each_other_are_not_mixed_up() -> None:
    """Each of several tensors finds its own bytes, at any depth."""
    value = {
        "a": torch.arange(3),
        "b": [torch.full((65,), 7, dtype=torch.uint8), {"c": torch.ones(2)}],
    }
    back = through(value)
    assert back["a"].tolist() == [0, 1, 2]
    assert back["b"][0].tolist() == [7] * 65
    assert back["b"][1]["c"].tolist() == [1.0, 1.0]


def test_nan_and_infinities_come_back_bit_for_bit() -> None:
    """What no comparison equals still travels as it is."""
    tensor = torch.tensor([math.nan, math.inf, -math.inf, -0.0, 1e-45])
    assert torch.equal(through(tensor).view(torch.int32), tensor.view(torch.int32))


def test_a_view_travels_as_its_elements() -> None:
    """Strides, gradients and views are left behind; the elements are not."""
    tensor = torch.arange(6.0).reshape(2, 3).requires_grad_()
    back = through(tensor.T)
    assert back.tolist() == [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
    assert not back.requires_grad


def test_a_subclass_of_tensor_comes_back_plain() -> None:
    """A student's own tensor class does not reach the judge."""

    class Mine(torch.Tensor):
        pass

    back = through(torch.ones(2).as_subclass(Mine))
    assert type(back) is torch.Tensor


def test_a_received_tensor_owns_its_memory() -> None:
    """Changing what was received changes no frame."""
    header, payload = encoded(torch.zeros(3))
    decoded(header, payload).add_(1)
    assert decoded(header, payload).tolist() == [0.0, 0.0, 0.0]


def test_a_failure_comes_back() -> None:
    """An exception travels as data, with its place."""
    failure = Failure("ValueError", "bad", "line 3 in forward")
    assert through(failure) == failure
    assert str(failure) == "ValueError: bad (line 3 in forward)"
    assert str(Failure("KeyboardInterrupt", "")) == "KeyboardInterrupt"


@pytest.mark.parametrize(
    "value",
    [
        2**63,
        -(2**63) - 1,
        object(),
        {1, 2},
        b"raw",
        1j,
        torch.ones(2, dtype=torch.complex64),
        torch.eye(2).to_sparse(),
        torch.zeros((1,) * (MAX_DIMS + 1)),
        [0] * (MAX_ITEMS + 1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_may_not_travel_is_odd(value: Any) -> None:
    """Anything else becomes its type's name, never an error."""
    assert isinstance(through(value), Odd)


def test_a_type_is_named_without_calling_the_object() -> None:
    """No method of a stranger's object is asked what it is."""

    class Sly:
        def __str__(self) -> str:
            raise AssertionError

        __repr__ = __str__

    assert through(Sly()) == Odd("Sly")


def test_long_text_is_cut_and_broken_text_is_mended() -> None:
    """Text that a receiver would refuse is never sent."""
    assert through("x" * (MAX_TEXT + 1)) == "x" * MAX_TEXT
    assert through("a\ud800b") == "a?b"


def test_data_that_holds_itself_is_cut_off() -> None:
    """A cycle ends in an odd value at the greatest depth."""
    cycle: list[Any] = []
    cycle.append(cycle)
    depth, back = 0, through(cycle)
    while isinstance(back, tuple):
        depth, back = depth + 1, back[0]
    assert depth == MAX_DEPTH
    assert back == Odd("data nested too deeply")


def test_nesting_beyond_the_depth_is_refused() -> None:
    """A sender that nests deeper than ours does gets an error."""
    wired: Any = None
    for _ in range(MAX_DEPTH + 2):
        wired = WiredList([wired])
    with pytest.raises(WireError, match="nested too deeply"):
        unpack(wired, memoryview(b""))
    wired = None
    for _ in range(MAX_DEPTH + 2):
        wired = WiredDict({"a": wired})
    with pytest.raises(WireError, match="nested too deeply"):
        unpack(wired, memoryview(b""))


@pytest.mark.parametrize(
    "opening", [b"\x92\xa1l\x91", b"\x92\xa1d\x81\xa1k", b"\x91", b"\x81\xa1k"]
)
def test_nesting_of_a_million_levels_is_refused(opening: bytes) -> None:
    """Neither the decoder's stack nor ours overflows."""
    with pytest.raises(REFUSED):
        decoded(b"\x92\x00" + opening * 1_000_000, b"")


@pytest.mark.parametrize(
    "wired",
    [
        WiredTensor(0, [4], 0),
        WiredTensor(1, [1], 64),
        WiredTensor(5, [64], 1),
        WiredTensor(5, [1], 1 << 40),
        WiredTensor(0, [1 << 32] * MAX_DIMS, 0),
        WiredTensor(5, [0], 128),
        WiredTensor(5, [65], 0),
    ],
    ids=str,
)
def test_a_tensor_outside_the_payload_is_refused(wired: WiredTensor) -> None:
    """Shape and offset must lie in what really came; an offset must be aligned."""
    payload = memoryview(bytes(8 if wired.dtype == 0 else 64))
    with pytest.raises(WireError, match="outside its message"):
        unpack(wired, payload)


def test_a_tensor_that_fills_the_payload_is_taken() -> None:
    """The last byte still belongs to it."""
    assert unpack(WiredTensor(5, [64], 64), memoryview(bytes(128))).shape == (64,)


@pytest.mark.parametrize(
    ("dtype", "shape", "offset"),
    [
        (len(DTYPES), [1], 0),
        (-1, [1], 0),
        (0, [-1], 0),
        (0, [(1 << 32) + 1], 0),
        (0, [1] * (MAX_DIMS + 1), 0),
        (0, [1], -64),
        (0, [1], 1 << 41),
        (0, [1.5], 0),
        (0, ["1"], 0),
        (0, None, 0),
        ("0", [1], 0),
        (True, [1], 0),
    ],
)
def test_a_tensor_of_impossible_numbers_is_refused(dtype: Any, shape: Any, offset: Any) -> None:
    """Negative, huge and mistyped numbers end at the decoder."""
    header = msgspec.msgpack.encode([0, ["t", dtype, shape, offset]])
    with pytest.raises(msgspec.DecodeError):
        REPLIES.decode(header)


@pytest.mark.parametrize(
    "reply",
    [
        [-1, None],
        [(1 << 32) + 1, None],
        [0.5, None],
        ["0", None],
        [0],
        {},
        None,
        [0, "x" * (MAX_TEXT + 1)],
        [0, ["f", "x" * (MAX_TEXT + 1), "message"]],
        [0, ["l", [None] * (MAX_ITEMS + 1)]],
        [0, ["z", []]],
        [0, []],
        [0, None, ["name"] * 10_001],
        [0, None, [1]],
        [0, b"raw"],
        [0, msgspec.msgpack.Ext(1, b"x")],
    ],
    ids=lambda reply: repr(reply)[:30],
)
def test_a_reply_that_is_none_is_refused(reply: Any) -> None:
    """Wrong types, unknown tags and too much of anything end at the decoder."""
    with pytest.raises(msgspec.DecodeError):
        REPLIES.decode(msgspec.msgpack.encode(reply))


@pytest.mark.parametrize("byte", [2, 3, 128, 255])
def test_a_bool_tensor_holds_only_zeros_and_ones(byte: int) -> None:
    """Another byte would be a bool that is neither true nor false."""
    payload = memoryview(bytes([0, 1, byte, 0]))
    with pytest.raises(WireError, match="bool tensor"):
        unpack(WiredTensor(DTYPES.index(torch.bool), [4], 0), payload)


def test_an_announced_size_allocates_nothing() -> None:
    """Terabytes that are announced but not sent cost no memory."""
    wired = WiredList([WiredTensor(1, [1 << 20, 1 << 20], 0)] * 3)
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            unpack(wired, memoryview(bytes(4096)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 1 << 20


@pytest.mark.parametrize("head", [b"\xdd", b"\xdf", b"\xdb", b"\xc6", b"\xc9"])
def test_an_announced_length_allocates_nothing(head: bytes) -> None:
    """An array, map, text or binary of four billion elements that never come is refused."""
    tracemalloc.start()
    try:
        for before in (b"", b"\x92\x00", b"\x92\x00\x92\xa1l", b"\x92\x00\x94\xa1t\x00"):
            with pytest.raises(msgspec.DecodeError):
                REPLIES.decode(before + head + b"\xff\xff\xff\xff")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 1 << 20


@FUZZ
@given(st.binary(max_size=200), st.binary(max_size=128))
def test_random_bytes_are_refused_or_plain(header: bytes, payload: bytes) -> None:
    """Whatever bytes come, nothing is raised but what the judge expects."""
    try:
        decoded(header, payload)
    except REFUSED:
        return


SAMPLE = {
    "softmax": torch.rand(2, 3, generator=torch.Generator().manual_seed(2)),
    "same": torch.tensor([True, False]),
    "list": [1, -1.5, "text", None, Failure("E", "m", "w"), {"deep": [torch.arange(3)]}],
}


@FUZZ
@given(st.data())
def test_mutated_replies_are_refused_or_plain(data: st.DataObject) -> None:
    """Flipped, dropped, doubled and inserted bytes raise nothing but what the judge expects."""
    header, payload = encoded(SAMPLE)
    raw = bytearray(header)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        match data.draw(st.sampled_from(["flip", "drop", "insert", "double"])):
            case "flip":
                raw[place] = data.draw(st.integers(0, 255))
            case "drop":
                del raw[place : place + data.draw(st.integers(1, 5))]
            case "insert":
                raw[place:place] = data.draw(st.binary(min_size=1, max_size=5))
            case _:
                raw[place:place] = raw[place : place + 20]
        if not raw:
            return
    shorter = payload[: data.draw(st.integers(0, len(payload)))]
    try:
        decoded(bytes(raw), shorter)
    except REFUSED:
        return
