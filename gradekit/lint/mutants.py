"""Change a module in one place at a time, as a slip of the hand would.

A rule takes a node and its place and yields what could stand there instead; `RULES` lists them
by node type. Only code inside functions is changed: no strings, annotations, defaults,
decorators, imports, class bases or `match` patterns.
"""

from __future__ import annotations

import ast
import itertools
import math
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import libcst as cst
from libcst import matchers as m
from libcst.metadata import (
    ExpressionContext,
    ExpressionContextProvider,
    MetadataWrapper,
    PositionProvider,
)

from gradekit.text import cut, plain

__all__ = ["Mutant", "mutants"]

WIDTH = 80  # characters of `Mutant.change`
_SHARED = 8  # characters of a long change's common start that are still shown

_Operation = cst.BinaryOperation | cst.BooleanOperation


@dataclass(frozen=True)
class Mutant:
    """A module with one change."""

    line: int  # in the original source, from 1
    change: str  # "`a + b` -> `a - b`", one line
    source: str  # the whole module


@dataclass(frozen=True)
class _Place:
    node: cst.CSTNode
    parent: cst.CSTNode
    scopes: tuple[tuple[str, ...], ...]  # parameters of the functions around it, innermost last
    imported: frozenset[str]


def mutants(source: str) -> list[Mutant]:
    """Return all mutants of a module by position; each compiles, and no two are equal.

    Raises libcst.ParserSyntaxError for a source that is no Python.
    """
    wrapper = MetadataWrapper(cst.parse_module(source))
    starts = {node: span.start for node, span in wrapper.resolve(PositionProvider).items()}
    found: dict[str, Mutant] = {}
    stored = _stored(wrapper)
    root = _Place(wrapper.module, wrapper.module, (), _imported(wrapper.module))
    places = [place for place in _places(root) if place.node not in stored]
    for place in sorted(places, key=lambda p: (starts[p.node].line, starts[p.node].column)):
        for new in _replacements(place):
            text = _applied(wrapper.module, place.node, new)
            if text not in found and text != source and _compiles(text):
                change = _change(*(wrapper.module.code_for_node(n) for n in (place.node, new)))
                found[text] = Mutant(starts[place.node].line, change, text)
    return list(found.values())


def _imported(module: cst.Module) -> frozenset[str]:
    aliases = [n for n in m.findall(module, m.ImportAlias()) if isinstance(n, cst.ImportAlias)]
    return frozenset((n.evaluated_alias or n.evaluated_name).partition(".")[0] for n in aliases)


def _stored(wrapper: MetadataWrapper) -> set[cst.CSTNode]:
    """Return the names that are assigned or deleted, not read."""
    contexts = wrapper.resolve(ExpressionContextProvider).items()
    return {n for n, c in contexts if isinstance(n, cst.Name) and c is not ExpressionContext.LOAD}


# Where: the walk yields what lies inside a function and may be changed.

_LEFT_ALONE = (
    cst.Annotation,
    cst.BaseString,
    cst.Global,
    cst.Import,
    cst.ImportFrom,
    cst.MatchPattern,
    cst.Nonlocal,
    cst.TypeAlias,
)


def _places(place: _Place) -> Iterator[_Place]:
    node, scopes = place.node, place.scopes
    if isinstance(node, _LEFT_ALONE):
        return
    if scopes:
        yield place
    if isinstance(node, cst.FunctionDef | cst.Lambda):
        scopes = (*scopes, _parameters(node.params))
    for child in _children(node):
        yield from _places(replace(place, node=child, parent=node, scopes=scopes))


def _children(node: cst.CSTNode) -> Sequence[cst.CSTNode]:
    if isinstance(node, cst.FunctionDef | cst.Lambda | cst.ClassDef):
        return [node.body]
    if isinstance(node, cst.Arg | cst.Attribute):  # neither a keyword nor `attr` is a name read
        return [node.value]
    return [] if _is_negative_number(node) else node.children


def _parameters(params: cst.Parameters) -> tuple[str, ...]:
    every = (*params.posonly_params, *params.params, *params.kwonly_params)
    return tuple(p.name.value for p in every if p.name.value not in ("self", "cls"))


def _is_negative_number(node: cst.CSTNode) -> bool:
    return m.matches(node, m.UnaryOperation(m.Minus(), m.Integer() | m.Float()))


# What: one rule per kind of slip.

_TURNED: dict[type[cst.CSTNode], Callable[..., Any]] = {
    cst.Add: cst.Subtract,
    cst.Subtract: cst.Add,
    cst.Multiply: cst.Divide,
    cst.Divide: cst.Multiply,
    cst.Power: cst.Multiply,
    cst.FloorDivide: cst.Divide,
    cst.AddAssign: cst.SubtractAssign,
    cst.SubtractAssign: cst.AddAssign,
    cst.MultiplyAssign: cst.DivideAssign,
    cst.DivideAssign: cst.MultiplyAssign,
    cst.PowerAssign: cst.MultiplyAssign,
    cst.FloorDivideAssign: cst.DivideAssign,
    cst.And: cst.Or,
    cst.Or: cst.And,
    cst.LessThan: cst.LessThanEqual,
    cst.LessThanEqual: cst.LessThan,
    cst.GreaterThan: cst.GreaterThanEqual,
    cst.GreaterThanEqual: cst.GreaterThan,
    cst.Equal: cst.NotEqual,
    cst.NotEqual: cst.Equal,
    cst.Is: cst.IsNot,
    cst.IsNot: cst.Is,
}


def _turned(op: Any) -> Iterator[Any]:
    if new := _TURNED.get(type(op)):
        yield new(whitespace_before=op.whitespace_before, whitespace_after=op.whitespace_after)


def _operators(node: _Operation, _: _Place) -> Iterator[cst.CSTNode]:
    """Add for subtract, multiply for divide, and for or."""
    for operator in _turned(node.operator):
        yield _held(node.with_changes(operator=operator))


def _swapped_operands(node: cst.BinaryOperation, _: _Place) -> Iterator[cst.CSTNode]:
    """Multiply matrices the other way round."""
    if isinstance(node.operator, cst.MatrixMultiply):
        yield _held(node.with_changes(left=node.right, right=node.left))


def _augmented(node: cst.AugAssign, _: _Place) -> Iterator[cst.CSTNode]:
    """Add in place for subtract in place."""
    for operator in _turned(node.operator):
        yield node.with_changes(operator=operator)


def _compared(node: cst.Comparison, _: _Place) -> Iterator[cst.CSTNode]:
    """Let the bound in or keep it out; equal for unequal."""
    for i, target in enumerate(node.comparisons):
        for operator in _turned(target.operator):
            changed = target.with_changes(operator=operator)
            yield node.with_changes(comparisons=_put(node.comparisons, i, changed))


def _dropped_sign(node: cst.UnaryOperation, _: _Place) -> Iterator[cst.CSTNode]:
    """Forget a minus or a `not`."""
    if isinstance(node.operator, cst.Minus | cst.Not):
        yield node.expression


def _numbers(node: cst.BaseExpression, _: _Place) -> Iterator[cst.CSTNode]:
    """Count one more or less; double a factor."""
    if _is_negative_number(node) or isinstance(node, cst.Integer | cst.Float):
        value = ast.literal_eval(cst.Module([]).code_for_node(node.with_changes(lpar=[], rpar=[])))
        near = (value + 1, value - 1) if isinstance(value, int) else (value * 2 or 1.0, value + 1)
        for number in near:
            if abs(number) < math.inf:
                yield cst.parse_expression(repr(number))


def _truths(node: cst.Name, _: _Place) -> Iterator[cst.CSTNode]:
    """True for False."""
    if node.value in ("True", "False"):
        yield node.with_changes(value=str(node.value == "False"))


def _renamed(node: cst.Name, place: _Place) -> Iterator[cst.CSTNode]:
    """Use the function's next parameter."""
    for names in reversed(place.scopes):
        if node.value in names:
            yield node.with_changes(value=names[(names.index(node.value) + 1) % len(names)])
            return


def _bounds(node: cst.Subscript, _: _Place) -> Iterator[cst.CSTNode]:
    """Forget where a slice begins or ends."""
    for i, element in enumerate(node.slice):
        for bound in ("lower", "upper"):
            if isinstance(element.slice, cst.Slice) and getattr(element.slice, bound):
                changed = element.with_deep_changes(element.slice, **{bound: None})
                yield node.with_changes(slice=_put(node.slice, i, changed))


def _dropped_call(node: cst.Call, place: _Place) -> Iterator[cst.CSTNode]:
    """Forget to call: x.exp() is x, tanh(x) is x. As a statement it is deleted instead."""
    if isinstance(place.parent, cst.Expr):
        return
    owned = isinstance(node.func, cst.Attribute) and _is_value(node.func.value, place.imported)
    if owned:
        yield cst.ensure_type(node.func, cst.Attribute).value
    match [arg for arg in node.args if arg.keyword is None and arg.star != "**"]:
        case [cst.Arg(value=value, star="")] if not (owned and isinstance(value, cst.BaseNumber)):
            yield value


def _is_value(node: cst.BaseExpression, imported: frozenset[str]) -> bool:
    """Tell whether a method's owner is a value: nothing imported, and not the object itself."""
    if m.matches(node, m.Name("self") | m.Name("cls") | m.Call(m.Name("super"))):
        return False
    while isinstance(node, cst.Attribute):
        node = node.value
    return not (isinstance(node, cst.Name) and node.value in imported)


def _arguments(node: cst.Call, _: _Place) -> Iterator[cst.CSTNode]:
    """Swap the first two arguments, or forget a later or a named one."""
    args = node.args
    if len(args) > 1 and not any(arg.star or arg.keyword for arg in args[:2]):
        swapped = [args[i].with_changes(value=args[1 - i].value) for i in (0, 1)]
        yield node.with_changes(args=[*swapped, *args[2:]])
    for i, arg in enumerate(args):
        if not arg.star and (arg.keyword is not None or i > 0):
            yield node.with_changes(args=_without(args, i))


def _without(args: Sequence[cst.Arg], i: int) -> list[cst.Arg]:
    """Return the arguments but one; what is last then ends as the last one did."""
    rest = [*args[:i], *args[i + 1 :]]
    if rest and i == len(rest):
        end = {"comma": args[i].comma, "whitespace_after_arg": args[i].whitespace_after_arg}
        rest[-1] = rest[-1].with_changes(**end)
    return rest


def _forced_test(node: cst.BaseExpression, place: _Place) -> Iterator[cst.CSTNode]:
    """Always or never take a branch."""
    parent = place.parent
    if isinstance(parent, cst.If | cst.IfExp | cst.CompIf) and parent.test is node:
        yield cst.Name("True")
        yield cst.Name("False")


def _deleted(node: cst.BaseSmallStatement, _: _Place) -> Iterator[cst.CSTNode]:
    """Forget a statement that works by its effect, so that no name is left undefined."""
    if isinstance(node, cst.Expr):
        effect = not isinstance(node.value, cst.BaseString | cst.Ellipsis)
    elif isinstance(node, cst.Assign):
        effect = all(isinstance(t.target, cst.Attribute | cst.Subscript) for t in node.targets)
    elif isinstance(node, cst.AnnAssign):
        effect = isinstance(node.target, cst.Attribute | cst.Subscript) and node.value is not None
    else:
        effect = isinstance(node, cst.AugAssign)
    if effect:
        yield cst.Pass(semicolon=node.semicolon)


RULES: tuple[tuple[type[cst.CSTNode], Callable[[Any, _Place], Iterator[cst.CSTNode]]], ...] = (
    (cst.BaseSmallStatement, _deleted),
    (cst.BaseExpression, _forced_test),
    (cst.BinaryOperation, _operators),
    (cst.BinaryOperation, _swapped_operands),
    (cst.BooleanOperation, _operators),
    (cst.AugAssign, _augmented),
    (cst.Comparison, _compared),
    (cst.UnaryOperation, _dropped_sign),
    (cst.BaseExpression, _numbers),
    (cst.Name, _truths),
    (cst.Name, _renamed),
    (cst.Subscript, _bounds),
    (cst.Call, _dropped_call),
    (cst.Call, _arguments),
)


def _replacements(place: _Place) -> Iterator[cst.CSTNode]:
    for kind, rule in RULES:
        if isinstance(place.node, kind):
            for new in rule(place.node, place):
                yield _fitted(new, place)


def _put(items: Sequence[Any], i: int, item: Any) -> list[Any]:
    return [*items[:i], item, *items[i + 1 :]]


# How: what replaces a tighter expression gets the parentheses that keep the rest as it was.

_LOOSE_TO_TIGHT: tuple[tuple[type[cst.CSTNode], ...], ...] = (
    (cst.NamedExpr, cst.Yield, cst.GeneratorExp, cst.Tuple),  # hardly ever stand bare
    (cst.Lambda, cst.IfExp),
    (cst.Or,),
    (cst.And,),
    (cst.Not,),
    (cst.Comparison,),
    (cst.BitOr,),
    (cst.BitXor,),
    (cst.BitAnd,),
    (cst.LeftShift, cst.RightShift),
    (cst.Add, cst.Subtract),
    (cst.Multiply, cst.Divide, cst.FloorDivide, cst.Modulo, cst.MatrixMultiply),
    (cst.Minus, cst.Plus, cst.BitInvert),
    (cst.Power,),
    (cst.Await,),
)
# Parents that take no looser expression than they had.
_BINDING = (cst.BaseExpression, cst.ComparisonTarget, cst.CompFor, cst.CompIf)


def _tightness(node: cst.BaseExpression) -> int:
    head = getattr(node, "operator", node)
    levels = (i for i, kinds in enumerate(_LOOSE_TO_TIGHT) if isinstance(head, kinds))
    atom = len(_LOOSE_TO_TIGHT)
    return atom if node.lpar else next(levels, atom)


def _fitted(new: cst.CSTNode, place: _Place) -> cst.CSTNode:
    old = place.node
    if not (isinstance(new, cst.BaseExpression) and isinstance(old, cst.BaseExpression)):
        return new
    if new.lpar or old.lpar:
        return new if new.lpar else new.with_changes(lpar=old.lpar, rpar=old.rpar)
    binding = isinstance(place.parent, _BINDING)
    looser = _tightness(new) < (_tightness(old) if binding else 1)
    broken = type(new) is not type(old) and "\n" in cst.Module([]).code_for_node(new)
    return _in_parentheses(new) if looser or broken else new


def _held(node: _Operation) -> cst.BaseExpression:
    """Put operands that the operator would tear apart into parentheses."""
    hold = _tightness(node.with_changes(lpar=[], rpar=[]))
    left = node.left if _tightness(node.left) >= hold else _in_parentheses(node.left)
    right = node.right if _tightness(node.right) > hold else _in_parentheses(node.right)
    return node.with_changes(left=left, right=right)


def _in_parentheses(node: cst.BaseExpression) -> cst.BaseExpression:
    return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def _applied(module: cst.Module, old: cst.CSTNode, new: cst.CSTNode) -> str:
    """Return the changed module's text, or the old one if the new node cannot stand there."""
    try:
        changed = module.deep_replace(old, new)
    except cst.CSTValidationError:  # no space is left, as in `return-x`
        return module.code
    assert isinstance(changed, cst.Module)
    return changed.code


def _compiles(source: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `1 is 2` is odd, and allowed
            compile(source, "<mutant>", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def _change(old: str, new: str) -> str:
    old, new = (" ".join(plain(text).split()) for text in (old, new))
    room = WIDTH - len("`` -> ``")
    same = (a == b for a, b in zip(old, new, strict=False))
    skipped = sum(itertools.takewhile(bool, same)) - _SHARED
    if len(old) + len(new) > room and skipped > 1:
        old, new = (f"…{text[skipped:]}" for text in (old, new))
    sides = (cut(a, max(room // 2, room - len(b))) for a, b in ((old, new), (new, old)))
    return "`{}` -> `{}`".format(*sides)
