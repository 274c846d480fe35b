"""What is switched off can't be reached, by whatever way; afterwards all works again."""

from __future__ import annotations

import functools
import gc
import json
import os
import signal
import sys
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import GeneratorType, ModuleType
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from gradekit.runner.taboo import switch_off, switched_off

X = torch.randn(3, 4, generator=torch.Generator().manual_seed(0))
SOFTMAX = ("aten::*softmax*",)
WAYS: dict[str, Callable[[Tensor], Tensor]] = {
    "function": lambda x: torch.softmax(x, 1),
    "method": lambda x: x.softmax(1),
    "functional": lambda x: functional.softmax(x, 1),
    "module": nn.Softmax(1),
    "operation": lambda x: torch.ops.aten._softmax(x, 1, False),
    "subclass": type("Mine", (nn.Softmax,), {})(1),
    "distribution": lambda x: torch.distributions.Categorical(logits=x).probs,
    "vmap": torch.func.vmap(lambda row: row.softmax(0)),
    "sparse": lambda x: torch.sparse.softmax(x.to_sparse(), 1).to_dense(),
    "nested": lambda x: torch.nested.as_nested_tensor([x]).softmax(-1).unbind()[0],
    "thread": lambda x: _in_thread(lambda: x.softmax(1)),
    "without gradients": lambda x: _without_gradients(x).clone(),
    "with gradients": lambda x: x.clone().requires_grad_().softmax(1).detach(),
}


def _in_thread(action: Callable[[], Tensor]) -> Tensor:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(action).result()


def _without_gradients(x: Tensor) -> Tensor:
    with torch.inference_mode():
        return x.softmax(1)


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors")
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_an_operation_is_off_whichever_way_it_is_reached(way: Callable[[Tensor], Tensor]) -> None:
    """Before and after, the same call answers."""
    expected = X.exp() / X.exp().sum(1, keepdim=True)
    torch.testing.assert_close(way(X), expected)
    with switched_off(SOFTMAX), pytest.raises(RuntimeError, match="switched off"):
        way(X)
    torch.testing.assert_close(way(X), expected)


@pytest.mark.skipif(not torch._C._has_mkldnn, reason="torch is without MKL-DNN")
def test_an_operation_is_off_for_tensors_of_another_form() -> None:
    """A tensor in MKL-DNN's layout has kernels of its own; those go, and others stay."""
    x = X.to_mkldnn()
    torch.testing.assert_close(x.softmax(-1).to_dense(), X.softmax(1))
    with switched_off(SOFTMAX):
        with pytest.raises(RuntimeError, match="switched off"):
            x.softmax(-1)
        torch.testing.assert_close(x.relu().to_dense(), X.relu())
    torch.testing.assert_close(x.softmax(-1).to_dense(), X.softmax(1))


def test_other_operations_go_on() -> None:
    """What right code is made of is no matter of the patterns."""
    with switched_off(SOFTMAX):
        powers = (X - X.amax(1, keepdim=True)).exp()
        assert torch.allclose((powers / powers.sum(1, keepdim=True)).sum(1), torch.ones(3))


def test_it_ends_with_an_error_too() -> None:
    """Code that fails meanwhile leaves nothing switched off."""
    with pytest.raises(ZeroDivisionError), switched_off((*SOFTMAX, "call:numpy*.einsum")):
        raise ZeroDivisionError
    assert X.softmax(1).shape == X.shape
    assert np.einsum("i->", np.ones(2)) == 2


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return a module of Python functions."""
    made = ModuleType("gradekit_test_library")
    source = (
        "def asked(x):\n    return x + 1\n"
        "def other(x):\n    return x + 2\n"
        "def _outer(n):\n    def closure(x):\n        return x + n\n    return closure\n"
        "closure = _outer(3)\n"
    )
    exec(source, made.__dict__)  # noqa: S102  # our own text
    monkeypatch.setitem(sys.modules, made.__name__, made)
    return made


def test_a_function_is_off_for_those_who_hold_it_already(library: ModuleType) -> None:
    """A name taken before, or a partial, is the same function."""
    kept, part = library.asked, functools.partial(library.asked, 1)
    with switched_off(("call:gradekit_test_library.asked",)):
        for call in (lambda: kept(1), part):
            with pytest.raises(RuntimeError, match="asked: it is switched off"):
                call()  # type: ignore[no-untyped-call]  # as the module is made of text
        assert library.other(1) == 3
    assert (kept(1), part()) == (2, 2)


def test_a_closure_is_left_as_it_is(library: ModuleType) -> None:
    """Its code can't be exchanged; nothing fails for that."""
    with switched_off(("call:gradekit_test_library.*closure",)):
        assert library.closure(1) == 4


def test_a_pattern_that_names_no_module_switches_nothing_off(library: ModuleType) -> None:
    """'*asked' would ask every module there is."""
    with switched_off(("call:*asked",)):
        assert library.asked(1) == 2


def test_what_numpy_wraps_is_off() -> None:
    """np.einsum is a wrapper in C around a function in Python."""
    with switched_off(("call:numpy*.einsum",)), pytest.raises(RuntimeError, match="switched off"):
        np.einsum("i->", np.ones(2))


@pytest.mark.parametrize(
    "ask",
    [
        lambda x: (x * x).sum().backward(),
        lambda x: torch.autograd.grad((x * x).sum(), x),
        lambda x: torch.autograd.backward([(x * x).sum()]),
        lambda x: torch.autograd.functional.jacobian(lambda y: y * y, x),  # type: ignore[no-untyped-call]  # torch has no types here
        torch.func.grad(lambda y: (y * y).sum()),
    ],
    ids=["method", "grad", "backward", "jacobian", "func"],
)
def test_the_backward_pass_is_off(ask: Callable[[Tensor], Any]) -> None:
    """By method or function; values are computed as ever."""
    with switched_off(("autograd::engine*",)):
        x = X.clone().requires_grad_()
        assert (x * x).sum().item() > 0
        with pytest.raises(RuntimeError, match="switched off"):
            ask(x)
    ask(X.clone().requires_grad_())


def _told_by_child(action: Callable[[], Any]) -> Any:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            signal.alarm(30)
            os.write(write, json.dumps(action()).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as stream:
        said = stream.read()
    os.waitpid(child, 0)
    return json.loads(said or '"no word"')


def _softmax_is_off() -> bool:
    try:
        X.softmax(1)
    except RuntimeError:
        return True
    return False


def _undo_by_collector() -> None:
    """End every context of ours that the garbage collector knows."""
    for thing in gc.get_objects():
        if type(thing) is GeneratorType and thing.gi_code.co_filename.endswith("taboo.py"):
            thing.close()


def _undo_by_finalizer() -> None:
    """Take torch's libraries down that are watched for their end."""
    for finalizer in list(vars(weakref.finalize)["_registry"]):
        watched = finalizer.peek()
        if watched and isinstance(watched[0], torch.library.Library):
            watched[0]._destroy()  # type: ignore[no-untyped-call]  # torch has no types here


def _undo_by_library() -> None:
    """Take torch's libraries down that the garbage collector knows."""
    for thing in gc.get_objects():
        if type(thing) is torch.library.Library:
            thing._destroy()  # type: ignore[no-untyped-call]  # torch has no types here


def _held() -> object:
    """Switch softmax off by a context that is in plain sight."""
    context = switched_off(SOFTMAX)
    context.__enter__()
    return context


@pytest.mark.parametrize("undo", [_undo_by_collector, _undo_by_finalizer, _undo_by_library])
def test_for_good_can_not_be_undone(undo: Callable[[], None]) -> None:
    """What ends a context that is in plain sight does not end this."""

    def control() -> list[bool]:
        held = _held()
        before = _softmax_is_off()
        undo()
        return [before, _softmax_is_off(), bool(held)]

    def action() -> list[bool]:
        switch_off((*SOFTMAX, "call:numpy*.einsum"))
        before = _softmax_is_off()
        undo()
        return [before, _softmax_is_off()]

    assert _told_by_child(control) == [True, False, True]
    assert _told_by_child(action) == [True, True]


def test_for_good_keeps_no_code(library: ModuleType) -> None:
    """The code that a function had is gone; one that is switched off for a while keeps it."""
    pattern = ("call:gradekit_test_library.asked",)

    def action() -> list[bool]:
        code = weakref.ref(library.asked.__code__)
        with switched_off(pattern):
            kept = code() is not None
        switch_off(pattern)
        return [kept, code() is not None]

    assert _told_by_child(action) == [True, False]
