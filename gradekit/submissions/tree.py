"""One face for files, folders and zips: a tree of named files that can be read.

A zip is read in memory, under caps on members and bytes; names with '..' or a root, links and
devices are left out, so nothing is ever written.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from gradekit.errors import SubmissionError

__all__ = ["SUFFIXES", "Leaf", "Tree", "tree_of"]

SUFFIXES = (".py", ".ipynb", ".zip")
MAX_BYTES = 4 << 20
MAX_ZIP = 512 << 20  # a whole class in one archive
MAX_UNPACKED = 64 << 20  # what one archive may hold, archives in it included
MAX_MEMBERS = 5000
MAX_DEPTH = 8
NOISE = ("__MACOSX", "__pycache__")


@dataclass(frozen=True)
class Leaf:
    """One file: its name, and its bytes or where they are."""

    name: str
    path: Path | None = None
    data: bytes = b""
    packed: float | None = None  # the date in the archive, in seconds since 1970

    @property
    def suffix(self) -> str:
        """The lower-case ending."""
        return Path(self.name).suffix.lower()

    @property
    def handed_in(self) -> float | None:
        """When the file was last written, in seconds since 1970; None where nobody knows."""
        if self.path is None:
            return self.packed
        try:
            return self.path.stat().st_mtime
        except OSError:
            return None

    def read(self, limit: int = MAX_BYTES) -> bytes:
        """Return the content.

        Raises: SubmissionError when it is too large or can't be read.
        """
        if self.path is None:
            return self.data
        try:
            if self.path.stat().st_size > limit:
                raise SubmissionError(f"{self.name} is larger than {limit >> 20} MiB")
            return self.path.read_bytes()
        except OSError as error:
            raise SubmissionError(f"{self.name} can't be read: {error.strerror}") from error


@dataclass
class Purse:
    """How many bytes an archive may still unfold to."""

    left: int = MAX_UNPACKED

    def take(self, count: int, name: str) -> None:
        """Spend bytes; SubmissionError when there are too few left."""
        self.left -= count
        if self.left < 0:
            raise SubmissionError(f"{name} unpacks to more than {MAX_UNPACKED >> 20} MiB")


@dataclass
class Tree:
    """A folder: its name, its files and its folders, in order of names."""

    name: str
    files: list[Leaf] = field(default_factory=list)
    folders: list[Tree] = field(default_factory=list)
    problem: str = ""

    def walk(self) -> Iterator[Leaf]:
        """Yield all files below."""
        yield from self.files
        for folder in self.folders:
            yield from folder.walk()

    def problems(self) -> Iterator[str]:
        """Yield what could not be read below."""
        if self.problem:
            yield self.problem
        for folder in self.folders:
            yield from folder.problems()


def tree_of(path: Path, depth: int = 0) -> Tree:
    """Return a folder's tree; zips in it are folders.

    Raises: OSError when the folder itself can't be read; one below has a `problem`.
    """
    tree = Tree(path.name)
    try:
        _fill(tree, path, depth)
    except OSError as error:
        if depth == 0:
            raise
        tree.problem = f"{path.name} can't be read: {error.strerror}"
    return tree


def _fill(tree: Tree, path: Path, depth: int) -> None:
    for entry in sorted(path.iterdir(), key=lambda p: p.name):
        if entry.name.startswith(".") or entry.name in NOISE or entry.is_symlink():
            continue
        if entry.is_dir() and depth < MAX_DEPTH:
            tree.folders.append(tree_of(entry, depth + 1))
        elif entry.is_file():
            _add(tree, Leaf(entry.name, entry), depth)


def _add(tree: Tree, leaf: Leaf, depth: int, purse: Purse | None = None) -> None:
    if leaf.suffix == ".zip" and depth < MAX_DEPTH:
        tree.folders.append(zip_tree(leaf, depth + 1, purse))
    elif leaf.suffix in SUFFIXES:
        tree.files.append(leaf)


def zip_tree(leaf: Leaf, depth: int = 0, purse: Purse | None = None) -> Tree:
    """Return a zip's tree; what is wrong with the zip is its `problem`."""
    tree, purse = Tree(leaf.name), purse or Purse()
    try:
        with zipfile.ZipFile(io.BytesIO(leaf.read(MAX_ZIP))) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise SubmissionError(f"{leaf.name} holds more than {MAX_MEMBERS} files")
            for member in sorted(members, key=_decoded):
                _add_member(tree, archive, member, depth, purse)
    except SubmissionError as error:
        tree.problem = str(error)
    except Exception as error:  # noqa: BLE001  # a damaged archive may raise whatever its codec does
        tree.problem = f"{leaf.name} is no zip that can be read: {error}"
    return tree


def _decoded(member: zipfile.ZipInfo) -> str:
    """Return a member's name; old tools write GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gbk")
    except UnicodeError:
        return member.filename


def _add_member(
    tree: Tree, archive: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int, purse: Purse
) -> None:
    name = PurePosixPath(_decoded(member).replace("\\", "/"))
    hidden = any(part.startswith(".") or part in NOISE for part in name.parts)
    if member.is_dir() or hidden or name.is_absolute() or member.external_attr >> 28 == 0xA:
        return
    if name.suffix.lower() not in SUFFIXES or len(name.parts) > MAX_DEPTH:
        return
    if member.file_size > MAX_BYTES:
        raise SubmissionError(f"{name.name} in {tree.name} is larger than {MAX_BYTES >> 20} MiB")
    with archive.open(member) as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SubmissionError(f"{name.name} in {tree.name} is larger than it says")
    purse.take(len(data), tree.name)
    place = tree
    for part in name.parts[:-1]:
        place = next((f for f in place.folders if f.name == part), None) or _new(place, part)
    taken = {leaf.name for leaf in place.files}
    if name.name not in taken:  # of two members with one name, the first
        _add(place, Leaf(name.name, data=data, packed=_packed(member)), depth, purse)


def _packed(member: zipfile.ZipInfo) -> float | None:
    """Return a member's date; an archive holds local times without a zone."""
    try:
        return datetime(*member.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return None


def _new(place: Tree, name: str) -> Tree:
    folder = Tree(name)
    place.folders.append(folder)
    return folder
