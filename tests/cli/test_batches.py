"""Batches that are kept: graded once, gone on with, regraded when asked, told apart."""

from __future__ import annotations

import csv
import errno
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gradekit.store.lock import locked
from gradekit.store.store import Store

Run = Callable[..., Any]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return the folder of the batch."""
    return tmp_path / "out"


def rows(out: Path) -> dict[str, dict[str, str]]:
    """Return scores.csv by student."""
    text = (out / "scores.csv").read_text("utf-8-sig")
    return {row["student"]: row for row in csv.DictReader(text.splitlines())}


def entries(out: Path) -> dict[str, dict[str, Any]]:
    """Return the submissions in verdicts.json by student."""
    data = json.loads((out / "verdicts.json").read_text("utf-8"))
    return {one["student"]: one for one in data["submissions"]}


def reports(out: Path) -> dict[str, bytes]:
    """Return all files but the store."""
    files = [path for path in out.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in files
        if not path.name.startswith("gradekit.sqlite")
    }


def test_only_what_changed_is_graded_again(grade: Run, crews: Any, out: Path) -> None:
    """A second run starts no crew, a changed file costs one submission and one judge."""
    first = grade("--jobs", "2", alice=80, bob=100)
    assert first.code == 0, first.err
    assert crews.graded == [["100", "80"]]
    assert crews.started == [{"jobs": 2, "seed": 0, "isolation": "strict"}]
    again = grade("--jobs", "2")
    assert len(crews.started) == 1
    assert "all 2 submissions of softmax_regression are graded already" in again.err
    assert "since run 1: no result changed" in again.out
    changed = grade("--jobs", "2", alice=90)
    assert crews.graded[1:] == [["90"]]
    assert crews.started[1]["jobs"] == 1
    assert "grading 1 of 3 attempts of softmax_regression; 2 graded already" in changed.err
    assert "alice: 80 -> 90 (attempt 2 counts, not 1; new: step-sign -10; gone" in changed.out
    assert "| alice | 80 | 90 | attempt 2 counts" in (out / "changes.md").read_text("utf-8")
    assert (rows(out)["alice"]["attempt"], rows(out)["alice"]["attempts"]) == ("2", "2")
    assert (entries(out)["alice"]["attempt"], entries(out)["bob"]["attempts"]) == (2, 1)


def test_a_batch_that_was_stopped_ends_with_the_same_bytes(
    grade: Run, crews: Any, out: Path, tmp_path: Path
) -> None:
    """Ctrl-C says how far it is and what to do; the rest is graded, and nothing twice."""
    scores = {"alice": 80, "bob": 100, "carol": 60, "dan": 40}
    assert grade(**scores).code == 0
    undisturbed = reports(out)
    out.rename(tmp_path / "undisturbed")
    crews.stop_after = 3
    stopped = grade()
    assert stopped.code == 130
    told = f"stopped: 3 of 4 are graded and kept in {out}; run the same command to go on"
    assert told in stopped.err
    assert reports(out) == {}
    crews.stop_after = None
    resumed = grade()
    assert resumed.code == 0
    assert crews.graded[-1] == ["80"]
    assert reports(out) == undisturbed
    with Store(out) as store:
        [run] = store.runs()
        assert run.ended
        assert len(store.judged()) == 4


def test_without_out_a_stopped_batch_left_nothing(gradekit: Run, crews: Any, hand_in: Run) -> None:
    """And says so."""
    crews.stop_after = 0
    done = gradekit("grade", hand_in(alice=80), "--lab", "softmax_regression")
    assert (done.code, done.err.splitlines()[-1]) == (130, "stopped: no report was written")


def test_without_out_the_table_is_the_same(gradekit: Run, grade: Run, hand_in: Run) -> None:
    """The same code, with a store in memory."""
    kept = grade(alice=80, bob="void")
    done = gradekit("grade", hand_in(), "--lab", "softmax_regression")
    assert (kept.code, done.code) == (3, 3)
    assert kept.out.startswith(done.out.rstrip("\n"))


def test_a_void_submission_is_tried_again(grade: Run, crews: Any, out: Path) -> None:
    """Until it is judged; only then the exit code is 0."""
    assert grade(alice="void", bob=100).code == 3
    assert grade().code == 3
    assert crews.graded[1:] == [["void"]]
    assert "void: the zygote is gone" in rows(out)["alice"]["deductions"]


@pytest.mark.parametrize(
    ("words", "graded"),
    [
        (["--regrade", "all"], ["80", "100"]),
        (["--regrade", "failed"], ["80"]),
        (["--regrade", "lab-changed"], []),
        (["--seed", "5"], ["80", "100"]),
    ],
)
def test_regrading_is_asked_for(
    grade: Run, crews: Any, out: Path, words: list[str], graded: list[str]
) -> None:
    """Or follows from another seed; the store keeps both verdicts."""
    grade(alice=100, bob=80)
    done = grade(*words)
    assert done.code == 0
    assert crews.graded[1:] == ([graded] if graded else [])
    with Store(out) as store:
        assert len(store.judged()) == 2 + len(graded)
    assert ("the seed: 0 before, 5 now" in done.out) == ("5" in words)


def test_a_changed_lab_is_told_and_regraded_when_asked(
    grade: Run, crews: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its version may be the same."""
    grade(alice=100, bob=80)
    monkeypatch.setattr("gradekit.cli.batch.fingerprint", lambda lab: "another")
    told = grade()
    assert len(crews.graded) == 1
    assert "the lab's code has changed since 2 submissions of these were graded" in told.out
    done = grade("--regrade", "lab-changed")
    assert sorted(crews.graded[1]) == ["100", "80"]
    assert "has changed" not in done.out


def test_a_student_who_is_not_there_is_kept(
    grade: Run, hand_in: Run, crews: Any, out: Path
) -> None:
    """In the reports, and graded again without files where the seed is another."""
    grade(alice=80, bob=100)
    (hand_in() / "alice.py").unlink()
    done = grade("--seed", "1")
    assert "this time, kept from before: alice" in done.out
    assert sorted(crews.graded[1]) == ["100", "80"]
    assert set(rows(out)) == {"alice", "bob"}


def test_the_best_attempt_counts_when_asked(grade: Run, out: Path) -> None:
    """The last one else, and a file that is put back is the last one again."""
    grade(alice=80)
    grade(alice=60)
    assert rows(out)["alice"]["score"] == "60"
    done = grade("--policy", "best")
    assert rows(out)["alice"]["score"] == "80"
    assert "alice: 60 -> 80 (attempt 1 counts, not 2" in done.out
    assert "the policy: last before, best now" in done.out
    grade(alice=80)
    assert (rows(out)["alice"]["score"], rows(out)["alice"]["attempt"]) == ("80", "1")


def test_an_override_stands(grade: Run, gradekit: Run, crews: Any, out: Path) -> None:
    """In every report at once, and after a regrade; the computed score stays beside it."""
    grade(alice=80, bob=60)
    words = ("--score", "95.5", "--author", "=Ann", "--reason", "was <b>ill</b>|")
    done = gradekit("override", out, "alice", *words)
    assert done.code == 0, done.err
    assert "alice: set to 95.5 by =Ann" in done.out
    for _ in range(2):
        assert rows(out)["alice"]["score"] == "95.5"
        assert rows(out)["alice"]["deductions"] == ("step-sign -20, set by =Ann: was <b>ill</b>|")
        assert entries(out)["bob"]["override"] is None
        entry = entries(out)["alice"]
        assert entry["score"] == 80.0
        assert entry["override"].pop("at").startswith("20")
        assert entry["override"] == {"score": 95.5, "author": "=Ann", "reason": "was <b>ill</b>|"}
        feedback = (out / "feedback" / "alice.md").read_text("utf-8")
        assert "**95.5 of 100**, set by =Ann: was &lt;b&gt;ill" in feedback
        assert "(computed: 80)" in feedback
        assert "set by =Ann: was &lt;b&gt;ill&lt;/b&gt;\\|" in (out / "scores.md").read_text(
            "utf-8"
        )
        again = grade("--regrade", "all")
        assert "mean 77.8" in again.out
        assert "set by hand: alice" in again.out
    late = grade(alice=10)
    assert "handed in again after the score was set by hand: alice" in late.out
    assert rows(out)["alice"]["score"] == "95.5"
    assert gradekit("override", out, "alice", "--withdraw").code == 0
    assert rows(out)["alice"]["score"] == "10"
    assert entries(out)["alice"]["override"] is None


def test_an_override_settles_a_void(grade: Run, gradekit: Run, out: Path) -> None:
    """The score is a person's, and the exit code says that nothing is open."""
    assert grade(alice="void").code == 3
    gradekit("override", out, "alice", "--score", "70", "--author", "Ann", "--reason", "by hand")
    assert rows(out)["alice"]["score"] == "70"
    assert grade().code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["alcie", "--score", "1", "--author", "A", "--reason", "r"], "did you mean alice?"),
        (["alice", "--score", "101", "--author", "A", "--reason", "r"], "expected 0 to 100"),
        (["alice", "--score", "nan", "--author", "A", "--reason", "r"], "expected 0 to 100"),
        (["alice", "--score", "50", "--author", "A"], "say --score, --author and --reason"),
        (["alice", "--score", "50", "--author", " ", "--reason", "r"], "say --score, --author"),
        (["alice", "--withdraw"], "nothing to withdraw"),
        (["alice", "--withdraw", "--score", "3"], "leave --score out"),
    ],
)
def test_wrong_overrides_get_a_sentence(
    grade: Run, gradekit: Run, out: Path, words: list[str], sentence: str
) -> None:
    """Nothing is kept of them."""
    grade(alice=80)
    before = reports(out)
    done = gradekit("override", out, *words)
    assert done.code == 2
    assert sentence in done.err
    assert reports(out) == before
    with Store(out) as store:
        assert store.overrides() == []


def test_an_override_of_an_unfinished_batch_is_kept_for_its_end(
    grade: Run, gradekit: Run, crews: Any, out: Path
) -> None:
    """The reports come with the run."""
    crews.stop_after = 1
    grade(alice=80, bob=60)
    words = ("--score", "95", "--author", "Ann", "--reason", "ill")
    done = gradekit("override", out, "alice", *words)
    assert "kept; the last run was not finished" in done.out
    assert reports(out) == {}
    crews.stop_after = None
    grade()
    assert rows(out)["alice"]["score"] == "95"


def test_history_tells_all_with_times(grade: Run, gradekit: Run, out: Path) -> None:
    """Runs, attempts, verdicts, overrides; of one student where asked."""
    grade(alice=80, bob=60)
    grade(alice=90)
    gradekit("override", out, "alice", "--score", "95", "--author", "Ann", "--reason", "ill")
    told = gradekit("history", out).out
    assert "run 1: 20" in told
    assert "2 graded" in told
    assert "bob\n" in told
    one = gradekit("history", out, "alice").out
    assert "run 1: " not in one
    assert "bob" not in one
    assert "  attempt 2: alice.py, handed in 20" in one
    assert "80 of 100 (step-sign -20), run 1, seed 0, strict, 0.25 s" in one
    assert "set to 95 by Ann: ill" in one
    missing = gradekit("history", out, "alicia")
    assert (missing.code, "did you mean alice?" in missing.err) == (2, True)


def test_where_nothing_is_kept_is_told(grade: Run, gradekit: Run, out: Path) -> None:
    """With the folder that was meant, where one is near."""
    grade(alice=80)
    done = gradekit("history", out.parent)
    assert done.code == 2
    assert f"did you mean {out}?" in done.err


def test_another_labs_folder_is_refused(grade: Run, gradekit: Run, hand_in: Run, out: Path) -> None:
    """With its store, and with reports alone; nothing is changed."""
    grade(alice=80)
    before = reports(out)
    done = gradekit("grade", hand_in(), "--lab", "cnn_numpy", "--out", out)
    assert done.code == 2
    assert "holds results of softmax_regression, not of cnn_numpy" in done.err
    (out / "gradekit.sqlite").unlink()
    done = gradekit("grade", hand_in(), "--lab", "cnn_numpy", "--out", out)
    assert done.code == 2
    assert "holds results of other labs" in done.err
    assert reports(out) == before


def test_a_second_grader_is_told(grade: Run, out: Path) -> None:
    """One at a time per folder."""
    out.mkdir()
    with locked(out):
        done = grade(alice=80)
    assert done.code == 2
    assert f"another gradekit is at work in {out}" in done.err
    assert list(out.iterdir()) == []


def test_several_labs_have_a_store_each(
    gradekit: Run, crews: Any, tmp_path: Path, out: Path
) -> None:
    """And an override reaches the list of all of them."""
    for lab in ("softmax_regression", "cnn_numpy"):
        folder = tmp_path / "in" / lab
        folder.mkdir(parents=True)
        (folder / "alice.py").write_text("# 80\n", "utf-8")
    assert gradekit("grade", tmp_path / "in", "--out", out).code == 0
    one = out / "cnn_numpy"
    words = ("--score", "15", "--author", "Ann", "--reason", "ill")
    assert gradekit("override", one, "alice", *words).code == 0
    data = json.loads((out / "verdicts.json").read_text("utf-8"))
    assert {batch["lab"]: batch["submissions"][0]["override"] is None for batch in data} == {
        "softmax_regression": True,
        "cnn_numpy": False,
    }
    again = gradekit("grade", tmp_path / "in", "--out", out)
    assert again.code == 0
    assert len(crews.started) == 2


@pytest.mark.parametrize(
    ("words", "level", "asked", "told"),
    [
        (["--allow-weak-isolation"], "process", "process", "weak isolation (process)"),
        (["--allow-weak-isolation"], "strict", "process", ""),
        (["--allow-weak-isolation", "--isolation", "none"], "none", "none", "isolation (none)"),
    ],
)
def test_weak_isolation_is_written_down(
    grade: Run, crews: Any, out: Path, words: list[str], level: str, asked: str, told: str
) -> None:
    """In the table's summary and the reports, also by a later run that grades nothing."""
    crews.level = level
    for _ in range(2):
        done = grade(*words, alice=80)
        assert done.code == 0, done.err
        assert told in done.out
        assert (told in (out / "scores.md").read_text("utf-8")) or not told
        assert json.loads((out / "verdicts.json").read_text("utf-8"))["isolation"] == level
    assert [one["isolation"] for one in crews.started] == [asked]
    assert ("weak isolation" in done.out) == bool(told)


@pytest.mark.parametrize("level", ["process", "none"])
def test_weak_isolation_must_be_allowed(grade: Run, crews: Any, level: str) -> None:
    """The message says how."""
    done = grade("--isolation", level, alice=80)
    assert done.code == 2
    assert "add --allow-weak-isolation" in done.err
    assert crews.started == []


def test_a_full_disk_is_one_sentence(grade: Run, crews: Any, out: Path) -> None:
    """What is graded stays, and the next run goes on from there."""
    crews.stop_after, crews.fault = 1, OSError(errno.ENOSPC, "No space left on device", "x.csv")
    done = grade(alice=80, bob=60)
    assert done.code == 3
    assert done.err.splitlines()[-1] == (
        "gradekit: x.csv: No space left on device; make room on the disk and run the same command"
        f" again; what was graded is kept in {out}"
    )
    crews.stop_after = None
    assert grade().code == 0
    assert crews.graded[-1] == ["80"]


def test_a_report_that_fails_leaves_the_old_ones(
    grade: Run, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No half of a file, none of ours beside it, and the run is not finished."""
    grade(alice=80)
    before = reports(out)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("gradekit.report.write.os.fsync", full)
        done = grade(alice=90)
    assert done.code == 3
    assert "No space left on device; make room" in done.err
    assert reports(out) == before
    assert grade().code == 0
    assert rows(out)["alice"]["score"] == "90"


def test_a_damaged_store_is_one_sentence(grade: Run, gradekit: Run, out: Path) -> None:
    """For every command that reads it; the reports stay, and without it grading starts over."""
    grade(alice=80)
    before = reports(out)
    (out / "gradekit.sqlite").write_bytes(b"no database" * 1000)
    for done in (grade(), gradekit("history", out), gradekit("override", out, "alice")):
        assert done.code == 3
        [sentence] = done.err.splitlines()
        assert "gradekit.sqlite: file is not a database; the file is damaged" in sentence
    assert reports(out) == before
    (out / "gradekit.sqlite").rename(out.parent / "damaged.sqlite")
    assert grade().code == 0
    assert reports(out) == before


def test_an_unreadable_folder_is_one_sentence(
    grade: Run, hand_in: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of all submissions it ends the batch; of one student it is that student's problem."""
    folder = hand_in(alice=80)
    (folder / "bob").mkdir()
    listed = Path.iterdir

    def refuse(name: str) -> Callable[[Path], Any]:
        def iterdir(path: Path) -> Any:
            if path.name == name:
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return listed(path)

        return iterdir

    monkeypatch.setattr(Path, "iterdir", refuse("in"))
    done = grade()
    assert done.code == 3
    [sentence] = done.err.splitlines()
    assert sentence.startswith(f"gradekit: {folder}: Permission denied; make it readable")
    monkeypatch.setattr(Path, "iterdir", refuse("bob"))
    [(_, found)] = _found(folder)
    assert [(one.student, one.problem) for one in found] == [
        ("alice", ""),
        ("bob", "bob can't be read: Permission denied"),
    ]


def _found(folder: Path) -> Any:
    from gradekit.plugins import load_plugins
    from gradekit.submissions.find import find_batches

    labs = load_plugins().labs
    return find_batches(folder, labs, labs["softmax_regression"], lambda leaf: leaf.read().decode())


def test_what_a_killed_writer_left_is_swept(grade: Run, out: Path) -> None:
    """Files of other names are left alone."""
    grade(alice=80)
    for name in (".scores.csv.gradekit-part", "feedback/.gone.md.gradekit-part"):
        (out / name).write_text("half")
    (out / "notes.txt").write_text("mine")
    grade()
    assert {name for name in reports(out) if "part" in name} == set()
    assert (out / "notes.txt").read_text() == "mine"


def test_the_page_on_batches_shows_commands_that_run(
    gradekit: Run, crews: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of docs/batches.md, in its order; what it says they write is there."""
    page = (Path(__file__).parents[2] / "docs" / "batches.md").read_text("utf-8")
    for student, score in {"alice": 100, "bob": 60}.items():
        folder = tmp_path / "week2" / student
        folder.mkdir(parents=True)
        (folder / "softmax_regression.py").write_text(f"# {score}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"```sh\n(.*?)\n```", page, re.DOTALL)
    assert len(commands) == 7
    for command in commands:
        program, *words = shlex.split(command)
        done = gradekit(*words)
        assert (program, done.code) == ("gradekit", 0), done.err
    named = re.findall(r"^\| (`.*?`) \|", page.partition("The reports are made")[0], re.MULTILINE)
    written = {name.strip("`/") for cell in named for name in cell.split(", ")}
    assert written == {path.name for path in (tmp_path / "results" / "week2").iterdir()}
