"""All that lint looks at, in order."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gradekit.judge.direct import agrees
from gradekit.judge.part import Book
from gradekit.judge.properties import Memory, check_all
from gradekit.judge.session import Ask, fingerprint
from gradekit.lab import Lab
from gradekit.lint.empty import empty_answers
from gradekit.lint.findings import Report
from gradekit.lint.inside import Inside, module_of
from gradekit.lint.modelled import judged, mistake_rows, without_costs
from gradekit.lint.mutation import Mutation, mutate
from gradekit.lint.starting import starting_scores
from gradekit.report.page import named
from gradekit.wire.values import Failure, Payload, pack

__all__ = ["LEAST_SCORE", "lint"]

LEAST_SCORE = 0.98  # of the mutants that differ from the reference, this share must be caught

Progress = Callable[[str], None]


def lint(lab: Lab, seed: int, progress: Progress, *, mutation: bool = True) -> Report:
    """Return what an author should know of a lab before students meet it."""
    report = Report(lab.name)
    books = {part.name: Book(without_costs(part), seed) for part in lab.parts}
    progress("the reference")
    for book in books.values():
        book.prepare()
    _reference(report, books)
    _precisions(report, books)
    _deterministic(report, books)
    progress("empty answers")
    _empty(report, books)
    progress("the template")
    _template(report, lab, seed)
    progress("mistakes")
    broken = _mistakes(report, lab, books, progress)
    if mutation:
        found = mutate(lab, books, lambda n, of: progress(f"mutant {n + 1} of {of}"))
        _mutation(report, found)
        broken |= found.broken
    _idle(report, books, broken)
    return report


def _reference(report: Report, books: dict[str, Book]) -> None:
    start = time.perf_counter()
    lost = [name for name, book in books.items() if _wrong(book)]
    seconds = time.perf_counter() - start
    text = f"loses points in {', '.join(lost)}" if lost else f"full marks in {seconds:.2f} s"
    report.add("reference", not lost, text)


def _wrong(book: Book) -> bool:
    found = judged(book, book.part.reference)
    return bool(found.findings or found.unexplained or found.disagreement or found.review)


def _precisions(report: Report, books: dict[str, Book]) -> None:
    """Drive the reference under each convention that it can follow."""
    for name, book in books.items():
        part = book.part
        held: list[str] = []
        strange: list[str] = []
        for convention in part.conventions:
            if convention.symptom is not None:
                continue
            answer = _holds(book, convention.name)
            if answer is not None:
                (held if answer else strange).append(convention.name)
        wanted = [c for c in held if c.endswith("float32")] or not any(
            c.name.endswith("float32") for c in part.conventions
        )
        text = f"holds as {', '.join(held)}" if any(held) else "holds"
        text += f"; violated as {', '.join(strange)}" if strange else ""
        report.add(f"precision of {name}", bool(wanted) and not strange, text)


def _holds(book: Book, convention: str) -> bool | None:
    """Tell whether the reference is right under a convention; None where it can't follow it."""
    part = book.part
    if part.weights is not None and not convention.endswith(("float64", "float32")):
        return None
    inside = Inside(module_of(part, part.reference), part.requires)
    how = Ask(weights="seed" if part.weights else None)
    memory = Memory(lambda cases: inside.ask(part, cases, how))
    named = bool(convention)
    cases = [replace(c, convention=convention) if named else c for c in book.direct.cases]
    if any(isinstance(answer, Failure) for answer in memory.fetch(cases)):
        return None
    broken = check_all(part.properties, cases, memory)
    if part.weights is not None:
        return None if broken else True  # another layout of the state than the reference's
    return not broken and agrees(book.direct, memory, cases)


def _deterministic(report: Report, books: dict[str, Book]) -> None:
    """Ask the reference twice and compare what would travel, byte by byte."""
    moving = [name for name, book in books.items() if _bytes(book) != _bytes(book)]
    text = f"two runs differ in {', '.join(moving)}" if moving else "two runs agree to the bit"
    report.add("drives", not moving, text)


def _bytes(book: Book) -> list[Any]:
    part = book.part
    inside = Inside(module_of(part, part.reference), part.requires)
    found: list[Any] = [fingerprint(case) for case in book.direct.cases]
    how = Ask(weights="seed" if part.weights else None)
    for answer in inside.ask(part, book.direct.cases, how):
        payload = Payload()
        found += [repr(pack(answer, payload)), b"".join(bytes(b) for b in payload.buffers)]
    return found


def _empty(report: Report, books: dict[str, Book]) -> None:
    for name, book in books.items():
        answers = empty_answers(book)
        passed = [kind for kind, failed in answers.items() if not failed]
        text = f"{', '.join(passed)} passes" if passed else f"{', '.join(answers)} fail"
        report.add(f"empty answers to {name}", not passed, text)


def _template(report: Report, lab: Lab, seed: int) -> None:
    found = starting_scores(lab, seed)
    credit = lab.attempt_credit * lab.max_score
    fine = found.template == 0 and found.attempt >= credit >= found.nothing and not found.error
    text = found.error or (
        f"loads; {found.template:g} points as it is, {found.attempt:g} filled in badly,"
        f" {found.nothing:g} for a file that defines nothing (credit {credit:g})"
    )
    report.add("template", fine, text)


def _mistakes(report: Report, lab: Lab, books: dict[str, Book], progress: Progress) -> set[str]:
    broken: set[str] = set()
    for name, book in books.items():
        rows = []
        for row, seen in mistake_rows(book):
            progress(f"mistakes: {row.id} in {name}")
            rows.append(row)
            broken |= {check for findings in seen for check in findings.broken}
        report.mistakes += rows
        forms, caught = sum(r.forms for r in rows), sum(r.caught for r in rows)
        exact, unseen = sum(r.named for r in rows), sum(r.unseen for r in rows)
        hidden = [row.id for row in rows if row.unseen == row.forms]
        text = f"{len(rows)} mistakes in {forms} forms: {caught} caught, {exact} named"
        text += f"; {unseen} forms are right by behaviour" if unseen else ""
        text += f"; never seen: {', '.join(hidden)}" if hidden else ""
        if rows:
            report.add(f"mistakes of {name}", caught == exact and not hidden, text)
        told = sorted({m.id for m in named(lab.part(name))} - {m.id for m in book.part.mistakes})
        if told:
            text = f"{', '.join(told)}: told by other evidence than a model; show each by a sample"
            report.add(f"symptoms of {name}", None, text)
    return broken


def _mutation(report: Report, found: Mutation) -> None:
    rest = found.made - found.equal
    text = (
        f"{found.caught} of {rest} caught, {found.score:.1%}"
        f" ({found.made} made, {found.equal} equal to the reference)"
    )
    report.add("mutation score", found.score >= LEAST_SCORE, text)
    report.survivors = [f"line {mutant.line}: {mutant.change}" for mutant in found.survivors]


def _idle(report: Report, books: dict[str, Book], broken: set[str]) -> None:
    """Name properties that nothing has broken: they may be right, but they do no work."""
    properties = {p.name for book in books.values() for p in book.part.properties}
    idle = sorted(properties - broken)
    text = ", ".join(idle) if idle else f"none of {len(properties)}"
    report.add("idle properties", None if idle else True, text)
