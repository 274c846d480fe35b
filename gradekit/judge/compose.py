"""Compose mistakes into executable variants of a reference."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gradekit.lab import Mistake

__all__ = ["Variant", "steps_of", "variants"]


@dataclass(frozen=True)
class Variant:
    """The reference with some mistakes made, by one form of each."""

    kind: type
    mistakes: tuple[Mistake, ...]
    extras: tuple[type, ...] = ()  # legitimate conventions mixed in

    @property
    def ids(self) -> tuple[str, ...]:
        """The mistakes' ids, sorted."""
        return tuple(sorted(mistake.id for mistake in self.mistakes))


def steps_of(form: type) -> frozenset[str]:
    """Return the steps that a form overrides: forms that share one are alternatives."""
    return frozenset(
        name for name in vars(form) if not name.startswith("__") or name in ("__init__", "__call__")
    )


def variants(
    reference: type, mistakes: Sequence[Mistake], count: int, extras: Sequence[type] = ()
) -> Iterator[Variant]:
    """Yield all variants with exactly `count` mistakes, each with each set of extras."""
    for chosen in itertools.combinations(mistakes, count):
        for forms in itertools.product(*(mistake.forms for mistake in chosen)):
            if not _compatible(forms) or (count > 2 and not _usual(chosen, forms)):
                continue
            for mixed in _subsets(extras):
                if _compatible((*forms, *mixed)):
                    yield Variant(_compose(reference, forms, mixed), chosen, mixed)


def _usual(mistakes: Sequence[Mistake], forms: Sequence[type]) -> bool:
    """Tell whether, of three mistakes at once, at most one is made in an unusual form."""
    places = [m.forms.index(form) for m, form in zip(mistakes, forms, strict=True)]
    return sum(place > 0 for place in places) <= 1 and max(places) < 4


def _compatible(forms: Sequence[type]) -> bool:
    return all(not steps_of(a) & steps_of(b) for a, b in itertools.combinations(forms, 2))


def _subsets(items: Sequence[type]) -> Iterator[tuple[type, ...]]:
    for size in range(len(items) + 1):
        yield from itertools.combinations(items, size)


def _compose(reference: type, forms: Sequence[type], mixed: Sequence[type]) -> type:
    if not forms and not mixed:
        return reference
    name = "+".join(form.__name__ for form in (*forms, *mixed))
    bases: tuple[Any, ...] = (*forms, *mixed, reference)
    return type(name, bases, {})
