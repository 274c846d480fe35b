"""Judge one part of one submission: conventions, properties, explanation, symptoms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from gradekit.errors import LabError
from gradekit.judge.aligned import AlignedBook, explain_aligned, explain_by_fit
from gradekit.judge.cost import cost_findings
from gradekit.judge.direct import DirectBook, agrees, explain_direct
from gradekit.judge.findings import Explanation, Finding, PartFindings
from gradekit.judge.ignored import WEIGHTS, Dependence, ignored
from gradekit.judge.properties import Broken, Memory, check_all
from gradekit.judge.session import Ask, Conversation
from gradekit.lab import Convention, Part
from gradekit.wire.values import Failure, Value

__all__ = ["Book", "judge_part"]

NEGOTIATED = 2  # cases that decide which calling convention a submission follows
SYMPTOM_CASES = 1
MOST_ELSEWHERE = 2  # mistakes at once that are tried under another convention


class Book:
    """What a batch shares about one part: cases and the reference's answers."""

    def __init__(self, part: Part, batch_seed: int) -> None:
        self.part = part
        self.direct = DirectBook(part, batch_seed)
        self.aligned = AlignedBook(part, self.direct.cases, batch_seed)
        self.batch_seed = batch_seed

    def prepare(self) -> None:
        """Compute what every submission needs, and see that the reference stands its own lab.

        Raises: LabError when a drive fails on the reference, or a property does not hold for it.
        """
        part = self.part
        if part.weights is None:
            cases = (*self.direct.cases, *self.direct.fresh)
            answers = [self.direct.outcome(part.reference, case) for case in cases]
        else:
            answers = self.aligned.reference_outcomes(self.direct.cases)
        for answer in answers:
            if not isinstance(answer, Mapping):
                raise LabError(f"part {part.name!r}: the drive fails on the reference: {answer}")

        def ask(cases: Sequence[Any]) -> list[Value]:
            if part.weights is not None:
                return self.aligned.reference_outcomes(cases)
            return [self.direct.outcome(part.reference, case) for case in cases]

        for broken in check_all(part.properties, self.direct.cases, Memory(ask)).values():
            text = f"{broken.name} does not hold for the reference: {broken.message}"
            raise LabError(f"part {part.name!r}: {text}")
        _ = self.direct.fresh  # drawn once, before judges are forked


@dataclass
class _Tried:
    convention: Convention
    memory: Memory
    cases: list[Any]
    broken: dict[str, Broken]


def judge_part(book: Book, session: Conversation) -> PartFindings:
    """Return all that is wrong in one part, explained as far as it can be."""
    part = book.part
    findings = PartFindings(part.name)
    session.begin_part()
    absent = [name for name in part.requires if name not in session.names]
    if absent:
        findings.missing = _absent(absent[0], session.names)
        findings.findings = [
            Finding(s.id, part.points, s.reason, "", f"Define {absent[0]} under exactly this name.")
            for s in part.symptoms
            if s.id == part.absent
        ]
        return findings
    tried, explanation = _judged(book, session)
    if part.weights is not None and tried.broken and session.stopped is None:
        findings.ignored, findings.inputs = _ignored(book, session, tried)
        if WEIGHTS in findings.ignored and len(findings.ignored) == findings.inputs:
            text = f"the answer does not depend on {', '.join(findings.ignored)}"
            explanation = Explanation(disagreement=text, case=book.direct.cases[0])
    findings.convention = tried.convention.name
    findings.broken = tried.broken
    findings.cases = len(tried.cases)
    findings.comparable = part.weights is not None or book.direct.compares
    findings.findings = list(explanation.findings)
    findings.findings += _symptoms(part, tried, explanation)
    handed_over = part.absent in {finding.id for finding in findings.findings}
    if part.costs and session.stopped is None and not handed_over:

        def ask(cases: Sequence[Any], how: Ask) -> list[Value]:
            return session.ask(part, cases, how)

        findings.findings += cost_findings(part, ask, tried.convention.name)
    _settle(findings, explanation, tried)
    unexplained = findings.unexplained or findings.disagreement
    if session.stopped is None and unexplained and not findings.inputs:
        findings.ignored, findings.inputs = _ignored(book, session, tried)
    findings.stopped = session.stopped is not None
    return findings


def _ignored(book: Book, session: Conversation, tried: _Tried) -> Dependence:
    """Return what the answer does not depend on; asked where something fails unexplained."""
    part, how = book.part, Ask(weights="seed" if book.part.weights else None)

    def reference(cases: Sequence[Any]) -> list[Value]:
        if part.weights is not None:
            return book.aligned.reference_outcomes(cases)
        return [book.direct.outcome(part.reference, case) for case in cases]

    def submission(cases: Sequence[Any]) -> list[Value]:
        name = tried.convention.name
        asked = [replace(case, convention=name) for case in cases] if name else list(cases)
        return session.ask(part, asked, how)

    return ignored(part, book.direct.cases, reference, submission)


def _absent(name: str, names: Sequence[str]) -> str:
    lower = {other.lower(): other for other in names}
    near = get_close_matches(name.lower(), lower, n=1, cutoff=0.6)
    hint = f"rename {lower[near[0]]}?" if near else "define it under this name"
    return f"the file defines no {name}; {hint}"


def _judged(book: Book, session: Conversation) -> tuple[_Tried, Explanation]:
    """Return the convention that a submission follows, and its explanation under it.

    The first without a failure, else the first that keeps the form of an outcome (the part's
    first property says what that is). Where none does, each under which the code runs at all
    may be the one: the first that can be explained is.
    """
    first, others = _conventions(book, session)
    if book.part.weights is None:  # outcomes against outcomes: nothing has to be aligned
        return _judged_directly(book, session, first)
    explanation = _explain(book, session, first)
    for tried in others:
        if explanation.agrees:
            break
        further = _try(book, session, tried.convention, book.direct.cases, tried.memory)
        other = _explain(book, session, further)
        if other.agrees:
            first, explanation = further, other
    return first, explanation


def _judged_directly(
    book: Book, session: Conversation, first: _Tried
) -> tuple[_Tried, Explanation]:
    """Return the convention under which nothing is wrong, or else the one that explains most.

    A submission that computes in single precision whatever comes in violates nothing in double
    precision, and yet differs from the reference. What is right goes before what is explained.
    """
    if agrees(book.direct, first.memory, first.cases):
        return first, Explanation(agrees=True)
    seen = first.memory.fetch(first.cases)
    others = [
        _try(book, session, convention, book.direct.cases[:NEGOTIATED])
        for convention in book.part.conventions
        if convention.symptom is None
        and convention is not first.convention
        and (convention.when is None or any(map(convention.when, seen)))
    ]
    right = _right_among(book, session, [few for few in others if not few.convention.last])
    if right is not None:
        return right
    explanation = explain_direct(book.direct, first.memory, first.cases, 1)
    if not explanation.agrees:
        right = _right_among(book, session, [few for few in others if few.convention.last])
        if right is not None:
            return right
        explanation = explain_direct(book.direct, first.memory, first.cases)
    for few in others if not explanation.agrees else ():
        if session.stopped or all(isinstance(a, Failure) for a in few.memory.fetch(few.cases)):
            continue
        tried = _try(book, session, few.convention, book.direct.cases, few.memory)
        other = explain_direct(book.direct, tried.memory, tried.cases, MOST_ELSEWHERE)
        if other.agrees:
            return tried, other
    return first, explanation


def _right_among(
    book: Book, session: Conversation, others: Sequence[_Tried]
) -> tuple[_Tried, Explanation] | None:
    """Return the first convention under which nothing at all is wrong, if there is one."""
    for few in others:
        if not few.broken and agrees(book.direct, few.memory, few.cases):
            tried = _try(book, session, few.convention, book.direct.cases, few.memory)
            if not tried.broken and agrees(book.direct, tried.memory, tried.cases):
                return tried, Explanation(agrees=True)
    return None


def _conventions(book: Book, session: Conversation) -> tuple[_Tried, list[_Tried]]:
    """Return the convention to judge by, and others that may be meant."""
    part = book.part
    first = _try(book, session, part.conventions[0], book.direct.cases)
    if not _few(first) or not part.properties:
        return first, []
    form = part.properties[0].name
    formed = first if form not in _few(first) else None
    running = []
    for convention in part.conventions[1:]:
        if session.stopped:
            break
        tried = _try(book, session, convention, book.direct.cases[:NEGOTIATED])
        if not tried.broken:
            return _try(book, session, convention, book.direct.cases, tried.memory), []
        if formed is None and form not in tried.broken:
            formed = tried
        if not any(isinstance(answer, Failure) for answer in tried.memory.fetch(tried.cases)):
            running.append(tried)
    if formed is first:
        return first, []
    if formed is not None:
        return _try(book, session, formed.convention, book.direct.cases, formed.memory), []
    return first, [tried for tried in running if tried.convention.symptom is None]


def _few(tried: _Tried) -> set[str]:
    """Return the names of what fails on the cases that decide."""
    few = {id(case) for case in tried.cases[:NEGOTIATED]}
    return {name for name, broken in tried.broken.items() if id(broken.case) in few}


def _try(
    book: Book,
    session: Conversation,
    convention: Convention,
    cases: Sequence[Any],
    memory: Memory | None = None,
) -> _Tried:
    part = book.part
    how = Ask(weights="seed" if part.weights else None)
    memory = memory or Memory(lambda asked: session.ask(part, asked, how))
    named = bool(convention.name)
    under = [replace(case, convention=convention.name) if named else case for case in cases]
    memory.fetch(under)
    return _Tried(convention, memory, under, check_all(part.properties, under, memory))


def _explain(book: Book, session: Conversation, tried: _Tried) -> Explanation:
    part = book.part

    def ask(cases: Sequence[Any], how: Ask) -> list[Value]:
        return session.ask(part, cases, how)

    explanation = explain_aligned(book.aligned, ask, tried.convention.name)
    if explanation.aligned or tried.broken:
        return explanation
    return explain_by_fit(book.aligned, ask, tried.convention.name)


def _symptoms(part: Part, tried: _Tried, explanation: Explanation) -> list[Finding]:
    found = []
    cases = tried.cases[:SYMPTOM_CASES]
    broken = check_all(part.symptoms, cases, tried.memory)
    for symptom in part.symptoms:
        if symptom.id in broken:
            proof = broken[symptom.id].message
            found.append(
                Finding(
                    symptom.id,
                    symptom.points,
                    symptom.reason,
                    proof,
                    symptom.hint,
                    symptom.explains,
                    case=broken[symptom.id].case,
                )
            )
    if tried.convention.symptom is not None:
        symptom = tried.convention.symptom
        text = f"it works when called by another convention: {tried.convention.name}"
        found.append(
            Finding(
                symptom.id,
                symptom.points,
                symptom.reason,
                text,
                symptom.hint,
                case=tried.cases[0],
            )
        )
    known = {finding.id for finding in explanation.findings}
    return [finding for finding in found if finding.id not in known]


def _settle(findings: PartFindings, explanation: Explanation, tried: _Tried) -> None:
    """Separate what the findings explain from what stays unexplained."""
    explains = {name for finding in findings.findings for name in finding.explains}
    explained = set(explanation.explained) | explains
    if "*" not in explained:
        findings.unexplained = {
            name: broken for name, broken in findings.broken.items() if name not in explained
        }
    findings.compared = explanation.aligned
    findings.difference = explanation.disagreement
    if explanation.agrees or "agreement" in explained:
        return
    if not explanation.aligned:
        if not findings.unexplained and not findings.findings:
            findings.review = (
                f"{findings.part}: nothing is violated, but it could not be compared with the"
                f" reference ({explanation.disagreement})"
            )
        return
    findings.disagreement = Broken("agreement", explanation.case, explanation.disagreement)
