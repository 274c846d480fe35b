"""Which files belong to which student, and to which lab."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from gradekit.errors import UsageError
from gradekit.lab import Lab
from gradekit.plugins import Plugins
from gradekit.submissions.find import find_batches
from gradekit.submissions.found import Found
from gradekit.submissions.readers import gradekit_read_submission
from gradekit.submissions.tree import MAX_BYTES, Leaf

NAME = "softmax_regression.py"
SOURCE = "def softmax(X):\n    return X\n\n\nclass SoftmaxRegression:\n    pass\n"
GRU = "class GRU:\n    pass\n\n\nclass Sequence_Modeling:\n    pass\n"


def read(leaf: Leaf) -> str:
    """Read a file as the bundled readers do."""
    text = gradekit_read_submission(Path(leaf.name), leaf.read())
    assert text is not None
    return text


def put(folder: Path, *names: str, source: str = SOURCE) -> Path:
    """Write the same source under each name and return the folder."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, "utf-8")
    return folder


def zipped(members: dict[str, str | bytes]) -> bytes:
    """Return a zip with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def write(path: Path, data: bytes) -> Path:
    """Write a file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


class Search:
    """Looks for submissions as the commands do."""

    def __init__(self, labs: dict[str, Lab]) -> None:
        self.labs = labs

    def all(self, path: Path, lab: str | None = None) -> list[tuple[str, list[Found]]]:
        """Return lab names with what was found."""
        chosen = self.labs[lab] if lab else None
        found = find_batches(path, self.labs, chosen, read)
        return [(one.name, items) for one, items in found]

    def one(self, path: Path, lab: str | None = "softmax_regression") -> list[Found]:
        """Return what was found of a single lab."""
        [(_, found)] = self.all(path, lab)
        return found


@pytest.fixture
def search(plugins: Plugins) -> Search:
    """Return a search among the bundled labs."""
    return Search(plugins.labs)


def test_a_file_is_one_submission_whatever_its_name(search: Search, tmp_path: Path) -> None:
    """A path that is given by hand is meant; the student is called as the file."""
    put(tmp_path, "alice.py")
    assert search.one(tmp_path / "alice.py") == [Found("alice", "alice.py", {NAME: SOURCE})]


def test_a_flat_folder_holds_one_student_per_file(search: Search, tmp_path: Path) -> None:
    """Files are named after students, in order."""
    found = search.one(put(tmp_path, "bob.py", "alice.py", "张三.py"))
    assert [item.student for item in found] == ["alice", "bob", "张三"]
    assert all(item.sources == {NAME: SOURCE} and not item.problem for item in found)


def test_a_folder_holds_one_student_per_folder(search: Search, tmp_path: Path) -> None:
    """The file may lie deeper, beside helpers and data."""
    put(tmp_path, f"alice/{NAME}", f"bob/src/{NAME}", "bob/train.py", "bob/data.csv")
    found = search.one(tmp_path)
    assert [(item.student, item.problem) for item in found] == [("alice", ""), ("bob", "")]
    assert all(item.sources == {NAME: SOURCE} for item in found)


def test_a_folder_with_the_file_alone_is_one_student(search: Search, tmp_path: Path) -> None:
    """The folder's name is the student's."""
    folder = put(tmp_path / "carol", NAME, "notes.txt", ".hidden.py", "__pycache__/a.py")
    [found] = search.one(folder)
    assert (found.student, found.problem) == ("carol", "")


def test_a_zip_in_a_folder_is_one_student(search: Search, tmp_path: Path) -> None:
    """A zip is read as the folder that it was made of."""
    write(tmp_path / "alice.zip", zipped({NAME: SOURCE}))
    write(tmp_path / "bob.ZIP", zipped({f"lab1/{NAME}": SOURCE}))
    write(tmp_path / "carol" / "hand_in.zip", zipped({NAME: SOURCE}))
    found = search.one(tmp_path)
    assert sorted((item.student, item.problem) for item in found) == [
        ("alice", ""),
        ("bob", ""),
        ("carol", ""),
    ]
    assert all(item.sources == {NAME: SOURCE} for item in found)


@pytest.mark.parametrize("member", [NAME, f"lab1/{NAME}", f"a/b/{NAME}"])
def test_a_zip_of_one_student_is_called_as_the_zip(
    search: Search, tmp_path: Path, member: str
) -> None:
    """Whatever folder the file lies in."""
    path = write(tmp_path / "alice.zip", zipped({member: SOURCE, "__MACOSX/._x.py": "x"}))
    [found] = search.one(path)
    assert (found.student, dict(found.sources)) == ("alice", {NAME: SOURCE})


def test_a_zip_of_zips_is_one_student(search: Search, tmp_path: Path) -> None:
    """What was zipped twice is unzipped twice."""
    inner = zipped({f"lab1/{NAME}": SOURCE})
    [found] = search.one(write(tmp_path / "alice.zip", zipped({"inner.zip": inner})))
    assert (found.student, found.problem) == ("alice", "")
    assert found.sources == {NAME: SOURCE}


def test_a_flat_zip_holds_one_student_per_file(search: Search, tmp_path: Path) -> None:
    """A class may come in one zip."""
    path = write(tmp_path / "class.zip", zipped({"alice.py": SOURCE, "bob.py": SOURCE}))
    assert [item.student for item in search.one(path)] == ["alice", "bob"]


def test_a_notebook_is_taken_for_the_file(search: Search, tmp_path: Path) -> None:
    """Its code cells are the submission."""
    book = (
        '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"id": "a", "metadata": {},'
        ' "cell_type": "code", "outputs": [], "execution_count": null,'
        ' "source": "%time\\nx = 1"}]}'
    )
    put(tmp_path, "alice/softmax_regression.ipynb", source=book)
    [found] = search.one(tmp_path)
    assert (found.student, found.problem) == ("alice", "")
    assert found.sources == {NAME: "pass  # %time\nx = 1"}


def test_a_file_in_gbk_is_read(search: Search, tmp_path: Path) -> None:
    """Chinese Windows editors save so."""
    text = SOURCE + "# 中文\n"
    write(tmp_path / "alice" / NAME, text.encode("gbk"))
    [found] = search.one(tmp_path)
    assert found.sources == {NAME: text}


def test_two_files_are_a_problem(search: Search, tmp_path: Path) -> None:
    """Nobody guesses which one is meant; both are kept for a person to read."""
    put(tmp_path, f"alice/{NAME}", f"alice/old/{NAME}")
    [found] = search.one(tmp_path)
    assert found.problem == f"hand in one file: 2 here could be {NAME} (called {NAME})"
    assert set(found.sources) == {NAME}


def test_a_file_and_its_notebook_are_two_files(search: Search, tmp_path: Path) -> None:
    """A notebook beside the file could be it as well."""
    put(tmp_path, f"alice/{NAME}", "alice/softmax_regression.ipynb")
    [found] = search.one(tmp_path)
    assert "hand in one file: 2 here" in found.problem
    assert "softmax_regression.ipynb" in found.problem


def test_a_wrong_name_is_told_with_the_nearest(search: Search, tmp_path: Path) -> None:
    """The student learns which name is asked for."""
    put(tmp_path, "alice/softmaxregression.py", "alice/zebra.py")
    [found] = search.one(tmp_path)
    assert found.problem == (
        f"there is no file {NAME}; softmaxregression.py is there: did you mean {NAME}?"
    )
    assert set(found.sources) == {"softmaxregression.py", "zebra.py"}


def test_other_files_are_listed_where_none_is_near(search: Search, tmp_path: Path) -> None:
    """Without a near name, the names that are there are told."""
    put(tmp_path, "alice/q.py", "alice/zz.py")
    [found] = search.one(tmp_path)
    assert found.problem == f"there is no file {NAME}; found: q.py, zz.py"


def test_an_empty_folder_is_a_student_without_a_file(search: Search, tmp_path: Path) -> None:
    """Who handed in nothing is in the table."""
    (tmp_path / "alice").mkdir()
    put(tmp_path, f"bob/{NAME}")
    found = search.one(tmp_path)
    assert [item.student for item in found] == ["alice", "bob"]
    assert found[0].problem == f"there is no file {NAME}, nor any other .py, .ipynb, .zip"
    assert found[1].problem == ""


def test_the_same_name_twice_is_told_apart(search: Search, tmp_path: Path) -> None:
    """Two files of one name are two rows, each called by its file."""
    put(tmp_path, "alice.py", f"alice/{NAME}", "bob.py")
    write(tmp_path / "alice.zip", zipped({NAME: SOURCE}))
    students = [item.student for item in search.one(tmp_path)]
    assert sorted(students) == ["alice", "alice.py", "alice.zip", "bob"]


def test_noise_is_no_student(search: Search, tmp_path: Path) -> None:
    """Hidden folders and what zips of a Mac bring are passed over."""
    put(tmp_path, f"alice/{NAME}", f"__MACOSX/alice/{NAME}", f".git/{NAME}", "._bob.py")
    assert [item.student for item in search.one(tmp_path)] == ["alice"]


def test_links_are_no_student(search: Search, tmp_path: Path) -> None:
    """A link can't make one student's file another's."""
    put(tmp_path, f"in/alice/{NAME}", "outside.py")
    (tmp_path / "in" / "bob").symlink_to(tmp_path / "in" / "alice")
    (tmp_path / "in" / "carol.py").symlink_to(tmp_path / "outside.py")
    assert [item.student for item in search.one(tmp_path / "in")] == ["alice"]


def test_a_broken_zip_is_its_students_problem(search: Search, tmp_path: Path) -> None:
    """The others are graded."""
    write(tmp_path / "alice.zip", b"broken")
    write(tmp_path / "bob.zip", zipped({NAME: SOURCE}))
    write(tmp_path / "carol.zip", zipped({NAME: bytes(MAX_BYTES + 1)}))
    alice, bob, carol = search.one(tmp_path)
    assert "is no zip that can be read" in alice.problem
    assert (bob.problem, dict(bob.sources)) == ("", {NAME: SOURCE})
    assert "larger than 4 MiB" in carol.problem


def test_a_file_that_can_not_be_read_is_its_students_problem(
    search: Search, tmp_path: Path
) -> None:
    """What is no text is told."""
    write(tmp_path / "alice.py", b"\0\0")
    put(tmp_path, "bob.py")
    alice, bob = search.one(tmp_path)
    assert alice.problem == "alice.py is no text: it holds zero bytes"
    assert bob.problem == ""


def test_a_broken_zip_alone_is_wrong_usage(search: Search, tmp_path: Path) -> None:
    """There is nothing to grade."""
    with pytest.raises(UsageError, match="is no zip that can be read"):
        search.one(write(tmp_path / "class.zip", b"broken"))


def test_members_that_climb_are_no_student(search: Search, tmp_path: Path) -> None:
    """Nothing is read or written outside of a zip."""
    members = {"../evil.py": SOURCE, "/evil.py": SOURCE, "alice.py": SOURCE, "bob.py": SOURCE}
    path = write(tmp_path / "in" / "class.zip", zipped(dict(members)))
    assert [item.student for item in search.one(path)] == ["alice", "bob"]
    assert [item.name for item in tmp_path.iterdir()] == ["in"]


def test_a_lab_is_known_by_its_folder(search: Search, tmp_path: Path) -> None:
    """A folder that is named after a lab holds that lab, whatever the files are called."""
    folder = put(tmp_path / "gru_lyrics", "alice.py", source="x = 1\n")
    [(lab, found)] = search.all(folder)
    assert (lab, [item.student for item in found]) == ("gru_lyrics", ["alice"])


def test_several_labs_lie_beside_each_other(search: Search, tmp_path: Path) -> None:
    """Each folder that is named after a lab is a batch; others are passed over."""
    put(tmp_path, f"softmax_regression/alice/{NAME}", "gru_lyrics/alice.py", "misc/a.py")
    found = search.all(tmp_path)
    assert [(lab, [item.student for item in items]) for lab, items in found] == [
        ("gru_lyrics", ["alice"]),
        ("softmax_regression", ["alice"]),
    ]


@pytest.mark.parametrize(
    ("name", "lab"),
    [(NAME, "softmax_regression"), ("rnn_hard_version.ipynb", "gru_lyrics")],
)
def test_a_lab_is_known_by_its_files(search: Search, tmp_path: Path, name: str, lab: str) -> None:
    """The names that the lab asks for tell it, as file or as notebook."""
    put(tmp_path, f"alice/{name}", "bob/other.py", source="x = 1\n")
    assert [one for one, _ in search.all(tmp_path)] == [lab]


@pytest.mark.parametrize(
    ("source", "lab"), [(SOURCE, "softmax_regression"), (GRU, "gru_lyrics")], ids=["softmax", "gru"]
)
def test_a_lab_is_known_by_what_the_files_define(
    search: Search, tmp_path: Path, source: str, lab: str
) -> None:
    """Where names tell nothing, one file that defines all that is asked for does."""
    put(tmp_path, "alice.py", source=source)
    put(tmp_path, "bob.py", source="def broken(:\n")
    assert [one for one, _ in search.all(tmp_path)] == [lab]
    assert [one for one, _ in search.all(tmp_path / "alice.py")] == [lab]


@pytest.mark.parametrize("source", ["x = 1\n", "def broken(:\n", SOURCE + GRU, "class GRU: pass\n"])
def test_a_lab_that_can_not_be_told_is_wrong_usage(
    search: Search, tmp_path: Path, source: str
) -> None:
    """None or several fit: nobody guesses, and the option is named."""
    put(tmp_path, "alice.py", source=source)
    with pytest.raises(UsageError, match="can't tell which lab this is; say so with --lab"):
        search.all(tmp_path)


def test_a_lab_that_is_said_is_not_guessed(search: Search, tmp_path: Path) -> None:
    """--lab wins over what names and contents say."""
    put(tmp_path, "alice.py", source=GRU)
    [(lab, _)] = search.all(tmp_path, "softmax_regression")
    assert lab == "softmax_regression"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("nowhere", "no such file or folder"), ("notes.txt", "is no submission: expected a folder")],
)
def test_what_is_no_submission_is_wrong_usage(
    search: Search, tmp_path: Path, name: str, sentence: str
) -> None:
    """A path that can't be graded is told at once."""
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(UsageError, match=sentence):
        search.all(tmp_path / name)


@pytest.mark.parametrize("lab", [None, "gru_lyrics"])
def test_an_empty_folder_is_wrong_usage(search: Search, tmp_path: Path, lab: str | None) -> None:
    """Nothing to grade is told with the endings that count."""
    with pytest.raises(UsageError, match=r"no submissions found; expected \.py, \.ipynb, \.zip"):
        search.all(tmp_path, lab)


def test_when_it_was_handed_in_is_told(search: Search, tmp_path: Path) -> None:
    """A file's own date, a zip member's, the last of a folder's; and no reason to differ."""
    put(tmp_path / "in", "alice.py", f"carol/old/{NAME}", f"carol/{NAME}")
    for name, when in (("alice.py", 1e9), (f"carol/old/{NAME}", 2e9), (f"carol/{NAME}", 1e9)):
        os.utime(tmp_path / "in" / name, (when, when))
    member = zipfile.ZipInfo(NAME, (2024, 5, 6, 7, 8, 10))
    with zipfile.ZipFile(tmp_path / "in" / "bob.zip", "w") as archive:
        archive.writestr(member, SOURCE)
    alice, bob, carol = search.one(tmp_path / "in")
    assert (alice.handed_in, carol.handed_in) == (1e9, 2e9)
    assert bob.handed_in == datetime(2024, 5, 6, 7, 8, 10).timestamp()
    assert alice == Found("alice", "alice.py", {NAME: SOURCE})


def test_no_two_students_are_called_the_same(search: Search, tmp_path: Path) -> None:
    """Names that no encoding reads are numbered where they read the same."""
    folder = os.fsencode(tmp_path)
    for raw in (b"\x80\xff.py", b"\xff\xff.py"):
        with open(os.path.join(folder, raw), "w", encoding="utf-8") as stream:
            stream.write(SOURCE)
    one, two = search.one(tmp_path)
    assert one.student != two.student
    assert two.student == f"{one.student} (2)"
