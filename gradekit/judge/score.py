"""Add up: what each finding costs, what is unexplained, what a part and a submission get."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from msgspec.structs import replace

from gradekit.judge.advice import advice
from gradekit.judge.findings import Finding, PartFindings
from gradekit.judge.properties import Broken
from gradekit.judge.verdict import Deduction, PartVerdict, PropertyResult
from gradekit.lab import Lab, Part

__all__ = ["Score", "score"]

Replay = Callable[[Part, object], str]


class Score:
    """Deductions and parts of one submission; each mistake is charged once."""

    def __init__(self, lab: Lab, replay: Replay) -> None:
        self.lab, self.replay = lab, replay
        self.left = {part.name: float(part.points) for part in lab.parts}
        self.charged: set[str] = set()  # ids of mistakes that were charged in some part
        self.deductions: list[Deduction] = []

    def charge(
        self,
        part: str,
        points: float,
        finding: Finding | None,
        reason: str,
        proof: str,
        case: object,
        hint: str = "",
    ) -> None:
        """Take points off a part, at most what it has left."""
        lost = round(float(min(points, self.left[part])), 2)
        mistake = finding.id if finding else None
        if mistake is not None and mistake in self.charged:
            self._mention(mistake, part)
            return
        if mistake is not None:
            self.charged.add(mistake)
        self.left[part] -= lost
        self.deductions.append(
            Deduction(
                mistake=mistake,
                part=part,
                points=lost,
                reason=reason,
                proof=proof,
                hint=finding.hint if finding else advice(proof or reason) or hint,
                replay=self.replay(self.lab.part(part), case) if case is not None else "",
                also=finding.also if finding else (),
            )
        )

    def _mention(self, mistake: str, part: str) -> None:
        """Say that a mistake shows in another part as well; it is charged once."""
        for place, deduction in enumerate(self.deductions):
            if deduction.mistake == mistake and part != deduction.part:
                seen = f"{deduction.proof}; it" if deduction.proof else "it"
                proof = f"{seen} shows in part {part} too, charged once"
                self.deductions[place] = replace(deduction, proof=proof)

    def part(self, findings: PartFindings, missing: Collection[str] = ()) -> None:
        """Charge all that was found in a part; `missing` are the parts that are not there.

        A part that is not there loses all its points. That has a name only where another part,
        which the name speaks of too, is there.
        """
        part = self.lab.part(findings.part)
        if findings.missing:
            others = {p.name for p in self.lab.parts if p.absent == part.absent} - {part.name}
            named = next((f for f in findings.findings if f.id == part.absent), None)
            if named is None or not others - set(missing):
                self.charge(part.name, part.points, None, findings.missing, "", None)
            else:
                self.charge(part.name, part.points, named, named.reason, findings.missing, None)
            return
        for finding in findings.findings:
            self.charge(
                part.name, finding.points, finding, finding.reason, finding.proof, finding.case
            )
        failed = list(findings.unexplained.values())
        if findings.disagreement is not None and (findings.comparable or not failed):
            failed.append(findings.disagreement)
        if failed:
            self._unexplained(part, failed, findings)

    def _unexplained(self, part: Part, failed: Sequence[Broken], findings: PartFindings) -> None:
        """Charge what no model explains, in proportion to what fails or what is ignored."""
        total = len(part.properties) + findings.comparable
        share = min(1.0, len(failed) / total)
        if findings.ignored:
            share = max(share, len(findings.ignored) / findings.inputs)
        if all(broken.message.startswith("your code failed") for broken in failed):
            share = 1.0 if len(failed) >= len(part.properties) else share
        names = ", ".join(broken.name for broken in failed)
        worst = failed[0]
        reason = f"{len(failed)} of {total} checks fail: {names}"
        if findings.ignored:
            reason += f"; the answer does not depend on {', '.join(findings.ignored)}"
        hint = next((p.hint for p in part.properties if p.name == worst.name), "")
        lost = part.points * share
        self.charge(part.name, lost, None, reason, worst.message, worst.case, hint)

    def total(self) -> float:
        """Return the sum of what the parts have left."""
        return round(sum(self.left.values()), 2)


def score(findings: PartFindings, part: Part, left: float, replay: Replay) -> PartVerdict:
    """Return a part's verdict with each property in a line."""
    return PartVerdict(
        name=part.name,
        title=part.title or part.name,
        score=round(left, 2),
        max_score=float(part.points),
        properties=tuple(_lines(findings, part, replay)),
    )


def _lines(findings: PartFindings, part: Part, replay: Replay) -> list[PropertyResult]:
    if findings.missing:
        return [
            PropertyResult(p.name, p.title, "unchecked", findings.missing) for p in part.properties
        ]
    lines = []
    for prop in part.properties:
        broken = findings.broken.get(prop.name)
        lines.append(
            PropertyResult(
                prop.name,
                prop.title,
                "failed" if broken else "passed",
                _seen(broken) if broken else "",
                prop.hint if broken else "",
                replay(part, broken.case) if broken else "",
            )
        )
    return [*lines, _agreement(findings)] if findings.comparable else lines


def _seen(broken: Broken) -> str:
    what = "smallest case found" if broken.smallest else "case"
    return f"{broken.message}; {what}: {broken.case}"


def _agreement(findings: PartFindings) -> PropertyResult:
    """Return the line on the comparison with the reference."""
    name, title = "agreement", "The outcomes are those of the reference."
    if findings.disagreement is not None or findings.findings:
        text = findings.difference or "see below what costs points"
        return PropertyResult(name, title, "failed", text)
    if not findings.compared:
        return PropertyResult(name, title, "unchecked", findings.difference)
    return PropertyResult(name, title, "passed")
