"""Grade the lab's own template: it must load, earn nothing as it is, and the credit when tried."""

from __future__ import annotations

from dataclasses import dataclass

from gradekit.engine.local import one_judge
from gradekit.lab import Lab

__all__ = ["Starts", "starting_scores"]

LEFT_OPEN = "raise NotImplementedError"


@dataclass(frozen=True)
class Starts:
    """Scores of files from which a student starts; `error` says why the template can't run."""

    template: float  # as it is
    attempt: float  # with its gaps filled in badly
    nothing: float  # a file that defines nothing that is asked for
    error: str = ""


def starting_scores(lab: Lab, seed: int) -> Starts:
    """Grade the template as it is, filled in badly, and a file without anything."""
    main = lab.files[0]
    sources = {name: (lab.template / name).read_text("utf-8") for name in lab.files}
    tried = dict(sources)
    tried[main] = "\n".join(
        line.split(LEFT_OPEN)[0] + "return None  # an attempt" if LEFT_OPEN in line else line
        for line in sources[main].splitlines()
    )
    with one_judge(lab, seed) as judge:
        plain, attempt = judge.grade("template", sources), judge.grade("attempt", tried)
        nothing = judge.grade("nothing", {**sources, main: "x = 1\n"})
    reasons = [d.reason for d in plain.deductions if "can't be imported" in d.reason]
    reasons += [plain.reason] if plain.status == "void" else []
    return Starts(plain.score, attempt.score, nothing.score, next(iter(reasons), ""))
