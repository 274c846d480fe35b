"""Frames over a stream socket: written whole, read under caps and a deadline."""

from __future__ import annotations

import select
import socket
import struct
from collections.abc import Callable
from typing import Any

import msgspec

from gradekit.wire.values import Payload, WireError

__all__ = ["MAX_HEADER", "MAX_PAYLOAD", "Closed", "encode", "parse_prefix", "receive", "send"]

PREFIX = struct.Struct("<IIQQ")  # magic, header bytes, payload bytes, request id
MAGIC = 0x67726B31
MAX_HEADER = 16 << 20
MAX_REPLY_HEADER = 1 << 20  # from a runner: many small things take long to decode
MAX_PAYLOAD = 256 << 20
_CHUNK = 1 << 20
_encoder = msgspec.msgpack.Encoder()


class Closed(Exception):
    """The other side is gone."""


def encode(request_id: int, header: Any, payload: Payload) -> list[bytes | memoryview]:
    """Return the buffers of one frame."""
    head = _encoder.encode(header)
    prefix = PREFIX.pack(MAGIC, len(head), payload.size, request_id)
    return [prefix + head, *payload.buffers]


def parse_prefix(raw: bytes | bytearray, max_header: int = MAX_HEADER) -> tuple[int, int, int]:
    """Return (header bytes, payload bytes, request id).

    Raises: WireError for a wrong magic or a length over its cap.
    """
    magic, head, payload, request_id = PREFIX.unpack(raw)
    if magic != MAGIC:
        raise WireError("a message starts with other bytes than a message does")
    if head > max_header or payload > MAX_PAYLOAD:
        raise WireError(f"a message announces {head + payload} bytes, more than may be sent")
    return head, payload, request_id


def send(sock: socket.socket, buffers: list[bytes | memoryview]) -> None:
    """Write all buffers to a blocking socket.

    Raises: Closed when the other side is gone.
    """
    small = b"".join(buffers) if sum(map(len, buffers)) < _CHUNK else None
    try:
        for part in [small] if small is not None else buffers:
            sock.sendall(part)
    except (BrokenPipeError, ConnectionResetError) as error:
        raise Closed from error


def receive(
    sock: socket.socket, wait: Callable[[], None], max_header: int = MAX_HEADER
) -> tuple[int, bytearray, memoryview]:
    """Read one frame; `wait` blocks until there is something, or raises.

    Memory grows with what really arrives, never with what a prefix announces.
    Returns: request id, header bytes, payload.
    Raises: Closed, WireError, and whatever `wait` raises.
    """
    head, size, request_id = parse_prefix(_exactly(sock, PREFIX.size, wait), max_header)
    header = _exactly(sock, head, wait)
    return request_id, header, memoryview(_exactly(sock, size, wait))


def _exactly(sock: socket.socket, count: int, wait: Callable[[], None]) -> bytearray:
    data = bytearray()
    while len(data) < count:
        wait()
        try:
            part = sock.recv(min(count - len(data), _CHUNK))
        except BlockingIOError:
            continue
        except ConnectionResetError as error:
            raise Closed from error
        if not part:
            raise Closed
        data += part
    return data


def blocking_wait(sock: socket.socket) -> Callable[[], None]:
    """Return a `wait` for `receive` that waits without a limit."""

    def wait() -> None:
        select.select([sock], [], [])

    return wait
