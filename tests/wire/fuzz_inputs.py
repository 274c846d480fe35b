"""Frames for the fuzzer: valid replies, mutated replies, random bytes; the seed decides all."""

from __future__ import annotations

import math
import random
import struct
from dataclasses import dataclass

import torch

from gradekit.wire import frames, values
from gradekit.wire.frames import MAGIC, MAX_HEADER, MAX_PAYLOAD, PREFIX
from gradekit.wire.messages import MAX_REPLY, Reply
from gradekit.wire.values import DTYPES, MAX_DEPTH, MAX_TEXT, Failure, Odd, Payload, Value, pack

__all__ = ["UNITS", "Inputs", "corpus", "flood", "hostile"]

FLOOD_EVERY = 20_000


@dataclass(frozen=True)
class Seed:
    """A valid reply: header, payload, and where each msgpack value of the header lies."""

    header: bytes
    payload: bytes
    nodes: list[tuple[int, int]]


def corpus() -> list[Seed]:
    """Return replies of every kind, made by the encoder of the runner."""
    deep: Value = 1.5
    for _ in range(MAX_DEPTH):
        deep = [deep]
    plain: list[Value] = [None, True, 0, -(2**63), 2**63 - 1, 0.5, math.nan, -math.inf]
    plain += ["", "text", "ü\u2028\U0001f600" * 9, "x" * MAX_TEXT, [], {}, deep, list(range(300))]
    plain += [Failure("ValueError", "bad", "line 3"), Failure("E", ""), Odd("set"), object()]
    plain += [{"a": {"b": [1, {"c": None}]}, "": []}, {str(i): i for i in range(20)}]
    tensors = [
        torch.arange(math.prod(shape)).reshape(shape).remainder(2).to(dtype)
        for dtype in DTYPES
        for shape in ((), (5,), (2, 0, 3), (2, 3), (65, 1), (1,) * 12)
    ]
    outcome = {"logits": torch.ones(2, 3), "mask": torch.tensor([True, False]), "loss": 0.25}
    mixed = [outcome, [outcome, [torch.arange(3), "text"], Failure("E", "m", "w")], tensors[:30]]
    names = ["softmax", "GRU", "größe"]
    return [_seed(value) for value in [*plain, *tensors, *mixed, *mixed]] + [
        _seed(None, names),
        _seed(outcome, names * 50),
    ]


def _seed(value: Value, names: list[str] | None = None) -> Seed:
    payload = Payload()
    raw = b"".join(frames.encode(1, Reply(3, pack(value, payload), names or []), payload))
    header = raw[PREFIX.size : len(raw) - payload.size]
    nodes: list[tuple[int, int]] = []
    _walk(header, 0, nodes)
    return Seed(header, raw[len(raw) - payload.size :], nodes)


FIXED = {0xC0: 0, 0xC2: 0, 0xC3: 0, 0xCA: 4, 0xCB: 8, 0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8}
FIXED |= {0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8}
COUNTED = {0xD9: (1, 0), 0xDA: (2, 0), 0xDC: (2, 1), 0xDD: (4, 1), 0xDE: (2, 2), 0xDF: (4, 2)}


def _walk(raw: bytes, start: int, nodes: list[tuple[int, int]]) -> int:
    """Note the places of the value at `start` and of all inside; return its end."""
    first, at, inside = raw[start], start + 1, 0
    if first in FIXED:
        at += FIXED[first]
    elif first in COUNTED:
        width, each = COUNTED[first]
        count = int.from_bytes(raw[at : at + width], "big")
        at, inside = at + width + (0 if each else count), count * each
    elif 0xA0 <= first < 0xC0:
        at += first & 31
    elif 0x80 <= first < 0xA0:
        inside = (first & 15) * (2 if first < 0x90 else 1)
    for _ in range(inside):
        at = _walk(raw, at, nodes)
    nodes.append((start, at))
    return at


def hostile() -> list[bytes]:
    """Return msgpack values, and beginnings of values, that a decoder may stumble over."""
    return [*_announced(), *_numbers(), *_texts(), *_shapes(), *_nested()]


def _announced() -> list[bytes]:
    """Return headers of much that never comes, extension types, and bytes that mean nothing."""
    made = [b"\xc1", b"", b"\x90", b"\x80", b"\xc4\x03abc", b"\xc7\x0c" + b"\xff" * 13]
    made += [b"\xdc\xff\xff", b"\xde\xff\xff", b"\xda\xff\xff", b"\xc4\xff", b"\xc5\xff\xff"]
    for head in (b"\xdd", b"\xdf", b"\xdb", b"\xc6", b"\xc9"):
        made += [head + count for count in (b"\xff" * 4, b"\x7f\xff\xff\xff", b"\0\1\0\0")]
    for power in range(5):
        made += [bytes([0xD4 + power, kind]) + b"\xff" * 2**power for kind in (0, 5, 255)]
    return made


def _numbers() -> list[bytes]:
    """Return numbers at bounds, in their longest form too."""
    made = [b"\xd3" + struct.pack(">q", n) for n in (0, -1, -(2**63), 2**63 - 1, 2**32, 2**40)]
    made += [b"\xcf" + struct.pack(">Q", n) for n in (2**64 - 1, 2**63, 2**32 + 1, 2**40 + 1, 64)]
    floats = (math.nan, math.inf, 1.0, -0.0, 1e300, 2.0**63)
    made += [b"\xcb" + struct.pack(">d", number) for number in floats]
    made += [b"\xca\x7f\xc0\0\0", b"\xca\xff\x80\0\0"]
    return [*made, b"\xc0", b"\xc2", b"\xc3", b"\x7f", b"\xe0"]


def _texts() -> list[bytes]:
    """Return text that is no UTF-8 or too long, keys that repeat or are no text, wrong tags."""
    made = [_text(b"x" * MAX_TEXT), _text(b"x" * (MAX_TEXT + 1))]
    for bad in (b"\xff", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\0"):
        made += [_text(bad), b"\x92\xa1o" + _text(bad), b"\x92\xa1d\x81" + _text(bad) + b"\xc0"]
    made += [b"\x92\xa1d\x82\xa1a\x01\xa1a\x02", b"\x92\xa1d\x81\x01\x02"]
    made += [b"\x92\xa1d\x81\xc0\xc0", b"\x92\xa1z\x90", b"\x92\x00\x90", b"\x91\xa1l"]
    return [*made, b"\x93\xa1l\x90\x90", b"\x81\xa1l\x90"]


def _text(raw: bytes) -> bytes:
    return b"\xda" + struct.pack(">H", len(raw)) + raw


def _shapes() -> list[bytes]:
    """Return tensors of impossible sizes, of none, and at impossible places."""
    big, wide = b"\xcf" + struct.pack(">Q", 1 << 32), b"\xce\xff\xff\xff\xff"
    huge = (b"\x9c" + big * 12, b"\x9c\x00" + big * 11, b"\x92\x00" + big, b"\x93" + wide * 3)
    made = [b"\x94\xa1t" + bytes([dtype]) + shape + b"\0" for shape in huge for dtype in (0, 4, 10)]
    nan = b"\x91\xcb\x7f\xf8" + bytes(6)
    offsets = (b"\x00", b"\x01", b"\x40", b"\xff", b"\xcf\0\0\1\0\0\0\0\0", nan[1:])
    for shape in (b"\x90", b"\x91\x00", b"\x91\x40", nan):
        made += [b"\x94\xa1t\x05" + shape + offset for offset in offsets]
    return made


def _nested() -> list[bytes]:
    """Return lists and mappings, ours and plain ones, of up to 10 000 levels."""
    openings = (b"\x92\xa1l\x91", b"\x92\xa1d\x81\xa1k", b"\x91", b"\x81\xa1k")
    levels = (15, 16, 17, 200, 10_000)
    return [opening * level + b"\xc0" for opening in openings for level in levels]


UNITS = {
    "nothing": b"\xc0",
    "empty list": b"\x92\xa1l\x90",
    "empty mapping": b"\x92\xa1d\x80",
    "mapping": b"\x92\xa1d\x81\xa0\xc0",
    "odd": b"\x92\xa1o\xa0",
    "empty tensor": b"\x94\xa1t\x00\x91\x00\x00",
    "byte": b"\x94\xa1t\x05\x90\x00",
    "text": b"\xa2\xc3\xa9",
    "unknown": b"\x91",
}
BOUNDS = [0, 1, 2**31, 2**32 - 1, MAX_HEADER, MAX_HEADER + 1, MAX_REPLY, MAX_PAYLOAD]
BOUNDS += [MAX_PAYLOAD + 1, 2**40, 2**63 - 1, 2**63, 2**64 - 1]


def flood(unit: bytes, size: int) -> bytes:
    """Return a header of this size full of one small value, in lists within one list."""
    lists, rest = divmod(size // len(unit), values.MAX_ITEMS)
    parts = [values.MAX_ITEMS] * lists + [rest]
    inner = [b"\x92\xa1l\xdd" + struct.pack(">I", part) + unit * part for part in parts]
    return b"\x92\x00\x92\xa1l\xdd" + struct.pack(">I", len(inner)) + b"".join(inner)


class Inputs:
    """An endless row of frames, each from a seed of the corpus or from nothing."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.seeds, self.atoms = corpus(), hostile()

    def frame(self) -> bytes:
        """Return the bytes of the next frame."""
        if not self.below(FLOOD_EVERY):
            size = int(2 ** (16 + 6 * self.random.random()))
            return self.prefixed(flood(self.random.choice([*UNITS.values()]), size), bytes(1 << 15))
        kind = self.below(100)
        if kind < 2:
            return self.random.randbytes(self.below(80))
        if kind < 8:
            return self.prefixed(self.random.randbytes(self.below(60)), bytes(self.below(200)))
        if kind < 10:
            body = self.random.choice(self.atoms)
            return self.prefixed(b"\x92\x00" + body if kind == 8 else body, b"")
        seed = self.random.choice(self.seeds)
        header, payload = seed.header, seed.payload
        kind = self.below(10)
        if kind < 7:
            header = self.node(seed)
        if kind > 5:
            for _ in range(1 + self.below(3)):
                header = self.bytewise(header)
        if kind % 3 == 0:
            payload = self.resized(payload)
        return self.prefixed(header, payload)

    def below(self, count: int) -> int:
        """Return a number from 0 to count - 1."""
        return int(self.random.random() * count)

    def prefixed(self, header: bytes, payload: bytes) -> bytes:
        """Return a frame; one in thirty has a prefix that is wrong."""
        lengths = [MAGIC, len(header), len(payload), 1]
        wrong = self.below(30) == 0
        if wrong:
            which = self.below(3)
            near = lengths[which] + self.below(9) - 4
            value = near if self.below(2) else self.random.choice(BOUNDS)
            lengths[which] = max(value, 0) & (2**64 - 1 if which == 2 else 2**32 - 1)
        raw = PREFIX.pack(*lengths) + header + payload
        return raw[: self.below(len(raw))] if wrong and not self.below(4) else raw

    def node(self, seed: Seed) -> bytes:
        """Return a header in which one msgpack value is another, of a seed or hostile."""
        start, end = self.random.choice(seed.nodes)
        kind = self.below(4)
        if kind == 0:
            other = self.random.choice(self.seeds)
            first, last = self.random.choice(other.nodes)
            middle = other.header[first:last]
        elif kind == 1:  # another count, the same content
            old = seed.header[start]
            middle = bytes([max(old + self.below(5) - 2, 0) & 255]) + seed.header[start + 1 : end]
        else:
            middle = self.random.choice(self.atoms)
        return seed.header[:start] + middle + seed.header[end:]

    def bytewise(self, raw: bytes) -> bytes:
        """Return bytes with one place changed, dropped, doubled, or joined to another seed."""
        at, kind = self.below(len(raw) + 1), self.below(6)
        if kind < 2:
            return raw[:at] + bytes([self.below(256)]) + raw[at + 1 :]
        if kind == 2:
            return raw[:at] + raw[at + 1 + self.below(6) :]
        if kind == 3:
            return raw[:at] + self.random.randbytes(1 + self.below(6)) + raw[at:]
        if kind == 4:
            return raw[: at + self.below(20)] + raw[at:]
        other = self.random.choice(self.seeds).header
        return raw[:at] + other[self.below(len(other)) :]

    def resized(self, payload: bytes) -> bytes:
        """Return a payload that is cut, longer, moved, of other bytes, or ample."""
        kind, at = self.below(6), self.below(len(payload) + 1)
        if kind == 0:
            return payload[:at]
        if kind == 1:
            return payload + self.random.randbytes(self.below(130))
        if kind == 2:
            return payload[at:] + payload[:at]
        if kind == 3:
            return self.random.randbytes(len(payload))
        return b"\0\1" * 2048  # room for the tensors of other seeds

    def pieces(self) -> list[int]:
        """Return sizes for a stream: few pieces, or many small ones."""
        return [1 + self.below(self.random.choice((2, 30))) for _ in range(self.below(40))]
