"""The id of a case: short text that holds the case itself, so that it can be replayed anywhere.

A case is drawn from a few numbers; those, packed, are the id. Nothing has to be stored, sent
along or kept: a student replays what a report names on another machine.
"""

from __future__ import annotations

import base64
import zlib
from dataclasses import Field, fields
from typing import Any

import msgspec
from torch import Tensor

from gradekit.errors import UsageError
from gradekit.lab import Lab, Part

__all__ = ["read_token", "token"]


def _fields(kind: type[Any]) -> list[Field[Any]]:
    return [f for f in fields(kind) if f.init]


def token(lab: Lab, part: Part, case: Any) -> str:
    """Return the id of a case of a part."""
    given = {}
    for place, f in enumerate(_fields(type(case))):
        value = getattr(case, f.name)
        if f.name == "convention":
            value = [convention.name for convention in part.conventions].index(value)
        if not isinstance(value, Tensor) and value != f.default and value is not None:
            given[place] = value
    raw = msgspec.msgpack.encode([lab.parts.index(part), given])
    check = zlib.crc32(raw).to_bytes(4, "big")[:2]
    return base64.b32encode(check + raw).decode().rstrip("=").lower()


def read_token(lab: Lab, text: str) -> tuple[Part, Any]:
    """Return the part and the case that an id names.

    Raises: UsageError when it is no id of this lab.
    """
    wrong = UsageError(f"{text!r} is no case of {lab.name}; copy the id as the report prints it")
    try:
        data = base64.b32decode(text.strip().upper() + "=" * (-len(text.strip()) % 8))
        if zlib.crc32(data[2:]).to_bytes(4, "big")[:2] != data[:2]:
            raise wrong
        index, given = msgspec.msgpack.decode(data[2:])
        part = lab.parts[index]
        kind = type(part.examples[0])
        values = {_fields(kind)[place].name: value for place, value in given.items()}
        if "convention" in values:
            values["convention"] = part.conventions[values["convention"]].name
        case = kind(**values)
    except UsageError:
        raise
    except Exception as error:
        raise wrong from error
    return part, case
