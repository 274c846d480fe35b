"""Whether a submission uses what its course forbids, by three kinds of evidence.

The source is read; what is forbidden is switched off, and code whose answer then changes depends
on it, however well it hides that; where a rule names functions anywhere, the run is asked too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any

import torch
from torch import Tensor

from gradekit.errors import SubmissionError
from gradekit.judge.findings import PartFindings
from gradekit.judge.part import Book
from gradekit.judge.session import Ask, Session
from gradekit.judge.source import Module, forbidden_names
from gradekit.lab import Forbid, Lab, Part
from gradekit.wire.values import Failure, Value

__all__ = ["Forbidden", "read_in_source"]

NOTHING = ("aten::gradekit_switches_nothing_off",)
SAME = 1e-4  # the same code on the same input twice: far above the order of sums in float32


def read_in_source(lab: Lab, module: Module) -> dict[Forbid, str]:
    """Return the rules whose names the source uses, each with where."""
    entries = [name for part in lab.parts for name in part.requires]
    found = {}
    for rule in lab.rules:
        if isinstance(rule, Forbid) and (used := forbidden_names(module, rule, entries)):
            found[rule] = "; ".join(f"line {line} uses {name}" for name, line in used)
    return found


@dataclass
class Forbidden:
    """Looks for forbidden functions in one submission, after its parts have been judged."""

    lab: Lab
    books: Mapping[str, Book]
    session: Session
    doubts: list[str] = field(default_factory=list)  # what a person should look at

    def used(self, module: Module, found: Sequence[PartFindings]) -> dict[Forbid, str]:
        """Return the rules that are broken, each with its proof.

        Names in the source alone are evidence only where nothing could be tried: a submission may
        compare itself with a built-in when it is imported, and do the work on its own.
        """
        read = read_in_source(self.lab, module)
        rules = [rule for rule in self.lab.rules if isinstance(rule, Forbid)]
        runnable = [f for f in found if not (f.missing or f.stopped)]
        wants_report = bool(read) or any(map(_wants_a_report, rules))
        ran = {f.part: self._ran(f) for f in runnable} if wants_report else {}
        free = self._needs_none(rules, runnable)
        used = {}
        for rule in rules:
            parts = [f for f in runnable if not rule.within or f.part == rule.part]
            shown = _reported(rule, ran) or ("" if free else self._depends(rule, parts))
            if shown is None:
                shown = read.get(rule, "")
            elif shown and rule in read:
                shown = f"{read[rule]}; {shown}"
            if shown:
                used[rule] = shown
        return used

    def _needs_none(self, rules: Sequence[Forbid], parts: Sequence[PartFindings]) -> bool:
        """Tell whether all answers stay with everything switched off that any rule names.

        That is what right code does, and one runner shows it for all rules.
        """
        if len(rules) < 2:
            return False
        everything = tuple(dict.fromkeys(name for rule in rules for name in rule.operations))
        doubts = list(self.doubts)
        free = self._depends(replace(rules[0], operations=everything), parts) == ""
        if not free:
            self.doubts = doubts  # each rule will have its own
        return free

    def _depends(self, rule: Forbid, parts: Sequence[PartFindings]) -> str | None:
        """Say how an answer changes when what is forbidden is switched off.

        It is switched off in a fresh runner, before the submission is loaded there. One that
        can't be loaded so (it may compare itself with a built-in when it is imported) is
        loaded first; then it might have seen to it that nothing is switched off.
        Returns: '' where no answer changes, None where nothing could be concluded of any part.
        """
        try:
            other, how = self._loaded(rule.operations), Ask()
        except SubmissionError as error:
            if not self._control(None, None):
                return None
            self.doubts.append(
                f"it runs what {rule.id} names when it is imported (a self-test?); its parts were"
                f" tried with that switched off afterwards ({error})"
            )
            other, how = self.session, Ask(without=rule.operations)
        concluded = None
        try:
            for findings in parts:
                seen = self._changes(rule, findings, other, how)
                if seen:
                    return seen
                concluded = seen if concluded is None else concluded
        finally:
            if other is not self.session:
                other.close()
        return concluded

    def _loaded(self, without: tuple[str, ...]) -> Session:
        """Load the submission in a fresh runner in which these are switched off.

        Raises: SubmissionError when it can't be loaded there.
        """
        known = self.session
        made = Session(known.client, known.sources, known.main, known.budget, without)
        made.start()
        return made

    def _changes(
        self, rule: Forbid, findings: PartFindings, other: Session, how: Ask
    ) -> str | None:
        """Say how a part's answer is another one in the other session, '' where it is the same.

        The case is new to the submission. Where the same call does not answer twice alike, or
        answers otherwise with nothing switched off in the same way, nothing is concluded: None.
        """
        part = self.lab.part(findings.part)
        case = _under(self._new_case(part.name), findings.convention)
        how = replace(how, weights="seed" if part.weights else None)
        other.begin_part()
        [without] = other.ask(part, [case], how)
        self.session.begin_part()
        first, second = self.session.ask(part, [case, case], replace(how, without=()))
        if isinstance(first, Failure) or not _same(first, second):
            return None
        if _same(first, without):
            return ""
        if not self._control(part, case, first):
            return None
        names = ", ".join(rule.operations[:3]) + (" …" if len(rule.operations) > 3 else "")
        what = f"it fails: {without}" if isinstance(without, Failure) else "it gives another answer"
        return f"with what is forbidden switched off ({names}), {what}"

    def _control(self, part: Part | None, case: Any, expected: Value = None) -> bool:
        """Tell whether all is as ever where the same is done with nothing switched off."""
        try:
            control = self._loaded(NOTHING)
        except SubmissionError:
            return False
        try:
            if part is None:
                return True
            how = Ask(weights="seed" if part.weights else None, without=NOTHING)
            return _same(control.ask(part, [case], how)[0], expected)
        finally:
            control.close()

    def _ran(self, findings: PartFindings) -> set[str]:
        """Return the operations and functions that ran in a part, on one case."""
        part = self.lab.part(findings.part)
        self.session.begin_part()
        case = _under(self.books[part.name].direct.cases[0], findings.convention)
        how = Ask(weights="seed" if part.weights else None, observe="ran")
        answer = self.session.ask(part, [case], how)[0]
        names = answer.get("ran", ()) if isinstance(answer, Mapping) else ()
        return {name for name in names if isinstance(name, str)} if _listed(names) else set()

    def _new_case(self, part: str) -> Any:
        """Return a case that judging asks for last or never, so that no answer is remembered."""
        book = self.books[part].direct
        return (*book.cases, *book.fresh)[-1]


def _wants_a_report(rule: Forbid) -> bool:
    """Tell whether a rule names functions in any module: those can't all be switched off."""
    return any(pattern.startswith("call:*") for pattern in rule.operations)


def _reported(rule: Forbid, ran: Mapping[str, set[str]]) -> str:
    parts = [rule.part] if rule.within else list(ran)
    seen = sorted(
        name
        for part in parts
        for name in ran.get(part, ())
        if any(fnmatchcase(name, pattern) for pattern in rule.operations)
    )
    return f"torch itself reports that it ran {', '.join(dict.fromkeys(seen))}" if seen else ""


def _listed(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _same(one: Value, other: Value) -> bool:
    """Tell whether two answers of the same code are one answer."""
    if isinstance(one, Tensor) and isinstance(other, Tensor):
        alike = one.shape == other.shape and one.dtype == other.dtype
        return alike and torch.allclose(
            one.double(), other.double(), rtol=SAME, atol=SAME * _scale(one), equal_nan=True
        )
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)
    if _listed(one) and _listed(other):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and (one == other or one != one)  # NaN is itself


def _scale(value: Tensor) -> float:
    finite = value.double()[value.isfinite()]
    return float(finite.abs().max()) if finite.numel() else 0.0


def _under(case: Any, convention: str) -> Any:
    return replace(case, convention=convention) if convention else case
