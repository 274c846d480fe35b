"""The same batch gives the same verdicts, with any number of jobs and in any order."""

from __future__ import annotations

from pathlib import Path

import msgspec

from gradekit.cli.common import reader
from gradekit.engine.local import grade_batch
from gradekit.judge.verdict import Verdict
from gradekit.plugins import Plugins
from gradekit.submissions.find import find_batches

ROOT = Path(__file__).parents[2]
CHOSEN = ("right_einsum", "reset-unused", "batch-one-squeeze", "unknown_extra_tanh_on_state")


def untimed(verdicts: list[Verdict]) -> list[bytes]:
    """Return verdicts as bytes, without what a clock measured, in order of students."""
    plain = [msgspec.structs.replace(verdict, seconds=0.0) for verdict in verdicts]
    return [msgspec.json.encode(v) for v in sorted(plain, key=lambda v: v.student)]


def test_jobs_and_order_change_nothing(plugins: Plugins) -> None:
    """One job forwards and two jobs backwards give the same bytes but for times."""
    lab = plugins.labs["gru_lyrics"]
    folder = ROOT / "submissions" / "gru_lyrics"
    [(_, found)] = find_batches(folder, plugins.labs, lab, reader(plugins))
    few = [item for item in found if item.student in CHOSEN]
    assert len(few) == len(CHOSEN)
    one = grade_batch(lab, few, jobs=1, seed=3, done=lambda verdict: None)
    two = grade_batch(lab, few[::-1], jobs=2, seed=3, done=lambda verdict: None)
    assert untimed(one) == untimed(two)
