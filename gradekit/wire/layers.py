"""What holds a runner: layers, as the zygote reports them and judges read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

__all__ = ["LEVELS", "Layer", "Level", "level_of", "missing_for"]

Level = Literal["none", "process", "strict"]
LEVELS: tuple[Level, ...] = ("none", "process", "strict")


class Layer(Struct, frozen=True):
    """One layer of confinement: its name, what it does, and why it is off ('' when it is on)."""

    name: str
    what: str
    off: str = ""
    advice: str = ""  # what to install or set for it, where it is off


# What each level asks for; of strict's two ways, either will do.
PROCESS = frozenset({"limits", "session", "privileges"})
STRICT: tuple[frozenset[str], ...] = (
    PROCESS | {"namespaces", "view", "runner-namespaces", "user", "system-calls"},
    PROCESS | {"files", "system-calls"},
)


def level_of(layers: Iterable[Layer]) -> Level:
    """Return the highest level that the layers which hold add up to."""
    held = {layer.name for layer in layers if not layer.off}
    if any(way <= held for way in STRICT):
        return "strict"
    return "process" if held >= PROCESS else "none"


def missing_for(layers: Iterable[Layer]) -> list[Layer]:
    """Return the layers that are off and would have to hold for `strict`, by its nearest way."""
    known = {layer.name: layer for layer in layers}
    held = {name for name, layer in known.items() if not layer.off}
    nearest = min((way - held for way in STRICT), key=len)
    return [known[name] for name in sorted(nearest) if name in known]
