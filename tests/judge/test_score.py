"""Points: each mistake once, no part below zero, and a sum that adds up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradekit.judge.findings import Finding, PartFindings
from gradekit.judge.properties import Broken
from gradekit.judge.score import Score, score
from gradekit.lab import Lab, Part
from gradekit.plugins import load_plugins

LAB: Lab = load_plugins().labs["softmax_regression"]
SOFTMAX, FORWARD, STEP = LAB.parts
CASE = SOFTMAX.examples[0]
FUZZ = settings(max_examples=100, deadline=None, derandomize=True, database=None)


def replay(part: Part, case: object) -> str:
    """Return an id that says what it was asked for."""
    return f"{part.name}-id"


def total() -> Score:
    """Return a score with nothing charged."""
    return Score(LAB, replay)


def finding(id: str, points: float) -> Finding:
    """Return a finding with texts of its own."""
    return Finding(id, points, f"{id} is wrong", f"{id} is seen", f"mend {id}", also=("rival",))


def found(part: Part, *findings: Finding, fails: int = 0, message: str = "off") -> PartFindings:
    """Return what judging found: findings, and properties that nothing explains."""
    result = PartFindings(part.name, findings=list(findings))
    for prop in part.properties[:fails]:
        result.broken[prop.name] = result.unexplained[prop.name] = Broken(prop.name, CASE, message)
    return result


def test_nothing_found_costs_nothing() -> None:
    """All points are left."""
    result = total()
    for part in LAB.parts:
        result.part(found(part))
    assert (result.total(), result.deductions) == (LAB.max_score, [])


def test_a_finding_is_charged_with_its_proof() -> None:
    """All that a student reads is in the deduction."""
    result = total()
    result.part(found(SOFTMAX, finding("a", 12.0)))
    [deduction] = result.deductions
    assert (deduction.mistake, deduction.part, deduction.points) == ("a", "softmax", 12.0)
    assert (deduction.reason, deduction.proof) == ("a is wrong", "a is seen")
    assert (deduction.hint, deduction.also, deduction.replay) == ("mend a", ("rival",), "")
    assert result.left["softmax"] == 18.0
    assert result.total() == LAB.max_score - 12


def test_a_mistake_is_charged_once() -> None:
    """Where it shows again, the first deduction says so."""
    result = total()
    result.part(found(SOFTMAX, finding("a", 12.0)))
    result.part(found(FORWARD, finding("a", 15.0)))
    [deduction] = result.deductions
    assert deduction.points == 12.0
    assert deduction.proof == "a is seen; it shows in part forward too, charged once"
    assert result.total() == LAB.max_score - 12


def test_a_mistake_found_twice_in_a_part_is_said_once() -> None:
    """Nothing is told about other parts."""
    result = total()
    result.part(found(SOFTMAX, finding("a", 12.0), finding("a", 12.0)))
    [deduction] = result.deductions
    assert deduction.proof == "a is seen"


def test_a_part_loses_at_most_what_it_has() -> None:
    """The last deduction is cut; other parts are not touched."""
    result = total()
    result.part(found(SOFTMAX, finding("a", 20.0), finding("b", 20.0), finding("c", 20.0)))
    assert [deduction.points for deduction in result.deductions] == [20.0, 10.0, 0.0]
    assert result.left == {"softmax": 0.0, "forward": 20.0, "manual_backward": 50.0}


def test_a_part_that_is_missing_loses_all() -> None:
    """Findings do not matter where nothing could be asked."""
    result = total()
    findings = found(FORWARD, finding("a", 5.0))
    findings.missing = "the file defines no SoftmaxRegression"
    result.part(findings)
    [deduction] = result.deductions
    assert (deduction.mistake, deduction.points) == (None, 20.0)
    assert deduction.reason == "the file defines no SoftmaxRegression"


@pytest.mark.parametrize("fails", range(1, len(SOFTMAX.properties) + 1))
def test_what_nothing_explains_costs_in_proportion(fails: int) -> None:
    """The share of checks that fail, agreement with the reference being one of them."""
    result = total()
    result.part(found(SOFTMAX, fails=fails))
    checks = len(SOFTMAX.properties) + 1
    [deduction] = result.deductions
    assert deduction.points == round(30 * fails / checks, 2)
    assert deduction.reason.startswith(f"{fails} of {checks} checks fail: ")
    assert (deduction.mistake, deduction.proof) == (None, "off")
    assert deduction.replay == "softmax-id"


def test_disagreement_counts_as_a_check() -> None:
    """All properties and the disagreement are the whole part."""
    result = total()
    findings = found(SOFTMAX, fails=len(SOFTMAX.properties))
    findings.disagreement = Broken("agreement", CASE, "greatest difference 1")
    result.part(findings)
    [deduction] = result.deductions
    assert deduction.points == 30.0
    assert "agreement" in deduction.reason
    assert result.left["softmax"] == 0.0


def test_code_that_always_fails_costs_the_part() -> None:
    """Where no property could be looked at, nothing is left."""
    result = total()
    result.part(found(STEP, fails=len(STEP.properties), message="your code failed: KeyError"))
    assert result.left["manual_backward"] == 0.0


def test_unexplained_failures_come_after_findings() -> None:
    """Both are charged, within the part's points."""
    result = total()
    result.part(found(SOFTMAX, finding("a", 29.0), fails=len(SOFTMAX.properties)))
    assert [deduction.points for deduction in result.deductions] == [29.0, 1.0]


CHARGES = st.lists(
    st.tuples(
        st.sampled_from([part.name for part in LAB.parts]),
        st.floats(0, 60, allow_nan=False),
        st.sampled_from(["a", "b", "c", None]),
    ),
    max_size=12,
)


@FUZZ
@given(CHARGES)
def test_the_sum_can_always_be_redone(charges: list[tuple[str, float, str | None]]) -> None:
    """Part by part: points there are, less deductions, is what is left; never below zero."""
    result = total()
    for part, points, name in charges:
        result.charge(part, points, finding(name, points) if name else None, "r", "p", None)
    for part in LAB.parts:
        lost = sum(d.points for d in result.deductions if d.part == part.name)
        assert result.left[part.name] == pytest.approx(part.points - lost)
        assert result.left[part.name] > -1e-9
        verdict = score(PartFindings(part.name), part, result.left[part.name], replay)
        assert verdict.score == pytest.approx(part.points - lost, abs=0.005)
    named = [d.mistake for d in result.deductions if d.mistake]
    assert len(named) == len(set(named))
    assert all(round(d.points, 2) == d.points >= 0 for d in result.deductions)
    assert result.total() == pytest.approx(
        LAB.max_score - sum(d.points for d in result.deductions), abs=0.006
    )


def test_each_property_is_a_line() -> None:
    """Failed ones with what was seen, the smallest case, and how to see it again."""
    verdict = score(found(SOFTMAX, fails=1), SOFTMAX, 20.004, replay)
    assert (verdict.name, verdict.title) == ("softmax", "The softmax function")
    assert (verdict.score, verdict.max_score) == (20.0, 30.0)
    names = [line.name for line in verdict.properties]
    assert names == [*(p.name for p in SOFTMAX.properties), "agreement"]
    first, *others, agreement = verdict.properties
    assert agreement.status == "unchecked"
    assert (first.status, first.replay) == ("failed", "softmax-id")
    assert first.message == f"off; case: {CASE}"
    assert {(line.status, line.message, line.replay) for line in others} == {("passed", "", "")}


def test_a_missing_part_was_not_checked() -> None:
    """Could not check is neither passed nor failed."""
    findings = PartFindings("softmax", missing="the file defines no softmax")
    verdict = score(findings, SOFTMAX, 0.0, replay)
    assert {line.status for line in verdict.properties} == {"unchecked"}
    assert {line.message for line in verdict.properties} == {"the file defines no softmax"}
