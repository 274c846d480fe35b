"""Verdicts on whole submissions: what fails, what is void, what is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from gradekit.errors import JudgeError
from gradekit.judge.grade import Judge
from gradekit.judge.verdict import Verdict

RIGHT = """
import torch
import torch.nn as nn


def softmax(X):
    e = (X - X.max(1, keepdim=True).values).exp()
    return e / e.sum(1, keepdim=True)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            error = y_hat.clone()
            error[torch.arange(len(y)), y] -= 1
            error /= len(y)
            self.linear.weight -= self.lr * error.T @ X
            self.linear.bias -= self.lr * error.sum(0)
"""

Grade = Callable[[str], Verdict]


def names(verdict: Verdict) -> list[str | None]:
    """Return the ids of what cost points."""
    return [deduction.mistake for deduction in verdict.deductions]


def test_a_right_submission_loses_nothing(grade_softmax: Grade) -> None:
    """Full marks, no deduction."""
    verdict = grade_softmax(RIGHT)
    assert (verdict.status, verdict.score, verdict.deductions) == ("graded", 100.0, ())


def test_the_sum_can_be_redone(grade_softmax: Grade) -> None:
    """Points lost and points left add up to the points there are, part by part."""
    verdict = grade_softmax(RIGHT.replace("error /= len(y)", "pass").replace("keepdim=True", ""))
    for part in verdict.parts:
        lost = sum(d.points for d in verdict.deductions if d.part == part.name)
        assert part.score + lost == pytest.approx(part.max_score)
    assert verdict.score == pytest.approx(sum(part.score for part in verdict.parts))


def test_a_syntax_error_gets_the_attempt_credit(grade_softmax: Grade) -> None:
    """What can't be loaded gets the credit, and the error names the line."""
    verdict = grade_softmax(RIGHT + "\ndef broken(:\n")
    assert verdict.score == 10.0
    assert "line" in verdict.deductions[0].reason


def test_the_template_gets_nothing(grade_softmax: Grade, softmax_judge: Judge) -> None:
    """An untouched template is no attempt."""
    assert grade_softmax(softmax_judge.template_source).score == 0.0


def test_a_missing_class_is_named(grade_softmax: Grade) -> None:
    """A wrong class name is told with the nearest one."""
    verdict = grade_softmax(RIGHT.replace("SoftmaxRegression", "SoftmaxRegresion"))
    assert "SoftmaxRegresion" in verdict.deductions[0].reason
    assert verdict.parts[0].score == 30.0


def test_an_exit_in_mid_call_fails_that_part_only(grade_softmax: Grade) -> None:
    """os._exit ends a runner; the other parts are judged in a new one."""
    source = RIGHT.replace(
        "        with torch.no_grad():", "        import os; os._exit(0)\n        if True:"
    )
    verdict = grade_softmax(source)
    assert [part.score for part in verdict.parts[:2]] == [25.0, 20.0]  # os is an added import
    assert verdict.parts[2].score == 0.0


def test_a_runner_that_kills_itself_is_no_pass(grade_softmax: Grade) -> None:
    """A signal is a failure of the submission."""
    source = RIGHT.replace("    e = (X", "    import os; os.kill(os.getpid(), 9)\n    e = (X")
    assert grade_softmax(source).parts[0].score == 0.0


def test_forbidden_calls_are_seen_when_no_name_shows_them(grade_softmax: Grade) -> None:
    """Torch itself reports the operation, whatever string reached it."""
    source = RIGHT.replace(
        "    return e / e.sum(1, keepdim=True)", "    return getattr(X, 'xamtfos'[::-1])(1)"
    )
    verdict = grade_softmax(source)
    assert "forbidden-call" in names(verdict)
    assert "aten::softmax" in verdict.deductions[0].proof


def test_a_self_test_with_built_ins_costs_nothing(grade_softmax: Grade) -> None:
    """What only a self-test calls is no forbidden call."""
    test = (
        "\ndef check():\n    X = torch.randn(2, 3)\n    print(softmax(X) - torch.softmax(X, 1))\n"
    )
    guard = "\nif __name__ == '__main__':\n    import time\n    check()\n"
    assert grade_softmax(RIGHT + test + guard).score == 100.0


def test_autograd_in_the_manual_step_is_forbidden(grade_softmax: Grade) -> None:
    """backward() in manual_backward costs that part, and no other."""
    body = """
    def manual_backward(self, X, y, y_hat):
        loss = -y_hat[torch.arange(len(y)), y].log().mean()
        loss.backward()
        with torch.no_grad():
            for p in self.parameters():
                p -= self.lr * p.grad
                p.grad = None
"""
    source = RIGHT[: RIGHT.index("    def manual_backward")] + body.lstrip("\n")
    verdict = grade_softmax(source)
    assert [part.score for part in verdict.parts] == [30.0, 20.0, 0.0]
    assert names(verdict) == ["forbidden-call"]


def test_neighbours_do_not_matter(grade_softmax: Grade) -> None:
    """A submission that patches torch leaves the next one's verdict as it was."""
    before = grade_softmax(RIGHT)
    grade_softmax(
        RIGHT + "\ntorch.Tensor.exp = lambda self: self * 0\ntorch.allclose = lambda *a: True\n"
    )
    after = grade_softmax(RIGHT)
    assert before.deductions == after.deductions == ()


class Broken:
    """A line to a zygote that can't fork."""

    layers = ()

    def spawn(self) -> None:
        """Fail as a zygote does that is gone."""
        raise JudgeError("no more processes")


def test_our_fault_is_void(softmax_judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    """When no zygote can fork, nothing is deducted; it is tried three times."""
    tries: list[Broken] = []

    def renew() -> Broken:
        tries.append(Broken())
        return tries[-1]

    monkeypatch.setattr(softmax_judge, "client", Broken())
    monkeypatch.setattr(softmax_judge, "renew", renew)
    verdict = softmax_judge.grade("student", {"softmax_regression.py": RIGHT})
    assert (verdict.status, verdict.deductions) == ("void", ())
    assert "no more processes" in verdict.reason
    assert len(tries) == 2


def test_a_zygote_that_is_gone_is_replaced(
    softmax_judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The verdict is the one that an undisturbed run gives."""
    before = softmax_judge.grade("student", {"softmax_regression.py": RIGHT})
    monkeypatch.setattr(softmax_judge, "client", Broken())
    after = softmax_judge.grade("student", {"softmax_regression.py": RIGHT})
    assert after.status == "graded"
    assert replace(after, seconds=0.0) == replace(before, seconds=0.0)


def test_constants_and_nan_do_not_pass(grade_softmax: Grade) -> None:
    """Zeros, uniform probabilities and NaN lose points in every part that they touch."""
    for body in ("torch.zeros_like(X)", "torch.full_like(X, 1 / X.shape[1])", "X * float('nan')"):
        source = RIGHT.replace("    return e / e.sum(1, keepdim=True)", f"    return {body}")
        verdict = grade_softmax(source)
        assert verdict.parts[0].score < 30.0
        assert verdict.parts[1].score < 20.0


def test_the_template_marks_protect_given_code(softmax_judge: Judge, grade_softmax: Grade) -> None:
    """With the TODO marks kept, changed given code is told; filled regions cost nothing."""
    source = softmax_judge.template_source
    parts = RIGHT.split("\n")
    softmax_body = [line for line in parts if line.startswith("    e = ") or "return e /" in line]
    filled = source.replace('    raise NotImplementedError("TODO 1")', "\n".join(softmax_body))
    filled = filled.replace(
        '        raise NotImplementedError("TODO 2")', "        return softmax(self.linear(X))"
    )
    step = RIGHT[RIGHT.index("        with torch.no_grad()") :].rstrip()
    filled = filled.replace('        raise NotImplementedError("TODO 3")', step)
    assert grade_softmax(filled).score == 100.0
    changed = filled.replace("self.lr = 0.1", "self.lr = 0.5 * 0.2")
    assert names(grade_softmax(changed)) == ["template-changed"]
