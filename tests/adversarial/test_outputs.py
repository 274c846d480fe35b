"""Names, messages and source text of submissions are data in every output."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from arena import ATTACKS, names

TEXTS = [attack for attack in names() if attack.kind == "text"]
NAMES = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "-2+3",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\x1b[2J\x1b[31mfull marks",
    "two\nlines",
    "a|b|100|100",
    "[a prize](javascript:alert(1))",
    "\u202eevil",
    "tab\there",
    "`code`",
    "x" * 200,
)
OUTPUTS = ("scores.csv", "scores.md", "feedback", "verdicts.json")


class Tags(html.parser.HTMLParser):
    """Notes every tag that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.seen.append(tag)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Grade hostile texts under hostile names; return the folder and what the terminal got."""
    folder = tmp_path_factory.mktemp("hostile")
    sources = [
        (ATTACKS / attack.name).read_bytes()
        for attack in TEXTS
        if attack.lab == "softmax_regression"
    ]
    for number, name in enumerate(NAMES):
        place = folder / "in" / name.replace("/", "\u2044")
        place.mkdir(parents=True)
        (place / "softmax_regression.py").write_bytes(sources[number % len(sources)])
    command = [sys.executable, "-m", "gradekit", "grade", str(folder / "in")]
    done = subprocess.run(
        [*command, "--lab", "softmax_regression", "--out", str(folder / "out")],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return folder / "out", done.stdout + done.stderr


def texts(folder: Path) -> dict[str, str]:
    """Return all reports that are text, by name."""
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in (".csv", ".md", ".json")]
    assert len(files) == 3 + len(NAMES)
    return {path.name: path.read_text("utf-8-sig") for path in files}


def test_a_terminal_gets_no_control_codes(graded: tuple[Path, str]) -> None:
    """No escape sequence, carriage return or direction mark reaches the screen or a report."""
    for name, text in {**texts(graded[0]), "the terminal": graded[1]}.items():
        assert not set(text) & set("\x1b\r\x00\x07\x08\x9b\u202e\u202d\u2066\ufeff"), name


def test_no_cell_is_a_formula(graded: tuple[Path, str]) -> None:
    """A spreadsheet computes nothing that a submission says."""
    rows = list(csv.reader(io.StringIO((graded[0] / "scores.csv").read_text("utf-8-sig"))))
    assert len(rows) == 1 + len(NAMES)
    assert len({len(row) for row in rows}) == 1
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_markdown_shows_text_and_no_more(graded: tuple[Path, str]) -> None:
    """Rendered by whatever, a report holds no tag and no link of a submission's."""
    for name, text in texts(graded[0]).items():
        if not name.endswith(".md"):
            continue
        tags = Tags()
        tags.feed(text)
        assert tags.seen == [], name
        assert "](" not in text.replace("\\](", "").replace("\\]\\(", ""), name


def test_the_class_table_has_a_row_each(graded: tuple[Path, str]) -> None:
    """A bar or a line break in a name makes no cell and no row."""
    lines = (graded[0] / "scores.md").read_text("utf-8").splitlines()
    rows = [line for line in lines if line.startswith("|")]
    assert len(rows) == 2 + len(NAMES)
    assert len({line.replace("\\|", "").count("|") for line in rows}) == 1


def test_nobody_gets_the_points_that_a_text_claims(graded: tuple[Path, str]) -> None:
    """What a submission says about its score is no score."""
    data = json.loads((graded[0] / "verdicts.json").read_text("utf-8"))
    assert [entry["score"] for entry in data["submissions"] if entry["score"] > 30] == []
