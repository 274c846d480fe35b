"""What two finished runs disagree in, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gradekit.judge.verdict import Verdict
from gradekit.store.records import Run, Standing

__all__ = ["Change", "between", "why_all"]


@dataclass(frozen=True)
class Change:
    """One student's move; None is a void score, and `new` says that there was none before."""

    student: str
    old: float | None
    new: float | None
    reasons: tuple[str, ...]
    first: bool = False  # the student was not in the earlier run


def why_all(old: Run, new: Run) -> list[str]:
    """Return what changed for every student between two runs."""
    pairs = [
        ("gradekit", old.key.gradekit, new.key.gradekit),
        ("the lab's version", old.key.lab_version, new.key.lab_version),
        ("the seed", str(old.key.seed), str(new.key.seed)),
        ("the device", old.key.device, new.key.device),
        ("the policy", old.options.policy, new.options.policy),
    ]
    return [f"{what}: {was} before, {now} now" for what, was, now in pairs if was != now]


def between(old: Iterable[Standing], new: Sequence[Standing]) -> list[Change]:
    """Return the students whose score, deductions or attempt are others, in order of names."""
    before = {one.attempt.student: one for one in old}
    changes = []
    for now in new:
        was = before.get(now.attempt.student)
        if was is None:
            changes.append(Change(now.attempt.student, None, now.score, (), first=True))
            continue
        reasons = _reasons(was, now)
        if was.score != now.score or any(not text.startswith("the lab's") for text in reasons):
            changes.append(Change(now.attempt.student, was.score, now.score, tuple(reasons)))
    return changes


def _reasons(was: Standing, now: Standing) -> list[str]:
    reasons = []
    if was.attempt.id != now.attempt.id:
        reasons.append(f"attempt {now.attempt.number} counts, not {was.attempt.number}")
    if was.judged.run.fingerprint != now.judged.run.fingerprint:
        reasons.append("the lab's code changed")
    reasons += _overrides(was, now)
    old, new = lost(was.judged.verdict), lost(now.judged.verdict)
    reasons += [f"new: {text}" for text in new if text not in old]
    reasons += [f"gone: {text}" for text in old if text not in new]
    return reasons


def _overrides(was: Standing, now: Standing) -> list[str]:
    if was.override == now.override:
        return []
    if now.override is None:
        return [f"what {was.override.author} set was withdrawn"] if was.override else []
    return [f"set by {now.override.author}: {now.override.reason}"]


def lost(verdict: Verdict) -> list[str]:
    """Return what a verdict holds against a submission, in words that compare."""
    if verdict.status == "void":
        return [f"void: {verdict.reason}"]
    texts = [
        f"{one.mistake or 'unexplained'} -{f'{one.points:.2f}'.rstrip('0').rstrip('.')}"
        + (f" in {one.part}" if one.mistake is None else "")
        for one in verdict.deductions
        if one.points or one.mistake
    ]
    floor = f"{verdict.floor:.2f}".rstrip("0").rstrip(".")
    return texts + ([f"attempt credit {floor}"] if verdict.floor else [])
