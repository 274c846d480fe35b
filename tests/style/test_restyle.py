"""Variants in other styles compute what the original does, and doubtful sites are left alone."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from .restyle import STYLES, restyled
from .samples import DOUBTS, SOURCES

APPLY = {style.name: style.apply for style in STYLES}
SEEDS = range(12)


def outcome(source: str, x: int) -> object:
    space: dict[str, Callable[[int], object]] = {}
    exec(compile(source, "submission", "exec"), space)  # noqa: S102 - the sources above
    return space["run"](x)


@pytest.mark.parametrize("name", APPLY)
def test_a_style_changes_the_text_and_not_the_values(name: str) -> None:
    """Every style changes its source for every seed and the variant computes the same."""
    source = SOURCES[name]
    for seed in SEEDS:
        variant = APPLY[name](source, random.Random(seed))
        assert variant != source
        for x in (-3, 0, 2, 5):
            expected = outcome(source, x)
            exact = isinstance(expected, str | tuple | list | dict)
            assert outcome(variant, x) == (expected if exact else pytest.approx(expected)), variant


@pytest.mark.parametrize("doubt", DOUBTS)
def test_a_doubtful_site_is_left_alone(doubt: str) -> None:
    """What a style cannot prove harmless stays as it is."""
    name, source = DOUBTS[doubt]
    for seed in SEEDS:
        assert APPLY[name](source, random.Random(seed)) == source


@pytest.mark.parametrize("jump", ["break", "continue"])
def test_a_loop_that_jumps_stays_a_for_loop(jump: str) -> None:
    """A loop with break or continue gets another range at most."""
    source = f"def run(x):\n    for i in range(x):\n        {jump}\n"
    variants = {APPLY["loop-style"](source, random.Random(seed)) for seed in SEEDS}
    assert variants == {source.replace("range(x)", "range(0, x, 1)")}


def test_a_counter_that_is_read_later_stays_a_for_loop() -> None:
    """After a while loop the counter would be one higher."""
    source = "def run(x):\n    for i in range(x):\n        pass\n    return i\n"
    assert all("while" not in APPLY["loop-style"](source, random.Random(s)) for s in SEEDS)


def test_a_name_inside_torch_keeps_its_import() -> None:
    """The spellings of an import of torch.nn bind the same name."""
    rng = random.Random(0)
    assert APPLY["imports"]("import torch.nn as nn\n", rng) == "from torch import nn\n"
    assert APPLY["imports"]("from torch import nn\n", rng) == "import torch.nn as nn\n"


@pytest.mark.parametrize("name", SOURCES)
def test_many_styles_together_keep_the_values(name: str) -> None:
    """Styles on top of each other still compute the same, and say which they are."""
    for seed in SEEDS:
        variant, names = restyled(SOURCES[name], random.Random(seed), count=len(STYLES))
        assert names
        assert set(names) <= set(APPLY)
        for x in (0, 4):
            expected = outcome(SOURCES[name], x)
            exact = isinstance(expected, str | tuple | list | dict)
            assert outcome(variant, x) == (expected if exact else pytest.approx(expected)), variant


def test_one_seed_gives_one_variant() -> None:
    """The same seed gives the same variant, another seed mostly another."""
    source = "".join(SOURCES[name] for name in ("class-style", "commute", "loop-style"))
    variants = [restyled(source, random.Random(seed)) for seed in SEEDS]
    assert variants == [restyled(source, random.Random(seed)) for seed in SEEDS]
    assert len({text for text, _ in variants}) > len(SEEDS) // 2
    assert all(len(names) <= 4 for _, names in variants)


def test_marks_of_the_template_are_removed() -> None:
    """Without its marks a variant is not compared with the template."""
    source = '"""Fill in \'# >>> TODO\'."""\n\n# >>> TODO 1: all\nx = 1  # <<< TODO 1\n# kept\n'
    variant, _ = restyled(source, random.Random(0), count=0)
    assert variant == '"""Fill in \'TODO\'."""\n\nx = 1  \n# kept\n'
