"""Styles of layout: imports, classes, helper methods, comments and what is only shown."""

from __future__ import annotations

import ast
import functools
import random
from collections.abc import Iterator

import libcst as cst

from .facts import Code
from .rewriting import (
    Edit,
    Site,
    Style,
    call_of,
    editing,
    only_statement,
    with_names,
)

__all__ = ["STYLES"]


def _helper_methods(code: Code, rng: random.Random) -> Iterator[Site]:
    for parent, _ in code.owned:
        if isinstance(parent, cst.ClassDef) and _is_plain_class(code, parent):
            for method in parent.body.body:
                if isinstance(method, cst.FunctionDef) and _can_move(code, method):
                    name = code.fresh(f"_{method.name.value}_impl")
                    yield method, functools.partial(_moved, name=name)


def _can_move(code: Code, method: cst.FunctionDef) -> bool:
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
    answer = cst.Return(call_of(f"{first.value}.{name}", *rest))
    caller = method.with_changes(body=cst.IndentedBlock([cst.SimpleStatementLine([answer])]))
    helper = cst.FunctionDef(
        cst.Name(name),
        cst.Parameters([cst.Param(param) for param in (first, *rest)]),
        method.body,
        leading_lines=[cst.EmptyLine(indent=False)],
    )
    return cst.FlattenSentinel([caller, helper])


COMMENTS = ("# compute the next value", "# see the lecture", "# (B, H)", "# this took me a while")


def _comments(code: Code, rng: random.Random) -> Iterator[Site]:
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


def _with_first(code: Code, node: cst.FunctionDef, rng: random.Random) -> Edit:
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


IMPORTS = {
    "import torch.nn as nn": "from torch import nn",
    "from torch import nn": "import torch.nn as nn",
    "import torch.nn.functional as F": "from torch.nn import functional as F",
    "from torch.nn import functional as F": "import torch.nn.functional as F",
}
NUMPY = "import numpy as np"


def _imports_otherwise(code: Code, rng: random.Random) -> Iterator[Site]:
    for line in code.tree.body:
        statement = only_statement(line)
        text = code.text(statement) if statement else ""
        other = only_statement(cst.parse_statement(IMPORTS.get(text, "pass")))
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
    return with_names(tree.with_changes(body=body), {"np": "numpy"})


def _additions(code: Code, rng: random.Random) -> Iterator[Site]:
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


def _is_plain_class(code: Code, node: cst.CSTNode) -> bool:
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
    Style("helper-function", editing(_helper_methods)),
    Style("comments-prints", editing(_comments)),
    Style("imports", editing(_imports_otherwise)),
    Style("class-style", editing(_additions)),
)
