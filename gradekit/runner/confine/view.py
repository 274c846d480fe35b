"""What a runner sees of the file system: libraries, read-only, and a scratch of its own."""

from __future__ import annotations

import os
import site
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from gradekit.runner.confine import kernel

__all__ = ["DEVICES", "SCRATCH", "build", "hidden", "libraries", "own_names", "readable"]

SCRATCH = "/scratch"
SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/share/zoneinfo")
SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/localtime")
DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
# The new root is put together on one of these, whichever holds nothing that is wanted.
MOUNT_POINTS = ("/sys", "/mnt", "/media", "/boot", "/srv")


def libraries(paths: Sequence[str]) -> list[str]:
    """Return the folders among `paths`, and of loaded shared objects, that hold libraries alone.

    The current folder, a checkout or a plugin's folder may be on the path too; their modules are
    imported before runners are forked, and what else lies there is nobody's business.
    """
    prefixes = [Path(p) for p in {sys.prefix, sys.base_prefix, sys.exec_prefix}]
    sites = {*site.getsitepackages(), site.getusersitepackages()}
    found = []
    for name in paths:
        path = Path(name)
        known = name in sites or path.name in ("site-packages", "dist-packages")
        if path.is_dir() and (known or any(path.is_relative_to(p / "lib") for p in prefixes)):
            found.append(str(path))
    found += [str(prefix / "lib") for prefix in prefixes if (prefix / "lib").is_dir()]
    return _outermost([*found, *SYSTEM, *_shared_objects()])


def _shared_objects() -> set[str]:
    """Return the folders that this process's shared objects came from."""
    try:
        maps = Path("/proc/self/maps").read_text("utf-8", "replace")
    except OSError:
        return set()
    files = {line.split(None, 5)[5] for line in maps.splitlines() if line.count("/")}
    return {os.path.dirname(file) for file in files if ".so" in os.path.basename(file)}


def _outermost(paths: Iterable[str]) -> list[str]:
    """Return the paths that lie in none of the others, in order."""
    kept: list[str] = []
    for path in sorted({os.path.normpath(path) for path in paths}):
        if not any(path.startswith(other + "/") for other in kept):
            kept.append(path)
    return kept


def own_names(modules: Iterable[str]) -> set[str]:
    """Return the top-level packages that no runner may read: ours, and those of the labs."""
    return {"gradekit", *(name.partition(".")[0] for name in modules)}


def hidden(paths: Sequence[str], own: set[str]) -> list[str]:
    """Return where on `paths` our own packages and modules lie."""
    found = []
    for path in filter(os.path.isdir, paths):
        for entry in sorted(os.listdir(path)):
            stem = entry.split("-")[0] if entry.endswith("-info") else entry.removesuffix(".py")
            if stem in own:
                found.append(os.path.join(path, entry))
    return found


def readable(folders: Sequence[str], secret: Sequence[str]) -> list[str]:
    """Return the same folders in pieces that leave out what is secret, for Landlock."""
    found = [*SYSTEM_FILES, *DEVICES]
    for folder in folders:
        found += _without(folder, secret)
    return found


def _without(folder: str, secret: Sequence[str]) -> list[str]:
    inside = [path for path in secret if path.startswith(folder + "/")]
    if not inside:
        return [folder]
    found = []
    for entry in sorted(os.listdir(folder)):
        path = os.path.join(folder, entry)
        if path not in inside:
            found += _without(path, inside)
    return found


def build(folders: Sequence[str], secret: Sequence[str]) -> None:
    """Enter a new root that holds these folders, read-only, but for what is secret in them.

    Needs a mount namespace of its own to change, and the right to change it.
    Raises: OSError.
    """
    kernel.unshare(kernel.NEWNS)
    kernel.mount("", "/", "", kernel.REC | kernel.PRIVATE)
    root = _mount_point(folders)
    kernel.mount("tmpfs", root, "tmpfs", kernel.NOSUID | kernel.NODEV, "size=4m,mode=755")
    for path in [*folders, *SYSTEM_FILES, *DEVICES]:
        _show(path, root)
    for path in secret:
        _hide(path, root)
    for path in (SCRATCH, "/proc", "/tmp", "/.old"):  # noqa: S108  # empty folders of the new root
        os.makedirs(root + path, exist_ok=True)
    kernel.pivot_root(root, root + "/.old")
    os.chdir("/")
    kernel.umount("/.old")
    os.rmdir("/.old")
    kernel.mount("", "/", "", kernel.BIND | kernel.REMOUNT | kernel.RDONLY | kernel.NOSUID)


def _mount_point(folders: Sequence[str]) -> str:
    for candidate in MOUNT_POINTS:
        used = any(path == candidate or path.startswith(candidate + "/") for path in folders)
        if os.path.isdir(candidate) and not used:
            return candidate
    raise OSError(0, f"no folder to mount on: none of {', '.join(MOUNT_POINTS)} is there and free")


def _show(path: str, root: str) -> None:
    target = root + path
    if not os.path.lexists(path) or os.path.lexists(target):
        return
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.islink(path):
        os.symlink(os.readlink(path), target)
        return
    if os.path.isdir(path):
        os.makedirs(target, exist_ok=True)
    else:
        os.close(os.open(target, os.O_CREAT, 0o644))
    kernel.mount(path, target, "", kernel.BIND | kernel.REC)
    if path not in DEVICES:
        kernel.seal(target)


def _hide(path: str, root: str) -> None:
    target = root + path
    if os.path.isdir(target):
        flags = kernel.NOSUID | kernel.NODEV | kernel.RDONLY
        kernel.mount("tmpfs", target, "tmpfs", flags, "size=4k,mode=755")
    elif os.path.exists(target):
        kernel.mount("/dev/null", target, "", kernel.BIND)
