"""Draw a part's cases once per batch, and the smallest failing one where a part fails."""

from __future__ import annotations

import contextlib
import random
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, find, given, seed, settings
from hypothesis.errors import HypothesisException, HypothesisWarning, NoSuchExample
from hypothesis.internal.conjecture.providers import CONSTANTS_CACHE, HypothesisProvider
from hypothesis.internal.constants_ast import Constants

from gradekit.errors import LabError
from gradekit.lab import Part

__all__ = ["draw", "smallest"]

FRESH = 0x5EED  # separates cases that prove from cases that search
SHRINK_CASES = 60  # evaluations of the submission that shrinking may cost


@contextlib.contextmanager
def _same_everywhere() -> Iterator[None]:
    """Keep Hypothesis from drawing numbers that stand in the source of local modules.

    It reads them from whatever is loaded and lies outside site-packages, so an editable install
    would draw other cases than a wheel, and one lab other cases when a plugin is loaded too.
    """
    kept = vars(HypothesisProvider)["_local_constants"]
    CONSTANTS_CACHE.cache.clear()
    HypothesisProvider._local_constants = Constants()  # type: ignore[method-assign, assignment]  # a cached property
    try:
        yield
    finally:
        HypothesisProvider._local_constants = kept  # type: ignore[method-assign]  # likewise
        CONSTANTS_CACHE.cache.clear()


def draw(part: Part, batch_seed: int, *, fresh: bool = False) -> tuple[Any, ...]:
    """Return the part's examples and its drawn cases; the same for every submission.

    Raises: LabError when the strategy can't be drawn from.
    """
    cases: list[Any] = []

    @seed(batch_seed ^ FRESH if fresh else batch_seed)
    @settings(
        max_examples=part.case_count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
        suppress_health_check=[HealthCheck.too_slow],  # drawing tensors, not a lab's fault
    )
    @given(part.cases)
    def collect(case: Any) -> None:
        cases.append(case)

    try:
        with warnings.catch_warnings(), _same_everywhere():
            warnings.simplefilter("ignore", HypothesisWarning)
            collect()
    except HypothesisException as error:
        raise LabError(f"part {part.name!r}: its cases can't be drawn: {error}") from error
    return (*part.examples, *cases)


def smallest(part: Part, fails: Callable[[Any], bool], batch_seed: int, known: Any) -> Any:
    """Return the simplest case that fails, found within a fixed number of evaluations.

    The budget counts evaluations and not seconds, so that every machine finds the same case.
    """
    left = SHRINK_CASES

    def still_fails(case: Any) -> bool:
        nonlocal left
        if left <= 0:
            return False
        left -= 1
        return fails(case)

    options = settings(
        max_examples=SHRINK_CASES,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    best: list[Any] = []

    def remember(case: Any) -> bool:
        if not still_fails(case):
            return False
        best.append(case)
        return True

    # the budget may run out in the middle: what was found so far is the answer
    with contextlib.suppress(NoSuchExample, HypothesisException), _same_everywhere():
        find(part.cases, remember, settings=options, random=random.Random(batch_seed))
    return best[-1] if best else known
