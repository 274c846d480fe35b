"""Write a right submission in other styles: variants that compute the same function.

Theory of operation: a style finds its sites in the parsed source, each a node and the edit that
rewrites it, and applies some of them. Names and effects are judged on Python's own syntax tree
(`Scope`, `Code`), the text is rewritten by libcst, so what is not touched keeps its look. A
style that cannot prove a site harmless leaves it alone; a source with operators, properties or
introspection of its own is left alone by every style.

Values stay equal up to float rounding. What is printed and how names and docstrings read may not.
"""

from __future__ import annotations

import random
import re

import libcst as cst

from . import styles_arithmetic, styles_layout, styles_naming, styles_statements, styles_tensors
from .rewriting import Style

__all__ = ["STYLES", "Style", "restyled"]

MARK = re.compile(r"#\s*(>>>|<<<)\s*TODO\b.*")

STYLES: tuple[Style, ...] = (
    *styles_naming.STYLES,
    *styles_statements.STYLES,
    *styles_arithmetic.STYLES,
    *styles_layout.STYLES,
    *styles_tensors.STYLES,
)


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
