"""Memory and process counts by cgroup v2, where this process may make groups of its own.

A group can't hold processes and hand controllers down at once, so the processes of the group
that gradekit was started in move into a leaf; that is done only where they are all gradekit's
own, as under `systemd-run --user --scope -p Delegate=yes gradekit …`.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Groups"]

MOUNTS = ("/sys/fs/cgroup", "/sys/fs/cgroup/unified")
ADVICE = "start gradekit by: systemd-run --user --scope -p Delegate=yes gradekit …"


@dataclass
class Groups:
    """A place below which each runner gets a group; held by a descriptor, as the view hides it."""

    folder: int

    @classmethod
    def open(cls, family: set[int], mounts: tuple[str, ...] = MOUNTS) -> Groups:
        """Return the groups of this machine.

        family: the process ids that may be moved: gradekit's own.
        Raises: OSError with the reason where there are none to be had.
        """
        place = _own_group(mounts)
        offered = (place / "cgroup.controllers").read_text().split()
        if "memory" not in offered:
            raise OSError(0, f"no memory controller is delegated to {place}")
        living = {int(pid) for pid in (place / "cgroup.procs").read_text().split()}
        if not living <= family:
            raise OSError(0, f"{place} holds processes other than gradekit's")
        leaf = place / "gradekit-itself"
        leaf.mkdir(exist_ok=True)
        for pid in sorted(living):
            (leaf / "cgroup.procs").write_text(str(pid))
        wanted = "+memory +pids" if "pids" in offered else "+memory"
        (place / "cgroup.subtree_control").write_text(wanted)
        return cls(os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))

    def make(self, name: str, memory_mib: int, processes: int) -> None:
        """Make a group with these limits, without swap."""
        os.mkdir(name, dir_fd=self.folder)
        self._write(name, "memory.max", str(memory_mib << 20))
        for file, text in (("memory.swap.max", "0"), ("pids.max", str(processes))):
            with contextlib.suppress(FileNotFoundError):  # a controller that is not there
                self._write(name, file, text)

    def join(self, name: str) -> None:
        """Move this process into a group."""
        self._write(name, "cgroup.procs", "0")

    def remove(self, name: str) -> None:
        """Take a group away whose processes are gone."""
        with contextlib.suppress(OSError):
            os.rmdir(name, dir_fd=self.folder)

    def _write(self, group: str, file: str, text: str) -> None:
        fd = os.open(f"{group}/{file}", os.O_WRONLY, dir_fd=self.folder)
        try:
            os.write(fd, text.encode())
        finally:
            os.close(fd)


def _own_group(mounts: tuple[str, ...]) -> Path:
    """Return the folder of the cgroup v2 that this process is in."""
    lines = Path("/proc/self/cgroup").read_text().splitlines()
    inside = next((line.removeprefix("0::/") for line in lines if line.startswith("0::")), None)
    if inside is None:
        raise OSError(0, "this machine has no cgroup v2")
    for mount in mounts:
        place = Path(mount) / inside
        if (place / "cgroup.controllers").is_file():
            return place
    raise OSError(0, "cgroup v2 is not mounted here")
