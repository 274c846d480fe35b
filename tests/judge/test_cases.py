"""Cases are drawn once per batch, and are the same wherever gradekit is installed."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from gradekit.judge.cases import draw, smallest
from gradekit.judge.direct import DirectBook
from gradekit.plugins import Plugins


def test_the_same_seed_draws_the_same_cases(plugins: Plugins) -> None:
    """Another seed draws others; the examples come first."""
    part = plugins.labs["gru_lyrics"].part("gru")
    texts = [str(draw(part, seed)) for seed in (1, 1, 2)]
    assert texts[0] == texts[1] != texts[2]
    assert draw(part, 1)[: len(part.examples)] == part.examples


def test_fresh_cases_are_others(plugins: Plugins) -> None:
    """What proves is not what was searched with."""
    book = DirectBook(plugins.labs["softmax_regression"].part("softmax"), 1)
    assert len(book.fresh) > len(book.cases) / 2
    assert {str(case) for case in book.cases}.isdisjoint(str(case) for case in book.fresh)


def test_local_modules_do_not_change_what_is_drawn(
    plugins: Plugins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers in the source of a module that happens to be loaded are not drawn."""
    part = plugins.labs["softmax_regression"].part("manual_backward")
    before = [str(draw(part, seed)) for seed in range(5)]
    numbers = ", ".join(str(90_000_001 + 7 * i) for i in range(500))
    file = tmp_path / "full_of_numbers.py"
    file.write_text(f"NUMBERS = [{numbers}]\n")
    spec = importlib.util.spec_from_file_location("full_of_numbers", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setitem(sys.modules, "full_of_numbers", module)
    assert [str(draw(part, seed)) for seed in range(5)] == before


def test_the_smallest_case_is_found_within_its_budget(plugins: Plugins) -> None:
    """The search ends after a fixed number of evaluations, with a simpler case."""
    part = plugins.labs["gru_lyrics"].part("gru")
    seen = []

    def fails(case: object) -> bool:
        seen.append(case)
        return case.steps >= 2  # type: ignore[attr-defined]  # a GruCase

    best = smallest(part, fails, 0, part.examples[0])
    assert best.steps == 2
    assert len(seen) <= 60
