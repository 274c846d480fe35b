"""The requests that a judge makes of a runner, and the replies it may get."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from gradekit.wire.values import Text, Wired

__all__ = ["Load", "Perform", "Reply", "Request"]


class Load(Struct, tag="load", frozen=True):
    """Execute the submission's source as a module."""

    sources: dict[str, str]  # file name -> source text
    main: str  # which of them defines what the lab asks for


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


Request = Load | Perform


class Reply(Struct, frozen=True, array_like=True):
    """The answer to one case (or to a load): its position and what came back."""

    index: Annotated[int, Meta(ge=0, le=1 << 32)]
    outcome: Wired
    names: Annotated[list[Text], Meta(max_length=10_000)] = []  # after a load: module attributes
