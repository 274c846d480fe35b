"""What is checked in a part, as frozen data: properties, gradients, mistakes, symptoms."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from gradekit.lab.related import Submission

__all__ = ["Convention", "Cost", "Free", "Gradients", "Mistake", "Property", "Symptom", "kebab"]

Check = Callable[[Submission, Any], None]


def kebab(name: str) -> str:
    """Return a class's or function's name as reports print it: StepSign -> step-sign."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower().replace("_", "-")


@dataclass(frozen=True)
class Property:
    """A relation that holds for every right submission.

    `check(sub, case)` returns when it holds and raises `Violation` when not. Its name is a true
    sentence, its docstring is what a student reads. It must be a pure function: it is called
    again whenever more of the submission's answers are there.
    """

    check: Check
    hint: str = ""  # what to look at first when it fails

    @property
    def name(self) -> str:
        """The check's name, a true sentence."""
        return getattr(self.check, "__name__", repr(self.check))

    @property
    def title(self) -> str:
        """The docstring's first line."""
        return (inspect.getdoc(self.check) or "").split("\n")[0]


@dataclass(frozen=True, init=False)
class Mistake:
    """A wrong variant of the reference, in one or more executable forms.

    Each form is a class that overrides one step of the reference; the core composes forms of
    different mistakes. The first form's name and docstring are the mistake's id and its reason.
    """

    forms: tuple[type, ...]
    points: float
    id: str
    in_gradients: bool  # outputs are the reference's own: only gradients show it
    hint: str
    same_as: tuple[str, ...]  # ids that no input can tell from this one

    def __init__(
        self,
        *forms: type,
        points: float,
        id: str = "",
        in_gradients: bool = False,
        hint: str = "",
        same_as: tuple[str, ...] = (),
    ) -> None:
        set_ = object.__setattr__
        set_(self, "forms", forms)
        set_(self, "points", points)
        set_(self, "id", id or (kebab(forms[0].__name__) if forms else ""))
        set_(self, "in_gradients", in_gradients)
        set_(self, "hint", hint)
        set_(self, "same_as", same_as)

    @property
    def reason(self) -> str:
        """What the student did: the first form's docstring."""
        own = self.forms[0].__doc__ or ""  # not inherited: that would be the reference's
        return " ".join(inspect.cleandoc(own).split("\n\n")[0].split())


@dataclass(frozen=True)
class Symptom:
    """A mistake that shows in other evidence than outputs.

    `check(sub, case)` raises `Violation` where the evidence is there; without a check, the core
    itself finds it (a symptom named by `Free` or by a rule).
    """

    id: str
    points: float
    reason: str
    check: Check | None = None
    hint: str = ""
    explains: tuple[str, ...] = ()  # properties that fail for no other reason than this


@dataclass(frozen=True)
class Convention:
    """One way in which a part's drive may call the submission.

    The core keeps the first that fails the fewest properties. One with a `symptom` is not
    allowed: a submission that works only under it has that mistake.
    """

    name: str
    symptom: Symptom | None = None
    reference: str = ""  # under which one the reference gives what is expected; else the first
    last: bool = False  # hides a mistake: counts only where no single mistake explains the others
    when: Callable[[Any], bool] | None = None  # an outcome that must be seen before it is tried


@dataclass(frozen=True)
class Cost:
    """Work, in counts and not in seconds, that may not grow with some sizes.

    `sizes` maps a size's name to two cases in which that size alone doubles (or more). Counted
    are torch's dispatched operations, or bytecodes in Python frames for numpy code.
    """

    count: Literal["operations", "bytecodes"]
    sizes: Mapping[str, tuple[Any, Any]]
    symptom: Symptom


@dataclass(frozen=True)
class Gradients:
    """Compare the gradients of the outcomes with the reference's.

    `wrt` names case fields, and 'weights' for the submission's parameters.
    """

    wrt: tuple[str, ...]
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Free:
    """Students name, shape and fuse their own parameters; the core aligns them.

    `probe(seed, rows)` returns a case whose sizes all differ, so that no axis is mistaken for
    another.
    """

    probe: Callable[[int, int], Any]
    module: Callable[[type], Any]  # a variant of the reference as a submission's module, for lint
    unregistered: Symptom  # charged when tensors that are no parameters are needed to align
    missing: Mapping[str, Symptom] = field(default_factory=dict)  # role that nothing moves
    tied: Symptom | None = None  # roles of different gates that always move together
    optional: tuple[str, ...] = ()  # roles that a right submission may leave out
    alternatives: Mapping[str, str] = field(default_factory=dict)  # one of the two is enough
    outcomes: tuple[str, ...] = ()  # what to compare; all where empty
