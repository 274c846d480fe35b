"""Read a submission's source as text: what it imports, and which forbidden names it reaches.

Names are resolved through imports, aliases, assignments, `getattr` with constant or joined
strings, `importlib.import_module` and `__import__`. Only code that the judged entry points
reach counts: a self-test under `if __name__ == "__main__"` or in a function of its own that
compares with torch's layer costs nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gradekit.lab import Forbid, Imports

__all__ = ["Module", "added_imports", "forbidden_names"]

ALWAYS_FREE = ("__future__", "math", "numpy", "torch", "typing")


@dataclass
class Module:
    """A parsed source: its statements without the main guard, its definitions, its aliases."""

    tree: ast.Module
    aliases: dict[str, str] = field(default_factory=dict)  # local name -> dotted name
    defined: dict[str, ast.stmt] = field(default_factory=dict)

    @classmethod
    def parse(cls, source: str) -> Module:
        """Parse; SyntaxError or ValueError where the source is no Python."""
        tree = ast.parse(source)
        tree.body = [node for node in tree.body if not _is_main_guard(node)]
        module = cls(tree)
        for node in ast.walk(tree):
            module._alias(node)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
                module.defined[node.name] = node
        return module

    def _alias(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            for name in node.names:
                local = name.asname or name.name.split(".")[0]
                self.aliases[local] = name.name if name.asname else local
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for name in node.names:
                self.aliases[name.asname or name.name] = f"{node.module}.{name.name}"
        elif isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, resolved = node.targets[0], self.resolve(node.value)
            if isinstance(target, ast.Name) and resolved:
                self.aliases.setdefault(target.id, resolved)

    def resolve(self, node: ast.expr) -> str:
        """Return the dotted name that an expression stands for, '' where it is none."""
        if isinstance(node, ast.Name):
            return self.aliases.get(node.id, "")
        if isinstance(node, ast.Attribute):
            base = self.resolve(node.value)
            return f"{base}.{node.attr}" if base else ""
        if isinstance(node, ast.Call):
            return self._resolve_call(node)
        return ""

    def _resolve_call(self, node: ast.Call) -> str:
        called = node.func.id if isinstance(node.func, ast.Name) else self.resolve(node.func)
        texts = [_constant(argument) for argument in node.args]
        if called == "getattr" and len(texts) >= 2 and texts[1]:
            base = self.resolve(node.args[0])
            return f"{base}.{texts[1]}" if base else ""
        if called in ("__import__", "importlib.import_module", "import_module") and texts:
            return texts[0] or ""
        return ""


def _is_main_guard(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Compare)
        and any(
            isinstance(side, ast.Name) and side.id == "__name__"
            for side in [node.test.left, *node.test.comparators]
        )
    )


def _constant(node: ast.expr) -> str:
    """Return a string that is written out or joined from written-out parts."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _constant(node.left) + _constant(node.right)
    if isinstance(node, ast.JoinedStr):
        return "".join(_constant(part) for part in node.values)
    return ""


def added_imports(module: Module, rule: Imports, template: Module) -> list[tuple[str, int]]:
    """Return the imported modules that are not free, each with its first line."""
    free = {*ALWAYS_FREE, *rule.free, *(name.split(".")[0] for name, _ in _imports(template.tree))}
    found: dict[str, int] = {}
    for name, line in _imports(module.tree):
        if name.split(".")[0] not in free:
            found.setdefault(name, line)
    return sorted(found.items(), key=lambda item: item[1])


def _imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or ""), node.lineno


def forbidden_names(module: Module, rule: Forbid, entries: Iterable[str]) -> list[tuple[str, int]]:
    """Return the forbidden names that the entry points reach, each with its first line."""
    forbidden = set(rule.names)
    found: dict[str, int] = {}
    for node in _reached(module, tuple(rule.within) or tuple(entries), bool(rule.within)):
        for expression in _used_expressions(node):
            name = _plain(module.resolve(expression))
            if name in forbidden:
                found.setdefault(name, expression.lineno)
    return sorted(found.items(), key=lambda item: item[1])


def _plain(name: str) -> str:
    """Return a torch name as users write it: torch.nn.modules.rnn.GRU is torch.nn.GRU."""
    parts = name.split(".")
    if parts[:3] == ["torch", "nn", "modules"]:
        parts = ["torch", "nn", parts[-1]]
    return ".".join(parts)


def _reached(module: Module, entries: tuple[str, ...], only_entries: bool) -> list[ast.stmt]:
    """Return the definitions that entries reach, and the module's own statements."""
    reached: list[ast.stmt] = []
    if not only_entries:
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
        reached = [node for node in module.tree.body if not isinstance(node, kinds)]
    queue = list(entries)
    for node in reached:
        queue += _names_in(node)
    seen: set[str] = set()
    while queue:
        name = queue.pop()
        if name in seen:
            continue
        seen.add(name)
        owner, _, method = name.partition(".")
        definition = module.defined.get(owner)
        if definition is None:
            continue
        if method and isinstance(definition, ast.ClassDef):
            inner = [n for n in definition.body if getattr(n, "name", None) == method]
            reached += inner
            for node in inner:
                queue += _names_in(node)
                queue += [f"{owner}.{attribute}" for attribute in _own_attributes(node)]
        elif not method:
            reached.append(definition)
            queue += _names_in(definition)
    return reached


def _names_in(node: ast.AST) -> list[str]:
    return [inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)]


def _own_attributes(node: ast.AST) -> list[str]:
    return [
        inner.attr
        for inner in ast.walk(node)
        if isinstance(inner, ast.Attribute)
        and isinstance(inner.value, ast.Name)
        and inner.value.id == "self"
    ]


def _used_expressions(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what is called, subclassed, assigned or passed on; not annotations or isinstance."""
    for child in ast.iter_child_nodes(node):
        if isinstance(node, ast.arg | ast.AnnAssign) and child is node.annotation:
            continue
        if isinstance(node, ast.FunctionDef) and child is node.returns:
            continue
        if isinstance(child, ast.Call) and _is_type_test(child):
            continue
        if isinstance(child, ast.Name | ast.Attribute | ast.Call):
            yield child
        yield from _used_expressions(child)


def _is_type_test(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id in ("isinstance", "issubclass")
