"""Styles of naming: other names, and values with a name more or less."""

from __future__ import annotations

import ast
import functools
import random
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any

import libcst as cst

from .facts import Code, is_path, suspends
from .rewriting import (
    Site,
    Style,
    assigning,
    editing,
    only_statement,
    some_of,
    target_of,
    with_names,
)

__all__ = ["STYLES"]

NAMES = ("cur", "value", "res", "item", "acc", "mid", "buf", "elem", "temp", "got", "part1", "v")


def _renamed_locals(code: Code, rng: random.Random) -> Iterator[Site]:
    for node, _ in code.owned:
        if isinstance(node, cst.FunctionDef):
            names = sorted(n for n in code.scope(node).locals if not n.startswith("_"))
            chosen = {n: code.fresh(rng.choice(NAMES), f"{n}_now") for n in some_of(names, rng)}
            if chosen:
                yield node.body, functools.partial(with_names, names=chosen)


def _named_parts(code: Code, rng: random.Random) -> Iterator[Site]:
    for line, _ in code.nodes(cst.SimpleStatementLine):
        statement = only_statement(line)
        if not isinstance(statement, cst.Assign | cst.Return) or suspends(line):
            continue
        parts = list(_evaluated_first(code, statement.value))
        if isinstance(statement, cst.Assign):
            parts = parts[1:]
        parts = [p for p in parts if isinstance(p, cst.Call | cst.BinaryOperation)]
        if parts:
            name = code.fresh(*rng.sample(("part", "tmp", "first", "term", "inner"), 3))
            part = rng.choice(parts)
            yield line, functools.partial(_lifted, line=line, part=part, name=name)


def _evaluated_first(code: Code, value: cst.BaseExpression | None) -> Iterator[Any]:
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


def _is_fixed(code: Code, function: cst.BaseExpression) -> bool:
    """Tell whether computing the arguments first cannot change which function is called."""
    if not is_path(function):
        return False
    root = code.text(function).split(".")[0]
    return root in code.modules or (isinstance(function, cst.Name) and code.bound[root] < 2)


def _lifted(
    _: cst.CSTNode, line: cst.SimpleStatementLine, part: cst.BaseExpression, name: str
) -> cst.FlattenSentinel[cst.SimpleStatementLine]:
    stand_in = cst.Name(name, lpar=part.lpar, rpar=part.rpar)
    rest = line.with_changes(leading_lines=[]).deep_replace(part, stand_in)
    assert isinstance(rest, cst.SimpleStatementLine)
    return cst.FlattenSentinel([assigning(name, part, line.leading_lines), rest])


def _returns(code: Code, rng: random.Random) -> Iterator[Site]:
    for block, owner in code.nodes(cst.IndentedBlock):
        scope = code.scope(owner)
        tries = any(isinstance(n, ast.Try | ast.Yield | ast.Await) for n in ast.walk(scope.tree))
        if not tries and _joined(block, scope.hidden) is not block:
            yield block, functools.partial(_joined, hidden=scope.hidden)
    for line, _ in code.nodes(cst.SimpleStatementLine):
        match only_statement(line):
            case cst.Return(value=cst.BaseExpression() as value) if not isinstance(value, cst.Name):
                name = code.fresh(*rng.sample(("out", "result", "answer", "ret"), 3))
                yield line, functools.partial(_lifted_return, name=name)


def _lifted_return(
    line: cst.SimpleStatementLine, name: str
) -> cst.FlattenSentinel[cst.SimpleStatementLine]:
    value = cst.ensure_type(line.body[0], cst.Return).value
    assert value is not None
    last = line.with_changes(body=[cst.Return(cst.Name(name))], leading_lines=[])
    return cst.FlattenSentinel([assigning(name, value, line.leading_lines), last])


def _joined(block: cst.IndentedBlock, hidden: AbstractSet[str]) -> cst.IndentedBlock:
    """Return the value of the first assignment that only serves the return after it."""
    for place, (line, after) in enumerate(zip(block.body, block.body[1:], strict=False)):
        match only_statement(line), only_statement(after):
            case cst.Assign(value=value), cst.Return(value=cst.Name(value=name)) if (
                name == target_of(line) and name not in hidden
            ):
                last = line.with_changes(body=[cst.Return(value)])
                body = [*block.body[:place], last, *block.body[place + 2 :]]
                return block.with_changes(body=body)
    return block


STYLES: tuple[Style, ...] = (
    Style("rename-locals", editing(_renamed_locals)),
    Style("name-a-subexpression", editing(_named_parts)),
    Style("inline-return", editing(_returns)),
)
