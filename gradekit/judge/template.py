"""Hold a submission against the lab's template: an attempt, with the rest intact or not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

__all__ = ["changed_outside_todo", "is_attempt"]

BEGIN = re.compile(r"#\s*>>>\s*TODO\b")
END = re.compile(r"#\s*<<<\s*TODO\b")


def is_attempt(source: str, template: str) -> bool:
    """Tell whether a source differs from the template by more than comments and spaces."""
    try:
        tree = ast.parse(source)
        return bool(tree.body) and _dump(tree) != _dump(ast.parse(template))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _words(source) != _words(template)


def _dump(tree: ast.Module) -> str:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
            node.body = [s for s in node.body if not _is_text(s)] or [ast.Pass()]
    return ast.dump(tree)


def _words(source: str) -> list[str]:
    return re.sub(r"#.*", "", source).split()


def changed_outside_todo(source: str, template: str) -> str:
    """Return what stands otherwise than in the template, '' where nothing does.

    Only a source that keeps the template's TODO marks can be compared at all.
    """
    if not BEGIN.search(source) or not END.search(source):
        return ""
    try:
        theirs = dict(_definitions(ast.parse(source), _regions(source)))
        given = dict(_definitions(ast.parse(template), _regions(template)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    for name, (line, body) in given.items():
        if name not in theirs:
            return f"{name} is gone"
        missing = [text for text in body if text not in theirs[name][1]]
        if missing:
            return f"{name} (line {line} of the template) no longer has: {missing[0]}"
    return ""


def _regions(source: str) -> list[tuple[int, int]]:
    regions, start = [], 0
    for number, line in enumerate(source.splitlines(), 1):
        if BEGIN.search(line):
            start = number
        elif END.search(line) and start:
            regions.append((start, number))
            start = 0
    return regions


def _definitions(
    tree: ast.Module, regions: list[tuple[int, int]], prefix: str = ""
) -> Iterator[tuple[str, tuple[int, list[str]]]]:
    """Yield each class and function with its signature and its given statements as text."""
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        name = prefix + node.name
        own = [s for s in node.body if not _inside(s, regions) and not _is_free(s)]
        head = (
            [_names(node.args), *_defaults(node.args)] if isinstance(node, ast.FunctionDef) else []
        )
        yield name, (node.lineno, head + [ast.unparse(s) for s in own])
        if isinstance(node, ast.ClassDef):
            yield from _definitions(ast.Module(node.body, []), regions, f"{name}.")


def _names(arguments: ast.arguments) -> str:
    """Return a signature's names: annotations and defaults may be added."""
    return f"({', '.join(arg.arg for arg in [*arguments.posonlyargs, *arguments.args])})"


def _defaults(arguments: ast.arguments) -> list[str]:
    """Return the defaults that a signature gives; those of the template must stand."""
    named = [*arguments.posonlyargs, *arguments.args]
    given = zip(named[len(named) - len(arguments.defaults) :], arguments.defaults, strict=True)
    return [f"{arg.arg}={ast.unparse(default)}" for arg, default in given]


def _inside(node: ast.stmt, regions: list[tuple[int, int]]) -> bool:
    return any(start <= node.lineno <= end for start, end in regions)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_free(node: ast.stmt) -> bool:
    kinds = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Pass)
    printed = (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "print"
    )
    return isinstance(node, kinds) or _is_text(node) or printed
