"""What is forbidden: read in the source, told by torch, and switched off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from gradekit.judge.forbidden import _reported, _same, read_in_source
from gradekit.judge.grade import Judge
from gradekit.judge.source import Module
from gradekit.judge.verdict import Verdict
from gradekit.lab import Forbid
from gradekit.wire.values import Failure, Value

Grade = Callable[[str], Verdict]
NAN = float("nan")
SOURCE = """
import torch
import torch.nn as nn


def softmax(X):
    {softmax}


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
BY_HAND = "e = (X - X.max(1, keepdim=True).values).exp(); return e / e.sum(1, keepdim=True)"
FOUND = "vars(torch)['xamtfos'[::-1]]"  # no reader of sources sees what that is
HIDDEN = f"return {FOUND}(X, 1)"
IN_THREAD = (
    f"import threading; out = []; t = threading.Thread(target=lambda: out.append({FOUND}(X, 1)));"
    " t.start(); t.join(); return out[0]"
)


def forbidden(verdict: Verdict) -> list[str]:
    """Return the proofs of forbidden calls; fails where there is no verdict."""
    assert verdict.status == "graded", verdict.reason
    return [d.proof for d in verdict.deductions if d.mistake and "forbid" in d.mistake]


def test_code_by_hand_is_not_accused(grade_softmax: Grade) -> None:
    """Nothing changes when what it does not use is switched off."""
    verdict = grade_softmax(SOURCE.format(softmax=BY_HAND))
    assert (forbidden(verdict), verdict.score) == ([], 100.0)


def test_a_name_that_is_put_together_is_no_way_out(grade_softmax: Grade) -> None:
    """Torch's dispatcher refuses it under any name, and the proof says which it was."""
    [proof] = forbidden(grade_softmax(SOURCE.format(softmax=HIDDEN)))
    assert "with what is forbidden switched off" in proof
    assert "softmax" in proof.split("it fails:")[1]


def test_what_hides_from_the_report_is_switched_off(grade_softmax: Grade) -> None:
    """A thread that the profiler does not see depends on it all the same."""
    [proof] = forbidden(grade_softmax(SOURCE.format(softmax=IN_THREAD)))
    assert "with what is forbidden switched off" in proof


UNDO = """
import gc, weakref
for thing in gc.get_objects():
    if type(thing).__name__ == "generator" and "taboo" in thing.gi_code.co_filename:
        thing.close()
for finalizer in list(weakref.finalize._registry):
    watched = finalizer.peek()
    if watched and type(watched[0]).__name__ == "Library":
        watched[0]._destroy()
"""


def test_what_is_switched_off_can_not_be_switched_on(grade_softmax: Grade) -> None:
    """Neither the collector nor a finalizer leads to what would undo it, for code in a thread."""
    [proof] = forbidden(grade_softmax(UNDO + SOURCE.format(softmax=IN_THREAD)))
    assert "with what is forbidden switched off" in proof


COMPARES = """
import torch
_ONE = vars(torch)["xamtfos"[::-1]](torch.zeros(1, 2), 1)
assert _ONE.sum() == 1
"""


def test_a_self_check_at_import_is_for_a_person_to_see(grade_softmax: Grade) -> None:
    """A file that uses it only to compare itself is not accused; the report says what it did."""
    verdict = grade_softmax(COMPARES + SOURCE.format(softmax=BY_HAND))
    assert forbidden(verdict) == []
    assert [text for text in verdict.review if "can't be imported" in text]


def test_random_code_is_not_accused(grade_softmax: Grade) -> None:
    """An answer that is another one each time is wrong, but proves no use of anything."""
    body = "g = torch.Generator(); g.seed(); return torch.rand(X.shape, generator=g)"
    verdict = grade_softmax(SOURCE.format(softmax=body))
    assert forbidden(verdict) == []
    assert verdict.score < 100


RULE = Forbid(
    names=("torch.softmax",),
    operations=("aten::*softmax*", "call:scipy.special*"),
    part="one",
    points=5,
    reason="",
)


@pytest.mark.parametrize(
    ("ran", "told"),
    [
        ({"one": {"aten::softmax", "aten::exp"}}, "aten::softmax"),
        (
            {"two": {"call:scipy.special._logsumexp.softmax"}},
            "call:scipy.special._logsumexp.softmax",
        ),
        ({"one": {"aten::_softmax"}, "two": {"aten::_softmax"}}, "aten::_softmax"),
        ({"one": {"aten::exp"}}, ""),
        ({}, ""),
    ],
)
def test_a_report_names_what_the_rule_names(ran: dict[str, set[str]], told: str) -> None:
    """Patterns are matched as a whole, each name is told once."""
    text = _reported(RULE, ran)
    assert text == (f"torch itself reports that it ran {told}" if told else "")


def test_a_rule_within_entry_points_asks_its_part_alone() -> None:
    """What runs in another part is no matter of it."""
    rule = Forbid(RULE.names, RULE.operations, "one", 5, "", within=("f",))
    assert _reported(rule, {"two": {"aten::softmax"}}) == ""
    assert _reported(rule, {"one": {"aten::softmax"}})


def test_the_source_is_read(softmax_judge: Judge) -> None:
    """A use by name is told with its line; one by hand is not."""
    lab = softmax_judge.lab
    used = read_in_source(lab, Module.parse(SOURCE.format(softmax="return torch.softmax(X, 1)")))
    assert list(used.values()) == ["line 7 uses torch.softmax"]
    assert read_in_source(lab, Module.parse(SOURCE.format(softmax=BY_HAND))) == {}


ONE = torch.tensor([1.0, 2.0])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (ONE, ONE.clone(), True),
        (ONE, ONE * (1 + 1e-6), True),
        (ONE, ONE * 1.01, False),
        (ONE, ONE.double(), False),
        (ONE, ONE[None], False),
        (torch.tensor([NAN, 1.0]), torch.tensor([NAN, 1.0]), True),
        (torch.tensor([NAN, 1.0]), torch.tensor([1.0, NAN]), False),
        (torch.tensor([float("inf")]), torch.tensor([-float("inf")]), False),
        (torch.zeros(0), torch.zeros(0), True),
        (torch.tensor([True]), torch.tensor([True]), True),
        ({"a": ONE}, {"a": ONE}, True),
        ({"a": ONE}, {"b": ONE}, False),
        ((ONE, 1), (ONE, 1), True),
        ((ONE, 1), (ONE,), False),
        (NAN, NAN, True),
        (1, 1.0, False),
        (None, Failure("TypeError", "no"), False),
        (ONE, Failure("TypeError", "no"), False),
    ],
)
def test_two_answers_are_one_answer(one: Value, other: Value, same: bool) -> None:
    """Within the order of sums, in all their levels, and the same both ways."""
    assert _same(one, other) is same
    assert _same(other, one) is same


SELF_TEST = """
if True:
    A = torch.linspace(-1, 1, 6).reshape(2, 3)
    assert torch.allclose(softmax(A), torch.softmax(A, 1))
"""
FALLBACK = """try:
        return torch.softmax(X, 1)
    except RuntimeError:
        e = (X - X.amax(1, keepdim=True)).exp()
        return e / e.sum(1, keepdim=True)"""


def test_a_self_test_at_import_is_no_use(grade_softmax: Grade) -> None:
    """Full marks for code that compares itself with the built-in; a person is told."""
    verdict = grade_softmax(SOURCE.format(softmax=BY_HAND) + SELF_TEST)
    assert (verdict.score, verdict.deductions) == (verdict.max_score, ())
    assert "when it is imported" in verdict.review[0]


def test_a_built_in_with_own_code_behind_it_is_a_use(grade_softmax: Grade) -> None:
    """That it could do without is no matter: torch reports that the built-in ran."""
    [proof] = forbidden(grade_softmax(SOURCE.format(softmax=FALLBACK)))
    assert "torch itself reports" in proof
