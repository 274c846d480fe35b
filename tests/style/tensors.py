"""Which parameters and values of a source are surely tensors of PyTorch."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import libcst as cst

from .facts import Code, is_binding, is_name

__all__ = [
    "changes_in_place",
    "float_parameters",
    "has_only_tensors",
    "is_stored_attribute",
    "stores",
    "tensor_parameters",
    "torch_call",
    "words",
]

# Functions of torch whose first argument must be a tensor: for products the second one as well,
# for the last ones it must hold floats.
TAKE_TENSORS = {
    *("exp", "log", "tanh", "sigmoid", "relu", "matmul", "mm", "bmm", "sum", "transpose", "abs"),
    *("zeros_like", "ones_like", "argmax", "argsort", "unsqueeze", "squeeze", "gather", "permute"),
}
PRODUCTS = {"matmul", "mm", "bmm"}
TAKE_FLOATS = {"softmax", "log_softmax", "mean", "logsumexp"}
# Methods that arrays of numpy lack.
METHODS = {
    *("size", "dim", "unsqueeze", "permute", "exp", "tanh", "sigmoid", "softmax", "bmm", "mm"),
    *("matmul", "new_zeros", "log_softmax", "contiguous", "expand", "unbind", "detach", "numel"),
}
ATTRIBUTES = {"shape", "device", "dtype", "T", "mT"}  # of tensors where there is no numpy
ARRAYS = {"numpy", "from_numpy", "as_tensor", "asarray", "tensor", "from_dlpack", "FloatTensor"}
TESTS = {"isinstance", "type", "hasattr", "getattr", "callable", "is_tensor", "len"}
CALM_DECORATORS = {"staticmethod", "torch.no_grad()", "torch.inference_mode()"}
SIMPLE = ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Expr | ast.Return | ast.Assert


def words(code: Code) -> set[str]:
    """Return every word of a source."""
    return set(re.findall(r"\w+", code.tree.code))


def has_only_tensors(code: Code) -> bool:
    """Tell whether a source computes with torch alone and turns no array into a tensor."""
    converts = words(code) & ARRAYS or "Tensor(" in code.tree.code
    return bool(code.alias("torch")) and code.only_imports("torch") and not converts


def torch_call(code: Code, call: cst.Call, *names: str) -> str:
    """Return which of some functions of torch is called, '' where it is none of them."""
    match call.func:
        case cst.Attribute(value=cst.Name(value=root), attr=cst.Name(value=name)):
            if code.modules.get(root) == "torch" and name in names:
                return name
    return ""


def tensor_parameters(code: Code, function: cst.FunctionDef) -> list[str]:
    """Return the parameters that every call of a function uses as tensors before it branches.

    Parameters with a default, those that are tested and those that the function binds are left
    out, the binding `p = p.to(p.device)` excepted.
    """
    if not {code.text(d.decorator) for d in function.decorators} <= CALM_DECORATORS:
        return []
    tree = code.scope(function).tree
    used = _uses(code, list(_always_evaluated(tree.body)))
    required = tree.args.args[: len(tree.args.args) - len(tree.args.defaults)]
    names = [a.arg for a in required if a.arg not in {"self", "cls", "ctx"} and a.arg in used]
    return [n for n in names if not _is_tested(tree, n) and not _is_rebound(tree, n)]


def float_parameters(code: Code, function: cst.FunctionDef) -> list[str]:
    """Return the tensor parameters that must be floating: averaged, or factors of a product."""
    floats = set()
    for node in _always_evaluated(code.scope(function).tree.body):
        match node:
            case ast.BinOp(left=left, op=ast.MatMult(), right=right):
                factors = [left, right]
            case ast.Call(func=ast.Attribute(value=ast.Name(id=root), attr=attr), args=args) if (
                code.modules.get(root) == "torch" and attr in PRODUCTS | TAKE_FLOATS
            ):
                factors = args[: 2 if attr in PRODUCTS else 1]
            case _:
                continue
        read = [{n.id for n in ast.walk(f) if isinstance(n, ast.Name)} for f in factors]
        if len(factors) == 1 or read[0] != read[1]:  # p @ p.T may well count
            floats |= {factor.id for factor in factors if isinstance(factor, ast.Name)}
    return [name for name in tensor_parameters(code, function) if name in floats]


def _always_evaluated(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Yield the nodes that every call of a function evaluates, up to where it may branch."""
    for statement in body:
        if isinstance(statement, ast.With):
            yield from _always_evaluated(statement.body)
            if not all(isinstance(s, SIMPLE) for s in statement.body):
                return
        elif isinstance(statement, ast.For):
            yield from _straight(statement.iter)
            return
        elif isinstance(statement, SIMPLE):
            yield from _straight(statement)
        else:
            return


def _straight(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and what is surely evaluated with it."""
    later = ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
    if isinstance(node, later | ast.IfExp | ast.BoolOp):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _straight(child)


def _uses(code: Code, nodes: list[ast.AST]) -> set[str]:
    """Return the names that are used as only a tensor can be."""
    pure = has_only_tensors(code)
    found = set()
    for node in nodes:
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if pure and attr in ATTRIBUTES:
                found.add(name)
            case ast.BinOp(left=left, op=ast.MatMult(), right=right) if pure:
                found |= {side.id for side in (left, right) if isinstance(side, ast.Name)}
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr), args=args):
                if name not in code.modules and attr in METHODS and not code.bound[attr]:
                    found.add(name)
                known = attr in TAKE_TENSORS | TAKE_FLOATS
                if known and code.modules.get(name) == "torch":
                    tensors = args[: 2 if attr in PRODUCTS else 1]
                    found |= {arg.id for arg in tensors if isinstance(arg, ast.Name)}
    return found


def _is_tested(tree: ast.AST, name: str) -> bool:
    """Tell whether a function asks what a parameter is, or whether it is there."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(ops=[ast.Is() | ast.IsNot(), *_]) as test:
                asked: list[ast.AST] = [test]
            case ast.Call(func=ast.Name(id=function)) if function in TESTS:
                asked = [node]
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
                asked = [test]
            case _:
                continue
        if any(is_name(part, name) for root in asked for part in ast.walk(root)):
            return True
    return False


def _is_rebound(tree: ast.AST, name: str) -> bool:
    """Tell whether a name is bound again, to anything but itself on its device."""
    moves = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            moves += ast.unparse(node) == f"{name} = {name}.to({name}.device)"
    bound = sum(is_name(node, name) and is_binding(node) for node in ast.walk(tree))
    arguments = sum(isinstance(node, ast.arg) and node.arg == name for node in ast.walk(tree))
    return bound > moves or arguments > 1


def changes_in_place(tree: ast.AST, name: str = "") -> bool:
    """Tell whether a tree may change a tensor in place, where a name is given that one."""
    for node in ast.walk(tree):
        match node:
            case ast.AugAssign(target=ast.Name(id=target), value=ast.Constant(value=int())):
                changed: ast.AST | None = None if target != name else node.target
            case ast.AugAssign(target=target):
                changed = target
            case ast.Subscript(ctx=ast.Store() | ast.Del()):
                changed = node.value
            case ast.Call(func=ast.Attribute(value=value, attr=attr)) if attr.endswith(
                "_"
            ) and not attr.endswith("__"):
                changed = value
            case ast.keyword(arg="out", value=value):
                changed = value
            case ast.Attribute(attr="data", value=value):
                changed = value
            case _:
                continue
        hit = changed is not None and any(is_name(part, name) for part in ast.walk(changed))
        if hit or (changed is not None and not name):
            return True
    return False


def is_stored_attribute(code: Code, name: str) -> bool:
    """Tell whether the source gives some object an attribute or a method of that name."""
    return bool(code.bound[name]) or any(
        isinstance(node, ast.Attribute) and node.attr == name and not isinstance(node.ctx, ast.Load)
        for node in ast.walk(code.syntax)
    )


def stores(code: Code) -> set[cst.CSTNode]:
    """Return the nodes that stand where something is bound or deleted."""
    found: set[cst.CSTNode] = set()
    for node, _ in code.owned:
        if isinstance(node, cst.Del):
            found |= set(_below(node))
        target = getattr(node, "target", None)
        if isinstance(target, cst.CSTNode):
            found |= set(_below(target))
    return found


def _below(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    yield node
    for child in node.children:
        yield from _below(child)
