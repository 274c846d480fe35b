"""The commands as a user runs them: what they print, write, and exit with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "submissions" / "softmax_regression"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run gradekit and return what came out."""
    command = [sys.executable, "-m", "gradekit", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_grade_writes_all_reports(tmp_path: Path) -> None:
    """One command gives a table, and scores.csv, scores.md, feedback/, verdicts.json."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("right_terse", "step-sign"):
        source = (SAMPLES / name / "softmax_regression.py").read_text("utf-8")
        (folder / f"{name}.py").write_text(source, "utf-8")
    out = tmp_path / "out"
    done = run("grade", folder, "--out", out, "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert "step-sign -20" in done.stdout
    data = json.loads((out / "verdicts.json").read_text("utf-8"))
    assert data["lab"] == "softmax_regression"
    assert {s["student"]: s["score"] for s in data["submissions"]} == {
        "right_terse": 100.0,
        "step-sign": 80.0,
    }
    [deduction] = data["submissions"][1]["deductions"]
    assert deduction["mistake"] == "step-sign"
    assert "fresh cases" in deduction["proof"]
    assert (out / "scores.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "80" in (out / "scores.md").read_text("utf-8")
    assert (out / "feedback" / "step-sign.md").exists()
    other = tmp_path / "other"
    other.mkdir()
    (other / "third.py").write_text(source, "utf-8")
    added = run("grade", other, "--out", out, "--lab", "softmax_regression")
    assert added.returncode == 0, added.stderr
    assert "grading 1 of 3 submissions of softmax_regression; 2 graded already" in added.stderr
    assert "kept from before: right_terse, step-sign" in added.stdout
    assert "third: new, 80" in added.stdout
    refused = run("grade", other, "--out", out, "--lab", "cnn_numpy")
    assert refused.returncode == 2
    assert "holds results of softmax_regression, not of cnn_numpy" in refused.stderr


def test_check_tells_a_student_each_property(tmp_path: Path) -> None:
    """Exit code 1, one line per property, the smallest case, the command to reproduce it."""
    file = SAMPLES / "unknown_divides_by_classes" / "softmax_regression.py"
    done = run("check", "softmax_regression", file)
    assert done.returncode == 1, done.stderr
    assert "FAILED" in done.stdout
    assert "passed" in done.stdout
    [line] = [x for x in done.stdout.splitlines() if "reproduce:" in x][:1]
    case = line.split("softmax_regression ")[1].split()[0]
    again = run("replay", "softmax_regression", case, "--submission", file)
    assert again.returncode == 1, again.stderr
    assert "FAILED step_is" in again.stdout
    assert "your weight, shape" in again.stdout


def test_check_of_a_right_file_exits_with_zero() -> None:
    """Full marks are exit code 0."""
    file = SAMPLES / "right_terse" / "softmax_regression.py"
    done = run("check", "softmax_regression", file)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "100 of 100" in done.stdout


def test_labs_lists_and_tells() -> None:
    """`labs` lists what is installed, `labs NAME` tells parts, points, rules, mistakes."""
    assert "gru_lyrics" in run("labs").stdout
    told = run("labs", "gru_lyrics").stdout
    for text in ("state-not-updated", "70 points", "forbidden-call", "gates-ignore-state"):
        assert text in told


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["grade", "/nowhere"], "there is no such file or folder"),
        (["grade", str(SAMPLES), "--lab", "gru_lyric"], "did you mean gru_lyrics?"),
        (["grade", str(SAMPLES), "--isolation", "none"], "add --allow-weak-isolation"),
        (["history", "/nowhere"], "holds no gradekit.sqlite"),
        (["check", "softmax_regression", "/nowhere.py"], "there is no such file"),
        (["replay", "gru_lyrics", "zzzz", "--submission", "x.py"], "is no case of gru_lyrics"),
        (["labs", "nothing_like_it"], "there is no lab"),
        (["grade", str(SAMPLES), "--plugins", "/nowhere.py"], "no such file or folder"),
        (["grade", str(SAMPLES), "--jobs", "0"], "--jobs"),
    ],
)
def test_wrong_input_gets_a_sentence(arguments: list[str], sentence: str) -> None:
    """Exit code 2 and one sentence that says what to do, never a traceback."""
    done = run(*arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_made_is_our_fault() -> None:
    """Exit code 3: what was asked for is right, the machine does not let us."""
    done = run("grade", SAMPLES, "--out", "/proc/out")
    assert done.returncode == 3
    [sentence] = done.stderr.splitlines()
    assert "--out /proc/out can't be written" in sentence


def test_an_empty_folder_has_no_submissions(tmp_path: Path) -> None:
    """Nothing to grade is wrong usage."""
    done = run("grade", tmp_path)
    assert done.returncode == 2
    assert "no submissions found" in done.stderr
