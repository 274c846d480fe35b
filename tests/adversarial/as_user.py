"""Run a command as a normal user, on a machine where everything belongs to root.

    python tests/adversarial/as_user.py [--without-namespaces] COMMAND...

Folders on the way to the interpreter and to this checkout that are closed to others are replaced,
in a mount namespace of this command alone, by ones that hold just what is needed; nothing changes
outside. `--without-namespaces` plays a machine that allows normal users no namespaces.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a process with threads can't enter namespaces

from gradekit.runner.confine import kernel

USER = 4242  # nobody's
ROOT = Path(__file__).parents[2]


def main() -> None:
    """Fork: the child becomes the user, then the command; the parent waits and tidies up."""
    arguments = sys.argv[1:]
    bare = arguments[:1] == ["--without-namespaces"]
    command = arguments[bare:]
    if os.geteuid() != 0 or not command:
        raise SystemExit(__doc__)
    home = tempfile.mkdtemp(prefix="as-user-")
    os.chown(home, USER, USER)
    if child := os.fork():
        _, status = os.waitpid(child, 0)
        shutil.rmtree(home, ignore_errors=True)
        sys.exit(os.waitstatus_to_exitcode(status))
    kernel.unshare(kernel.NEWNS)
    kernel.mount("", "/", "", kernel.REC | kernel.PRIVATE)
    needed = {os.path.realpath(path) for path in (sys.base_prefix, sys.prefix, ROOT)}
    for closed in sorted({folder for path in needed if (folder := _closed(Path(path)))}):
        _replace(closed, sorted(path for path in needed if path.startswith(f"{closed}/")))
    os.environ.update(HOME=home, TMPDIR=home, PYTHONDONTWRITEBYTECODE="1")
    _become(bare)
    os.execvp(command[0], command)  # noqa: S606  # a command line that is given as one


def _closed(path: Path) -> str:
    """Return the first folder on the way to a path that others may not pass, '' for none."""
    for folder in [*reversed(path.parents), path]:
        if not folder.stat().st_mode & 0o001:
            return str(folder)
    return ""


def _replace(closed: str, inside: list[str]) -> None:
    """Mount an open folder in the place of a closed one, with what is needed of it."""
    aside = tempfile.mkdtemp(prefix="as-user-")
    kernel.mount("tmpfs", aside, "tmpfs", 0, "mode=755")
    for number, path in enumerate(inside):
        (Path(aside) / str(number)).mkdir()
        kernel.mount(path, f"{aside}/{number}", "", kernel.BIND | kernel.REC)
    kernel.mount("tmpfs", closed, "tmpfs", 0, "mode=755")
    for number, path in enumerate(inside):
        Path(path).mkdir(parents=True, exist_ok=True)
        kernel.mount(f"{aside}/{number}", path, "", kernel.BIND | kernel.REC)
    kernel.umount(aside)
    os.rmdir(aside)


def _become(bare: bool) -> None:
    """Drop to the user; in a user namespace that allows no further ones where that is asked."""
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    if bare:
        kernel.prctl(kernel.SET_KEEPCAPS, 1)
    os.setresuid(USER, USER, USER)
    kernel.prctl(kernel.SET_DUMPABLE, 1)  # else /proc/self would be root's
    if not bare:
        return
    kernel.unshare(kernel.NEWUSER)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{USER} {USER} 1"),
        ("gid_map", f"{USER} {USER} 1"),
    ):
        Path(f"/proc/self/{name}").write_text(text)
    Path("/proc/sys/user/max_user_namespaces").write_text("0")
    kernel.capabilities(0)


if __name__ == "__main__":
    main()
