"""Write a right submission in other styles: variants that compute the same function.

Theory of operation: a style finds its sites in the parsed source, each a node and the edit that
rewrites it, and applies some of them. Names and effects are judged on Python's own syntax tree
(`_Scope`, `_Code`), the text is rewritten by libcst, so what is not touched keeps its look. A
style that cannot prove a site harmless leaves it alone; a source with operators, properties or
introspection of its own is left alone by every style.

Values stay equal up to float rounding. What is printed and how names and docstrings read may not.
"""

from __future__ import annotations

import ast
import builtins
import functools
import keyword
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, TypeVar

import libcst as cst

__all__ = ["STYLES", "Style", "restyled"]

T = TypeVar("T")
Node = TypeVar("Node", bound=cst.CSTNode)
Edit = Callable[[Any], Any]  # from a node whose inner nodes are edited; its type varies by site
Site = tuple[cst.CSTNode, Edit]
Find = Callable[["_Code", random.Random], Iterable[Site]]

MARK = re.compile(r"#\s*(>>>|<<<)\s*TODO\b.*")

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
class Style:
    """A named way of writing the same program otherwise."""

    name: str
    apply: Callable[[str, random.Random], str]  # returns the source unchanged where nothing applies


def restyled(source: str, rng: random.Random, count: int = 4) -> tuple[str, tuple[str, ...]]:
    """Return a variant made by up to `count` styles, and the names of those that changed it."""
    source = _without_marks(source)
    names: list[str] = []
    for style in rng.sample(STYLES, len(STYLES)):
        if len(names) == count:
            break
        variant = style.apply(source, rng)
        if variant != source:
            source = variant
            names.append(style.name)
    return source, tuple(names)


class _MarkRemover(cst.CSTTransformer):
    def leave_EmptyLine(  # noqa: N802 - libcst's name
        self, original_node: cst.EmptyLine, updated_node: cst.EmptyLine
    ) -> cst.EmptyLine | cst.RemovalSentinel:
        comment = updated_node.comment
        marked = comment is not None and MARK.match(comment.value)
        return cst.RemoveFromParent() if marked else updated_node

    def leave_TrailingWhitespace(  # noqa: N802 - libcst's name
        self, original_node: cst.TrailingWhitespace, updated_node: cst.TrailingWhitespace
    ) -> cst.TrailingWhitespace:
        comment = updated_node.comment
        marked = comment is not None and MARK.match(comment.value)
        return updated_node.with_changes(comment=None) if marked else updated_node

    def leave_Expr(  # noqa: N802 - libcst's name
        self, original_node: cst.Expr, updated_node: cst.Expr
    ) -> cst.Expr:
        text = updated_node.value
        if not isinstance(text, cst.SimpleString):
            return updated_node
        plain = re.sub(r"#\s*(>>>|<<<)\s*TODO\b", "TODO", text.value)
        return updated_node.with_changes(value=text.with_changes(value=plain))


def _without_marks(source: str) -> str:
    return cst.parse_module(source).visit(_MarkRemover()).code


# --- what a source says -----------------------------------------------------------------------


@dataclass(frozen=True)
class _Scope:
    """The names of one function."""

    tree: ast.FunctionDef | ast.AsyncFunctionDef
    params: frozenset[str]
    stored: frozenset[str]  # bound by a statement of the function itself
    hidden: frozenset[str]  # used where a new name or another moment could be noticed

    @classmethod
    def of(cls, tree: ast.FunctionDef | ast.AsyncFunctionDef) -> _Scope:
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
                found += [node.value for target in targets if _is_name(target, name)]
            stores += _is_name(node, name) and _is_binding(node)
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


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _is_binding(node: ast.AST) -> bool:
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
class _Code:
    """One parsed source and what holds for all of it."""

    tree: cst.Module
    syntax: ast.Module
    taken: set[str]  # every word of the source, and every name given since
    bound: Counter[str]
    modules: Mapping[str, str]  # name -> the module it surely is
    owned: Sequence[tuple[cst.CSTNode, cst.FunctionDef | None]]
    scopes: dict[cst.FunctionDef, _Scope] = field(default_factory=dict)

    @classmethod
    def read(cls, source: str) -> _Code:
        tree = ast.parse(source)
        bound = Counter(
            name for node in ast.walk(tree) if _is_binding(node) for name in _identifiers(node)
        )
        modules = {n: m for n, m in _imports(tree.body) if bound[n] == 1}
        taken = {*re.findall(r"\w+", source), *dir(builtins), *keyword.kwlist}
        text = cst.parse_module(source)
        return cls(text, tree, taken, bound, modules, list(_owned(text, None)))

    def is_odd(self) -> bool:
        """Tell whether the program could notice how it is written."""
        shown = (n for n, _ in self.owned if isinstance(n, SHOWN))  # f"{x=}"
        return any(n.equal for n in shown) or any(_is_odd(n) for n in ast.walk(self.syntax))

    def nodes(self, kind: type[Node]) -> Iterator[tuple[Node, cst.FunctionDef]]:
        """Yield the nodes of a kind that a function's own statements hold, with the function."""
        for node, owner in self.owned:
            if owner is not None and isinstance(node, kind):
                yield node, owner

    def scope(self, owner: cst.FunctionDef) -> _Scope:
        if owner not in self.scopes:
            (tree,) = ast.parse(self.text(owner)).body
            assert isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef)
            self.scopes[owner] = _Scope.of(tree)
        return self.scopes[owner]

    def text(self, node: cst.CSTNode) -> str:
        return self.tree.code_for_node(node)

    def expr(self, node: cst.BaseExpression) -> ast.expr:
        return ast.parse(f"(\n{self.text(node)}\n)", mode="eval").body

    def fresh(self, *wanted: str) -> str:
        """Return the first wanted name that is free, with a number where none is."""
        numbered = (f"{wanted[0]}_{number}" for number in range(2, len(self.taken) + 3))
        name = next(n for n in (*wanted, *numbered) if n not in self.taken)
        self.taken.add(name)
        return name

    def is_builtin(self, name: str) -> bool:
        return not self.bound[name]

    def reads(self, name: str) -> bool:
        return any(_is_name(node, name) for node in ast.walk(self.syntax))

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

    def floats(self, scope: _Scope) -> frozenset[str]:
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


def _owned(
    node: cst.CSTNode, owner: cst.FunctionDef | None
) -> Iterator[tuple[cst.CSTNode, cst.FunctionDef | None]]:
    """Yield each node with the function whose own statements hold it."""
    yield node, owner
    if isinstance(node, cst.ClassDef | cst.Lambda | cst.BaseComp):
        owner = None
    body = node.body if isinstance(node, cst.FunctionDef) else None
    for child in node.children:
        own = node if isinstance(node, cst.FunctionDef) and child is body else owner
        yield from _owned(child, own)


# --- how a source is rewritten ----------------------------------------------------------------


class _Editor(cst.CSTTransformer):
    """Applies each chosen edit as its node is left, so that inner edits are kept."""

    def __init__(self, edits: Mapping[cst.CSTNode, Edit]) -> None:
        super().__init__()
        self.edits = edits

    def on_leave(self, original_node: Any, updated_node: Any) -> Any:
        edit = self.edits.get(original_node)
        return updated_node if edit is None else edit(updated_node)


def _editing(find: Find) -> Callable[[str, random.Random], str]:
    """Make a style's function out of the one that finds its sites."""

    def apply(source: str, rng: random.Random) -> str:
        code = _Code.read(source)
        sites = [] if code.is_odd() else list(find(code, rng))
        try:
            return code.tree.visit(_Editor(dict(_some(sites, rng)))).code
        except cst.CSTValidationError:  # the new text would run two words together
            return source

    return apply


def _some(sites: Sequence[T], rng: random.Random) -> list[T]:
    """Choose some of the sites, at least one where there are any."""
    chosen = [site for site in sites if rng.random() < 0.6]
    return chosen or ([rng.choice(sites)] if sites else [])


def _call(function: str, *arguments: cst.BaseExpression) -> cst.Call:
    return cst.Call(cst.parse_expression(function), [cst.Arg(value) for value in arguments])


def _assign(
    name: str, value: cst.BaseExpression, lines: Sequence[cst.EmptyLine] = ()
) -> cst.SimpleStatementLine:
    if isinstance(value, cst.NamedExpr) or "\n" in cst.Module([]).code_for_node(value):
        value = _in_parentheses(value)
    statement = cst.Assign([cst.AssignTarget(cst.Name(name))], value)
    return cst.SimpleStatementLine([statement], leading_lines=lines)


def _enclosed(value: cst.BaseExpression) -> cst.BaseExpression:
    """Put parentheses around what runs over several lines or binds less than a name."""
    atoms = cst.Name | cst.Attribute | cst.Call | cst.Subscript | cst.BaseNumber
    if isinstance(value, atoms) and "\n" not in cst.Module([]).code_for_node(value):
        return value
    return _in_parentheses(value)


def _in_parentheses(value: cst.BaseExpression) -> cst.BaseExpression:
    if value.lpar:
        return value
    return value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def _only(line: cst.CSTNode) -> cst.BaseSmallStatement | None:
    """Return the one statement of a line, None where it has several."""
    if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1:
        return line.body[0]
    return None


def _target(line: cst.CSTNode) -> str:
    """Return the name that a line's only statement assigns to, '' where it does more or less."""
    match _only(line):
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]):
            return name
    return ""


# --- the styles -------------------------------------------------------------------------------


def _with_names(node: Node, names: Mapping[str, str]) -> cst.CSTNode:
    renamed = node.visit(_Renamer(names))
    assert isinstance(renamed, cst.CSTNode)
    return renamed


class _Renamer(cst.CSTTransformer):
    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self.names = names

    def leave_Name(  # noqa: N802 - libcst's name
        self, original_node: cst.Name, updated_node: cst.Name
    ) -> cst.Name:
        name = updated_node.value
        return updated_node.with_changes(value=self.names.get(name, name))

    def leave_Attribute(  # noqa: N802 - libcst's name
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.Attribute:
        return updated_node.with_changes(attr=original_node.attr)

    def leave_Arg(  # noqa: N802 - libcst's name
        self, original_node: cst.Arg, updated_node: cst.Arg
    ) -> cst.Arg:
        return updated_node.with_changes(keyword=original_node.keyword)


NAMES = ("cur", "value", "res", "item", "acc", "mid", "buf", "elem", "temp", "got", "part1", "v")


def _renamed_locals(code: _Code, rng: random.Random) -> Iterator[Site]:
    for node, _ in code.owned:
        if isinstance(node, cst.FunctionDef):
            names = sorted(n for n in code.scope(node).locals if not n.startswith("_"))
            chosen = {n: code.fresh(rng.choice(NAMES), f"{n}_now") for n in _some(names, rng)}
            if chosen:
                yield node.body, functools.partial(_with_names, names=chosen)


def _swapped_statements(code: _Code, rng: random.Random) -> Iterator[Site]:
    if not code.only_imports("torch", "numpy"):
        return
    for block, owner in code.nodes(cst.IndentedBlock):
        if any(isinstance(n, ast.Try) for n in ast.walk(code.scope(owner).tree)):
            continue
        pairs = zip(block.body, block.body[1:], strict=False)
        places = [i for i, (a, b) in enumerate(pairs) if _commute(code, a, b)]
        if places:
            yield block, functools.partial(_with_swapped, place=rng.choice(places))


def _commute(code: _Code, first: cst.CSTNode, second: cst.CSTNode) -> bool:
    targets = _target(first), _target(second)
    values = [_assigned(code, line) for line in (first, second)]
    if not all(targets) or targets[0] == targets[1]:
        return False
    reads = [{n.id for n in ast.walk(v) if isinstance(n, ast.Name)} for v in values]
    subscripts = any(isinstance(n, ast.Subscript) for v in values for n in ast.walk(v))
    return (
        all(code.is_pure(v) for v in values)
        and not subscripts
        and targets[0] not in reads[1]
        and targets[1] not in reads[0]
    )


def _assigned(code: _Code, line: cst.CSTNode) -> ast.expr:
    statement = _only(line)
    return code.expr(statement.value) if isinstance(statement, cst.Assign) else ast.Constant(None)


def _with_swapped(block: cst.IndentedBlock, place: int) -> cst.IndentedBlock:
    body = list(block.body)
    body[place : place + 2] = body[place + 1], body[place]
    return block.with_changes(body=body)


def _named_parts(code: _Code, rng: random.Random) -> Iterator[Site]:
    for line, _ in code.nodes(cst.SimpleStatementLine):
        statement = _only(line)
        if not isinstance(statement, cst.Assign | cst.Return) or _suspends(line):
            continue
        parts = list(_evaluated_first(code, statement.value))
        if isinstance(statement, cst.Assign):
            parts = parts[1:]
        parts = [p for p in parts if isinstance(p, cst.Call | cst.BinaryOperation)]
        if parts:
            name = code.fresh(*rng.sample(("part", "tmp", "first", "term", "inner"), 3))
            part = rng.choice(parts)
            yield line, functools.partial(_lifted, line=line, part=part, name=name)


def _suspends(node: cst.CSTNode) -> bool:
    return any(isinstance(n, cst.Yield | cst.Await) for n, _ in _owned(node, None))


def _evaluated_first(code: _Code, value: cst.BaseExpression | None) -> Iterator[Any]:
    """Walk from a value down the operands that are evaluated before all else in it."""
    while value is not None:
        yield value
        match value:
            case cst.BinaryOperation(left=inner) | cst.Comparison(left=inner):
                value = inner
            case cst.Attribute(value=inner) | cst.Subscript(value=inner):
                value = inner
            case cst.UnaryOperation(expression=inner):
                value = inner
            case cst.Tuple(elements=[cst.Element(value=inner), *_]):
                value = inner
            case cst.Call(func=func, args=[cst.Arg(star="", value=inner), *_]) if _is_fixed(
                code, func
            ):
                value = inner
            case cst.Call(func=cst.Attribute(value=inner)):
                value = inner
            case _:
                value = None


def _is_fixed(code: _Code, function: cst.BaseExpression) -> bool:
    """Tell whether computing the arguments first cannot change which function is called."""
    if not _is_path(function):
        return False
    root = code.text(function).split(".")[0]
    return root in code.modules or (isinstance(function, cst.Name) and code.bound[root] < 2)


def _lifted(
    _: cst.CSTNode, line: cst.SimpleStatementLine, part: cst.BaseExpression, name: str
) -> cst.FlattenSentinel[cst.SimpleStatementLine]:
    stand_in = cst.Name(name, lpar=part.lpar, rpar=part.rpar)
    rest = line.with_changes(leading_lines=[]).deep_replace(part, stand_in)
    assert isinstance(rest, cst.SimpleStatementLine)
    return cst.FlattenSentinel([_assign(name, part, line.leading_lines), rest])


def _returns(code: _Code, rng: random.Random) -> Iterator[Site]:
    for block, owner in code.nodes(cst.IndentedBlock):
        scope = code.scope(owner)
        tries = any(isinstance(n, ast.Try | ast.Yield | ast.Await) for n in ast.walk(scope.tree))
        if not tries and _joined(block, scope.hidden) is not block:
            yield block, functools.partial(_joined, hidden=scope.hidden)
    for line, _ in code.nodes(cst.SimpleStatementLine):
        match _only(line):
            case cst.Return(value=cst.BaseExpression() as value) if not isinstance(value, cst.Name):
                name = code.fresh(*rng.sample(("out", "result", "answer", "ret"), 3))
                yield line, functools.partial(_lifted_return, name=name)


def _lifted_return(
    line: cst.SimpleStatementLine, name: str
) -> cst.FlattenSentinel[cst.SimpleStatementLine]:
    value = cst.ensure_type(line.body[0], cst.Return).value
    assert value is not None
    last = line.with_changes(body=[cst.Return(cst.Name(name))], leading_lines=[])
    return cst.FlattenSentinel([_assign(name, value, line.leading_lines), last])


def _joined(block: cst.IndentedBlock, hidden: AbstractSet[str]) -> cst.IndentedBlock:
    """Return the value of the first assignment that only serves the return after it."""
    for place, (line, after) in enumerate(zip(block.body, block.body[1:], strict=False)):
        match _only(line), _only(after):
            case cst.Assign(value=value), cst.Return(value=cst.Name(value=name)) if (
                name == _target(line) and name not in hidden
            ):
                last = line.with_changes(body=[cst.Return(value)])
                body = [*block.body[:place], last, *block.body[place + 2 :]]
                return block.with_changes(body=body)
    return block


def _commuted(code: _Code, rng: random.Random) -> Iterator[Site]:
    if not code.only_imports("torch", "numpy"):
        return
    for node, owner in code.nodes(cst.BinaryOperation):
        if _is_commutative(code, code.expr(node), code.scope(owner)):
            yield node, _exchanged


def _is_commutative(code: _Code, node: ast.expr, scope: _Scope) -> bool:
    if not isinstance(node, ast.BinOp) or not code.is_pure(node):
        return False
    if isinstance(node.op, ast.Add):  # two lists would change places
        floats = code.floats(scope)
        return code.is_number(node.left, floats) or code.is_number(node.right, floats)
    return isinstance(node.op, ast.Mult)


def _exchanged(node: cst.BinaryOperation) -> cst.BinaryOperation:
    left = node.left
    if isinstance(left, cst.BinaryOperation):
        left = _in_parentheses(left)
    return node.with_changes(left=node.right, right=left)


def _matmuls(code: _Code, rng: random.Random) -> Iterator[Site]:
    library = "torch" if code.alias("torch") else "numpy"
    name = code.alias(library)
    if not name or not code.only_imports(library):
        return
    for node, _ in code.nodes(cst.BinaryOperation):
        if isinstance(node.operator, cst.MatrixMultiply):
            yield node, functools.partial(_as_call, library=name)
    for call, owner in code.nodes(cst.Call):
        if _is_matmul(code, call, name, code.scope(owner)):
            yield call, _as_operator


def _is_matmul(code: _Code, call: cst.Call, library: str, scope: _Scope) -> bool:
    if code.text(call.func) != f"{library}.matmul" or len(call.args) != 2:
        return False
    if any(arg.star or arg.keyword for arg in call.args):
        return False
    floats = code.floats(scope)
    operands = [code.expr(arg.value) for arg in call.args]  # numpy's function takes lists as well
    return code.modules[library] == "torch" or any(code.is_number(o, floats) for o in operands)


def _as_call(node: cst.BinaryOperation, library: str) -> cst.Call:
    return _call(f"{library}.matmul", node.left, node.right)


def _as_operator(call: cst.Call) -> cst.BaseExpression:
    left, right = (_enclosed(arg.value) for arg in call.args)
    return _in_parentheses(cst.BinaryOperation(left, cst.MatrixMultiply(), right))


def _helper_methods(code: _Code, rng: random.Random) -> Iterator[Site]:
    for parent, _ in code.owned:
        if isinstance(parent, cst.ClassDef) and _is_plain_class(code, parent):
            for method in parent.body.body:
                if isinstance(method, cst.FunctionDef) and _can_move(code, method):
                    name = code.fresh(f"_{method.name.value}_impl")
                    yield method, functools.partial(_moved, name=name)


def _can_move(code: _Code, method: cst.FunctionDef) -> bool:
    params = method.params
    plain = not (params.kwonly_params or params.star_kwarg or params.posonly_params)
    if not plain or isinstance(params.star_arg, cst.Param) or not params.params:
        return False
    if method.decorators or method.asynchronous or method.name.value.startswith("__"):
        return False
    if method.name.value == "call":  # nn.Module has a _call_impl of its own
        return False
    tree = code.scope(method).tree
    yields = any(isinstance(n, ast.Yield | ast.YieldFrom) for n in ast.walk(tree))
    words = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    return not yields and words.isdisjoint({"super", "__class__"})


def _moved(method: cst.FunctionDef, name: str) -> cst.FlattenSentinel[cst.FunctionDef]:
    first, *rest = [param.name for param in method.params.params]
    answer = cst.Return(_call(f"{first.value}.{name}", *rest))
    caller = method.with_changes(body=cst.IndentedBlock([cst.SimpleStatementLine([answer])]))
    helper = cst.FunctionDef(
        cst.Name(name),
        cst.Parameters([cst.Param(param) for param in (first, *rest)]),
        method.body,
        leading_lines=[cst.EmptyLine(indent=False)],
    )
    return cst.FlattenSentinel([caller, helper])


def _loops(code: _Code, rng: random.Random) -> Iterator[Site]:
    if not code.is_builtin("range"):
        return
    for loop, owner in code.nodes(cst.For):
        if _can_count(code, loop, code.scope(owner)) and rng.random() < 0.7:
            stop = code.fresh("stop", "total", "end")
            yield loop, functools.partial(_as_while, stop=stop)
    for call, _ in code.nodes(cst.Call):
        if _is_plain_range(call):
            yield call, _with_all_arguments


def _is_plain_range(node: cst.BaseExpression) -> bool:
    match node:
        case cst.Call(func=cst.Name(value="range"), args=[cst.Arg(star="", keyword=None)]):
            return True
    return False


def _with_all_arguments(call: cst.Call) -> cst.Call:
    return call.with_changes(
        args=[cst.Arg(cst.Integer("0")), cst.Arg(call.args[0].value), cst.Arg(cst.Integer("1"))]
    )


def _can_count(code: _Code, loop: cst.For, scope: _Scope) -> bool:
    """Tell whether the counter lives in the loop alone and every pass runs to its end."""
    match loop:
        case cst.For(target=cst.Name(value=name), body=cst.IndentedBlock(), orelse=None):
            tree = ast.parse(code.text(loop)).body[0]
        case _:
            return False
    if not _is_plain_range(loop.iter) or name not in scope.locals or loop.asynchronous:
        return False
    nodes = list(ast.walk(tree))
    stores = [n for n in nodes if _is_name(n, name) and _is_binding(n)]
    uses = sum(_is_name(n, name) for n in nodes)
    return (
        len(stores) == 1
        and uses == sum(_is_name(n, name) for n in ast.walk(scope.tree))
        and not any(isinstance(n, ast.Break | ast.Continue | ast.Try) for n in nodes)
        and not any(_is_name(n, name) for n in ast.walk(code.expr(loop.iter)))
    )


def _as_while(loop: cst.For, stop: str) -> cst.FlattenSentinel[cst.BaseStatement]:
    counter = cst.ensure_type(loop.target, cst.Name)
    arguments = cst.ensure_type(loop.iter, cst.Call).args
    limit = arguments[1 if len(arguments) > 1 else 0].value  # range(0, n, 1) after the other edit
    below = cst.ComparisonTarget(cst.LessThan(), cst.Name(stop))
    step = cst.parse_statement(f"{counter.value} += 1")
    body = loop.body.with_changes(body=[*loop.body.body, step])
    return cst.FlattenSentinel(
        [
            _assign(counter.value, cst.Integer("0"), loop.leading_lines),
            _assign(stop, limit),
            cst.While(cst.Comparison(counter, [below]), body),
        ]
    )


def _appends(code: _Code, rng: random.Random) -> Iterator[Site]:
    for node, owner in code.nodes(cst.Expr):
        match node.value:
            case cst.Call(
                func=cst.Attribute(value=cst.Name(value=name), attr=cst.Name(value="append")),
                args=[cst.Arg(star="", keyword=None, value=value)],
            ) if not isinstance(value, cst.GeneratorExp):
                scope = code.scope(owner)
                lists = all(isinstance(v, ast.List) for v in scope.values(name))
                if lists and name in scope.locals:
                    yield node, functools.partial(_extended, name=name)


def _extended(statement: cst.Expr, name: str) -> cst.AugAssign:
    call = cst.ensure_type(statement.value, cst.Call)
    added = cst.List([cst.Element(call.args[0].value)])
    return cst.AugAssign(cst.Name(name), cst.AddAssign(), added)


COMMENTS = ("# compute the next value", "# see the lecture", "# (B, H)", "# this took me a while")


def _comments(code: _Code, rng: random.Random) -> Iterator[Site]:
    for line, _ in code.nodes(cst.SimpleStatementLine):
        added = rng.choice([None, cst.Comment(rng.choice(COMMENTS))])
        blank = cst.EmptyLine(indent=added is not None, comment=added)
        if rng.random() < 0.3:
            yield line, functools.partial(_with_line, added=blank)
    for node, _ in code.owned:
        if isinstance(node, cst.FunctionDef):
            yield from ((p, _annotated) for p in node.params.params[1:] if p.annotation is None)
            if isinstance(node.body, cst.IndentedBlock):
                yield node.body, _with_first(code, node, rng)
    name = code.fresh("helper", "not_used", "show_shape")
    yield code.tree, functools.partial(_with_function, name=name)


def _with_line(line: cst.SimpleStatementLine, added: cst.EmptyLine) -> cst.SimpleStatementLine:
    return line.with_changes(leading_lines=[*line.leading_lines, added])


def _annotated(param: cst.Param) -> cst.Param:
    return param.with_changes(annotation=cst.Annotation(cst.SimpleString('"object"')))


def _with_first(code: _Code, node: cst.FunctionDef, rng: random.Random) -> Edit:
    """Return an edit that opens a function's body with a docstring or a print."""
    documented = node.get_docstring(clean=False) is not None
    if documented and not code.is_builtin("print"):
        return lambda body: body
    prints = documented or (code.is_builtin("print") and rng.random() < 0.5)
    text = 'print("step")' if prints else '"""Compute the values of this step."""'
    place = 1 if documented else 0
    added = cst.parse_statement(text)
    return lambda body: body.with_changes(
        body=[*body.body[:place], added, *body.body[place:]],
    )


def _with_function(tree: cst.Module, name: str) -> cst.Module:
    text = f'def {name}(value):\n    return getattr(value, "shape", None)\n'
    blank = [cst.EmptyLine(indent=False)] * 2
    function = cst.parse_statement(text).with_changes(leading_lines=blank)
    return tree.with_changes(body=[*tree.body, function])


def _squares(code: _Code, rng: random.Random) -> Iterator[Site]:
    for node, _ in code.nodes(cst.BinaryOperation):
        match node:
            case cst.BinaryOperation(operator=cst.Power(), right=cst.Integer(value="2")):
                if _is_path(node.left) and not _is_mask(code, node.left):
                    yield node, _as_product


def _is_path(node: cst.BaseExpression) -> bool:
    while isinstance(node, cst.Attribute):
        node = node.value
    return isinstance(node, cst.Name)


def _is_mask(code: _Code, node: cst.BaseExpression) -> bool:
    """Tell whether a name may hold truth values, whose square has another type."""
    masks = {"bool", "logical_and", "logical_or", "logical_not", "isnan", "isclose", "eq", "ne"}
    last = code.text(node).split(".")[-1].strip("() ")
    for assignment in ast.walk(code.syntax):
        if isinstance(assignment, ast.Assign) and last in ast.unparse(assignment).split("=")[0]:
            words = re.findall(r"\w+", ast.unparse(assignment.value))
            compares = (isinstance(n, ast.Compare | ast.Not) for n in ast.walk(assignment.value))
            if masks & set(words) or any(compares):
                return True
    return False


def _as_product(node: cst.BinaryOperation) -> cst.BaseExpression:
    product = cst.BinaryOperation(node.left, cst.Multiply(), node.left.deep_clone())
    return _in_parentheses(product)


def _conditionals(code: _Code, rng: random.Random) -> Iterator[Site]:
    for node, _ in code.nodes(cst.If):
        if isinstance(node.orelse, cst.Else):
            yield node, _turned


def _turned(node: cst.If) -> cst.If:
    match node.test:
        case cst.UnaryOperation(operator=cst.Not(), expression=inner):
            test = _enclosed(inner)
        case condition:
            test = cst.UnaryOperation(cst.Not(), _enclosed(condition))
    orelse = cst.ensure_type(node.orelse, cst.Else)
    return node.with_changes(
        test=test,
        whitespace_before_test=cst.SimpleWhitespace(" "),
        body=orelse.body,
        orelse=orelse.with_changes(body=node.body),
    )


IMPORTS = {
    "import torch.nn as nn": "from torch import nn",
    "from torch import nn": "import torch.nn as nn",
    "import torch.nn.functional as F": "from torch.nn import functional as F",
    "from torch.nn import functional as F": "import torch.nn.functional as F",
}
NUMPY = "import numpy as np"


def _imports_otherwise(code: _Code, rng: random.Random) -> Iterator[Site]:
    for line in code.tree.body:
        statement = _only(line)
        text = code.text(statement) if statement else ""
        other = _only(cst.parse_statement(IMPORTS.get(text, "pass")))
        if other is not None and text in IMPORTS:
            yield line, functools.partial(_with_statement, other=other)
        elif text == NUMPY and code.modules.get("np") == "numpy" and not code.reads("numpy"):
            yield code.tree, _with_numpy_in_full


def _with_statement(
    line: cst.SimpleStatementLine, other: cst.BaseSmallStatement
) -> cst.SimpleStatementLine:
    return line.with_changes(body=[other])


def _with_numpy_in_full(tree: cst.Module) -> cst.Module:
    other = cst.parse_statement("import numpy")
    body = [other if tree.code_for_node(s).strip() == NUMPY else s for s in tree.body]
    return tree.with_changes(body=body).visit(_Renamer({"np": "numpy"}))


def _additions(code: _Code, rng: random.Random) -> Iterator[Site]:
    for parent, _ in code.owned:
        if not _is_plain_class(code, parent):
            continue
        assert isinstance(parent, cst.ClassDef)
        if parent.bases and code.is_builtin("extra_repr"):
            yield parent.body, _with_extra_repr
        for method in parent.body.body:
            match method:
                case cst.FunctionDef(
                    name=cst.Name(value="__init__"),
                    body=cst.IndentedBlock(),
                    params=cst.Parameters(params=[cst.Param(name=cst.Name(value=own)), *_]),
                ):
                    added = cst.parse_statement(f'{own}.{code.fresh("_note")} = "text"')
                    yield method.body, functools.partial(_with_last, added=added)


def _is_plain_class(code: _Code, node: cst.CSTNode) -> bool:
    """Tell whether a class takes what it does not define from nn.Module or from nothing."""
    if not isinstance(node, cst.ClassDef) or node.keywords or node.decorators:
        return False
    bases = [code.text(base.value) for base in node.bases]
    return isinstance(node.body, cst.IndentedBlock) and all(
        base == "nn.Module" or base.endswith(".nn.Module") for base in bases
    )


def _with_extra_repr(body: cst.IndentedBlock) -> cst.IndentedBlock:
    method = cst.parse_statement('def extra_repr(self):\n    return ""\n')
    return _with_last(body, method.with_changes(leading_lines=[cst.EmptyLine(indent=False)]))


def _with_last(body: cst.IndentedBlock, added: cst.BaseStatement) -> cst.IndentedBlock:
    return body.with_changes(body=[*body.body, added])


STYLES: tuple[Style, ...] = (
    Style("rename-locals", _editing(_renamed_locals)),
    Style("swap-statements", _editing(_swapped_statements)),
    Style("name-a-subexpression", _editing(_named_parts)),
    Style("inline-return", _editing(_returns)),
    Style("commute", _editing(_commuted)),
    Style("matmul-spelling", _editing(_matmuls)),
    Style("helper-function", _editing(_helper_methods)),
    Style("loop-style", _editing(_loops)),
    Style("list-style", _editing(_appends)),
    Style("comments-prints", _editing(_comments)),
    Style("square-as-product", _editing(_squares)),
    Style("conditional-style", _editing(_conditionals)),
    Style("imports", _editing(_imports_otherwise)),
    Style("class-style", _editing(_additions)),
)
