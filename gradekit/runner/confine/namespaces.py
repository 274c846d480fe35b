"""Namespaces of Linux: for the zygote once, and for each runner."""

from __future__ import annotations

import json
import os
import signal

from gradekit.runner.confine import kernel, view

__all__ = ["enter", "fill_scratch", "offered", "own_namespaces", "own_user"]

INNER_ID = 1000  # what a normal user is called inside; not 0, whose processes no limit counts


def own_user(proc: int | None = None) -> None:
    """Leave for a user namespace, in which this process may do what root may.

    proc: a descriptor of the folder /proc, where the root has none.
    """
    uid, gid = os.geteuid(), os.getegid()
    kernel.unshare(kernel.NEWUSER)
    _tell(proc, "setgroups", "deny")
    _tell(proc, "uid_map", f"{INNER_ID} {uid} 1")
    _tell(proc, "gid_map", f"{INNER_ID} {gid} 1")


def _tell(proc: int | None, name: str, text: str) -> None:
    path = f"/proc/self/{name}" if proc is None else f"self/{name}"
    fd = os.open(path, os.O_WRONLY, dir_fd=proc)
    try:
        os.write(fd, text.encode())
    finally:
        os.close(fd)


def offered() -> str:
    """Return why namespaces can't be had here, '' when they can: a child tries and ends.

    What a machine says of itself (sysctls, capabilities) and what it does are two things.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        problem = "the trial ended early"
        try:
            if os.geteuid() != 0:
                own_user()
            kernel.unshare(kernel.NEWPID)
            view.build([], [])
            own_namespaces()
            problem = ""
        except OSError as error:
            problem = error.strerror or str(error)
        finally:
            os.write(write, json.dumps(problem).encode())
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as stream:
        text = stream.read()
    os.waitpid(child, 0)
    return str(json.loads(text or '"the trial was killed"'))


def enter() -> None:
    """Go on as the first process of own namespaces; whoever called this waits outside.

    Raises: OSError where `offered` would have said so.
    """
    if os.geteuid() != 0:
        own_user()
    kernel.unshare(kernel.NEWPID)
    child = os.fork()
    if child:
        _wait_for(child)
    kernel.prctl(kernel.SET_PDEATHSIG, signal.SIGKILL)


def _wait_for(child: int) -> None:
    """Hold nothing, and end when the child does; all that runs in the namespaces ends with it."""
    os.closerange(3, 4096)
    _, status = os.waitpid(child, 0)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def own_namespaces() -> None:
    """Leave the zygote's mounts, network, IPC objects and host name for own ones."""
    kernel.unshare(kernel.NEWNS | kernel.NEWNET | kernel.NEWIPC | kernel.NEWUTS)
    kernel.sethostname("gradekit")


def fill_scratch(mib: int, files: int, uid: int) -> None:
    """Mount an own, small, writable folder, gone with its namespace."""
    options = f"size={mib}m,nr_inodes={files},mode=700,uid={uid},gid={uid}"
    flags = kernel.NOSUID | kernel.NODEV | kernel.NOEXEC
    kernel.mount("tmpfs", view.SCRATCH, "tmpfs", flags, options)
