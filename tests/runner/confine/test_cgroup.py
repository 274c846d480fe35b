"""Groups of processes, on a folder that looks like one, and on the machine's own where it can."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gradekit.runner.confine import cgroup
from gradekit.runner.confine.cgroup import Groups

READ_TEXT = Path.read_text


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that sets what /proc/self/cgroup says."""

    def put(text: str) -> None:
        def read(self: Path, *args: str, **kwargs: str) -> str:
            return text if str(self) == "/proc/self/cgroup" else READ_TEXT(self, *args, **kwargs)

        monkeypatch.setattr(Path, "read_text", read)

    return put


@pytest.fixture
def place(tmp_path: Path, says: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that looks like the group this process is in, with this process alone."""
    says("1:name=systemd:/\n0::/user.slice/one.scope\n")
    made = tmp_path / "user.slice" / "one.scope"
    made.mkdir(parents=True)
    (made / "cgroup.controllers").write_text("cpu memory pids\n")
    (made / "cgroup.procs").write_text(f"{os.getpid()}\n")
    (made / "cgroup.subtree_control").write_text("")
    mkdir, opened = os.mkdir, os.open

    def with_files(name: str, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
        mkdir(name, mode, dir_fd=dir_fd)
        if dir_fd is not None:  # the kernel puts these into each new group
            for file in ("memory.max", "memory.swap.max", "pids.max", "cgroup.procs"):
                os.close(opened(f"{name}/{file}", os.O_CREAT | os.O_WRONLY, 0o644, dir_fd=dir_fd))

    monkeypatch.setattr(os, "mkdir", with_files)
    return made


@pytest.fixture
def groups(place: Path, tmp_path: Path) -> Iterator[Groups]:
    """Give the groups of that folder."""
    made = Groups.open({os.getpid()}, (str(tmp_path),))
    yield made
    os.close(made.folder)


def refusal(tmp_path: Path, family: set[int]) -> str:
    """Return why there are no groups."""
    with pytest.raises(OSError) as caught:  # noqa: PT011  # the text is what is tested
        Groups.open(family, (str(tmp_path),))
    return str(caught.value.strerror)


def test_a_machine_with_the_first_version_alone_has_none(
    says: Callable[[str], None], tmp_path: Path
) -> None:
    """Its file names controllers, and no group of the second version."""
    says("4:memory:/x\n1:name=systemd:/\n")
    assert refusal(tmp_path, {os.getpid()}) == "this machine has no cgroup v2"


def test_a_group_that_is_not_mounted_is_none(says: Callable[[str], None], tmp_path: Path) -> None:
    """What the kernel names must be a folder, too."""
    says("0::/elsewhere\n")
    assert refusal(tmp_path, {os.getpid()}) == "cgroup v2 is not mounted here"


def test_without_a_memory_controller_there_are_none(place: Path, tmp_path: Path) -> None:
    """The reason names the group."""
    (place / "cgroup.controllers").write_text("cpu pids\n")
    text = refusal(tmp_path, {os.getpid()})
    assert text == f"no memory controller is delegated to {place}"


def test_processes_of_others_are_not_moved(place: Path, tmp_path: Path) -> None:
    """A group that holds a shell as well is left as it is."""
    (place / "cgroup.procs").write_text(f"{os.getpid()}\n999999\n")
    assert "processes other than gradekit's" in refusal(tmp_path, {os.getpid()})
    assert not (place / "gradekit-itself").exists()


def test_the_own_processes_move_into_a_leaf(groups: Groups, place: Path) -> None:
    """Only a group without processes hands controllers down."""
    assert (place / "gradekit-itself" / "cgroup.procs").read_text() == str(os.getpid())
    assert (place / "cgroup.subtree_control").read_text() == "+memory +pids"


def test_a_missing_controller_of_processes_is_not_asked_for(place: Path, tmp_path: Path) -> None:
    """Memory alone is worth having."""
    (place / "cgroup.controllers").write_text("memory\n")
    os.close(Groups.open({os.getpid()}, (str(tmp_path),)).folder)
    assert (place / "cgroup.subtree_control").read_text() == "+memory"


def test_a_group_gets_its_limits(groups: Groups, place: Path) -> None:
    """Memory in bytes, no swap, so many processes."""
    groups.make("one", 3, 7)
    texts = [(place / "one" / f).read_text() for f in ("memory.max", "memory.swap.max", "pids.max")]
    assert texts == [str(3 << 20), "0", "7"]


def test_a_limit_on_memory_is_not_optional(groups: Groups, monkeypatch: pytest.MonkeyPatch) -> None:
    """A group whose memory can't be bounded is an error, not a group without a bound."""
    opened = os.open

    def without_memory(path: str, *args: int, **kwargs: int) -> int:
        if path.endswith("memory.max"):
            raise FileNotFoundError(path)
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", without_memory)
    with pytest.raises(FileNotFoundError):
        groups.make("one", 3, 7)


def test_swap_may_be_missing(groups: Groups, monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """A kernel without swap has no such file; the other limits are set."""
    opened = os.open

    def without_swap(path: str, *args: int, **kwargs: int) -> int:
        if path.endswith("memory.swap.max"):
            raise FileNotFoundError(path)
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", without_swap)
    groups.make("one", 3, 7)
    assert (place / "one" / "pids.max").read_text() == "7"


def test_joining_moves_the_process_that_joins(groups: Groups, place: Path) -> None:
    """Zero is the kernel's word for whoever writes it."""
    groups.make("one", 3, 7)
    groups.join("one")
    assert (place / "one" / "cgroup.procs").read_text() == "0"


def test_removing_a_group_twice_is_no_error(groups: Groups) -> None:
    """It may be gone, or hold a process that is ending."""
    groups.remove("never-made")


def _delegated() -> Path:
    """Return this process's own group where it hands memory down; skips where there is none."""
    try:
        place = cgroup._own_group(cgroup.MOUNTS)
    except OSError as error:
        pytest.skip(f"no cgroup v2: {error.strerror}")
    handed_down = (place / "cgroup.subtree_control").read_text().split()
    if "memory" not in handed_down or not os.access(place, os.W_OK):
        pytest.skip(f"{place} hands no memory controller down to groups that we could make")
    return place


@contextlib.contextmanager
def _temporary(place: Path) -> Iterator[Path]:
    made = place / f"gradekit-test-{os.getpid()}"
    made.mkdir()
    try:
        yield made
    finally:
        for group in (*made.iterdir(), made):
            if group.is_dir():
                with contextlib.suppress(OSError):
                    group.rmdir()


def test_memory_over_the_limit_ends_a_real_process() -> None:
    """A process that takes 256 MiB lives outside and is killed in a group of 64."""
    with _temporary(_delegated()) as made:
        (made / "cgroup.subtree_control").write_text("+memory")
        groups = Groups(os.open(made, os.O_RDONLY | os.O_DIRECTORY))
        groups.make("one", 64, 8)
        ends = [_takes_much(join) for join in (lambda: None, lambda: groups.join("one"))]
        for _ in range(100):
            groups.remove("one")
            if not (made / "one").exists():
                break
            time.sleep(0.02)
        os.close(groups.folder)
    assert ends == [0, -signal.SIGKILL]


def _takes_much(first: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        try:
            first()
            assert len(b"x" * (256 << 20))
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
