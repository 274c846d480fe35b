"""What a runner sees of the file system: libraries, nothing that is secret, no way to write."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gradekit.runner.confine import view

InChild = Callable[[Callable[[], Any]], Any]


def test_libraries_are_shown_and_a_checkout_is_not(tmp_path: Path) -> None:
    """A folder on the path is no library for being there; the interpreter's own are."""
    checkout = tmp_path / "checkout"
    packages = tmp_path / "venv" / "site-packages"
    checkout.mkdir()
    packages.mkdir(parents=True)
    shown = view.libraries([str(checkout), str(packages), *sys.path])
    assert str(packages) in shown
    standard = sysconfig.get_path("stdlib")
    assert any(standard == folder or standard.startswith(folder + "/") for folder in shown)
    assert not any(str(checkout).startswith(folder) for folder in shown)


def test_no_shown_folder_lies_in_another() -> None:
    """Each folder is mounted once."""
    shown = view.libraries(sys.path)
    assert not [a for a in shown for b in shown if a != b and a.startswith(b + "/")]


def test_packages_of_ours_and_of_the_labs_are_hidden(tmp_path: Path) -> None:
    """Package, module and metadata go; what only begins alike stays."""
    for name in ("gradekit", "gradekit_labs", "gradekit-0.1.dist-info", "gradekit_like"):
        (tmp_path / name).mkdir()
    (tmp_path / "lonely.py").touch()
    own = view.own_names(["gradekit_labs.softmax.lab", "lonely"])
    found = {os.path.basename(path) for path in view.hidden([str(tmp_path), "/nowhere"], own)}
    assert found == {"gradekit", "gradekit_labs", "gradekit-0.1.dist-info", "lonely.py"}


def test_what_is_secret_is_left_out_of_the_readable_pieces(tmp_path: Path) -> None:
    """A folder that holds a secret is given in pieces: its neighbours, at every depth."""
    for name in ("a/secret", "a/other", "b"):
        (tmp_path / name).mkdir(parents=True)
    pieces = view.readable([str(tmp_path)], [str(tmp_path / "a" / "secret")])
    inside = {piece for piece in pieces if piece.startswith(str(tmp_path))}
    assert inside == {str(tmp_path / "a" / "other"), str(tmp_path / "b")}


def test_a_machine_without_a_free_mount_point_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every mount point is wanted itself, the reason names them."""
    monkeypatch.setattr(view, "MOUNT_POINTS", ("/usr",))
    with pytest.raises(OSError, match="no folder to mount on: none of /usr"):
        view._mount_point(["/usr/lib"])


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a folder with a library, a secret in it, and a file beside it."""
    library = tmp_path / "site-packages"
    (library / "ours").mkdir(parents=True)
    (library / "ours" / "answers.py").write_text("42")
    (library / "ours.py").write_text("42")
    (library / "theirs.py").write_text("1")
    (tmp_path / "beside.txt").write_text("2")
    return tmp_path


def _look(tree: Path) -> dict[str, Any]:
    """Say which of the tree's files can be read, and what writing into the library meets."""
    library = tree / "site-packages"
    texts = {}
    for path in (library / "theirs.py", library / "ours/answers.py", tree / "beside.txt"):
        texts[path.name] = path.read_text() if path.is_file() else "gone"
    texts["ours.py"] = (library / "ours.py").read_text()
    try:
        (library / "theirs.py").write_text("1")
        texts["write"] = "written"
    except OSError as error:
        texts["write"] = type(error).__name__ + f" {error.errno}"
    return texts


@pytest.mark.usefixtures("with_namespaces")
def test_the_view_holds_libraries_alone(
    in_child: InChild, powers: Callable[[], None], tree: Path
) -> None:
    """Before it is built, all can be read and written; then only the library can be read."""
    library = str(tree / "site-packages")

    def both() -> list[Any]:
        powers()
        before = _look(tree)
        view.build([library], [f"{library}/ours", f"{library}/ours.py"])
        return [before, _look(tree), sorted(os.listdir("/"))]

    told = in_child(both)
    assert told.error == ""
    before, after, root = told.value
    assert before == {
        "theirs.py": "1",
        "answers.py": "42",
        "beside.txt": "2",
        "ours.py": "42",
        "write": "written",
    }
    assert after == {
        "theirs.py": "1",
        "answers.py": "gone",
        "beside.txt": "gone",
        "ours.py": "",
        "write": "OSError 30",
    }
    assert {"home", "root", "sys", ".old"} & set(root) <= set(Path(library).parts)


@pytest.mark.usefixtures("with_namespaces")
def test_the_new_root_can_not_be_written(in_child: InChild, powers: Callable[[], None]) -> None:
    """Neither the root nor the folders that are made in it take a file."""

    def attempt() -> list[str]:
        powers()
        view.build([], [])
        met = []
        for folder in ("/", "/tmp/", "/proc/"):  # noqa: S108  # of the new root
            try:
                os.close(os.open(folder + "x", os.O_CREAT | os.O_WRONLY))
                met.append("written")
            except OSError as error:
                met.append(os.strerror(error.errno or 0))
        return met

    assert in_child(attempt).value == ["Read-only file system"] * 3


@pytest.mark.usefixtures("with_namespaces")
def test_building_a_view_changes_nothing_outside(
    in_child: InChild, powers: Callable[[], None], tree: Path
) -> None:
    """Mounts stay in the namespace that they were made in."""

    def build() -> None:
        powers()
        view.build([str(tree / "site-packages")], [str(tree / "site-packages" / "ours")])

    mounts = Path("/proc/self/mountinfo").read_text()
    assert in_child(build).error == ""
    assert Path("/proc/self/mountinfo").read_text() == mounts
    assert (tree / "site-packages" / "ours" / "answers.py").read_text() == "42"
