"""What a runner may use, and that nothing of it is left."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gradekit.judge.grade import Judge
from gradekit.judge.session import Ask, Session
from gradekit.judge.verdict import Verdict
from gradekit.judge.watch import Budget
from gradekit.lab import Part
from gradekit.wire.values import Failure, Value

Grade = Callable[[str], Verdict]


@pytest.fixture
def part(softmax_judge: Judge) -> Part:
    """Return the part that calls softmax(X)."""
    return softmax_judge.lab.part("softmax")


def ask(judge: Judge, part: Part, body: str, cases: int = 1) -> list[Value]:
    """Return what comes back when softmax(X) has this body."""
    source = f"import os, sys, threading, time, torch\ndef softmax(X):\n    {body}\n"
    session = Session(judge.client, {"s.py": source}, "s.py", Budget(cpu_s=2.0, wall_s=4.0))
    try:
        session.start()
        return session.ask(part, part.examples[:cases], Ask())
    finally:
        session.close()


def text_of(value: Value) -> str:
    """Return a failure's text; fails where the call succeeded."""
    assert isinstance(value, Failure), value
    return str(value)


def test_a_busy_loop_ends_with_its_cpu_time(softmax_judge: Judge, part: Part) -> None:
    """The limit is the runner's own CPU time; the cases after it fail unasked."""
    values = ask(softmax_judge, part, "while True: pass", cases=3)
    assert all("2 s of CPU time" in text_of(value) for value in values)


def test_a_sleeping_call_ends_with_the_clock(softmax_judge: Judge, part: Part) -> None:
    """Code that only waits is ended by the judge's clock."""
    assert "within 4 s" in text_of(ask(softmax_judge, part, "time.sleep(600)")[0])


def test_memory_is_bounded(softmax_judge: Judge, part: Part) -> None:
    """Forty gigabytes are refused, in words."""
    text = text_of(ask(softmax_judge, part, "return torch.ones(10_000_000_000)")[0])
    assert "memory" in text.lower() or "alloc" in text.lower()


def test_files_are_bounded(softmax_judge: Judge, part: Part) -> None:
    """A file can't grow without end."""
    body = "open('big', 'wb').write(bytes(64 << 20)); return X"
    value = ask(softmax_judge, part, body)[0]
    assert "File too large" in text_of(value) or "SIGXFSZ" in text_of(value)


def test_processes_are_bounded(softmax_judge: Judge, part: Part) -> None:
    """A runner can't start hundreds of processes."""
    body = "[os.fork() or time.sleep(9) for _ in range(500)]; return X"
    text = text_of(ask(softmax_judge, part, body)[0])
    assert "BlockingIOError" in text or "PermissionError" in text
    body = "[threading.Thread(target=time.sleep, args=(9,)).start() for _ in range(500)]; return X"
    assert "can't start new thread" in text_of(ask(softmax_judge, part, body)[0])


def test_daemons_do_not_survive(softmax_judge: Judge, part: Part) -> None:
    """A process that left the runner's session is gone when the runner is."""
    body = "(os.fork() == 0) and (os.setsid(), os.fork(), time.sleep(600)); return X"
    ask(softmax_judge, part, body)
    assert softmax_judge.client.exits == {}  # the zygote's word: all of it is gone
    parents = {
        int(p.parent.name): _parent(p)
        for p in Path("/proc").glob("[0-9]*/cmdline")
        if _is_runner(p)
    }
    outside = {pid for pid, parent in parents.items() if parent == os.getpid()}
    zygotes = {pid for pid, parent in parents.items() if parent in outside}
    assert zygotes, "in namespaces, a zygote is the child of one that waits outside"
    assert [pid for pid, parent in parents.items() if parent in {*zygotes, 1}] == []


def _is_runner(cmdline: Path) -> bool:
    try:
        return b"gradekit.runner" in cmdline.read_bytes()
    except OSError:
        return False


def _parent(cmdline: Path) -> int:
    text = (cmdline.parent / "stat").read_text()
    return int(text.rsplit(")", 1)[1].split()[1])


def test_a_runner_knows_no_secret(softmax_judge: Judge, part: Part) -> None:
    """No reference, mistake or judge is in its memory of modules, and none can be imported."""
    names = "('gradekit_reference', 'mistakes', 'gradekit.judge', 'properties', 'hypothesis')"
    body = f"raise RuntimeError([m for m in sys.modules if any(n in m for n in {names})])"
    assert "RuntimeError: []" in text_of(ask(softmax_judge, part, body)[0])
    body = "import gradekit_reference.softmax_regression"
    assert "ModuleNotFoundError" in text_of(ask(softmax_judge, part, body)[0])


def test_the_environment_says_nothing(softmax_judge: Judge, part: Part) -> None:
    """A runner's environment holds its scratch folder and nothing of ours."""
    body = "raise RuntimeError(sorted(os.environ), os.getcwd() == os.environ['HOME'])"
    text = text_of(ask(softmax_judge, part, body)[0])
    assert "['HOME', 'OMP_NUM_THREADS', 'PATH', 'TMPDIR', 'USER'], True" in text


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give runners a user of their own")
def test_as_root_a_runner_is_somebody_else(softmax_judge: Judge, part: Part) -> None:
    """It can't signal the judge, nor write where root can."""
    body = f"os.kill({os.getpid()}, 0)"
    assert "PermissionError" in text_of(ask(softmax_judge, part, body)[0])
    body = "open('/etc/gradekit-was-here', 'w')"
    text = text_of(ask(softmax_judge, part, body)[0])
    assert "PermissionError" in text or "Read-only file system" in text or "No such file" in text


def test_a_flood_of_output_is_dropped(softmax_judge: Judge, part: Part) -> None:
    """Printing much neither blocks nor fails the call."""
    body = "[print('x' * 1000) for _ in range(3000)]; return X"
    assert not isinstance(ask(softmax_judge, part, body)[0], Failure)


def test_a_huge_message_is_cut(softmax_judge: Judge, part: Part) -> None:
    """An exception's text is cut before it travels."""
    text = text_of(ask(softmax_judge, part, "raise ValueError('x' * 10_000_000)")[0])
    assert len(text) < 4000


def test_a_forged_reply_is_no_answer(softmax_judge: Judge, part: Part) -> None:
    """Bytes written to the data socket by hand fail the call that they answer."""
    value = ask(softmax_judge, part, "os.write(3, b'\\x00' * 64); return X")[0]
    assert "Crashed" in text_of(value)


def test_output_is_a_stream_of_its_own(softmax_judge: Judge, part: Part) -> None:
    """Wherever gradekit's own output goes, a submission's can be configured, and is not lost."""
    body = "sys.stdout.reconfigure(encoding='utf-8'); print('\u4f60\u597d'); return X"
    source = f"import sys\ndef softmax(X):\n    {body}\n"
    session = Session(softmax_judge.client, {"s.py": source}, "s.py", Budget(cpu_s=2.0))
    session.start()
    try:
        [value] = session.ask(part, part.examples[:1], Ask())
    finally:
        session.close()
    assert not isinstance(value, Failure), value
    assert session.printed.decode() == "\u4f60\u597d\n"
