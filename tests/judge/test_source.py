"""What a source imports and which forbidden names it reaches, read as text."""

from __future__ import annotations

import pytest

from gradekit.judge.source import Module, added_imports, forbidden_names
from gradekit.lab import Forbid, Imports

RULE = Forbid(
    names=("torch.nn.GRU", "torch.softmax", "torch.nn.functional.softmax", "torch.autograd.grad"),
    operations=(),
    part="part",
    points=1,
    reason="It is forbidden.",
)


def used(source: str, *entries: str, rule: Forbid = RULE) -> list[tuple[str, int]]:
    """Return the forbidden names that a source reaches from its entries ('f' by default)."""
    return forbidden_names(Module.parse(source), rule, entries or ("f",))


@pytest.mark.parametrize(
    "source",
    [
        "import torch\ndef f(x): return torch.softmax(x, 1)",
        "import torch as t\ndef f(x): return t.softmax(x, 1)",
        "from torch import softmax\ndef f(x): return softmax(x, 1)",
        "from torch import softmax as s\ndef f(x): return s(x, 1)",
        "import torch.nn.functional as F\ndef f(x): return F.softmax(x, 1)",
        "from torch.nn import functional as F\ndef f(x): return F.softmax(x, 1)",
        "from torch.nn import functional\ndef f(x): return functional.softmax(x, 1)",
        "import torch.nn\ndef f(x): return torch.nn.functional.softmax(x, 1)",
        "from torch import nn\ndef f(x): return nn.functional.softmax(x, 1)",
        "import torch\nt = torch\ndef f(x): return t.softmax(x, 1)",
        "import torch\ndef f(x):\n    g = torch.softmax\n    return g(x, 1)",
        "import torch\ndef f(x):\n    n = torch.nn\n    g = n.functional\n    return g.softmax(x)",
        "import torch\ndef f(x): return getattr(torch, 'softmax')(x, 1)",
        "import torch\ndef f(x): return getattr(torch, 'softmax', None)(x, 1)",
        "import torch\ndef f(x): return getattr(torch, 'soft' + 'max')(x, 1)",
        "import torch\ndef f(x): return getattr(torch, 'so' + 'ft' + 'max')(x, 1)",
        "import torch\ndef f(x): return getattr(torch, f'softmax')(x, 1)",
        "import torch\ndef f(x): return getattr(getattr(torch, 'nn'), 'GRU')(x)",
        "import importlib\ndef f(x): return importlib.import_module('torch').softmax(x, 1)",
        "import importlib as i\ndef f(x): return i.import_module('torch.nn').GRU(x)",
        "from importlib import import_module\ndef f(x): return import_module('torch.nn').GRU(x)",
        "def f(x): return __import__('torch').softmax(x, 1)",
        "def f(x):\n    t = __import__('tor' + 'ch')\n    return t.softmax(x, 1)",
        "def f(x):\n    import torch\n    return torch.softmax(x, 1)",
        "def f(x):\n    from torch import softmax as s\n    return s(x, 1)",
        "import torch\ndef f(x, s=torch.softmax): return s(x, 1)",
        "import torch\n@torch.softmax\ndef f(x): return x",
        "import torch\ndef f(x): return list(map(torch.softmax, x))",
        "import torch\ndef f(x): return (lambda y: torch.softmax(y, 1))(x)",
        "import torch\ndef f(x): return [torch.softmax(y, 1) for y in x]",
        "import torch\nf = torch.softmax",
        "import torch\ntable = {'s': torch.softmax}\ndef f(x): return table['s'](x)",
    ],
)
def test_a_forbidden_function_is_seen(source: str) -> None:
    """Whichever way it is reached, its full name and a line are told."""
    [(name, line)] = used(source)
    assert name in RULE.names
    assert 1 <= line <= len(source.split("\n"))


@pytest.mark.parametrize(
    "source",
    [
        "import torch.nn as nn\nclass f(nn.GRU): pass",
        "from torch.nn import GRU as Base\nclass f(Base): pass",
        "import torch\nBase = torch.nn.GRU\nclass f(Base): pass",
        "import torch.nn as nn\nclass Base(nn.GRU): pass\nclass f(Base): pass",
        "import torch\nclass f:\n    layer = torch.nn.GRU",
        "import torch\nclass f:\n    def __init__(self): self.layer = torch.nn.GRU(2, 3)",
        "import torch\nclass f:\n    def g(self): return torch.nn.modules.rnn.GRU(2, 3)",
        "from torch.nn.modules.rnn import GRU as G\nclass f:\n    def g(self): return G(2, 3)",
        "import torch\ndef f(): return type('Own', (torch.nn.GRU,), {})",
    ],
)
def test_a_forbidden_class_is_seen(source: str) -> None:
    """Called, subclassed, stored or passed on."""
    assert [name for name, _ in used(source)] == ["torch.nn.GRU"]


@pytest.mark.parametrize(
    "source",
    [
        "import torch.nn as nn\nclass GRU(nn.Module): pass\ndef f(): return GRU()",
        "import torch\ndef softmax(x): return x.exp()\ndef f(x): return softmax(x)",
        "import torch\ndef f(layer: torch.nn.GRU) -> torch.nn.GRU: return layer",
        "import torch\ndef f(x):\n    layer: torch.nn.GRU = x\n    return layer",
        "import torch\ndef f(layer): return isinstance(layer, torch.nn.GRU)",
        "import torch\ndef f(kind): return issubclass(kind, torch.nn.GRU)",
        "import torch\ndef f(x): return x  # torch.softmax(x, 1)",
        'import torch\ndef f(x):\n    """Like torch.softmax(x, 1)."""\n    return x',
        "import torch\ndef f(x): return 'torch.softmax'",
        "from torch.nn import GRU\ndef f(x): return x",
        "import torch\ndef f(x): return torch.exp(x)",
        "import mytorch\ndef f(x): return mytorch.softmax(x)",
        "class f:\n    def softmax(self): return 1\n    def g(self): return self.softmax()",
        "import torch\ndef f(x): return getattr(x, 'softmax')",
    ],
)
def test_what_is_not_used_is_free(source: str) -> None:
    """Annotations, type tests, comments, texts, unused imports and own names cost nothing."""
    assert used(source) == []


@pytest.mark.parametrize(
    "test",
    [
        "def check():\n    print(torch.softmax(f(1), 1))",
        "def check():\n    return torch.nn.GRU(2, 3)\ndef all_checks():\n    check()",
        "class Check:\n    reference = torch.nn.GRU(2, 3)",
        "if __name__ == '__main__':\n    print(torch.softmax(f(1), 1))",
        "if '__main__' == __name__:\n    print(torch.softmax(f(1), 1))",
        "def check():\n    torch.softmax(f(1), 1)\nif __name__ == '__main__':\n    check()",
        "if __name__ == '__main__':\n    import torch as t\n    s = t.softmax\n    s(1)",
    ],
)
def test_a_self_test_is_free(test: str) -> None:
    """What no entry point reaches may compare with torch's own."""
    assert used(f"import torch\ndef f(x): return x\n{test}\n") == []


def test_helpers_that_an_entry_reaches_count() -> None:
    """Through functions, classes and names at the top of the file."""
    source = "import torch\ndef h(x): return torch.softmax(x, 1)\ndef g(x): return h(x)\n"
    assert used(source + "def f(x): return g(x)") == [("torch.softmax", 2)]
    assert used(source + "def f(x): return x") == []
    assert used(source + "class f:\n    def m(self): return g(self)") == [("torch.softmax", 2)]
    assert used(source + "table = [g]\ndef f(x): return table[0](x)") == [("torch.softmax", 2)]


def test_each_name_is_told_once_in_order_of_lines() -> None:
    """With the first line that uses it."""
    source = (
        "import torch\ndef f(x):\n    a = torch.nn.GRU(1, 2)\n    b = torch.softmax(x, 1)\n"
        "    return torch.softmax(a, b)\n"
    )
    assert used(source) == [("torch.nn.GRU", 3), ("torch.softmax", 4)]


def test_a_rule_may_hold_within_one_method() -> None:
    """What other methods do is free; what this one calls on self is not."""
    rule = Forbid(RULE.names, (), part="part", points=1, reason="r", within=("Model.step",))
    source = (
        "import torch\nclass Model:\n    def other(self): return torch.autograd.grad(1, 2)\n"
        "    def step(self): return {}\n    def helper(self): return torch.autograd.grad(1, 2)\n"
    )
    assert used(source.replace("{}", "1"), rule=rule) == []
    assert used(source.replace("{}", "self.helper()"), rule=rule) == [("torch.autograd.grad", 5)]
    top = "def free(): return torch.autograd.grad(1, 2)\nx = torch.autograd.grad(1, 2)\n"
    assert used(source.replace("{}", "1") + top, rule=rule) == []
    assert used(source.replace("{}", "free()") + top, rule=rule) == [("torch.autograd.grad", 6)]


@pytest.mark.parametrize("source", ["def f(:", "\0", "  x = 1", "f(" * 300])
def test_what_is_no_python_can_not_be_parsed(source: str) -> None:
    """The caller tells the student."""
    with pytest.raises((SyntaxError, ValueError)):
        Module.parse(source)


TEMPLATE = Module.parse("import random\nimport torch\nfrom os import path\n")


def added(source: str, *free: str) -> list[tuple[str, int]]:
    """Return the imports that are not free."""
    return added_imports(Module.parse(source), Imports(points=1, free=free), TEMPLATE)


@pytest.mark.parametrize(
    "line",
    [
        "import torch",
        "import torch.nn as nn",
        "from torch.nn import functional",
        "import numpy as np",
        "import math",
        "from typing import Any",
        "from __future__ import annotations",
        "import random",
        "from os.path import join",
        "if __name__ == '__main__':\n    import matplotlib.pyplot as plt",
    ],
)
def test_such_imports_are_free(line: str) -> None:
    """Torch and its company, what the template imports, and what the main guard needs."""
    assert added(line) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import sklearn", [("sklearn", 1)]),
        ("import sklearn.preprocessing as p", [("sklearn.preprocessing", 1)]),
        ("from scipy.special import softmax", [("scipy.special", 1)]),
        ("import torch, os, sys, re", [("sys", 1), ("re", 1)]),
        ("from . import helper", [(".", 1)]),
        ("from .helper import x", [(".helper", 1)]),
        ("def f():\n    import sys", [("sys", 2)]),
        ("try:\n    import cupy\nexcept ImportError:\n    import numpy", [("cupy", 2)]),
        ("import re\nimport sys\nimport re", [("re", 1), ("sys", 2)]),
        ("import torchvision", [("torchvision", 1)]),
    ],
)
def test_other_imports_are_told(source: str, found: list[tuple[str, int]]) -> None:
    """Each module once, with its first line."""
    assert added(source) == found


def test_a_rule_may_free_more() -> None:
    """With all submodules."""
    assert added("import sklearn.svm\nimport sys", "sklearn") == [("sys", 2)]
