"""Styles of statements: their sequence, loops, lists and conditions."""

from __future__ import annotations

import ast
import functools
import random
from collections.abc import Iterator

import libcst as cst

from .facts import Code, Scope, is_binding, is_name
from .rewriting import (
    Site,
    Style,
    assigning,
    editing,
    enclosed,
    only_statement,
    target_of,
)

__all__ = ["STYLES"]


def _swapped_statements(code: Code, rng: random.Random) -> Iterator[Site]:
    if not code.only_imports("torch", "numpy"):
        return
    for block, owner in code.nodes(cst.IndentedBlock):
        if any(isinstance(n, ast.Try) for n in ast.walk(code.scope(owner).tree)):
            continue
        pairs = zip(block.body, block.body[1:], strict=False)
        places = [i for i, (a, b) in enumerate(pairs) if _commute(code, a, b)]
        if places:
            yield block, functools.partial(_with_swapped, place=rng.choice(places))


def _commute(code: Code, first: cst.CSTNode, second: cst.CSTNode) -> bool:
    targets = target_of(first), target_of(second)
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


def _assigned(code: Code, line: cst.CSTNode) -> ast.expr:
    statement = only_statement(line)
    return code.expr(statement.value) if isinstance(statement, cst.Assign) else ast.Constant(None)


def _with_swapped(block: cst.IndentedBlock, place: int) -> cst.IndentedBlock:
    body = list(block.body)
    body[place : place + 2] = body[place + 1], body[place]
    return block.with_changes(body=body)


def _loops(code: Code, rng: random.Random) -> Iterator[Site]:
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


def _can_count(code: Code, loop: cst.For, scope: Scope) -> bool:
    """Tell whether the counter lives in the loop alone and every pass runs to its end."""
    match loop:
        case cst.For(target=cst.Name(value=name), body=cst.IndentedBlock(), orelse=None):
            tree = ast.parse(code.text(loop)).body[0]
        case _:
            return False
    if not _is_plain_range(loop.iter) or name not in scope.locals or loop.asynchronous:
        return False
    nodes = list(ast.walk(tree))
    stores = [n for n in nodes if is_name(n, name) and is_binding(n)]
    uses = sum(is_name(n, name) for n in nodes)
    return (
        len(stores) == 1
        and uses == sum(is_name(n, name) for n in ast.walk(scope.tree))
        and not any(isinstance(n, ast.Break | ast.Continue | ast.Try) for n in nodes)
        and not any(is_name(n, name) for n in ast.walk(code.expr(loop.iter)))
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
            assigning(counter.value, cst.Integer("0"), loop.leading_lines),
            assigning(stop, limit),
            cst.While(cst.Comparison(counter, [below]), body),
        ]
    )


def _appends(code: Code, rng: random.Random) -> Iterator[Site]:
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


def _conditionals(code: Code, rng: random.Random) -> Iterator[Site]:
    for node, _ in code.nodes(cst.If):
        if isinstance(node.orelse, cst.Else):
            yield node, _turned


def _turned(node: cst.If) -> cst.If:
    match node.test:
        case cst.UnaryOperation(operator=cst.Not(), expression=inner):
            test = enclosed(inner)
        case condition:
            test = cst.UnaryOperation(cst.Not(), enclosed(condition))
    orelse = cst.ensure_type(node.orelse, cst.Else)
    return node.with_changes(
        test=test,
        whitespace_before_test=cst.SimpleWhitespace(" "),
        body=orelse.body,
        orelse=orelse.with_changes(body=node.body),
    )


STYLES: tuple[Style, ...] = (
    Style("swap-statements", editing(_swapped_statements)),
    Style("loop-style", editing(_loops)),
    Style("list-style", editing(_appends)),
    Style("conditional-style", editing(_conditionals)),
)
