"""The layers in their order, for the zygote and for each runner."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec

from gradekit.runner.confine import cgroup, kernel, landlock, namespaces, seccomp, view
from gradekit.runner.confine.limits import (
    Limits,
    own_limits,
    own_place,
    own_threads,
    unreadable_without_root,
)
from gradekit.wire.layers import Layer

__all__ = ["Confinement", "Person"]

# Above what distributions give to users and services, below nobody. Two batches at once count the
# processes of their users apart: each zygote has a range of its own.
FIRST_UID, RANGES, RANGE = 61_000, 17, 256
LINUX_ONLY = "only Linux offers this; on another system, grade in a Linux container"

WHAT = {
    "namespaces": "an own space of process ids, and for a normal user an own space of users",
    "view": "a file system that holds libraries alone, read-only",
    "descriptors": "no open file but the line to the judge and the output",
    "session": "an own session without a terminal; ends with the zygote",
    "memory-group": "memory of all its processes by cgroup v2",
    "runner-namespaces": "per submission: process ids, mounts, network, IPC, host name",
    "user": "a user that owns nothing, without capabilities",
    "limits": "CPU seconds, address space, file size, open files, processes",
    "privileges": "set-user-id programs are harmless",
    "files": "Landlock: no file outside the view and the scratch, no TCP, no signal out",
    "system-calls": "seccomp: no new process, socket, trace, mount, key, io_uring or bpf",
}
ADVICE = {
    "namespaces": "allow user namespaces (sysctl user.max_user_namespaces, and on Ubuntu"
    " kernel.apparmor_restrict_unprivileged_userns=0), or grade as root",
    "memory-group": cgroup.ADVICE,
    "files": "boot a kernel of 5.13 or later with landlock in its list of LSMs",
    "system-calls": "install libseccomp2 (Debian, Ubuntu) or libseccomp (Fedora)",
}


@dataclass(frozen=True)
class Person:
    """Which runner this is."""

    slot: int  # as root, runners of different slots are different users
    scratch: str
    group: str  # its cgroup's name, where there are cgroups


@dataclass
class Confinement:
    """What the zygote knows of its own confinement, and does to the runners that it forks."""

    limits: Limits = field(default_factory=Limits)
    wanted: bool = True
    off: dict[str, str] = field(default_factory=dict)  # layer -> why it does not hold
    inside: bool = False  # in own namespaces, with the view
    home: int = -1  # our own namespace of process ids
    proc: int = -1  # the folder /proc, which the view does not have
    groups: cgroup.Groups | None = None
    readable: list[str] = field(default_factory=list)  # where the view does not hold
    folder: str = ""  # likewise: where runners have their scratch
    program: bytes = b""  # seccomp's
    keep_reading: bool = False  # the interpreter lies where only root may read
    threads_before: int = 0
    family: set[int] = field(default_factory=set)
    first_uid: int = FIRST_UID

    @classmethod
    def begin(cls, *, wanted: bool) -> Confinement:
        """Enter namespaces where they can be had; call it before any thread exists."""
        self = cls(wanted=wanted, family={os.getpid(), os.getppid()})
        self.first_uid += os.getpid() % RANGES * RANGE
        if not wanted:
            bare = set(WHAT) - {"descriptors", "session"}
            self.off = dict.fromkeys(bare, "isolation 'none' was asked for")
            return self
        if sys.platform != "linux":
            linux = set(WHAT) - {"descriptors", "session", "limits"}
            self.off = dict.fromkeys(linux, LINUX_ONLY)
            return self
        self._try("memory-group", self._open_groups)
        problem = namespaces.offered()
        if problem:
            for name in ("namespaces", "view", "runner-namespaces"):
                self.off[name] = problem
        else:
            namespaces.enter()
            self.inside = True
        return self

    def _open_groups(self) -> None:
        self.groups = cgroup.Groups(_out_of_the_way(cgroup.Groups.open(self.family).folder))

    def _try(self, name: str, step: Callable[[], None]) -> None:
        try:
            step()
        except OSError as error:
            self.off[name] = error.strerror or str(error)

    def settle(self, paths: Sequence[str], own: set[str]) -> None:
        """Prepare all that runners share, once everything is imported.

        paths: sys.path. own: top-level packages that no runner may read.
        Raises: OSError when a layer fails that held in the trial.
        """
        if not self.wanted or sys.platform != "linux":
            return
        folders, secret = view.libraries(paths), view.hidden(paths, own)
        root = os.geteuid() == 0
        parents = not self.inside
        self.keep_reading = root and unreadable_without_root(folders, with_parents=parents)
        self.threads_before = 0 if root or self.inside else own_threads()
        self._try("system-calls", self._compile)
        if self.inside:
            self.home = _out_of_the_way(os.open("/proc/self/ns/pid", os.O_RDONLY))
            self.proc = _out_of_the_way(os.open("/proc", os.O_PATH))
            view.build(folders, secret)
        else:
            self.readable = view.readable(folders, secret)
            self._try("files", lambda: os.close(landlock.ruleset(self._rules())))

    def _compile(self) -> None:
        self.program = seccomp.compiled(own_files=self.inside)

    def _rules(self, *writable: str) -> list[tuple[str, int]]:
        both = landlock.READ | landlock.WRITE
        readable = ["/"] if self.inside else self.readable
        return [
            *((path, landlock.READ) for path in readable),
            *((path, both) for path in (*writable, "/dev/null")),
        ]

    # In the zygote, around each fork.

    def scratch(self, slot: int) -> str:
        """Return the folder that the next runner works in."""
        if self.inside:
            return view.SCRATCH
        self.folder = self.folder or tempfile.mkdtemp(prefix="gradekit-")
        os.chmod(self.folder, 0o711)  # noqa: S103  # runners may be other users
        place = os.path.join(self.folder, str(slot))
        shutil.rmtree(place, ignore_errors=True)
        os.makedirs(place, mode=0o700, exist_ok=True)
        return place

    def overfull(self, person: Person) -> bool:
        """Tell whether a runner has filled its scratch, where no own file system ends that."""
        size = count = 0
        for root, _, files in os.walk(person.scratch) if not self.inside else ():
            for name in files:
                with contextlib.suppress(OSError):
                    size += os.lstat(os.path.join(root, name)).st_blocks * 512
                count += 1
            if count > self.limits.scratch_files or size > self.limits.scratch_mib << 20:
                return True
        return False

    def close(self) -> None:
        """Leave nothing behind."""
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def fork(self, person: Person) -> int:
        """Fork; the child is the first process of its own namespace where that can be."""
        if self.groups is not None:
            self.groups.make(person.group, self.limits.memory_mib, self.limits.processes)
        if not self.inside:
            return os.fork()
        kernel.unshare(kernel.NEWPID)
        pid = os.fork()
        if pid:
            kernel.setns(self.home, kernel.NEWPID)
        return pid

    # In the child.

    def apply(self, person: Person, *, trial: bool = False) -> None:
        """Apply all layers that held in the trial.

        Raises: OSError when one of them fails; in the trial itself it is noted as off.
        """
        for name, layer in self._runner_layers():
            if name in self.off:
                continue
            try:
                layer(person)
            except OSError as error:
                if not trial:
                    raise
                self.off[name] = error.strerror or str(error)
        own_place(person.scratch)

    def _runner_layers(self) -> list[tuple[str, Callable[[Person], None]]]:
        return [
            ("session", self._own_session),
            ("memory-group", self._join_group),
            ("runner-namespaces", self._own_namespaces),
            ("user", self._own_user),
            ("descriptors", self._close),
            ("limits", self._own_limits),
            ("privileges", self._no_new_privileges),
            ("files", self._files),
            ("system-calls", self._system_calls),
        ]

    def _own_session(self, person: Person) -> None:
        os.setsid()
        if sys.platform == "linux":
            kernel.prctl(kernel.SET_PDEATHSIG, signal.SIGKILL)

    def _join_group(self, person: Person) -> None:
        if self.groups is not None:
            self.groups.join(person.group)

    def _own_namespaces(self, person: Person) -> None:
        namespaces.own_namespaces()
        uid = self.first_uid + person.slot if os.geteuid() == 0 else os.geteuid()
        namespaces.fill_scratch(self.limits.scratch_mib, self.limits.scratch_files, uid)

    def _own_user(self, person: Person) -> None:
        if os.geteuid() == 0:
            self._other_user(person)
        elif self.inside:
            namespaces.own_user(self.proc)
            kernel.capabilities(0)
        else:
            raise OSError(0, "only root, or namespaces, can make a runner somebody else")
        kernel.prctl(kernel.SET_PDEATHSIG, signal.SIGKILL)  # changing the user cleared it

    def _other_user(self, person: Person) -> None:
        uid = self.first_uid + person.slot
        if not self.inside:
            os.chown(person.scratch, uid, uid)
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        kernel.prctl(kernel.SET_KEEPCAPS, 1)
        os.setresuid(uid, uid, uid)
        kernel.capabilities(1 << kernel.CAP_DAC_READ_SEARCH if self.keep_reading else 0)

    def _close(self, person: Person) -> None:
        """Keep input, output, errors and the data socket, which is 3."""
        os.closerange(4, 4096)

    def _own_limits(self, person: Person) -> None:
        own_limits(self.limits, self.threads_before)

    def _no_new_privileges(self, person: Person) -> None:
        kernel.prctl(kernel.SET_NO_NEW_PRIVS, 1)

    def _files(self, person: Person) -> None:
        rules = landlock.ruleset(self._rules(person.scratch))
        landlock.restrict(rules)
        os.close(rules)

    def _system_calls(self, person: Person) -> None:
        seccomp.install(seccomp.own_signals())
        seccomp.install(self.program)

    def layers(self) -> list[Layer]:
        """Return what holds and what does not, and why."""
        return [
            Layer(
                name, what, self.off.get(name, ""), ADVICE.get(name, "") if name in self.off else ""
            )
            for name, what in WHAT.items()
        ]

    def try_on(self) -> None:
        """Fork a runner that applies every layer, says which do not hold, and ends."""
        read, write = os.pipe()
        person = Person(slot=0, scratch=self.scratch(0), group="gradekit-trial")
        pid = self.fork(person)
        if pid == 0:
            self._trial(person, write)
        os.close(write)
        with os.fdopen(read, "rb") as stream:
            said = stream.read()
        os.waitpid(pid, 0)
        if self.groups is not None:
            self.groups.remove(person.group)
        if not said:
            raise OSError(0, "a first runner ended before it could say which layers hold")
        self.off = msgspec.json.decode(said, type=dict[str, str])

    def _trial(self, person: Person, write: int) -> None:
        try:
            os.dup2(write, 3)
            self.apply(person, trial=True)
            os.write(3, msgspec.json.encode(self.off))
        finally:
            os._exit(0)


def _out_of_the_way(fd: int) -> int:
    """Return the same under a number that no runner's input, output or line to the judge takes."""
    try:
        return fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 64)
    finally:
        os.close(fd)
