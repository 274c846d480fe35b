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


Aliases = dict[str, str]  # local name -> dotted name


@dataclass
class Module:
    """A parsed source: its statements without the main guard, its definitions, its aliases."""

    tree: ast.Module
    aliases: Aliases = field(default_factory=dict)  # those of the module's own level
    defined: dict[str, ast.stmt] = field(default_factory=dict)

    @classmethod
    def parse(cls, source: str) -> Module:
        """Parse; SyntaxError or ValueError where the source is no Python."""
        tree = ast.parse(source)
        tree.body = [kept for node in tree.body for kept in _without_main_guard(node)]
        module = cls(tree)
        for node in _own_level(tree):
            if isinstance(node, DEFINITIONS):
                module.defined[node.name] = node
                module.aliases.pop(node.name, None)  # what is defined later hides an import
            else:
                _bind(node, module.aliases)
        return module

    def scope_of(self, definition: ast.stmt) -> Aliases:
        """Return the aliases that hold inside a definition."""
        scope = dict(self.aliases)
        if isinstance(definition, DEFINITIONS):
            for node in ast.walk(definition):
                _bind(node, scope)
        return scope


DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
MAX_JOINED = 50  # parts of a joined string that are followed


def _own_level(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the statements that run on import, in order, those under if and try included."""
    stack: list[ast.AST] = list(reversed(tree.body))
    while stack:
        node = stack.pop()
        if isinstance(node, ast.stmt):
            yield node
        if not isinstance(node, DEFINITIONS):
            inner = [
                n for n in ast.iter_child_nodes(node) if isinstance(n, ast.stmt | ast.excepthandler)
            ]
            stack += reversed(inner)


def _bind(node: ast.AST, aliases: Aliases) -> None:
    """Note what an import or an assignment binds."""
    if isinstance(node, ast.Import):
        for name in node.names:
            local = name.asname or name.name.split(".")[0]
            aliases[local] = name.name if name.asname else local
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        for name in node.names:
            aliases[name.asname or name.name] = f"{node.module}.{name.name}"
    elif isinstance(node, ast.Assign) and len(node.targets) == 1:
        target, resolved = node.targets[0], resolve(node.value, aliases)
        if isinstance(target, ast.Name) and resolved:
            aliases[target.id] = resolved


def resolve(node: ast.expr, aliases: Aliases) -> str:
    """Return the dotted name that an expression stands for, '' where it is none."""
    attributes = []
    while isinstance(node, ast.Attribute):
        attributes.append(node.attr)
        node = node.value
    base = ""
    if isinstance(node, ast.Name):
        base = aliases.get(node.id, "")
    elif isinstance(node, ast.Call):
        base = _resolve_call(node, aliases)
    return ".".join([base, *reversed(attributes)]) if base else ""


def _resolve_call(node: ast.Call, aliases: Aliases) -> str:
    called = ""
    if isinstance(node.func, ast.Name | ast.Attribute):
        called = resolve(node.func, aliases)
        called = called or (node.func.id if isinstance(node.func, ast.Name) else "")
    if called == "getattr" and len(node.args) >= 2:
        name = _constant(node.args[1])
        base = resolve(node.args[0], aliases)
        return f"{base}.{name}" if base and name else ""
    if called in ("__import__", "importlib.import_module") and node.args:
        return _constant(node.args[0])
    return ""


def _without_main_guard(node: ast.stmt) -> list[ast.stmt]:
    """Return what runs on import of a statement: of a main guard, only its else."""
    if not isinstance(node, ast.If) or not isinstance(node.test, ast.Compare):
        return [node]
    sides = [node.test.left, *node.test.comparators]
    named = any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)
    main = any(isinstance(side, ast.Constant) and side.value == "__main__" for side in sides)
    equal = len(node.test.ops) == 1 and isinstance(node.test.ops[0], ast.Eq)
    return node.orelse if named and main and equal else [node]


def _constant(node: ast.expr) -> str:
    """Return a string that is written out or joined from written-out parts."""
    parts: list[str] = []
    stack = [node]
    while stack and len(parts) < MAX_JOINED:
        item = stack.pop()
        if isinstance(item, ast.Constant):
            parts.append(item.value if isinstance(item.value, str) else "")
        elif isinstance(item, ast.BinOp) and isinstance(item.op, ast.Add):
            stack += [item.right, item.left]
        elif isinstance(item, ast.JoinedStr):
            stack += reversed(item.values)
        else:
            return ""
    return "".join(parts)


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
        scope = module.scope_of(node)
        for expression in _used_expressions(node):
            name = _plain(resolve(expression, scope))
            if name in forbidden:
                found[name] = min(expression.lineno, found.get(name, expression.lineno))
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
        kinds = (*DEFINITIONS, ast.Import, ast.ImportFrom)
        own = [node for node in module.tree.body if not isinstance(node, kinds)]
        reached = [node for node in own if not _is_alias(node, module.aliases, entries)]
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


def _is_alias(node: ast.stmt, aliases: Aliases, entries: tuple[str, ...]) -> bool:
    """Tell whether a statement only gives a name: what uses the name counts, if it is reached."""
    if not isinstance(node, ast.Assign) or not resolve(node.value, aliases):
        return False
    names = [target.id for target in node.targets if isinstance(target, ast.Name)]
    return not set(names) & set(entries)


def _used_expressions(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what is called, subclassed, assigned or passed on; not annotations or isinstance."""
    stack = [node]
    while stack:
        parent = stack.pop()
        for child in ast.iter_child_nodes(parent):
            if isinstance(parent, ast.arg | ast.AnnAssign) and child is parent.annotation:
                continue
            if (
                isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef)
                and child is parent.returns
            ):
                continue
            if isinstance(child, ast.Call) and _is_type_test(child):
                continue
            if isinstance(child, ast.Name | ast.Attribute | ast.Call):
                yield child
            stack.append(child)


def _is_type_test(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id in ("isinstance", "issubclass")
