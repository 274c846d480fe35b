"""Plain data and tensors as typed msgpack with raw buffers, safe to decode from an attacker."""

from __future__ import annotations

import math
from typing import Annotated, Any

import msgspec
import torch
from msgspec import Meta, Struct

from gradekit.errors import SubmissionError

__all__ = ["Failure", "Stopped", "Value", "WireError", "Wired", "as_text", "pack", "unpack"]

MAX_DIMS = 12
MAX_ITEMS = 100_000
MAX_TEXT = 20_000
MAX_DEPTH = 16
MAX_ELEMENTS = 1 << 40
MAX_VALUES = 200_000  # of one outcome, all its levels together: what numbers fit into a reply
MAX_TENSORS = 20_000  # of these; one takes 6 bytes of a reply and 1 KiB when unpacked
ALIGNMENT = 64

DTYPES = (
    torch.float32,
    torch.float64,
    torch.int64,
    torch.int32,
    torch.bool,
    torch.uint8,
    torch.float16,
    torch.bfloat16,
    torch.int16,
    torch.int8,
)
_INDEX = {dtype: index for index, dtype in enumerate(DTYPES)}

Text = Annotated[str, Meta(max_length=MAX_TEXT)]
Dim = Annotated[int, Meta(ge=0, le=1 << 32)]


class WireError(SubmissionError):
    """A message that is not what it must be: the fault of whoever sent it."""


# gc=False: what is decoded is a tree, and tracking a million nodes takes most of the time.
class WiredTensor(Struct, tag="t", array_like=True, frozen=True, gc=False):
    """A tensor: index into DTYPES, shape, byte offset into the payload."""

    dtype: Annotated[int, Meta(ge=0, lt=len(DTYPES))]
    shape: Annotated[list[Dim], Meta(max_length=MAX_DIMS)]
    offset: Annotated[int, Meta(ge=0, le=1 << 40)]


class WiredList(Struct, tag="l", array_like=True, frozen=True, gc=False):
    """A list or a tuple; it comes back as a tuple."""

    items: Annotated[list[Wired], Meta(max_length=MAX_ITEMS)]


class WiredDict(Struct, tag="d", array_like=True, frozen=True, gc=False):
    """A mapping from text to values."""

    items: Annotated[dict[Text, Wired], Meta(max_length=MAX_ITEMS)]


class Failure(Struct, tag="f", array_like=True, frozen=True):
    """An exception as data: type, message, and the submission's own lines it came through."""

    kind: Text
    message: Text
    where: Text = ""

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        return f"{self.kind}: {self.message}{place}" if self.message else f"{self.kind}{place}"


class Stopped(Failure, tag="s", array_like=True, frozen=True):
    """A failure that the judge itself decided on; nothing that crosses the pipe is one."""


class Odd(Struct, tag="o", array_like=True, frozen=True):
    """Something that is no plain data: only its type's name travels."""

    kind: Text


Wired = None | bool | int | float | Text | WiredTensor | WiredList | WiredDict | Failure | Odd
Value = Any  # None, bool, int, float, str, Tensor, tuple, dict[str, Value], Failure or Odd


def as_text(value: object, limit: int = MAX_TEXT) -> str:
    """Return text that can be encoded, cut to a limit."""
    return str(value)[:limit].encode("utf-8", "replace").decode("utf-8")


class Payload:
    """The raw buffers of the tensors packed so far, each aligned."""

    def __init__(self) -> None:
        self.buffers: list[bytes | memoryview] = []
        self.size = 0

    def add(self, tensor: torch.Tensor) -> int:
        """Append a contiguous CPU tensor's bytes and return their offset."""
        flat = tensor.reshape(-1)
        raw = memoryview(flat.view(torch.uint8).numpy().data) if flat.numel() else memoryview(b"")
        offset = self.size
        self.buffers.append(raw)
        padding = -len(raw) % ALIGNMENT
        if padding:
            self.buffers.append(bytes(padding))
        self.size += len(raw) + padding
        return offset


def pack(value: Value, payload: Payload, depth: int = 0) -> Wired:
    """Turn a value into what may travel; what may not travel becomes `Odd`, never an error."""
    if value is None or type(value) in (bool, float, Failure, Odd):
        return value  # type: ignore[no-any-return]  # the test above is the type
    if type(value) is int:
        return value if -(1 << 63) <= value < 1 << 63 else Odd("int of more than 64 bits")
    if type(value) is str:
        return as_text(value)
    if isinstance(value, torch.Tensor):
        return _pack_tensor(value, payload)
    if depth >= MAX_DEPTH:
        return Odd("data nested too deeply")
    if isinstance(value, tuple | list) and len(value) <= MAX_ITEMS:
        return WiredList([pack(item, payload, depth + 1) for item in value])
    if isinstance(value, dict) and len(value) <= MAX_ITEMS:
        return WiredDict({as_text(k): pack(v, payload, depth + 1) for k, v in value.items()})
    return Odd(as_text(type(value).__name__, 200))


def _pack_tensor(tensor: torch.Tensor, payload: Payload) -> Wired:
    plain = tensor.detach()
    if plain.device.type == "meta":
        return Odd("tensor without data")
    if plain.dtype not in _INDEX or plain.layout != torch.strided or plain.dim() > MAX_DIMS:
        return Odd(as_text(f"tensor of {plain.dtype}, {plain.layout}", 200))
    if plain.device.type != "cpu":
        plain = plain.cpu()
    if type(plain) is not torch.Tensor:
        plain = plain.as_subclass(torch.Tensor)
    plain = plain.resolve_conj().resolve_neg().contiguous()
    return WiredTensor(_INDEX[plain.dtype], list(plain.shape), payload.add(plain))


def unpack(wired: Wired, payload: memoryview) -> Value:
    """Turn what travelled back into values.

    Raises: WireError for tensors outside the payload or together larger than it, impossible
    shapes, other bytes in a bool tensor than 0 and 1, data nested too deeply, or too much of it.
    """
    return _Unpacker(payload).value(wired, 0)


class _Unpacker:
    def __init__(self, payload: memoryview) -> None:
        self.payload, self.left = payload, len(payload)
        self.values = self.tensors = 0

    def value(self, wired: Wired, depth: int) -> Value:
        self.values += 1
        self.tensors += isinstance(wired, WiredTensor)
        if self.values > MAX_VALUES or self.tensors > MAX_TENSORS:
            raise WireError(f"more than {MAX_VALUES} values or {MAX_TENSORS} tensors at once")
        if depth > MAX_DEPTH:
            raise WireError("data nested too deeply")
        if isinstance(wired, WiredTensor):
            return self._tensor(wired)
        if isinstance(wired, WiredList):
            return tuple(self.value(item, depth + 1) for item in wired.items)
        if isinstance(wired, WiredDict):
            return {key: self.value(item, depth + 1) for key, item in wired.items.items()}
        return wired

    def _tensor(self, wired: WiredTensor) -> torch.Tensor:
        dtype = DTYPES[wired.dtype]
        if math.prod(max(size, 1) for size in wired.shape) > MAX_ELEMENTS:
            raise WireError(f"a tensor of shape {wired.shape} lies outside its message")
        count = math.prod(wired.shape)
        size = count * dtype.itemsize
        self.left -= size
        outside = wired.offset + size > len(self.payload) or wired.offset % ALIGNMENT
        if outside or self.left < 0:
            raise WireError(f"a tensor of shape {wired.shape} lies outside its message")
        if count == 0:
            return torch.empty(wired.shape, dtype=dtype)
        part = bytearray(self.payload[wired.offset : wired.offset + size])
        if dtype is torch.bool and torch.frombuffer(part, dtype=torch.uint8).max() > 1:
            raise WireError("a bool tensor holds other bytes than 0 and 1")
        return torch.frombuffer(part, dtype=dtype, count=count).reshape(wired.shape)


def decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    """Return a decoder of one message type."""
    return msgspec.msgpack.Decoder(kind)
