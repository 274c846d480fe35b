"""What lies beside a submission, and archives that reach out of themselves."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from gradekit.cli.common import reader
from gradekit.engine.local import grade_batch
from gradekit.judge.verdict import Verdict
from gradekit.plugins import Plugins
from gradekit.submissions.find import find_batches

FILE = "softmax_regression.py"
RIGHT = (
    Path(__file__).parent / "attacks" / "baselines" / "right_softmax_regression.py"
).read_text()
SHADOW = "raise SystemExit('a module of the student was imported')\n"
BESIDE = (
    "torch.py",
    "numpy.py",
    "gradekit.py",
    "gradekit_reference.py",
    "sitecustomize.py",
    "usercustomize.py",
    "conftest.py",
    "evil.pth",
    "pyproject.toml",
    "__pycache__/softmax_regression.cpython-311.pyc",
)


def graded(plugins: Plugins, place: Path) -> list[Verdict]:
    """Grade what lies at a place."""
    lab = plugins.labs["softmax_regression"]
    [(_, found)] = find_batches(place, plugins.labs, lab, reader(plugins))
    return grade_batch(lab, found, jobs=1, seed=0, done=lambda verdict: None)


def test_modules_beside_the_file_are_not_imported(plugins: Plugins, tmp_path: Path) -> None:
    """Files named after libraries change nothing for the student or for others."""
    for student in ("ann", "bob"):
        (tmp_path / student).mkdir()
        (tmp_path / student / FILE).write_text(RIGHT)
    for name in BESIDE:
        (tmp_path / "ann" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "ann" / name).write_text(SHADOW)
    assert [verdict.score for verdict in graded(plugins, tmp_path)] == [100.0, 100.0]


def test_links_lead_nowhere(plugins: Plugins, tmp_path: Path) -> None:
    """A link in a student's folder is not followed, wherever it points."""
    secret = tmp_path / "elsewhere" / FILE
    secret.parent.mkdir()
    secret.write_text(RIGHT)
    (tmp_path / "in" / "ann").mkdir(parents=True)
    (tmp_path / "in" / "ann" / FILE).symlink_to(secret)
    (tmp_path / "in" / "bob").mkdir()
    (tmp_path / "in" / "bob" / FILE).write_text(RIGHT)
    scores = {verdict.student: verdict.score for verdict in graded(plugins, tmp_path / "in")}
    assert scores == {"ann": 0.0, "bob": 100.0}


@pytest.mark.parametrize("kind", ["fifo", "socket"])
def test_what_is_no_file_stops_nobody(plugins: Plugins, tmp_path: Path, kind: str) -> None:
    """A pipe under the file's name is not waited for."""
    (tmp_path / "ann").mkdir()
    if kind == "fifo":
        os.mkfifo(tmp_path / "ann" / FILE)
    else:
        os.mknod(tmp_path / "ann" / FILE, stat.S_IFSOCK | 0o600)
    (tmp_path / "bob").mkdir()
    (tmp_path / "bob" / FILE).write_text(RIGHT)
    scores = {verdict.student: verdict.score for verdict in graded(plugins, tmp_path)}
    assert scores == {"ann": 0.0, "bob": 100.0}


def archive(members: dict[str, bytes], links: dict[str, str] | None = None) -> bytes:
    """Return a zip with these members, and links."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
        for name, target in (links or {}).items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            file.writestr(info, target)
    return raw.getvalue()


HOSTILE = {
    "names that climb": archive({f"../../pwned-{FILE}": b"x", FILE: RIGHT.encode()}),
    "absolute names": archive({f"/tmp/gradekit-pwned-39/{FILE}": b"x", FILE: RIGHT.encode()}),  # noqa: S108
    "a link": archive({FILE: RIGHT.encode()}, {"link.py": "/etc/hostname"}),
    "drive letters": archive({f"C:\\pwned\\{FILE}.txt": b"x", FILE: RIGHT.encode()}),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_an_archive_writes_nothing(plugins: Plugins, tmp_path: Path, data: bytes) -> None:
    """What reaches out of an archive is left out, nothing is written, the rest is graded."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.zip").write_bytes(data)
    before = sorted(tmp_path.rglob("*"))
    [verdict] = graded(plugins, tmp_path / "in")
    assert verdict.status == "graded"
    assert sorted(tmp_path.rglob("*")) == before
    assert not Path("/tmp/gradekit-pwned-39").exists()  # noqa: S108  # what the archive names


def test_a_bomb_is_told_and_costs_little(plugins: Plugins, tmp_path: Path) -> None:
    """An archive that unfolds to gigabytes is a problem of one student's."""
    (tmp_path / "ann.zip").write_bytes(archive({FILE: b"#" * (512 << 20)}))
    (tmp_path / "bob.py").write_text(RIGHT)
    scores = {v.student: (v.score, bool(v.review)) for v in graded(plugins, tmp_path)}
    assert scores == {"ann": (0.0, True), "bob": (100.0, False)}
