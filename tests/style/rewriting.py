"""How a source is rewritten: edits at sites, and the small nodes that edits are made of."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import libcst as cst

from .facts import Code

__all__ = [
    "Edit",
    "Editor",
    "Find",
    "Site",
    "Style",
    "assigning",
    "call_of",
    "editing",
    "enclosed",
    "in_parentheses",
    "only_statement",
    "some_of",
    "target_of",
    "with_names",
]

T = TypeVar("T")
Node = TypeVar("Node", bound=cst.CSTNode)
Edit = Callable[[Any], Any]  # from a node whose inner nodes are edited; its type varies by site
Site = tuple[cst.CSTNode, Edit]
Find = Callable[[Code, random.Random], Iterable[Site]]


@dataclass(frozen=True)
class Style:
    """A named way of writing the same program otherwise."""

    name: str
    apply: Callable[[str, random.Random], str]  # returns the source unchanged where nothing applies


class Editor(cst.CSTTransformer):
    """Applies each chosen edit as its node is left, so that inner edits are kept."""

    def __init__(self, edits: Mapping[cst.CSTNode, Edit]) -> None:
        super().__init__()
        self.edits = edits

    def on_leave(self, original_node: Any, updated_node: Any) -> Any:
        """Return what stands in a node's place."""
        edit = self.edits.get(original_node)
        return updated_node if edit is None else edit(updated_node)


def editing(find: Find) -> Callable[[str, random.Random], str]:
    """Make a style's function out of the one that finds its sites."""

    def apply(source: str, rng: random.Random) -> str:
        code = Code.read(source)
        sites = [] if code.is_odd() else list(find(code, rng))
        try:
            return code.tree.visit(Editor(dict(some_of(sites, rng)))).code
        except cst.CSTValidationError:  # the new text would run two words together
            return source

    return apply


def some_of(sites: Sequence[T], rng: random.Random) -> list[T]:
    """Choose some of the sites, at least one where there are any."""
    chosen = [site for site in sites if rng.random() < 0.6]
    return chosen or ([rng.choice(sites)] if sites else [])


def call_of(function: str, *arguments: cst.BaseExpression) -> cst.Call:
    return cst.Call(cst.parse_expression(function), [cst.Arg(value) for value in arguments])


def assigning(
    name: str, value: cst.BaseExpression, lines: Sequence[cst.EmptyLine] = ()
) -> cst.SimpleStatementLine:
    if isinstance(value, cst.NamedExpr) or "\n" in cst.Module([]).code_for_node(value):
        value = in_parentheses(value)
    statement = cst.Assign([cst.AssignTarget(cst.Name(name))], value)
    return cst.SimpleStatementLine([statement], leading_lines=lines)


def enclosed(value: cst.BaseExpression) -> cst.BaseExpression:
    """Put parentheses around what runs over several lines or binds less than a name."""
    atoms = cst.Name | cst.Attribute | cst.Call | cst.Subscript | cst.BaseNumber
    if isinstance(value, atoms) and "\n" not in cst.Module([]).code_for_node(value):
        return value
    return in_parentheses(value)


def in_parentheses(value: cst.BaseExpression) -> cst.BaseExpression:
    if value.lpar:
        return value
    return value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def only_statement(line: cst.CSTNode) -> cst.BaseSmallStatement | None:
    """Return the one statement of a line, None where it has several."""
    if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1:
        return line.body[0]
    return None


def target_of(line: cst.CSTNode) -> str:
    """Return the name that a line's only statement assigns to, '' where it does more or less."""
    match only_statement(line):
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]):
            return name
    return ""


def with_names(node: Node, names: Mapping[str, str]) -> Node:
    """Return a node with other names in it; attributes and keywords keep theirs."""
    renamed = node.visit(_Renamer(names))
    assert isinstance(renamed, type(node))
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
