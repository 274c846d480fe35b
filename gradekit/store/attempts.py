"""Which attempts have to be graded, and which of a student's attempts counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gradekit.store.records import Attempt, Judged, Key, Override, Policy, Run, Standing

__all__ = ["current", "in_force", "standings", "to_grade"]


def current(judged: Iterable[Judged], key: Key, before: int | None = None) -> dict[int, Judged]:
    """Return each attempt's last verdict under a key; of the runs before one, if it is named."""
    return {
        one.attempt: one
        for one in judged
        if one.run.key == key and (before is None or one.run.id < before)
    }


def to_grade(run: Run, attempts: Sequence[Attempt], judged: Sequence[Judged]) -> list[Attempt]:
    """Return the attempts that need a verdict in this run, those that it has already left out."""
    now, earlier = current(judged, run.key), current(judged, run.key, run.id)
    fresh = {one.attempt for one in judged if one.run.id == run.id and not one.void}

    def needs(attempt: Attempt) -> bool:
        if attempt.id not in now or now[attempt.id].void:
            return True
        if attempt.id in fresh or attempt.id not in earlier:
            return False
        old = earlier[attempt.id]
        return {
            "": False,
            "all": True,
            "failed": old.lost,
            "lab-changed": old.run.fingerprint != run.fingerprint,
        }[run.options.regrade]

    return [attempt for attempt in attempts if needs(attempt)]


def in_force(overrides: Iterable[Override]) -> dict[str, Override]:
    """Return each student's override, where the last word was not its withdrawal."""
    last = {one.student: one for one in overrides}
    return {student: one for student, one in last.items() if one.score is not None}


def standings(
    policy: Policy,
    key: Key,
    attempts: Sequence[Attempt],
    judged: Iterable[Judged],
    overrides: Iterable[Override],
) -> list[Standing]:
    """Return where each student stands, in order of names; attempts come last seen last.

    A student of whom no attempt has a verdict under the key is left out.
    """
    now, said = current(judged, key), in_force(overrides)
    found: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        found.setdefault(attempt.student, []).append(attempt)
    rows = []
    for student, own in sorted(found.items()):
        chosen = _chosen(own[-1:] if policy == "last" else own, now)
        if chosen is not None:
            rows.append(Standing(chosen, len(own), now[chosen.id], said.get(student)))
    return rows


def _chosen(own: list[Attempt], now: dict[int, Judged]) -> Attempt | None:
    """Return the best of those with a verdict; of equal ones, the one that was seen last."""
    graded = [(_worth(now[one.id]), place) for place, one in enumerate(own) if one.id in now]
    return own[max(graded)[1]] if graded else None


def _worth(judged: Judged) -> float:
    return -1.0 if judged.void else judged.verdict.score
