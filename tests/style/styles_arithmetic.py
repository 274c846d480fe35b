"""Styles of arithmetic: the same sum or product, written otherwise."""

from __future__ import annotations

import ast
import functools
import random
import re
from collections.abc import Iterator

import libcst as cst

from .facts import Code, Scope, is_path
from .rewriting import (
    Site,
    Style,
    call_of,
    editing,
    enclosed,
    in_parentheses,
)

__all__ = ["STYLES"]


def _commuted(code: Code, rng: random.Random) -> Iterator[Site]:
    if not code.only_imports("torch", "numpy"):
        return
    for node, owner in code.nodes(cst.BinaryOperation):
        if _is_commutative(code, code.expr(node), code.scope(owner)):
            yield node, _exchanged


def _is_commutative(code: Code, node: ast.expr, scope: Scope) -> bool:
    if not isinstance(node, ast.BinOp) or not code.is_pure(node):
        return False
    if isinstance(node.op, ast.Add):  # two lists would change places
        floats = code.floats(scope)
        return code.is_number(node.left, floats) or code.is_number(node.right, floats)
    return isinstance(node.op, ast.Mult)


def _exchanged(node: cst.BinaryOperation) -> cst.BinaryOperation:
    left = node.left
    if isinstance(left, cst.BinaryOperation):
        left = in_parentheses(left)
    return node.with_changes(left=node.right, right=left)


def _matmuls(code: Code, rng: random.Random) -> Iterator[Site]:
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


def _is_matmul(code: Code, call: cst.Call, library: str, scope: Scope) -> bool:
    if code.text(call.func) != f"{library}.matmul" or len(call.args) != 2:
        return False
    if any(arg.star or arg.keyword for arg in call.args):
        return False
    floats = code.floats(scope)
    operands = [code.expr(arg.value) for arg in call.args]  # numpy's function takes lists as well
    return code.modules[library] == "torch" or any(code.is_number(o, floats) for o in operands)


def _as_call(node: cst.BinaryOperation, library: str) -> cst.Call:
    return call_of(f"{library}.matmul", node.left, node.right)


def _as_operator(call: cst.Call) -> cst.BaseExpression:
    left, right = (enclosed(arg.value) for arg in call.args)
    return in_parentheses(cst.BinaryOperation(left, cst.MatrixMultiply(), right))


def _squares(code: Code, rng: random.Random) -> Iterator[Site]:
    for node, _ in code.nodes(cst.BinaryOperation):
        match node:
            case cst.BinaryOperation(operator=cst.Power(), right=cst.Integer(value="2")):
                if is_path(node.left) and not _is_mask(code, node.left):
                    yield node, _as_product


def _is_mask(code: Code, node: cst.BaseExpression) -> bool:
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
    return in_parentheses(product)


STYLES: tuple[Style, ...] = (
    Style("commute", editing(_commuted)),
    Style("matmul-spelling", editing(_matmuls)),
    Style("square-as-product", editing(_squares)),
)
