"""Grade one submission from its source text to its verdict."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from gradekit.errors import JudgeError, LabError, SubmissionError
from gradekit.judge.cases import smallest
from gradekit.judge.findings import Finding, PartFindings
from gradekit.judge.forbidden import Forbidden, read_in_source
from gradekit.judge.metrics import MetricBook, explained, measured
from gradekit.judge.part import Book, judge_part
from gradekit.judge.processes import ZygoteClient
from gradekit.judge.properties import Broken, Memory, check_all
from gradekit.judge.score import Score, score
from gradekit.judge.session import Ask, Session
from gradekit.judge.source import Module, added_imports
from gradekit.judge.template import changed_outside_todo, is_attempt
from gradekit.judge.tokens import token
from gradekit.judge.verdict import MetricResult, Verdict
from gradekit.judge.watch import Budget
from gradekit.lab import Forbid, Imports, Lab, OnlyInTodo, Part

__all__ = ["Judge"]

MAX_RENEWALS = 2  # fresh zygotes for one submission


@dataclass
class Judge:
    """Grades submissions of one lab, one after the other, with one zygote."""

    lab: Lab
    client: ZygoteClient
    batch_seed: int
    renew: Callable[[], ZygoteClient] | None = None  # a line to a fresh zygote
    budget: Budget = field(default_factory=Budget)  # for each answer
    books: dict[str, Book] = field(default_factory=dict)
    metrics: MetricBook = field(init=False)

    def __post_init__(self) -> None:
        self.books = {part.name: Book(part, self.batch_seed) for part in self.lab.parts}
        self.metrics = MetricBook(self.lab)
        main = self.lab.files[0]
        self.template_source = (self.lab.template / main).read_text("utf-8")
        self.template = Module.parse(self.template_source)

    def grade(self, student: str, sources: Mapping[str, str]) -> Verdict:
        """Return the verdict; a fault of ours makes it void instead of costing points."""
        start = time.monotonic()
        try:
            verdict = self._tried(student, sources)
        except JudgeError as error:
            verdict = self.void(student, str(error))
        except LabError as error:
            verdict = self.void(student, f"the lab is broken: {error}")
        except Exception as error:  # noqa: BLE001  # nothing of ours may cost a student points
            verdict = self.void(student, f"{type(error).__name__}: {error}")
        return replace(verdict, seconds=round(time.monotonic() - start, 3))

    def _tried(self, student: str, sources: Mapping[str, str]) -> Verdict:
        """Grade; where zygote or runners fail us, again with a fresh zygote, twice.

        Raises: JudgeError when that does not help.
        """
        for _ in range(MAX_RENEWALS if self.renew is not None else 0):
            try:
                return self._graded(student, sources)
            except JudgeError:
                assert self.renew is not None
                self.client = self.renew()
        return self._graded(student, sources)

    def prepare(self) -> None:
        """Draw all cases and run the reference on them, before judges are forked."""
        for book in self.books.values():
            book.prepare()
        self.metrics.prepare()

    def not_found(self, student: str, sources: Mapping[str, str], problem: str) -> Verdict:
        """Return the verdict on what was not found as the lab asks: a person should look."""
        return replace(self.not_loaded(student, sources, problem), review=(problem,))

    def not_loaded(self, student: str, sources: Mapping[str, str], reason: str) -> Verdict:
        """Return the verdict on what can't be run: the attempt credit, and the error in words."""
        text = "\n".join(sources.values())
        total = Score(self.lab, self._replay)
        module = _parsed(sources.get(self.lab.files[0], ""))
        if module is not None:
            used = read_in_source(self.lab, module)
            self._rules(total, sources[self.lab.files[0]], module, used)
        found = [PartFindings(part.name, missing=reason) for part in self.lab.parts]
        attempt = bool(text.strip()) and is_attempt(text, self.template_source)
        return self._summed(student, total, found, attempt)

    def _summed(
        self, student: str, total: Score, found: list[PartFindings], attempt: bool
    ) -> Verdict:
        """Charge what was found and add up, with the credit for a real attempt as the floor."""
        lab = self.lab
        missing = {findings.part for findings in found if findings.missing}
        for findings in found:
            total.part(findings, missing)
        parts = tuple(
            score(findings, lab.part(findings.part), total.left[findings.part], self._replay)
            for findings in found
        )
        credit = round(lab.attempt_credit * lab.max_score, 2) if attempt else 0.0
        return Verdict(
            student,
            "graded",
            max(total.total(), credit),
            lab.max_score,
            parts,
            tuple(total.deductions),
            floor=credit if total.total() < credit else 0.0,
            review=tuple(findings.review for findings in found if findings.review),
        )

    def void(self, student: str, reason: str) -> Verdict:
        """Return a verdict that says why there is none."""
        return Verdict(student, "void", 0.0, self.lab.max_score, reason=reason)

    def _graded(self, student: str, sources: Mapping[str, str]) -> Verdict:
        main = self.lab.files[0]
        try:
            module = Module.parse(sources[main])
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            where = f" in line {error.lineno}" if isinstance(error, SyntaxError) else ""
            what = error.msg if isinstance(error, SyntaxError) else str(error)
            reason = f"SyntaxError: the file is no Python{where}: {what}"
            return self.not_loaded(student, sources, reason)
        session = Session(self.client, sources, main, self.budget)
        try:
            try:
                session.start()
            except SubmissionError as error:
                return self.not_loaded(student, sources, str(error))
            found = [judge_part(self.books[part.name], session) for part in self.lab.parts]
            for findings in found:
                self._shrink(findings, session)
            forbidden = Forbidden(self.lab, self.books, session)
            used = forbidden.used(module, found)
            metrics = self._metrics(session, found)
        finally:
            session.close()
        verdict = self._verdict(student, sources[main], module, found, used, metrics, session)
        return replace(verdict, review=(*verdict.review, *forbidden.doubts))

    def _shrink(self, findings: PartFindings, session: Session) -> None:
        """Replace the case of each unexplained violation by the smallest that shows it."""
        part = self.lab.part(findings.part)
        wanted = findings.unexplained
        if not wanted or findings.stopped:
            return
        session.begin_part()
        name = next(iter(wanted))
        prop = next(p for p in part.properties if p.name == name)
        how = Ask(weights="seed" if part.weights else None)
        memory = Memory(lambda cases: session.ask(part, cases, how))

        def broken(case: object) -> Broken | None:
            return check_all([prop], [_under(case, findings.convention)], memory).get(name)

        first = wanted[name]
        best = smallest(part, lambda case: broken(case) is not None, self.batch_seed, first.case)
        found = dataclasses.replace(broken(best) or first, smallest=True)
        findings.unexplained[name] = findings.broken[name] = found

    def _verdict(
        self,
        student: str,
        source: str,
        module: Module,
        found: list[PartFindings],
        used: Mapping[Forbid, str],
        metrics: list[MetricResult],
        session: Session,
    ) -> Verdict:
        total = Score(self.lab, self._replay)
        self._rules(total, source, module, used)
        if not total.deductions and not any(findings.wrong for findings in found):
            self._charge_metrics(total, metrics)
        attempt = is_attempt(source, self.template_source)
        verdict = self._summed(student, total, found, attempt)
        printed = session.printed[:4000].decode("utf-8", "replace")
        return replace(verdict, printed=printed, metrics=tuple(metrics))

    def _metrics(self, session: Session, found: list[PartFindings]) -> list[MetricResult]:
        """Train and measure what can be run at all."""
        if any(findings.missing or findings.stopped for findings in found):
            return []
        conventions = {findings.part: findings.convention for findings in found}
        return measured(self.metrics, session, conventions)

    def _charge_metrics(self, total: Score, results: list[MetricResult]) -> None:
        """Charge metrics out of range; where a mistake was found, that is why they are."""
        for metric, result in zip(self.lab.metrics, results, strict=False):
            if result.status in ("in range", "not measured"):
                continue
            reason, proof = explained(result)
            finding = Finding(metric.id, metric.points, reason, proof)
            total.charge(metric.part, metric.points, finding, reason, proof, None)

    def _rules(self, total: Score, source: str, module: Module, used: Mapping[Forbid, str]) -> None:
        for rule in self.lab.rules:
            if isinstance(rule, Forbid):
                if proof := used.get(rule, ""):
                    finding = Finding(rule.id, rule.points, rule.reason, proof)
                    total.charge(rule.part, rule.points, finding, rule.reason, proof, None)
            elif isinstance(rule, Imports):
                added = added_imports(module, rule, self.template)
                if added:
                    names = ", ".join(f"{name} (line {line})" for name, line in added)
                    reason = f"Modules are imported that the lab does not allow: {names}."
                    self._charge_first(total, rule.id, rule.points, reason)
            elif isinstance(rule, OnlyInTodo):
                changed = changed_outside_todo(source, self.template_source)
                if changed:
                    reason = f"Given code outside the TODO regions was changed: {changed}."
                    self._charge_first(total, rule.id, rule.points, reason)

    def _charge_first(self, total: Score, id: str, points: float, reason: str) -> None:
        finding = Finding(id, points, reason, reason)
        total.charge(self.lab.parts[0].name, points, finding, reason, "read in the source", None)

    def _replay(self, part: Part, case: object) -> str:
        return token(self.lab, part, case)


def _parsed(source: str) -> Module | None:
    try:
        return Module.parse(source) if source else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _under(case: Any, convention: str) -> Any:
    return dataclasses.replace(case, convention=convention) if convention else case
