"""A runner's life after confinement: answer requests until the judge hangs up."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from gradekit.runner.load import failure, load
from gradekit.runner.perform import perform
from gradekit.runner.taboo import switch_off
from gradekit.wire.frames import MAX_HEADER, Closed, blocking_wait, encode, receive, send
from gradekit.wire.messages import Load, Perform, Reply, Request
from gradekit.wire.values import Failure, Payload, Value, decoder, pack

__all__ = ["serve"]


def serve(sock: socket.socket) -> None:
    """Answer requests, each reply under its request's id; never returns normally.

    The first word comes unasked, under id 0: this runner is confined and ready.
    """
    requests = decoder(Request)
    _reply(sock, 0, 0, None, [])
    module: Any = None
    files: list[str] = []
    while True:
        try:
            request_id, header, payload = receive(sock, blocking_wait(sock), MAX_HEADER)
        except Closed:
            os._exit(0)
        request = requests.decode(header)
        if isinstance(request, Load):
            files = list(request.sources)
            module, outcome = _load(request, files)
            _reply(sock, request_id, 0, outcome, sorted(vars(module)) if module else [])
            continue
        for index, value in enumerate(_outcomes(request, payload, module, files)):
            _reply(sock, request_id, index, value, [])


def _load(request: Load, files: list[str]) -> tuple[ModuleType | None, Value]:
    try:
        if request.without:
            switch_off(request.without)
        return load(request.sources, request.main), None
    except BaseException as error:  # noqa: BLE001  # SystemExit too
        return None, failure(error, files)


def _outcomes(
    request: Perform, payload: memoryview, module: Any, files: list[str]
) -> Iterator[Value]:
    if module is None:
        return iter([Failure("NotLoaded", "the submission was not loaded")] * len(request.cases))
    return perform(request, payload, module, files)


def _reply(
    sock: socket.socket, request_id: int, index: int, value: Value, names: list[str]
) -> None:
    payload = Payload()
    try:
        frame = encode(request_id, Reply(index, pack(value, payload), names[:10_000]), payload)
    except BaseException as error:  # noqa: BLE001  # a hostile tensor, mapping or name
        text = f"the outcome can't be sent: {type(error).__name__}"
        frame = encode(request_id, Reply(index, Failure("Unencodable", text)), Payload())
    try:
        send(sock, frame)
    except Closed:
        os._exit(0)
