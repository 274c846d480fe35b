"""Files, folders and zips as one tree, whatever a zip holds."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from gradekit.errors import SubmissionError
from gradekit.submissions.tree import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_MEMBERS,
    Leaf,
    Tree,
    tree_of,
    zip_tree,
)


def packed(members: dict[str, bytes | str]) -> bytes:
    """Return a zip with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def unpacked(data: bytes) -> Tree:
    """Return the tree of a zip's bytes."""
    return zip_tree(Leaf("hand_in.zip", data=data))


def names(tree: Tree) -> list[str]:
    """Return the names of all files in a tree."""
    return [leaf.name for leaf in tree.walk()]


def test_a_folder_is_read_in_order_of_names(tmp_path: Path) -> None:
    """Files come before folders, each sorted, other kinds of file are left out."""
    for name in ("b.py", "a.ipynb", "notes.txt", "data.csv", "C.PY"):
        (tmp_path / name).write_text("x")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "d.py").write_text("x")
    tree = tree_of(tmp_path)
    assert tree.name == tmp_path.name
    assert names(tree) == ["C.PY", "a.ipynb", "b.py", "d.py"]
    assert [folder.name for folder in tree.folders] == ["sub"]


def test_hidden_files_and_noise_are_left_out(tmp_path: Path) -> None:
    """What computers leave behind belongs to nobody's submission."""
    for folder in ("__MACOSX", "__pycache__", ".ipynb_checkpoints", ".git", "kept"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.py").write_text("x")
    (tmp_path / "._a.py").write_text("x")
    tree = tree_of(tmp_path)
    assert names(tree) == ["a.py"]
    assert [folder.name for folder in tree.folders] == ["kept"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    """A link to a file, to a folder or to its own folder leads nowhere."""
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.py").write_text("x")
    (folder / "link.py").symlink_to(tmp_path / "secret.py")
    (folder / "up").symlink_to(tmp_path)
    (folder / "gone.py").symlink_to(tmp_path / "gone")
    (folder / "own.py").write_text("x")
    assert names(tree_of(folder)) == ["own.py"]


def test_folders_end_at_the_greatest_depth(tmp_path: Path) -> None:
    """What lies deeper is not looked at."""
    place = tmp_path
    for depth in range(MAX_DEPTH + 2):
        place = place / f"d{depth}"
        place.mkdir()
        (place / f"f{depth}.py").write_text("x")
    assert names(tree_of(tmp_path)) == [f"f{depth}.py" for depth in range(MAX_DEPTH)]


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    """The limit is told in MiB; a file at the limit is read."""
    path = tmp_path / "large.py"
    path.write_bytes(bytes(MAX_BYTES))
    assert len(Leaf("large.py", path).read()) == MAX_BYTES
    path.write_bytes(bytes(MAX_BYTES + 1))
    with pytest.raises(SubmissionError, match=r"large\.py is larger than 4 MiB"):
        Leaf("large.py", path).read()


def test_a_file_that_is_gone_can_not_be_read(tmp_path: Path) -> None:
    """The reason is told in words."""
    with pytest.raises(SubmissionError, match="can't be read: No such file"):
        Leaf("a.py", tmp_path / "a.py").read()


def test_a_zip_is_a_folder() -> None:
    """Members lie in the folders that their names say."""
    tree = unpacked(packed({"b.py": "1", "sub/a.py": "2", "sub/deep/c.ipynb": "3", "x.txt": "4"}))
    assert (tree.name, tree.problem) == ("hand_in.zip", "")
    assert names(tree) == ["b.py", "a.py", "c.ipynb"]
    assert [leaf.read() for leaf in tree.walk()] == [b"1", b"2", b"3"]
    assert [folder.name for folder in tree.folders] == ["sub"]


def test_zips_in_zips_are_folders() -> None:
    """Students zip what is zipped."""
    inner = packed({"sub/a.py": "x"})
    tree = unpacked(packed({"one/inner.zip": inner}))
    assert names(tree) == ["a.py"]
    assert tree.folders[0].folders[0].name == "inner.zip"


def test_zips_in_zips_end_at_the_greatest_depth() -> None:
    """A zip deeper than that is not opened."""
    data = packed({"a.py": "x"})
    for _ in range(MAX_DEPTH + 1):
        data = packed({"inner.zip": data})
    tree = unpacked(data)
    assert "a.py" not in names(tree)


@pytest.mark.parametrize(
    "name",
    [
        "../evil.py",
        "a/../../evil.py",
        "/etc/evil.py",
        "..\\evil.py",
        "\\evil.py",
        "./../evil.py",
        "__MACOSX/evil.py",
        ".hidden/evil.py",
        "a/.evil.py",
        "a/__pycache__/evil.py",
        "/".join(["d"] * MAX_DEPTH) + "/evil.py",
    ],
)
def test_members_with_such_names_are_left_out(name: str) -> None:
    """Names that climb, start at a root, hide or lie too deep are no submission."""
    tree = unpacked(packed({name: "x", "good.py": "x"}))
    assert (names(tree), tree.problem) == (["good.py"], "")


def test_backslashes_in_a_zip_are_folders() -> None:
    """Old Windows tools write them."""
    tree = unpacked(packed({"alice\\a.py": "x"}))
    assert [folder.name for folder in tree.folders] == ["alice"]


def test_links_in_a_zip_are_left_out() -> None:
    """A member that is a link is never followed nor read as a file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("link.py")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("good.py", "x")
    assert names(unpacked(buffer.getvalue())) == ["good.py"]


def test_names_in_gbk_are_read() -> None:
    """Chinese Windows writes GBK without saying so; others say UTF-8."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("placeholder.py", "x")
        archive.writestr("王芳/b.py", "x")
    raw = "张三/a.py".encode("gbk").ljust(len("placeholder.py"), b"_")
    data = buffer.getvalue().replace(b"placeholder.py", raw[:-6] + b"xxx.py")
    folders = [folder.name for folder in unpacked(data).folders]
    assert folders == ["张三", "王芳"]


def test_a_member_that_is_too_large_is_refused() -> None:
    """A few kilobytes that become megabytes are not unpacked."""
    data = packed({"bomb.py": bytes(MAX_BYTES + 1)})
    assert len(data) < MAX_BYTES / 100
    tree = unpacked(data)
    assert tree.problem == "bomb.py in hand_in.zip is larger than 4 MiB"
    assert names(tree) == []


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    """A size in the listing that is smaller than the content does not get past the cap."""
    data = bytearray(packed({"bomb.py": bytes(2 * MAX_BYTES)}))
    listing = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, listing + 24, 10)
    tree = unpacked(bytes(data))
    assert tree.problem
    assert all(len(leaf.read()) <= MAX_BYTES for leaf in tree.walk())


def test_too_many_members_are_refused() -> None:
    """The number of members is capped before one is read."""
    tree = unpacked(packed({f"{number}.txt": "" for number in range(MAX_MEMBERS + 1)}))
    assert tree.problem == f"hand_in.zip holds more than {MAX_MEMBERS} files"


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"not a zip", bytes(100), packed({"a.py": "x"})[:-10]]
)
def test_what_is_no_zip_is_told(data: bytes) -> None:
    """A broken upload is a problem in words, not an exception."""
    assert "is no zip that can be read" in unpacked(data).problem


def test_a_member_with_a_wrong_checksum_is_told() -> None:
    """Bytes that changed on the way are no submission."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.py", "spam = 1")
    data = buffer.getvalue().replace(b"spam = 1", b"spam = 2")
    assert "Bad CRC-32" in unpacked(data).problem


def test_a_zip_with_a_password_is_told() -> None:
    """Nobody can read it, and the student learns that."""
    data = bytearray(packed({"a.py": "x"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert "password" in unpacked(bytes(data)).problem


def test_problems_below_are_found() -> None:
    """A broken zip in a folder of a zip is still told."""
    tree = unpacked(packed({"one/two/inner.zip": b"broken"}))
    assert tree.problem == ""
    [problem] = tree.problems()
    assert problem.startswith("inner.zip is no zip")
