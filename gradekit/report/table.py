"""The table of a batch, made by pandas and printed by tabulate."""

from __future__ import annotations

import pandas as pd
from tabulate import tabulate

from gradekit.judge.verdict import Deduction, MetricResult, Verdict
from gradekit.report.batch import Batch
from gradekit.text import cut

__all__ = ["frame", "named", "plural", "points", "render", "summary"]


def points(value: float) -> str:
    """Return points as people write them: 70, 63.5, 6.36."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def plural(count: int, what: str) -> str:
    """Return a count with its noun."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def named(verdict: Verdict) -> str:
    """Return a verdict's deductions in one line: names with points, once each."""
    if verdict.status == "void":
        return f"void: {cut(verdict.reason, 80)}"
    reasons = {deduction.reason for deduction in verdict.deductions}
    if len(reasons) == 1 and verdict.deductions[0].mistake is None:
        lost = sum(deduction.points for deduction in verdict.deductions)
        texts = [f"{cut(reasons.pop(), 100)} -{points(lost)}"]
    else:
        texts = [_short(d) for d in verdict.deductions if d.points or d.mistake]
    if verdict.floor:
        texts.append(f"attempt credit {points(verdict.floor)}")
    return ", ".join(texts) + (" [review]" if verdict.review else "")


def by_hand(batch: Batch, verdict: Verdict) -> str:
    """Return who set the score and why; '' where it is the computed one."""
    override = batch.overrides.get(verdict.student)
    if override is None:
        return ""
    return f"set by {cut(override.author, 60)}: {cut(override.reason, 200)}"


def _short(deduction: Deduction) -> str:
    failed = deduction.proof.removeprefix("your code failed: ")
    code = f"code failed ({cut(failed, 60)})" if failed != deduction.proof else "unexplained"
    name = deduction.mistake or code
    return f"{name} -{points(deduction.points)}" if deduction.points else name


def frame(batch: Batch) -> pd.DataFrame:
    """Return one row per student: score, each part, deductions."""
    rows = []
    for verdict in batch.verdicts:
        row: dict[str, object] = {"student": cut(verdict.student, 60)}
        score = batch.score(verdict)
        row["score"] = "void" if score is None else points(score)
        scores = {part.name: points(part.score) for part in verdict.parts}
        for part in batch.lab.parts:
            row[f"{part.name} /{points(part.points)}"] = scores.get(part.name, "")
        row["deductions"] = ", ".join(
            text for text in (named(verdict), by_hand(batch, verdict)) if text
        )
        rows.append(row)
    return pd.DataFrame(rows)


def render(batch: Batch, style: str = "simple") -> str:
    """Return the table as text in one of tabulate's styles."""
    table = frame(batch)
    width = [None] * (table.shape[1] - 1) + [70]
    return tabulate(
        table.values.tolist(),
        headers=list(table.columns),
        tablefmt=style,
        disable_numparse=True,
        maxcolwidths=width,
    )


def summary(batch: Batch) -> list[str]:
    """Return the class in a few lines: how many, how good, what went wrong most."""
    known = [batch.score(verdict) for verdict in batch.verdicts]
    scores = pd.Series([score for score in known if score is not None], dtype=float)
    void = len(batch.verdicts) - len(scores)
    lines = [f"{plural(len(batch.verdicts), 'submission')} of {batch.lab.name}, seed {batch.seed}"]
    if batch.isolation != "strict":
        lines.append(
            f"graded with weak isolation ({batch.isolation}): a hostile submission could have"
            " reached its own grade or this machine; `gradekit doctor` tells what is missing"
        )
    if len(scores):
        full = int((scores == batch.lab.max_score).sum())
        lines.append(
            f"mean {scores.mean():.1f}, median {scores.median():.1f} of"
            f" {points(batch.lab.max_score)}; {full} with full marks"
        )
    if void:
        lines.append(f"{void} void: could not be judged, nothing was deducted")
    common = batch.common_mistakes()[:5]
    if common:
        lines.append("most common: " + ", ".join(f"{name} ({n})" for name, n in common))
    review = [verdict.student for verdict in batch.verdicts if verdict.review]
    if review:
        names = ", ".join(cut(name, 40) for name in review[:10])
        lines.append(f"for a person to look at: {names}")
    if batch.overrides:
        names = ", ".join(cut(name, 40) for name in sorted(batch.overrides)[:10])
        lines.append(f"set by hand: {names}")
    return lines


def metric_line(metric: MetricResult) -> str:
    """Return a metric with its range in one line: 'test accuracy 0.91, at least 0.5: in range'."""
    if metric.status == "not measured":
        return f"{metric.name}: {metric.message}"
    if metric.status == "failed":
        return f"{metric.name}: training failed ({metric.message})"
    ends = [f"at least {metric.low:.4g}"] if metric.low is not None else []
    ends += [f"at most {metric.high:.4g}"] if metric.high is not None else []
    value = "not a number" if metric.value is None else f"{metric.value:.4g}{metric.unit}"
    return f"{metric.name} {value}, {' and '.join(ends)}: {metric.status}"
