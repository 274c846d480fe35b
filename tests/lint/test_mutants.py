"""A module changed in one place at a time."""

from __future__ import annotations

import ast

import pytest

from gradekit.lint.mutants import Mutant, mutants


def changed(line: str, head: str = "def f():") -> set[str]:
    """Return what becomes of the one line in a function's body."""
    start = f"{head}\n    "
    found = [mutant.source for mutant in mutants(f"{start}{line}\n")]
    assert all(source.startswith(start) for source in found)
    assert len(set(found)) == len(found)
    return {source.removeprefix(start).removesuffix("\n") for source in found}


def values(expression: str) -> set[str]:
    """Return what becomes of an expression that is returned."""
    return {line.removeprefix("return ") for line in changed(f"return {expression}")}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a + b", {"a - b"}),
        ("a - b", {"a + b"}),
        ("a * b", {"a / b"}),
        ("a / b", {"a * b"}),
        ("a ** b", {"a * b"}),
        ("a // b", {"a / b"}),
        ("a @ b", {"b @ a"}),
        ("a @ a", set()),
        ("a % b", set()),
        ("-a", {"a"}),
        ("+a", set()),
    ],
)
def test_arithmetic_is_turned_around(before: str, after: set[str]) -> None:
    """A remainder has no opposite."""
    assert values(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x += y", {"x -= y", "pass"}),
        ("x -= y", {"x += y", "pass"}),
        ("x *= y", {"x /= y", "pass"}),
        ("x /= y", {"x *= y", "pass"}),
        ("x **= y", {"x *= y", "pass"}),
        ("x //= y", {"x /= y", "pass"}),
        ("x @= y", {"pass"}),
    ],
)
def test_augmented_assignments_likewise(before: str, after: set[str]) -> None:
    """They can also be forgotten."""
    assert changed(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a < b", {"a <= b"}),
        ("a <= b", {"a < b"}),
        ("a > b", {"a >= b"}),
        ("a >= b", {"a > b"}),
        ("a == b", {"a != b"}),
        ("a != b", {"a == b"}),
        ("a is None", {"a is not None"}),
        ("a is not None", {"a is None"}),
        ("a in b", set()),
        ("a < b == c", {"a <= b == c", "a < b != c"}),
        ("a and b", {"a or b"}),
        ("a or b", {"a and b"}),
        ("not a", {"a"}),
    ],
)
def test_comparisons_and_logic_are_turned_around(before: str, after: set[str]) -> None:
    """In a chain each on its own."""
    assert values(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("3", {"4", "2"}),
        ("0", {"1", "-1"}),
        ("-1", {"1", "0", "-2"}),
        ("x[-1]", {"x[1]", "x[0]", "x[-2]"}),
        ("2.5", {"5.0", "3.5"}),
        ("0.0", {"1.0"}),
        ("1.0", {"2.0"}),
        ("-0.5", {"0.5", "-1.0"}),
        ("1e308", {"1e+308"}),
        ("9" * 400, {"1" + "0" * 400, "9" * 399 + "8"}),
        ("True", {"False"}),
        ("False", {"True"}),
        ("None", set()),
        ("'a'", set()),
    ],
)
def test_constants_go_up_and_down(before: str, after: set[str]) -> None:
    """Strings stay, and so does what would be no number."""
    assert values(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x[a:b]", {"x[:b]", "x[a:]"}),
        ("x[a:]", {"x[:]"}),
        ("x[:b]", {"x[:]"}),
        ("x[::c]", set()),
        ("x[:, a:b]", {"x[:, :b]", "x[:, a:]"}),
    ],
)
def test_a_slice_loses_a_bound(before: str, after: set[str]) -> None:
    """In each dimension."""
    assert values(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x.exp()", {"x"}),
        ("x.sum(0)", {"x", "x.sum(1)", "x.sum(-1)"}),
        ("x.exp().sum()", {"x.exp()", "x.sum()"}),
        ("layer.linear(x)", {"layer", "x"}),
        ("f(x)", {"x"}),
        ("f(*x)", set()),
        ("f(x, y)", {"f(y, x)", "f(x)"}),
        ("f(x, x)", {"f(x)"}),
        ("f(x, y, z)", {"f(y, x, z)", "f(x, z)", "f(x, y)"}),
        ("f(x, *y)", set()),
        ("f(x, **y)", {"x"}),
        ("f(x, key=y)", {"x", "f(x)"}),
        ("f(key=x, other=y)", {"f(other=y)", "f(key=x)"}),
        ("f(x, y,)", {"f(y, x,)", "f(x,)"}),
    ],
)
def test_a_call_is_dropped_or_gets_other_arguments(before: str, after: set[str]) -> None:
    """What is given by a star stays."""
    assert values(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("self.squash(x)", {"x"}),
        ("super().forward(x)", {"x"}),
        ("self.weight.sum()", {"self.weight"}),
        ("torch.tanh(x)", {"x"}),
        ("torch.nn.functional.relu(x)", {"x"}),
    ],
)
def test_modules_and_the_object_itself_are_no_values(before: str, after: set[str]) -> None:
    """Their functions give way to the argument, never to the module."""
    found = changed(f"return {before}", "import torch\ndef f():")
    assert found == {f"return {value}" for value in after}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f()", {"pass"}),
        ("x.append(y)", {"pass"}),
        ("self.x = y", {"pass"}),
        ("self.x: int = y", {"pass"}),
        ("x[i] = y", {"pass"}),
        ("self.x = self.z = y", {"pass"}),
        ("x = y", set()),
        ("x = self.z = y", set()),
        ("return x", set()),
        ("...", set()),
        ("f(); g()", {"pass; g()", "f(); pass"}),
    ],
)
def test_a_statement_is_deleted(before: str, after: set[str]) -> None:
    """Unless a name would be left undefined; a call that is a statement is not dropped twice."""
    assert changed(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("if x: return y", {"if True: return y", "if False: return y"}),
        ("if(x): return y", {"if(True): return y", "if(False): return y"}),
        ("return y if x else z", {"return y if True else z", "return y if False else z"}),
        ("return [y for y in z if x]", {f"return [y for y in z if {t}]" for t in (True, False)}),
        ("while x: return y", set()),
    ],
)
def test_a_test_is_forced(before: str, after: set[str]) -> None:
    """No loop is made endless."""
    assert changed(before) == after


@pytest.mark.parametrize(
    ("head", "line", "after"),
    [
        ("def f(a, b):", "return a", {"return b"}),
        ("def f(a, b, c):", "return c", {"return a"}),
        ("def f(a, /, *, b):", "return b", {"return a"}),
        ("def f(self, a):", "return self, a", set()),
        ("def f(a, *b, **c):", "return a, b, c", set()),
        ("def f(a, b):", "return a.b", {"return b.b"}),
        ("def f(a, b):", "a = 'c'", set()),
        ("def f(a, b):", "return g(b=a)", {"return g(b=b)", "return g()"}),
        ("def f(a, b):", "return lambda c, d: a", {"return lambda c, d: b"}),
        ("def f(a, b):", "return lambda a, d: a", {"return lambda a, d: d"}),
    ],
)
def test_a_parameter_is_taken_for_the_next(head: str, line: str, after: set[str]) -> None:
    """Only where it is read, and among those of its own function."""
    assert changed(line, head) == after


def test_each_occurrence_is_changed_on_its_own() -> None:
    """Two readings of a parameter are two mutants."""
    assert changed("return a, a", "def f(a, b):") == {"return b, a", "return a, b"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("g(a + b) * c", {"(a + b) * c", "g(a - b) * c", "g(a + b) / c"}),
        ("(a + b) * c", {"(a - b) * c", "(a + b) / c"}),
        ("a + b @ c", {"a - b @ c", "a + c @ b"}),
        ("a @ b @ c", {"b @ a @ c", "c @ (a @ b)"}),
        ("a / b ** c", {"a * b ** c", "a / (b * c)"}),
        ("a or b or c", {"(a or b) and c", "(a and b) or c"}),
        ("g(a and b).c", {"(a and b).c", "g(a or b).c"}),
        ("g(y for y in z)", {"(y for y in z)"}),
        ("(g(x))", {"(x)"}),
        ("x ** 0", {"x * 0", "x ** 1", "x ** (-1)"}),
    ],
)
def test_the_rest_of_an_expression_keeps_its_meaning(before: str, after: set[str]) -> None:
    """What is looser than what it replaces gets parentheses."""
    assert {ast.dump(ast.parse(e)) for e in values(before)} == {
        ast.dump(ast.parse(e)) for e in after
    }


def test_an_argument_over_several_lines_stays_one_expression() -> None:
    """Without the call's parentheses its second line would be a statement."""
    assert "return (a\n    + b)" in changed("return g(a\n    + b)")


def test_a_change_with_no_room_is_no_mutant() -> None:
    """Without its minus, `return-x` would be another name."""
    assert changed("return-x") == set()


@pytest.mark.parametrize(
    "source",
    [
        "x = 1 + 2\nf(x, 3)\n",
        "__all__ = ['f']\nimport a.b as c\nfrom d import e\n",
        "class A(b(1), key=True):\n    x: int = 3\n",
        "def f():\n    '''Return 1 + 2.'''\n",
        "def f(x: 'a[1]' = 2, *, y: int = -3) -> c[4]:\n    ...\n",
        "@g(1, 2)\ndef f():\n    pass\n",
        "def f():\n    import a as b\n    from c import d\n",
        "def f():\n    x: tuple[1, 2]\n",
        "def f(a, b):\n    return f'{a + 1} {b}', 'c' 'd'\n",
        "def f(a, b):\n    global c, d\n",
        "f = lambda x=1: None\n",
        "def f(a, b):\n    match c:\n        case A(1, b=2) | a: pass\n",
    ],
)
def test_all_else_stays(source: str) -> None:
    """Code outside functions, docstrings, annotations, defaults, decorators, imports, strings."""
    assert mutants(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "class A:\n    def f(self):\n        return 1\n",
        "def f():\n    def g(x=5):\n        return 1\n",
        "f = lambda: 1\n",
        "def f():\n    class A:\n        x: int = 1\n",
        "async def f():\n    return 1\n",
    ],
)
def test_all_function_bodies_are_mutated(source: str) -> None:
    """Those of methods, nested functions and lambdas too."""
    found = [mutant.source for mutant in mutants(source)]
    assert found == [source.replace("1", "2"), source.replace("1", "0")]


MODULE = '''"""Softmax, 1 + 1."""

import torch


class Softmax:
    """Weights are exp(X)."""

    def __init__(self, rows: int, columns: int = 2) -> None:
        self.rows, self.columns = rows, columns
        self.scale = 1.0

    def __call__(self, X: torch.Tensor, dim: int = -1) -> torch.Tensor:
        """Return exp(X) over its sum."""
        if not X.numel() or dim is None:
            return X
        weights = torch.exp(X - X.amax(dim, keepdim=True))  # safe
        total = weights.sum(
            dim,
            keepdim=True,
        )
        return self.scale * weights / total[..., :1]
'''


def test_each_mutant_differs_and_compiles() -> None:
    """From the module and from each other."""
    sources = [mutant.source for mutant in mutants(MODULE)]
    assert len({MODULE, *sources}) == len(sources) + 1 > 30
    for source in sources:
        compile(source, "<mutant>", "exec")


def test_the_order_is_that_of_the_module() -> None:
    """And the same each time."""
    found = mutants(MODULE)
    assert found == mutants(MODULE)
    assert [mutant.line for mutant in found] == sorted(mutant.line for mutant in found)


def test_a_mutant_says_where_and_what() -> None:
    """The line is the original's, the change one line of code."""
    assert mutants("\n\ndef f():\n    return a + b\n") == [
        Mutant(4, "`a + b` -> `a - b`", "\n\ndef f():\n    return a - b\n")
    ]
    assert "`weights.sum( dim, keepdim=True, )` -> `weights`" in [m.change for m in mutants(MODULE)]


def test_a_long_change_is_cut_around_the_difference() -> None:
    """What both sides begin with is left out, for 80 characters hold little."""
    names = [f"argument_{i}" for i in range(9)]
    changes = [m.change for m in mutants(f"def f():\n    return g({', '.join(names)})\n")]
    assert changes[-1] == "`…gument_7, argument_8)` -> `…gument_7)`"
    assert max(map(len, changes)) <= 80
    assert len(set(changes)) == len(changes)


def test_a_warning_is_no_error() -> None:
    """Nor does a warning about the module itself reach the caller."""
    assert values("x is 1") == {"x is not 1", "x is 2", "x is 0"}
    assert changed(r"return '\d', 1") == {r"return '\d', 2", r"return '\d', 0"}
