"""Harmless attacks on this machine's own confinement, to see which of them are stopped.

A layer that says it is on and a layer that holds are two things. Each canary does what a
hostile submission would do, on targets that were put there for it.
"""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from gradekit.judge.processes import ZygoteClient
from gradekit.judge.session import Session

__all__ = ["Canary", "sing"]

MARK = "gradekit-canary "

SOURCE = """
import json, os, socket, sys

targets = json.loads(@TARGETS@)

def read_a_file_of_the_judge():
    with open(targets["file"]) as stream:
        return stream.read()

def write_among_the_libraries():
    path = os.path.join(os.path.dirname(os.__file__), "gradekit_canary")
    with open(path, "w") as stream:
        stream.write("x")
    os.remove(path)

def connect_to_this_machine():
    socket.create_connection(("127.0.0.1", targets["port"]), 1)

def signal_the_judge():
    os.kill(targets["pid"], 0)

def read_the_memory_of_the_judge():
    with open(f"/proc/{targets['pid']}/mem", "rb"):
        pass

def start_a_process():
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)

def see_the_environment_of_the_judge():
    with open(f"/proc/{targets['pid']}/environ", "rb") as stream:
        return stream.read(1)

def leave_a_file_behind():
    with open(os.path.join(targets["folder"], "left"), "w") as stream:
        stream.write("x")

for attack in (
    read_a_file_of_the_judge, leave_a_file_behind, write_among_the_libraries,
    connect_to_this_machine, start_a_process, signal_the_judge, read_the_memory_of_the_judge,
    see_the_environment_of_the_judge,
):
    try:
        attack()
        said = ""
    except BaseException as error:
        said = f"{type(error).__name__}: {error}"[:200]
    line = json.dumps({"name": attack.__name__.replace("_", " "), "said": said})
    os.write(1, ("gradekit-canary " + line + chr(10)).encode())
"""


class Canary(Struct, frozen=True):
    """One attack, and what stopped it ('' where nothing did)."""

    name: str
    said: str


def sing(client: ZygoteClient) -> list[Canary]:
    """Run all canaries in one runner; an attack that is not told of counts as not stopped.

    Raises: JudgeError when no runner starts.
    """
    with _targets() as targets:
        raw = repr(msgspec.json.encode(targets).decode())
        session = Session(client, {"canaries.py": SOURCE.replace("@TARGETS@", raw)}, "canaries.py")
        try:
            session.start()
        finally:
            session.close()
    lines = session.printed.decode("utf-8", "replace").splitlines()
    said = [line.removeprefix(MARK) for line in lines if line.startswith(MARK)]
    return [msgspec.json.decode(line, type=Canary) for line in said]


@contextlib.contextmanager
def _targets() -> Iterator[dict[str, Any]]:
    """Put up what the canaries attack: a file, a folder, a listener; and this process."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as listener:
        os.chmod(folder, 0o777)  # noqa: S103  # so that only confinement protects it
        file = Path(folder) / "answers.txt"
        file.write_text("what a submission may not read")
        file.chmod(0o644)
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        yield {
            "file": str(file),
            "folder": folder,
            "port": listener.getsockname()[1],
            "pid": os.getpid(),
        }
