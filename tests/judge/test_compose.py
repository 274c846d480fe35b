"""Mistakes composed into variants of a reference."""

from __future__ import annotations

import pytest

from gradekit.judge.compose import Variant, steps_of, variants
from gradekit.lab import Mistake


class Reference:
    """Adds and doubles."""

    def add(self, x: int) -> int:
        """Add one."""
        return x + 1

    def double(self, x: int) -> int:
        """Double."""
        return 2 * x

    def run(self, x: int) -> int:
        """Do both."""
        return self.double(self.add(x))


class AddsTwo(Reference):
    """Two is added."""

    def add(self, x: int) -> int:
        """Add two."""
        return x + 2


class AddsNothing(Reference):
    """Nothing is added."""

    def add(self, x: int) -> int:
        """Add nothing."""
        return x


class Triples(Reference):
    """It is tripled."""

    def double(self, x: int) -> int:
        """Triple."""
        return 3 * x


class Negates(Reference):
    """The sign is turned: a convention."""

    def run(self, x: int) -> int:
        """Negate what comes out."""
        return -super().run(x)


ADD = Mistake(AddsTwo, AddsNothing, points=1, id="add")
DOUBLE = Mistake(Triples, points=1, id="double")
OTHER = Mistake(AddsNothing, points=1, id="other")


def results(found: list[Variant], x: int = 10) -> list[int]:
    """Return what each variant computes."""
    return [variant.kind().run(x) for variant in found]


def test_no_mistake_is_the_reference_itself() -> None:
    """The very class, once."""
    [variant] = variants(Reference, [ADD, DOUBLE], 0)
    assert variant.kind is Reference
    assert (variant.ids, variant.mistakes, variant.extras) == ((), (), ())


def test_one_mistake_in_each_of_its_forms() -> None:
    """In order of definition."""
    found = list(variants(Reference, [ADD, DOUBLE], 1))
    assert [variant.ids for variant in found] == [("add",), ("add",), ("double",)]
    assert results(found) == [24, 20, 33]
    assert all(issubclass(variant.kind, Reference) for variant in found)


def test_two_mistakes_are_made_together() -> None:
    """Each form of one with each form of the other."""
    found = list(variants(Reference, [ADD, DOUBLE], 2))
    assert [variant.ids for variant in found] == [("add", "double")] * 2
    assert results(found) == [36, 30]


def test_forms_of_one_step_are_alternatives() -> None:
    """What can't be made at once is not composed."""
    assert list(variants(Reference, [ADD, OTHER], 2)) == []
    assert len(list(variants(Reference, [ADD, OTHER], 1))) == 3


def test_of_three_mistakes_one_may_be_made_in_an_unusual_form() -> None:
    """Else there would be too many to try."""

    class Third(Reference):
        """A third step."""

        def third(self) -> None:
            """Do nothing."""

    third = Mistake(Third, points=1)
    found = list(variants(Reference, [ADD, DOUBLE, third], 3))
    assert {variant.ids for variant in found} == {("add", "double", "third")}
    assert 36 in results(found)
    unusual = sum(len(mistake.forms) - 1 for mistake in (ADD, DOUBLE, third))
    assert len(found) == 1 + unusual


def test_conventions_are_mixed_in() -> None:
    """Each set of them, none first, without counting as mistakes."""
    found = list(variants(Reference, [DOUBLE], 0, [Negates])) + list(
        variants(Reference, [DOUBLE], 1, [Negates])
    )
    assert results(found) == [22, -22, 33, -33]
    assert [variant.extras for variant in found] == [(), (Negates,), (), (Negates,)]
    assert found[-1].ids == ("double",)


def test_a_convention_of_the_same_step_is_not_mixed_in() -> None:
    """The mistake and the convention exclude each other."""
    found = list(variants(Reference, [ADD], 1, [AddsTwo]))
    assert [variant.extras for variant in found] == [(), ()]


def test_ids_are_sorted() -> None:
    """The same set of mistakes has one name."""
    [variant] = variants(Reference, [DOUBLE, OTHER], 2)
    [same] = variants(Reference, [OTHER, DOUBLE], 2)
    assert variant.ids == same.ids == ("double", "other")


@pytest.mark.parametrize(
    ("form", "steps"),
    [(AddsTwo, {"add"}), (Reference, {"add", "double", "run"}), (type("Empty", (), {}), set())],
)
def test_steps_are_what_a_form_defines_itself(form: type, steps: set[str]) -> None:
    """Not what it inherits, nor what every class has."""
    assert steps_of(form) == steps


def test_a_constructor_is_a_step() -> None:
    """Two forms that create other things are alternatives."""

    class Creates:
        """Creates something."""

        def __init__(self) -> None:
            """Create."""

    assert steps_of(Creates) == {"__init__"}
