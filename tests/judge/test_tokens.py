"""Case ids: short, stable, and read back anywhere."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, equal

from gradekit.errors import UsageError
from gradekit.judge.tokens import read_token, token
from gradekit.lab import Lab
from gradekit.plugins import Plugins, load_plugins

DRAW = settings(max_examples=40, deadline=None, derandomize=True, database=None)
LABS = load_plugins().labs
PARTS = [(lab, part) for lab in LABS.values() for part in lab.parts]


def same(one: Any, other: Any) -> bool:
    """Tell whether two cases hold the same, their tensors too."""
    pairs = [(getattr(one, f.name), getattr(other, f.name)) for f in fields(one)]
    return type(one) is type(other) and all(
        equal(a, b) if isinstance(a, Tensor) else a == b for a, b in pairs
    )


@pytest.mark.parametrize(("lab", "part"), PARTS, ids=lambda thing: thing.name)
@DRAW
@given(data=st.data())
def test_a_case_comes_back(lab: Lab, part: Any, data: st.DataObject) -> None:
    """Its numbers and all tensors that are drawn from them."""
    case = data.draw(part.cases)
    found, back = read_token(lab, token(lab, part, case))
    assert found is part
    assert same(back, case)


@pytest.mark.parametrize(("lab", "part"), PARTS, ids=lambda thing: thing.name)
def test_an_id_is_one_word(lab: Lab, part: Any) -> None:
    """It can be copied by a double click, and typed."""
    for case in part.examples:
        text = token(lab, part, case)
        assert re.fullmatch(r"[a-z2-7]{8,64}", text)
        assert same(read_token(lab, f"  {text.upper()}\n")[1], case)


def test_different_cases_have_different_ids() -> None:
    """Over all parts of a lab."""
    for lab in LABS.values():
        texts = [token(lab, part, case) for part in lab.parts for case in part.examples]
        assert len(set(texts)) == len(texts)


def test_a_part_is_named_by_its_id(plugins: Plugins) -> None:
    """Parts that share a case class are told apart."""
    lab = plugins.labs["softmax_regression"]
    case = lab.part("forward").examples[0]
    for name in ("forward", "manual_backward"):
        part = lab.part(name)
        assert read_token(lab, token(lab, part, case))[0].name == name


@pytest.mark.parametrize(
    "text",
    ["", "a", "zzzz", "hello world", "0189", "学", "aaaaaaaa", "=" * 8, "a" * 1000, "-1", "\0"],
)
def test_what_is_no_id_is_wrong_usage(plugins: Plugins, text: str) -> None:
    """The text is repeated, with what to do."""
    lab = plugins.labs["softmax_regression"]
    with pytest.raises(UsageError) as caught:
        read_token(lab, text)
    assert str(caught.value) == (
        f"{text!r} is no case of softmax_regression; copy the id as the report prints it"
    )


def test_a_mistyped_check_sum_is_wrong_usage(plugins: Plugins) -> None:
    """One wrong letter at the start does not name another case."""
    lab = plugins.labs["softmax_regression"]
    text = token(lab, lab.parts[0], lab.parts[0].examples[0])
    for letter in set("abcdefgh234567") - {text[0]}:
        with pytest.raises(UsageError):
            read_token(lab, letter + text[1:])


def test_an_id_that_lost_its_end_is_wrong_usage(plugins: Plugins) -> None:
    """Half a copied id is none."""
    lab = plugins.labs["softmax_regression"]
    text = token(lab, lab.parts[2], lab.parts[2].examples[1])
    for end in range(len(text) - 2):
        with pytest.raises(UsageError):
            read_token(lab, text[:end])
