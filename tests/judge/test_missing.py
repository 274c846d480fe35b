"""Parts that are not there lose their points, each of them, under the right name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from gradekit.engine.local import one_judge
from gradekit.judge.verdict import Verdict
from gradekit.plugins import Plugins

PREDICT = "def predict(x, w, b):\n    return w * x + b\n"
LEAST_SQUARES = """
def fit_least_squares(x, y):
    dx = x - x.mean()
    w = (dx * (y - y.mean())).sum() / (dx * dx).sum()
    return w, y.mean() - w * x.mean()
"""


@pytest.fixture(scope="module")
def grade(plugins: Plugins) -> Iterator[Callable[[str], Verdict]]:
    with one_judge(plugins.labs["linear_regression"], 0) as judge:
        yield lambda source: judge.grade("student", {"linear_regression.py": source})


@pytest.mark.parametrize(("source", "score"), [("", 0), ("x = 1\n", 10), (PREDICT, 15)])
def test_what_is_not_there_earns_nothing(
    grade: Callable[[str], Verdict], source: str, score: float
) -> None:
    """Both methods missing cost both parts, and are not called only one method."""
    verdict = grade(source)
    assert verdict.score == score
    assert {d.mistake for d in verdict.deductions} == {None}
    assert {d.part for d in verdict.deductions} >= {"least_squares", "sgd"}


def test_one_method_of_two_has_a_name(grade: Callable[[str], Verdict]) -> None:
    """With one method there, the other is what only-one-method means."""
    verdict = grade(PREDICT + LEAST_SQUARES)
    assert [(d.mistake, d.part, d.points) for d in verdict.deductions] == [
        ("only-one-method", "sgd", 50)
    ]
    assert verdict.deductions[0].proof == "the file defines no fit_sgd; define it under this name"


def test_a_method_under_another_name_is_told(grade: Callable[[str], Verdict]) -> None:
    """Capitals and slips of the pen are seen through."""
    verdict = grade(PREDICT + LEAST_SQUARES + "\ndef fit_SGD(*args):\n    pass\n")
    assert "rename fit_SGD?" in verdict.deductions[0].proof
