"""What layers add up to, and which are missing."""

from __future__ import annotations

import pytest

from gradekit.wire.layers import PROCESS, STRICT, Layer, Level, level_of, missing_for

ALL = sorted(set().union(*STRICT))


def layers(*off: str) -> list[Layer]:
    """Return all layers that matter, some of them off."""
    return [Layer(name, "what", "why" if name in off else "") for name in ALL]


@pytest.mark.parametrize(
    ("off", "level"),
    [
        ((), "strict"),
        (("files",), "strict"),
        (("namespaces", "view", "runner-namespaces", "user"), "strict"),
        (("files", "view"), "process"),
        (("system-calls",), "process"),
        (("limits",), "none"),
        (("session",), "none"),
        (("privileges",), "none"),
    ],
)
def test_either_way_reaches_strict_and_nothing_less_does(
    off: tuple[str, ...], level: Level
) -> None:
    """Namespaces with a view, or Landlock; a filter of system calls with both."""
    assert level_of(layers(*off)) == level


@pytest.mark.parametrize("off", ALL)
def test_a_layer_that_is_lost_never_raises_the_level(off: str) -> None:
    """Of any set of layers, one fewer reaches the same level or a lower one."""
    order = ["none", "process", "strict"]
    for others in ((), ("files",), ("view",), ("limits", "files")):
        before, after = level_of(layers(*others)), level_of(layers(*others, off))
        assert order.index(after) <= order.index(before)


def test_no_layers_are_no_isolation() -> None:
    """An empty list is level none."""
    assert level_of([]) == "none"


def test_a_layer_that_is_not_told_of_is_not_there() -> None:
    """What a zygote leaves out counts as off."""
    assert level_of([Layer(name, "") for name in PROCESS]) == "process"


def test_what_is_missing_is_missing_on_the_nearest_way() -> None:
    """With the view and seccomp off, Landlock's way lacks one layer, the other two."""
    found = missing_for(layers("view", "system-calls"))
    assert [layer.name for layer in found] == ["system-calls"]
    found = missing_for(layers("view", "user", "files"))
    assert [(layer.name, layer.off) for layer in found] == [("files", "why")]


def test_nothing_is_missing_where_strict_is_reached() -> None:
    """Whichever way it was reached."""
    assert missing_for(layers()) == []
    assert missing_for(layers("namespaces", "view")) == []
