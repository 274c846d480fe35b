"""Frames over a socket: whole ones come back, all others are refused."""

from __future__ import annotations

import socket
import struct
import threading
import tracemalloc
from collections.abc import Iterator

import msgspec
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from gradekit.wire.frames import (
    MAGIC,
    MAX_HEADER,
    MAX_PAYLOAD,
    PREFIX,
    Closed,
    blocking_wait,
    encode,
    parse_prefix,
    receive,
    send,
)
from gradekit.wire.messages import Load, Perform, Reply, Request
from gradekit.wire.values import Payload, WireError, decoder, pack, unpack

FUZZ = settings(max_examples=150, deadline=None, derandomize=True, database=None)


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Give two ends of a stream."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def frame(value: object, request_id: int = 7) -> bytes:
    """Return the bytes of a reply with this outcome."""
    payload = Payload()
    wired = pack(value, payload)
    return b"".join(encode(request_id, Reply(3, wired), payload))


def received(raw: bytes) -> tuple[int, bytes, bytes]:
    """Return what a receiver reads when these bytes come and the sender hangs up."""
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            theirs.sendall(raw)
        request_id, header, payload = receive(ours, blocking_wait(ours))
    return request_id, bytes(header), bytes(payload)


def test_a_frame_comes_back_whole() -> None:
    """Request id, header and payload are those that were sent."""
    request_id, header, payload = received(frame({"x": torch.arange(4)}, request_id=1 << 40))
    reply = decoder(Reply).decode(header)
    assert (request_id, reply.index) == (1 << 40, 3)
    assert unpack(reply.outcome, memoryview(payload))["x"].tolist() == [0, 1, 2, 3]


def test_frames_come_one_after_the_other(pair: tuple[socket.socket, socket.socket]) -> None:
    """Reading one frame takes nothing of the next."""
    ours, theirs = pair
    theirs.sendall(frame("one", 1) + frame("two", 2))
    for number, text in ((1, "one"), (2, "two")):
        request_id, header, _ = receive(ours, blocking_wait(ours))
        assert (request_id, decoder(Reply).decode(header).outcome) == (number, text)


@pytest.mark.parametrize(
    "request_", [Load({"a.py": "x = 1"}, "a.py"), Perform("m:f", "", "m:C", [])]
)
def test_requests_come_back(request_: Request) -> None:
    """Both kinds of request are told apart by their tags."""
    raw = b"".join(encode(1, request_, Payload()))
    assert decoder(Request).decode(received(raw)[1]) == request_


def test_a_frame_larger_than_the_pipe_comes_back(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    """Megabytes pass in pieces, on a socket that does not block."""
    ours, theirs = pair
    ours.setblocking(False)
    tensor = torch.arange(1 << 20)
    payload = Payload()
    buffers = encode(1, Reply(0, pack(tensor, payload)), payload)
    sender = threading.Thread(target=send, args=(theirs, buffers))
    sender.start()
    _, header, raw = receive(ours, blocking_wait(ours))
    sender.join()
    assert torch.equal(unpack(decoder(Reply).decode(header).outcome, raw), tensor)


def test_a_hang_up_is_closed_at_every_byte() -> None:
    """A frame that ends early is no frame, wherever it ends."""
    raw = frame({"x": torch.ones(2)})
    for end in range(len(raw)):
        with pytest.raises(Closed):
            received(raw[:end])


def test_sending_to_nobody_is_closed(pair: tuple[socket.socket, socket.socket]) -> None:
    """A sender learns that the other side is gone."""
    ours, theirs = pair
    theirs.close()
    with pytest.raises(Closed):
        send(ours, [frame("x")])


def test_other_bytes_than_the_magic_are_refused() -> None:
    """What starts otherwise is no message."""
    raw = bytearray(frame("x"))
    raw[0] ^= 1
    with pytest.raises(WireError, match="starts with other bytes"):
        received(bytes(raw))


@pytest.mark.parametrize(
    ("head", "payload"),
    [(MAX_HEADER + 1, 0), (0, MAX_PAYLOAD + 1), (0xFFFFFFFF, 0), (0, 0xFFFFFFFFFFFFFFFF)],
)
def test_a_length_over_its_cap_is_refused(head: int, payload: int) -> None:
    """Huge lengths end at the prefix."""
    with pytest.raises(WireError, match="more than may be sent"):
        received(PREFIX.pack(MAGIC, head, payload, 1))


def test_lengths_at_their_caps_are_read() -> None:
    """The caps themselves are allowed."""
    raw = PREFIX.pack(MAGIC, MAX_HEADER, MAX_PAYLOAD, 5)
    assert parse_prefix(raw) == (MAX_HEADER, MAX_PAYLOAD, 5)


@pytest.mark.parametrize(("head", "payload"), [(MAX_HEADER, 0), (0, MAX_PAYLOAD)])
def test_memory_grows_with_what_arrives(head: int, payload: int) -> None:
    """A prefix that announces megabytes and sends a few bytes costs next to nothing."""
    tracemalloc.start()
    try:
        with pytest.raises(Closed):
            received(PREFIX.pack(MAGIC, head, payload, 1) + b"few")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 << 20


def test_what_wait_raises_ends_the_reading(pair: tuple[socket.socket, socket.socket]) -> None:
    """A deadline is the caller's: it passes through, in mid-frame too."""
    ours, theirs = pair
    ours.setblocking(False)
    theirs.sendall(frame("x")[:10])
    calls = 0

    def wait() -> None:
        nonlocal calls
        calls += 1
        if calls > 3:
            raise TimeoutError("too slow")

    with pytest.raises(TimeoutError, match="too slow"):
        receive(ours, wait)


@FUZZ
@given(st.binary(max_size=300))
def test_random_bytes_are_no_frame(raw: bytes) -> None:
    """Whatever comes, reading ends with an error that the judge expects."""
    with pytest.raises((WireError, Closed)):
        received(raw)


@FUZZ
@given(st.data())
def test_mutated_frames_raise_only_what_the_judge_expects(data: st.DataObject) -> None:
    """A frame with changed bytes is refused, or is another reply of plain data."""
    raw = bytearray(frame({"x": torch.ones(2, 3), "y": [True, "text", 4]}))
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        _, header, payload = received(bytes(raw))
        reply = decoder(Reply).decode(header)
        unpack(reply.outcome, memoryview(payload))
    except (WireError, Closed, msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return
    assert isinstance(reply, Reply)


@FUZZ
@given(
    st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1), st.booleans()
)
def test_a_prefix_is_in_its_caps_or_refused(head: int, size: int, id: int, right: bool) -> None:
    """No prefix that is accepted announces more than the caps."""
    raw = struct.pack("<IIQQ", MAGIC if right else MAGIC ^ 1, head, size, id)
    if right and head <= MAX_HEADER and size <= MAX_PAYLOAD:
        assert parse_prefix(raw) == (head, size, id)
    else:
        with pytest.raises(WireError):
            parse_prefix(raw)
