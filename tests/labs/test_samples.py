"""Each sample under submissions/ gets the score and the names that stand beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gradekit.cli.common import reader
from gradekit.engine.local import default_jobs, grade_batch
from gradekit.judge.verdict import Verdict
from gradekit.plugins import Plugins
from gradekit.submissions.find import find_batches

ROOT = Path(__file__).parents[2]
LABS = (
    "attention_reversal",
    "bert_self_attention",
    "cnn_numpy",
    "gru_lyrics",
    "linear_regression",
    "softmax_regression",
)


def grade_folder(plugins: Plugins, folder: Path, lab_name: str) -> dict[str, Verdict]:
    """Return the verdicts of a folder by student."""
    lab = plugins.labs[lab_name]
    [(_, found)] = find_batches(folder, plugins.labs, lab, reader(plugins))
    verdicts = grade_batch(lab, found, jobs=default_jobs(), seed=0, done=lambda verdict: None)
    return {verdict.student: verdict for verdict in verdicts}


def names(verdict: Verdict) -> list[str]:
    """Return the named mistakes of a verdict."""
    return sorted({d.mistake for d in verdict.deductions if d.mistake})


@pytest.mark.parametrize("lab", LABS)
def test_samples_get_their_recorded_verdicts(plugins: Plugins, lab: str) -> None:
    """Scores and names are those in expected.json; no sample is missing there."""
    folder = ROOT / "submissions" / lab
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    verdicts = grade_folder(plugins, folder, lab)
    got = {s: {"score": v.score, "mistakes": names(v)} for s, v in verdicts.items()}
    assert got == expected


@pytest.mark.parametrize("lab", LABS)
def test_every_mistake_has_a_sample(plugins: Plugins, lab: str) -> None:
    """Each id that the lab can name is shown by a sample of its own."""
    expected = json.loads((ROOT / "submissions" / lab / "expected.json").read_text("utf-8"))
    shown = {name for entry in expected.values() for name in entry["mistakes"]}
    parts = plugins.labs[lab].parts
    known = {mistake.id for part in parts for mistake in part.mistakes}
    known |= {symptom.id for part in parts for symptom in part.symptoms}
    assert known <= shown


@pytest.mark.slow
@pytest.mark.parametrize("lab", LABS)
def test_corpus_is_judged_as_its_authors_meant(plugins: Plugins, lab: str) -> None:
    """Submissions written from the lab's text alone: right ones keep all points, and so on.

    Wrong ones lose points; where their author was certain of the mistakes' names, those names
    and no others are given.
    """
    folder = ROOT / "tests" / "corpus" / lab
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    verdicts = grade_folder(plugins, folder, lab)
    assert verdicts.keys() == expected.keys()
    wrong = {}
    for student, entry in expected.items():
        verdict = verdicts[student]
        full = verdict.score == verdict.max_score
        if full != entry["right"] or names(verdict) != sorted(entry["mistakes"]):
            wrong[student] = (verdict.score, names(verdict), entry)
    assert wrong == {}
