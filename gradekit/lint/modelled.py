"""Judge the reference and each modelled mistake as if a student had handed them in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from gradekit.judge.compose import variants
from gradekit.judge.findings import PartFindings
from gradekit.judge.part import Book, judge_part
from gradekit.lab import Mistake, Part
from gradekit.lint.findings import MistakeRow
from gradekit.lint.inside import Inside, module_of

__all__ = ["Together", "judged", "mistake_rows", "together"]


def judged(book: Book, kind: type) -> PartFindings:
    """Return what the judge finds in a variant of the reference."""
    return judge_part(book, Inside(module_of(book.part, kind), book.part.requires))


def without_costs(part: Part) -> Part:
    """Return the part without its counts of work, which no model of behaviour changes."""
    return replace(part, costs=())


def mistake_rows(book: Book) -> Iterator[tuple[MistakeRow, list[PartFindings]]]:
    """Yield each mistake of a part with how its forms are judged."""
    part = book.part
    same = _declared_same(part.mistakes)
    for mistake in part.mistakes:
        row, seen = MistakeRow(part.name, mistake.id), []
        for form in mistake.forms:
            findings = _shown(book, form)
            seen.append(findings)
            _count(row, findings, {mistake.id} | same.get(mistake.id, set()))
        yield row, seen


def _shown(book: Book, form: type) -> PartFindings:
    """Judge one form, alone or with the legitimate convention under which it shows."""
    part = book.part
    found = None
    for extra in ((), *((variant,) for variant in part.variants)):
        try:
            kind = type(form.__name__, (form, *extra, part.reference), {})
        except TypeError:  # the form is derived from the convention itself
            continue
        found = judged(book, kind)
        if found.wrong:
            break
    assert found is not None
    return found


def _declared_same(mistakes: Sequence[Mistake]) -> dict[str, set[str]]:
    """Return for each id those that can't be told from it, as the author says."""
    same: dict[str, set[str]] = {}
    for mistake in mistakes:
        for other in mistake.same_as:
            same.setdefault(mistake.id, set()).add(other)
            same.setdefault(other, set()).add(mistake.id)
    return same


def _count(row: MistakeRow, findings: PartFindings, accepted: set[str]) -> None:
    ids = {finding.id for finding in findings.findings}
    open_ends = bool(findings.unexplained) or findings.disagreement is not None
    row.forms += 1
    if not ids and not open_ends:
        row.unseen += 1
        return
    row.caught += 1
    also = {other for finding in findings.findings for other in finding.also}
    strange = (ids | also) - accepted
    row.named += bool(ids & accepted) and not strange and not open_ends
    row.confused |= strange | ({"not explained"} if open_ends else set())


@dataclass
class Together:
    """How sets of mistakes made at once are judged."""

    sets: int = 0
    equal: int = 0  # sets that behave as a smaller set does, or as another of their size
    exact: int = 0  # named exactly
    others: int = 0  # named as another set that behaves alike, all ties told
    wrong: list[str] = field(default_factory=list)


def together(book: Book, ids: Sequence[str], most: int) -> Together:
    """Judge all sets of up to `most` of these mistakes, each in its first form."""
    part = book.part
    chosen = [_first_form(m) for m in part.mistakes if m.id in ids or not ids]
    result = Together()
    for count in range(1, most + 1):
        for variant in variants(part.reference, chosen, count):
            result.sets += 1
            findings = judged(book, variant.kind)
            named = tuple(sorted(finding.id for finding in findings.findings))
            ties = {" + ".join(named)}.union(*(f.also for f in findings.findings))
            open_ends = bool(findings.unexplained) or findings.disagreement is not None
            if named == variant.ids and not open_ends:
                result.exact += 1
            elif not open_ends and len(named) < len(variant.ids):
                result.equal += 1
            elif not open_ends and " + ".join(variant.ids) in ties:
                result.others += 1
            else:
                result.wrong.append(f"{' + '.join(variant.ids)} -> {' + '.join(named) or '-'}")
    return result


def _first_form(mistake: Mistake) -> Mistake:
    """Return the mistake in its first form alone."""
    first = mistake.forms[0]
    return Mistake(
        first,
        points=mistake.points,
        id=mistake.id,
        in_gradients=mistake.in_gradients,
        hint=mistake.hint,
        same_as=mistake.same_as,
    )
