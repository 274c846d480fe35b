"""Every attack against the real judge: it gains nothing, harms nothing, and is never void."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradekit.engine.local import crew, one_judge
from gradekit.judge.grade import Judge
from gradekit.judge.verdict import Verdict
from gradekit.plugins import Plugins
from gradekit.submissions.found import Found
from gradekit.wire.layers import level_of

sys.path.insert(0, str(Path(__file__).parent))
from arena import ATTACKS, EXPECTED, FILES, Arena, Attack, arena, grade, names

ALL = names()
QUICK_HARM = [attack for attack in ALL if attack.kind in ("harm", "death") or attack.family == 31]


@pytest.fixture(scope="module")
def place() -> Iterator[Arena]:
    """Put up the decoys."""
    with arena() as made:
        yield made


@pytest.fixture(scope="module")
def judges(plugins: Plugins) -> Iterator[dict[str, Judge]]:
    """Give a judge for each lab that is attacked, at the level that strangers' code needs."""
    softmax, gru = (plugins.labs[name] for name in FILES)
    with one_judge(softmax, 0, "strict") as one, one_judge(gru, 0, "strict") as two:
        yield {softmax.name: one, gru.name: two}


def test_every_family_is_tried() -> None:
    """There are forty families of cheats, and each attack file is told of."""
    assert {attack.family for attack in ALL} == set(range(1, 41))
    assert {attack.name for attack in ALL} == {path.name for path in ATTACKS.glob("*.py")}


@pytest.mark.parametrize("attack", ALL, ids=lambda attack: attack.name.removesuffix(".py"))
def test_an_attack_gets_its_verdict(attack: Attack, judges: dict[str, Judge], place: Arena) -> None:
    """The score and the names are those on record, and no decoy was reached or changed.

    A few attacks give what memory or a race gives: for those the score has a limit.
    """
    judge = judges[attack.lab]
    assert level_of(judge.client.layers) == "strict"
    verdict = grade(judge, place, attack)
    expected = EXPECTED[attack.name]
    named = sorted({d.mistake for d in verdict.deductions if d.mistake})
    if expected.get("varies"):
        assert (verdict.status, verdict.score <= expected["varies"]) == ("graded", True)
    else:
        wanted = ("graded", expected["score"], expected["mistakes"])
        assert (verdict.status, verdict.score, named) == wanted
    assert place.harm() == []
    assert [line for line in verdict.printed.splitlines() if "REACHED" in line] == []


@pytest.mark.parametrize("attack", ALL, ids=lambda attack: attack.name.removesuffix(".py"))
def test_what_is_on_record_is_no_gain(attack: Attack) -> None:
    """A wrong submission that cheats is on record with less than full marks."""
    expected = EXPECTED[attack.name]
    if attack.underlying == "wrong":
        assert expected["score"] < 100 - 3, expected["note"]
    else:  # right code keeps its marks, but for a module that it imports or a limit that it breaks
        assert expected["score"] in (100, 95, 10), expected["note"]


def _without_times(verdict: Verdict) -> bytes:
    data = json.loads(json.dumps(verdict, default=_plain))
    return json.dumps(data, sort_keys=True).encode()


def _plain(value: Verdict) -> dict[str, object]:
    names = [name for name in value.__struct_fields__ if name != "seconds"]
    return {name: getattr(value, name) for name in names}


def _neighbours(plugins: Plugins, place: Arena, attacks: list[Attack]) -> list[bytes]:
    """Return the verdicts of right and wrong submissions graded among attacks, by two judges."""
    lab, file = plugins.labs["softmax_regression"], FILES["softmax_regression"]
    honest = [
        Found(f"{kind}-{number}", "", {file: (ATTACKS / "baselines" / name).read_text("utf-8")})
        for number in range(4)
        for kind, name in (
            ("right", "right_softmax_regression.py"),
            ("wrong", "wrong_softmax_regression.py"),
        )
    ]
    hostile = [Found(attack.name, "", {file: place.fill(attack.source)}) for attack in attacks]
    mixed = [
        item
        for pair in zip(honest, _spread(hostile, len(honest)), strict=True)
        for item in _flat(pair)
    ]
    with crew(lab, jobs=2, seed=0) as judges:
        verdicts = judges.grade(mixed, lambda verdict: None)
    return [_without_times(v) for v in verdicts if v.student.startswith(("right-", "wrong-"))]


def _spread(items: list[Found], count: int) -> list[list[Found]]:
    return [items[place::count] for place in range(count)]


def _flat(pair: tuple[Found, list[Found]]) -> list[Found]:
    return [*pair[1], pair[0]]


def test_neighbours_are_the_same_with_and_without(plugins: Plugins, place: Arena) -> None:
    """Verdicts of others in the batch are the same, byte for byte, among attacks."""
    attacks = [attack for attack in QUICK_HARM if attack.lab == "softmax_regression"]
    assert len(attacks) > 25
    alone, among = _neighbours(plugins, place, []), _neighbours(plugins, place, attacks)
    assert alone == among
    assert len(alone) == 8
    assert place.harm() == []
