"""What is known of a source: names, scopes, modules, and which values are surely numbers.

Names and effects are judged on Python's own syntax tree; nodes to edit come from libcst's.
"""

from __future__ import annotations

import ast
import builtins
import keyword
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TypeVar

import libcst as cst

__all__ = ["Code", "Scope", "is_binding", "is_name", "is_path", "owned_nodes", "suspends"]

Node = TypeVar("Node", bound=cst.CSTNode)

# Names, attributes and methods that let a program see how it is written.
REFLECTION = {
    *("locals", "globals", "vars", "eval", "exec", "compile", "inspect", "property", "script"),
    *("cached_property", "singledispatch", "get_type_hints", "spectral_norm", "jit", "dir"),
    "*",  # a star import may bind anything
}
REFLECTION_ATTRIBUTES = {
    *("__dict__", "__code__", "__annotations__", "_getframe", "currentframe", "jit", "compile"),
    *("script", "spectral_norm", "register_parametrization", "matrix", "asmatrix", "mat", "bmat"),
}
KNOWN_METHODS = {"__init__", "__call__", "__len__", "__repr__", "__str__", "__getitem__"}

FLOAT_CALLS = {"exp", "log", "tanh", "sigmoid", "sqrt"}  # floats whatever they are given
CALLS = FLOAT_CALLS | {
    *("zeros", "ones", "zeros_like", "ones_like", "eye", "arange", "full", "abs", "outer"),
    *("matmul", "mm", "dot", "sum", "mean", "maximum", "minimum"),
}
METHODS = FLOAT_CALLS | {"abs", "sum", "mean", "matmul", "dot", "t", "transpose", "unsqueeze"}
CALM = (
    *(ast.Name, ast.Constant, ast.Attribute, ast.BinOp, ast.UnaryOp, ast.Subscript, ast.Slice),
    *(ast.Tuple, ast.keyword, ast.operator, ast.unaryop, ast.expr_context),
)
SHOWN = cst.FormattedStringExpression
NESTED = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
PLAIN_LIBRARIES = {
    *("math", "typing", "collections", "functools", "itertools", "random", "os", "sys", "time"),
    *("copy", "__future__"),
}


@dataclass(frozen=True)
class Scope:
    """The names of one function."""

    tree: ast.FunctionDef | ast.AsyncFunctionDef
    params: frozenset[str]
    stored: frozenset[str]  # bound by a statement of the function itself
    hidden: frozenset[str]  # used where a new name or another moment could be noticed

    @classmethod
    def of(cls, tree: ast.FunctionDef | ast.AsyncFunctionDef) -> Scope:
        """Return the names of a function."""
        stored, hidden = set(), set()
        for node, visible in _own_nodes(tree.body):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                stored.add(node.id)
            if not visible or not isinstance(node, ast.Name):
                hidden |= set(_identifiers(node))
        params = {arg.arg for arg in ast.walk(tree.args) if isinstance(arg, ast.arg)}
        return cls(tree, frozenset(params), frozenset(stored), frozenset(hidden))

    @property
    def locals(self) -> frozenset[str]:
        """Variables that only the statements of this function see."""
        return self.stored - self.params - self.hidden

    def values(self, name: str) -> list[ast.expr | None]:
        """Return what is assigned to a name, None for what no plain assignment gives it."""
        found: list[ast.expr | None] = []
        stores = 0
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign | ast.AugAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found += [node.value for target in targets if is_name(target, name)]
            stores += is_name(node, name) and is_binding(node)
        return found + [None] * (stores - len(found))


def _own_nodes(body: Sequence[ast.AST], visible: bool = True) -> Iterator[tuple[ast.AST, bool]]:
    """Yield each node and whether its names may change: not in inner scopes, not in f-strings."""
    for node in body:
        seen = visible and not isinstance(node, (*NESTED, ast.JoinedStr))
        yield node, seen
        yield from _own_nodes(list(ast.iter_child_nodes(node)), seen)


def _identifiers(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node itself reads or binds, attributes and keywords left out."""
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.alias):
        yield (node.asname or node.name).split(".")[0]
    elif isinstance(node, ast.arg):
        yield node.arg
    elif not isinstance(node, ast.Attribute | ast.keyword):
        yield str(getattr(node, "name", None) or "")


def is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def is_binding(node: ast.AST) -> bool:
    return not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load)


def _is_odd(node: ast.AST) -> bool:
    match node:
        case ast.Name(id=name):
            return name in REFLECTION
        case ast.Attribute(attr=name):
            return name in REFLECTION_ATTRIBUTES
        case ast.alias(name=name):
            return not REFLECTION.isdisjoint(name.split("."))
        case ast.FunctionDef(name=name):
            return name.startswith("__") and name.endswith("__") and name not in KNOWN_METHODS
    return isinstance(node, ast.Global | ast.Nonlocal | ast.Match)


@dataclass
class Code:
    """One parsed source and what holds for all of it."""

    tree: cst.Module
    syntax: ast.Module
    taken: set[str]  # every word of the source, and every name given since
    bound: Counter[str]
    modules: Mapping[str, str]  # name -> the module it surely is
    owned: Sequence[tuple[cst.CSTNode, cst.FunctionDef | None]]
    scopes: dict[cst.FunctionDef, Scope] = field(default_factory=dict)

    @classmethod
    def read(cls, source: str) -> Code:
        """Parse a source."""
        tree = ast.parse(source)
        bound = Counter(
            name for node in ast.walk(tree) if is_binding(node) for name in _identifiers(node)
        )
        modules = {n: m for n, m in _imports(tree.body) if bound[n] == 1}
        taken = {*re.findall(r"\w+", source), *dir(builtins), *keyword.kwlist}
        text = cst.parse_module(source)
        return cls(text, tree, taken, bound, modules, list(owned_nodes(text, None)))

    def is_odd(self) -> bool:
        """Tell whether the program could notice how it is written."""
        shown = (n for n, _ in self.owned if isinstance(n, SHOWN))  # f"{x=}"
        return any(n.equal for n in shown) or any(_is_odd(n) for n in ast.walk(self.syntax))

    def nodes(self, kind: type[Node]) -> Iterator[tuple[Node, cst.FunctionDef]]:
        """Yield the nodes of a kind that a function's own statements hold, with the function."""
        for node, owner in self.owned:
            if owner is not None and isinstance(node, kind):
                yield node, owner

    def scope(self, owner: cst.FunctionDef) -> Scope:
        """Return the names of a function of this source."""
        if owner not in self.scopes:
            (tree,) = ast.parse(self.text(owner)).body
            assert isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef)
            self.scopes[owner] = Scope.of(tree)
        return self.scopes[owner]

    def text(self, node: cst.CSTNode) -> str:
        """Return what a node looks like."""
        return self.tree.code_for_node(node)

    def expr(self, node: cst.BaseExpression) -> ast.expr:
        """Return an expression as Python's own syntax tree."""
        return ast.parse(f"(\n{self.text(node)}\n)", mode="eval").body

    def fresh(self, *wanted: str) -> str:
        """Return the first wanted name that is free, with a number where none is."""
        numbered = (f"{wanted[0]}_{number}" for number in range(2, len(self.taken) + 3))
        name = next(n for n in (*wanted, *numbered) if n not in self.taken)
        self.taken.add(name)
        return name

    def is_builtin(self, name: str) -> bool:
        """Tell whether the source leaves a name as Python defines it."""
        return not self.bound[name]

    def reads(self, name: str) -> bool:
        """Tell whether a name occurs in the source."""
        return any(is_name(node, name) for node in ast.walk(self.syntax))

    def only_imports(self, *libraries: str) -> bool:
        """Tell whether the source uses no library but these and the standard one."""
        roots = {
            (node.module or "." if isinstance(node, ast.ImportFrom) else alias.name).split(".")[0]
            for node in ast.walk(self.syntax)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        return roots <= PLAIN_LIBRARIES | set(libraries)

    def alias(self, module: str) -> str:
        """Return the name under which a module is known, '' where it is not."""
        return next((name for name, known in self.modules.items() if known == module), "")

    def is_pure(self, node: ast.expr) -> bool:
        """Tell whether a value can be computed at another moment without any effect."""
        calm = [n for n in ast.walk(node) if not isinstance(n, ast.Call)]
        return (
            all(isinstance(n, CALM) for n in calm)
            and all(self.knows(n) for n in ast.walk(node) if isinstance(n, ast.Call))
            and not (self.bound["__getitem__"] and any(isinstance(n, ast.Subscript) for n in calm))
        )

    def knows(self, call: ast.Call) -> bool:
        """Tell whether a call is one of the numeric functions that change nothing."""
        match call.func:
            case ast.Attribute(value=ast.Name(id=root), attr=name) if root in self.modules:
                known = self.modules[root] in {"torch", "numpy", "math"} and name in CALLS
            case ast.Attribute(attr=name):
                known = name in METHODS and not self.bound[name]
            case _:
                return False
        limit = 1 if name in FLOAT_CALLS | {"abs"} else 2  # a further one could be numpy's out
        return known and len(call.args) <= limit and all(k.arg != "out" for k in call.keywords)

    def is_float(self, node: ast.expr, floats: AbstractSet[str] = frozenset()) -> bool:
        """Tell whether a value is surely a float or an array of floats."""
        match node:
            case ast.Constant(value=float()) | ast.BinOp(op=ast.Div()):
                return True
            case ast.Name(id=name):
                return name in floats
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return self.is_float(inner, floats)
            case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Pow() | ast.MatMult()):
                return self.is_float(node.left, floats) or self.is_float(node.right, floats)
            case ast.Call(func=ast.Attribute(attr=name)):
                return name in FLOAT_CALLS and self.knows(node)
        return False

    def is_number(self, node: ast.expr, floats: AbstractSet[str]) -> bool:
        """Tell whether a value is surely no list, tuple or text."""
        match node:
            case ast.BinOp(op=ast.Sub() | ast.MatMult() | ast.Pow() | ast.FloorDiv()):
                return True
            case ast.BinOp(op=ast.Mult(), left=left, right=right):
                both = self.is_number(left, floats) and self.is_number(right, floats)
                return both or self.is_float(node, floats)
            case ast.Constant(value=value):
                return isinstance(value, int | float)
            case ast.Call():
                return self.knows(node)
        return self.is_float(node, floats)

    def floats(self, scope: Scope) -> frozenset[str]:
        """Return the local variables that only ever hold floats."""
        found: frozenset[str] = frozenset()
        for _ in range(3):  # each round sees through one more assignment
            names = [n for n in sorted(scope.locals) if all(scope.values(n))]
            found |= {
                n for n in names if all(v and self.is_float(v, found) for v in scope.values(n))
            }
        return found


def _imports(body: Sequence[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Yield the names that the top level's imports bind and what they are."""
    for node in body:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.asname or alias.name, alias.name
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def owned_nodes(
    node: cst.CSTNode, owner: cst.FunctionDef | None
) -> Iterator[tuple[cst.CSTNode, cst.FunctionDef | None]]:
    """Yield each node with the function whose own statements hold it."""
    yield node, owner
    if isinstance(node, cst.ClassDef | cst.Lambda | cst.BaseComp):
        owner = None
    body = node.body if isinstance(node, cst.FunctionDef) else None
    for child in node.children:
        own = node if isinstance(node, cst.FunctionDef) and child is body else owner
        yield from owned_nodes(child, own)


def is_path(node: cst.BaseExpression) -> bool:
    while isinstance(node, cst.Attribute):
        node = node.value
    return isinstance(node, cst.Name)


def suspends(node: cst.CSTNode) -> bool:
    return any(isinstance(n, cst.Yield | cst.Await) for n, _ in owned_nodes(node, None))
