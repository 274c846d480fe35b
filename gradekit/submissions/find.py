"""Decide which files are whose, and which of them is the submission."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from gradekit.errors import JudgeError, SubmissionError, UsageError
from gradekit.lab import Lab
from gradekit.submissions.found import Found
from gradekit.submissions.tree import SUFFIXES, Leaf, Tree, tree_of, zip_tree

__all__ = ["Batches", "find_batches"]

Read = Callable[[Leaf], str]
Batches = list[tuple[Lab, list[Found]]]


@dataclass(frozen=True)
class Finder:
    """Finds the submissions of one lab."""

    lab: Lab
    read: Read

    def in_tree(self, tree: Tree) -> list[Found]:
        """Return the submissions in a folder: it is one, or holds one per file or folder."""
        if self._is_one(tree):
            return [self.of_folder(tree)]
        found = [self.of_file(leaf) for leaf in tree.files]
        found += [self.of_folder(folder) for folder in tree.folders if self._counts(folder)]
        return sorted(_told_apart(found), key=lambda item: item.student)

    def _is_one(self, tree: Tree) -> bool:
        """Tell whether a folder is one student's: the lab's file lies in it, alone."""
        exact = [leaf for leaf in tree.files if self._is_exact(leaf)]
        inside = [leaf for folder in tree.folders for leaf in folder.walk()]
        return bool(exact) and len(exact) == len(tree.files) and not inside

    def _counts(self, tree: Tree) -> bool:
        return bool(list(tree.problems())) or bool(list(tree.walk())) or not tree.folders

    def _is_exact(self, leaf: Leaf) -> bool:
        return Path(leaf.name).stem == Path(self.lab.files[0]).stem and leaf.suffix != ".zip"

    def of_file(self, leaf: Leaf) -> Found:
        """Return one file as one student's submission, whatever its name."""
        return self._read(Path(leaf.name).stem, leaf.name, leaf)

    def of_folder(self, tree: Tree) -> Found:
        """Return one student's folder; what can't be decided is its problem."""
        student = tree.name.removesuffix(".zip").removesuffix(".ZIP")
        wanted = self.lab.files[0]
        problems = list(tree.problems())
        if problems:
            return Found(student, tree.name, problem=problems[0], handed_in=_when(tree))
        leaves = list(tree.walk())
        exact = [leaf for leaf in leaves if self._is_exact(leaf)]
        if len(exact) == 1:
            return self._read(student, tree.name, exact[0])
        texts = self._texts(exact or leaves)
        if exact:
            names = ", ".join(sorted({leaf.name for leaf in exact}))
            text = f"hand in one file: {len(exact)} here could be {wanted} (called {names})"
            return Found(student, tree.name, texts, text, _when(tree))
        if not leaves:
            text = f"there is no file {wanted}, nor any other {', '.join(SUFFIXES)}"
            return Found(student, tree.name, {}, text)
        near = get_close_matches(wanted, [leaf.name for leaf in leaves], n=1, cutoff=0.5)
        names = ", ".join(leaf.name for leaf in leaves[:5])
        hint = f"{near[0]} is there: did you mean {wanted}?" if near else f"found: {names}"
        return Found(student, tree.name, texts, f"there is no file {wanted}; {hint}", _when(tree))

    def _read(self, student: str, place: str, leaf: Leaf) -> Found:
        try:
            sources = {self.lab.files[0]: self.read(leaf)}
            return Found(student, place, sources, handed_in=leaf.handed_in)
        except SubmissionError as error:
            return Found(student, place, problem=str(error), handed_in=leaf.handed_in)

    def _texts(self, leaves: Sequence[Leaf]) -> dict[str, str]:
        texts = {}
        for leaf in leaves:
            try:
                texts[leaf.name] = self.read(leaf)
            except SubmissionError:
                continue  # the problem that is told is another one
        return texts


def _when(tree: Tree) -> float | None:
    """Return when the last of a folder's files was written."""
    return max((leaf.handed_in or 0.0 for leaf in tree.walk()), default=0.0) or None


def _told_apart(found: list[Found]) -> list[Found]:
    """Give students whose names are the same the names of their files, or numbers."""
    found = [replace(item, student=_readable(item.student)) for item in found]
    counts = Counter(item.student for item in found)
    places = [_readable(f.place) if counts[f.student] > 1 else f.student for f in found]
    seen: Counter[str] = Counter()
    for number, name in enumerate(places):
        seen[name] += 1
        if seen[name] > 1:  # unreadable names may read the same
            places[number] = f"{name} ({seen[name]})"
    return [replace(item, student=name) for item, name in zip(found, places, strict=True)]


def _readable(name: str) -> str:
    """Return a name as text: on Linux a name may be any bytes, GBK among them."""
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = name.encode("utf-8", "surrogateescape")
        try:
            return raw.decode("gbk")
        except UnicodeError:
            return raw.decode("utf-8", "replace")
    return name


def find_batches(path: Path, labs: dict[str, Lab], lab: Lab | None, read: Read) -> Batches:
    """Return the batches at a path: one, or one per folder that is named after a lab.

    Raises: UsageError when there is nothing, or the lab can't be recognised.
    """
    if not path.exists():
        raise UsageError(f"{path}: there is no such file or folder")
    if path.is_file() and path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{path} is no submission: expected a folder, or {', '.join(SUFFIXES)}")
    if path.is_file() and path.suffix.lower() != ".zip":
        return [_one_file(path, labs, lab, read)]
    tree = zip_tree(Leaf(path.name, path)) if path.is_file() else tree_of(path.resolve())
    if tree.problem:
        raise UsageError(tree.problem)
    named = [folder for folder in tree.folders if folder.name in labs]
    if lab is None and named:
        for folder in named:
            if folder.problem:
                raise JudgeError(f"{path}: {folder.problem}; mend that and run it again")
        batches = [(labs[f.name], Finder(labs[f.name], read).in_tree(f)) for f in named]
        return [(one, found) for one, found in batches if found]
    chosen = lab or _recognise(tree, path, labs, read)
    finder = Finder(chosen, read)
    if path.is_file() and len(list(tree.walk())) == 1:
        found = [finder.of_folder(tree)]  # a zip with one file is one student's
    else:
        found = finder.in_tree(_opened(tree) if path.is_file() else tree)
    if not found:
        raise UsageError(f"{path}: no submissions found; expected {', '.join(SUFFIXES)} files")
    return [(chosen, found)]


def _opened(tree: Tree) -> Tree:
    """Return the folder that holds the class in a zip, below lone folders at its top."""
    while not tree.files and len(tree.folders) == 1 and not tree.folders[0].problem:
        tree = tree.folders[0]
    return tree


def _one_file(
    path: Path, labs: dict[str, Lab], lab: Lab | None, read: Read
) -> tuple[Lab, list[Found]]:
    leaf = Leaf(path.name, path)
    chosen = lab or _recognise(Tree(path.parent.name, [leaf]), path, labs, read)
    return chosen, [Finder(chosen, read).of_file(leaf)]


def _recognise(tree: Tree, path: Path, labs: dict[str, Lab], read: Read) -> Lab:
    """Tell the lab by the folder's name, by file names, or by what the files define."""
    if path.resolve().name in labs:
        return labs[path.resolve().name]
    leaves = list(tree.walk())
    stems = {Path(leaf.name).stem for leaf in leaves}
    by_name = [lab for lab in labs.values() if any(Path(f).stem in stems for f in lab.files)]
    if len(by_name) == 1:
        return by_name[0]
    defined = [_defined(leaf, read) for leaf in leaves[:20]]
    candidates = by_name or list(labs.values())
    by_content = [lab for lab in candidates if any(_needs(lab) <= names for names in defined)]
    by_content = [
        lab for lab in by_content if not any(_needs(lab) < _needs(other) for other in by_content)
    ]
    if len(by_content) == 1:
        return by_content[0]
    if not leaves:
        raise UsageError(f"{path}: no submissions found; expected {', '.join(SUFFIXES)} files")
    raise UsageError(
        f"{path}: can't tell which lab this is; say so with --lab, one of {', '.join(labs)}"
    )


def _needs(lab: Lab) -> set[str]:
    return {name for part in lab.parts for name in part.requires}


def _defined(leaf: Leaf, read: Read) -> set[str]:
    try:
        body = ast.parse(read(leaf)).body
    except (SubmissionError, SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {node.name for node in body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
