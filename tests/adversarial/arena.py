"""What the attacks are let loose on: decoys that tell when they were reached.

Every target is put up for the test and bounded, so that a failing defence harms nobody.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import gradekit_reference
from gradekit.judge.grade import Judge
from gradekit.judge.verdict import Verdict
from gradekit.judge.watch import Budget

__all__ = ["ATTACKS", "EXPECTED", "FILES", "Arena", "Attack", "arena", "grade", "names"]

ATTACKS = Path(__file__).parent / "attacks"
EXPECTED = json.loads((ATTACKS / "expected.json").read_text("utf-8"))
MARK = "gradekit-test-secret"
SHORT = Budget(cpu_s=2.0, wall_s=5.0, together_s=20.0)  # for what hangs on purpose
FILES = {"softmax_regression": "softmax_regression.py", "gru_lyrics": "rnn_hard_version.py"}
HIDDEN = (
    "home/.ssh/id_ed25519",
    "home/.ssh/known_hosts",
    "home/.bash_history",
    "home/.netrc",
    "home/.config/service/token",
    "home/etc/shadow",
)
PROBES = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108  # where attacks leave probes if they can


@dataclass(frozen=True)
class Attack:
    """One hostile submission, with what its author expects."""

    name: str
    family: int
    lab: str
    kind: str  # gain, harm, death, hang or text
    underlying: str  # whether its code without the trick is right or wrong

    @property
    def source(self) -> str:
        """The text, with its placeholders."""
        return (ATTACKS / self.name).read_text("utf-8", "surrogateescape")


def names() -> list[Attack]:
    """Return all attacks, in order of families."""
    return [
        Attack(name, e["family"], e["lab"], e["kind"], e["underlying"])
        for name, e in sorted(EXPECTED.items())
    ]


@dataclass
class Arena:
    """The decoys, and whether they stand as they did."""

    folder: Path
    listener: socket.socket
    abstract: socket.socket
    agent: socket.socket
    decoy: subprocess.Popen[bytes]
    before: dict[str, bytes] = field(default_factory=dict)

    def fill(self, text: str) -> str:
        """Put the decoys' places into an attack's text."""
        places = {
            "SECRET_FILE": self.folder / "secret" / "answers.txt",
            "SECRET_DIR": self.folder / "secret",
            "PORT": self.listener.getsockname()[1],
            "ABSTRACT": self.abstract.getsockname()[1:].decode(),
            "JUDGE_PID": os.getpid(),
            "DECOY_PID": self.decoy.pid,
            "RESULTS": self.folder / "results",
            "REFERENCE": next(iter(gradekit_reference.__path__)) + "/softmax_regression.py",
            "NEIGHBOUR": self.folder / "secret" / "neighbour" / "softmax_regression.py",
        }
        for name, value in places.items():
            text = text.replace(f"@{name}@", str(value))
        return text

    def content(self) -> dict[str, bytes]:
        """Return all files of the arena with their bytes."""
        files = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        return {str(path): path.read_bytes() for path in files}

    def harm(self) -> list[str]:
        """Say what an attack has reached or changed."""
        found = [f"changed: {path}" for path in _changed(self.before, self.content())]
        if self.decoy.poll() is not None:
            found.append("the decoy process was ended")
        for name, sock in (
            ("TCP", self.listener),
            ("abstract", self.abstract),
            ("agent", self.agent),
        ):
            with contextlib.suppress(BlockingIOError):
                sock.accept()
                found.append(f"a connection came in on the {name} socket")
        found += [str(p) for place in PROBES for p in Path(place).glob("gradekit-pwned-*")]
        return found


def _changed(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return [p for p in {**before, **after} if before.get(p) != after.get(p)]


@contextlib.contextmanager
def arena() -> Iterator[Arena]:
    """Put up the decoys, readable for everybody, and take them down."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="arena-")))
        folder.chmod(0o755)
        secret = folder / "secret"
        for name in ("answers.txt", *HIDDEN):
            (secret / name).parent.mkdir(parents=True, exist_ok=True)
            (secret / name).write_text(MARK)
        (secret / "neighbour").mkdir()
        (secret / "neighbour" / "softmax_regression.py").write_text(f"# {MARK}\n")
        (folder / "results").mkdir()
        (folder / "results" / "verdicts.json").write_text("{}")
        sockets = [stack.enter_context(socket.socket()) for _ in range(1)]
        sockets += [stack.enter_context(socket.socket(socket.AF_UNIX)) for _ in range(2)]
        sockets[0].bind(("127.0.0.1", 0))
        sockets[1].bind(f"\0gradekit-arena-{os.getpid()}")
        sockets[2].bind(str(secret / "agent.sock"))
        for sock in sockets:
            sock.listen(8)
            sock.setblocking(False)
        command = [sys.executable, "-c", "import time; time.sleep(3600)", MARK]
        decoy = subprocess.Popen(command)
        stack.callback(decoy.wait)
        stack.callback(decoy.kill)
        made = Arena(folder, *sockets, decoy)
        made.before = made.content()
        yield made


def grade(judge: Judge, arena: Arena, attack: Attack) -> Verdict:
    """Grade an attack; what hangs on purpose gets shorter limits."""
    kept = judge.budget
    judge.budget = SHORT if attack.kind == "hang" else kept
    try:
        return judge.grade(attack.name, {FILES[attack.lab]: arena.fill(attack.source)})
    finally:
        judge.budget = kept
