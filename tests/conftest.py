"""Fixtures that several tests share."""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from gradekit.engine.local import one_judge
from gradekit.judge.grade import Judge
from gradekit.judge.verdict import Verdict
from gradekit.plugins import Plugins, load_plugins

torch.set_num_threads(1)

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def plugins() -> Plugins:
    """Return the bundled plugins."""
    return load_plugins()


@pytest.fixture(scope="session")
def gru_judge(plugins: Plugins) -> Iterator[Judge]:
    """Give a judge of gru_lyrics for the whole session."""
    with one_judge(plugins.labs["gru_lyrics"], 0) as judge:
        yield judge


@pytest.fixture(scope="session")
def softmax_judge(plugins: Plugins) -> Iterator[Judge]:
    """Give a judge of softmax_regression for the whole session."""
    with one_judge(plugins.labs["softmax_regression"], 0) as judge:
        yield judge


@pytest.fixture
def grade_softmax(softmax_judge: Judge) -> Callable[[str], Verdict]:
    """Return a function that grades a source text as softmax_regression.py."""

    def grade(source: str) -> Verdict:
        return softmax_judge.grade("student", {"softmax_regression.py": source})

    return grade


@pytest.fixture
def grade_gru(gru_judge: Judge) -> Callable[[str], Verdict]:
    """Return a function that grades a source text as rnn_hard_version.py."""

    def grade(source: str) -> Verdict:
        return gru_judge.grade("student", {"rnn_hard_version.py": source})

    return grade
