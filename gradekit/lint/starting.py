"""Grade the lab's own template: it must load, earn nothing as it is, and the credit when tried."""

from __future__ import annotations

from gradekit.engine.local import one_judge
from gradekit.lab import Lab

__all__ = ["template_scores"]

LEFT_OPEN = "raise NotImplementedError"


def template_scores(lab: Lab, seed: int) -> tuple[float, float, str]:
    """Return the scores of the template as it is and with its gaps filled in badly, and an error.

    The error is what the judge says where the template can't even be imported, '' otherwise.
    """
    main = lab.files[0]
    sources = {name: (lab.template / name).read_text("utf-8") for name in lab.files}
    tried = dict(sources)
    tried[main] = "\n".join(
        line.split(LEFT_OPEN)[0] + "return None  # an attempt" if LEFT_OPEN in line else line
        for line in sources[main].splitlines()
    )
    with one_judge(lab, seed) as judge:
        plain, attempt = judge.grade("template", sources), judge.grade("attempt", tried)
    reasons = [d.reason for d in plain.deductions if "can't be imported" in d.reason]
    reasons += [plain.reason] if plain.status == "void" else []
    return plain.score, attempt.score, next(iter(reasons), "")
