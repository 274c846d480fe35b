"""The requests that a judge makes of a runner, and the replies it may get."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from gradekit.wire.values import Text, Wired, WireError, decoder

__all__ = ["Load", "Perform", "Reply", "Request", "decode_reply"]

MAX_REPLY = 2 << 20  # decoded, a hostile header takes 40 times its bytes, and 0.3 s for each MiB


class Load(Struct, tag="load", frozen=True):
    """Execute the submission's source as a module."""

    sources: dict[str, str]  # file name -> source text
    main: str  # which of them defines what the lab asks for
    without: tuple[str, ...] = ()  # operations and functions that are switched off for ever


class Perform(Struct, tag="perform", frozen=True):
    """Drive the submission through cases; one reply each, in order."""

    drive: str  # 'package.module:function'
    build: str  # likewise, '' where the drive builds for itself
    case_type: str  # 'package.module:Class'
    cases: list[Wired]
    weights: Wired = None  # None, 'describe', 'seed' (the case's own), or a tensor (P, n)
    flatten: tuple[str, ...] = ()  # outcome names that a sweep over P weights returns
    unregistered: bool = False  # count tensors that are no parameters among the weights
    wrt: tuple[str, ...] = ()  # case fields (and 'weights') to return gradients for
    cotangents: Wired = None  # mapping: outcome name -> tensor
    observe: Literal["", "ran", "operations", "bytecodes"] = ""  # return that, not the outcome
    without: tuple[str, ...] = ()  # operations and functions that are switched off meanwhile


Request = Load | Perform


class Reply(Struct, frozen=True, array_like=True):
    """The answer to one case (or to a load): its position and what came back."""

    index: Annotated[int, Meta(ge=0, le=1 << 32)]
    outcome: Wired
    names: Annotated[list[Text], Meta(max_length=10_000)] = []  # after a load: module attributes


_replies = decoder(Reply)


def decode_reply(header: bytes | bytearray) -> Reply:
    """Return a reply from the bytes of its header.

    Raises: WireError for all that is no reply, or a huge one.
    """
    if len(header) > MAX_REPLY:
        raise WireError(
            f"an answer of {len(header)} bytes without its tensors, allowed {MAX_REPLY}"
        )
    try:
        reply: Reply = _replies.decode(header)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise WireError(f"an answer that is none: {error}"[:300]) from error
    return reply
