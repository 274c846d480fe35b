"""Find plugins, load them one by one, and collect their labs."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from gradekit import hookspecs
from gradekit.errors import LabError, UsageError
from gradekit.lab import Lab
from gradekit.lab.validate import validate

__all__ = ["Plugins", "load_plugins"]

BUNDLED = (
    "gradekit_labs",
    "gradekit.submissions.readers",
    "gradekit.report.verdicts",
    "gradekit.report.scores",
    "gradekit.report.overview",
    "gradekit.report.feedback",
)


@dataclass
class Plugins:
    """The loaded plugins, their labs by name, and what could not be loaded."""

    manager: pluggy.PluginManager
    labs: dict[str, Lab] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)  # 'plugin NAME: what is wrong'

    def lab(self, name: str) -> Lab:
        """Return the lab of that name.

        Raises: UsageError with the nearest name where there is none.
        """
        if name in self.labs:
            return self.labs[name]
        near = get_close_matches(name, self.labs, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"installed: {', '.join(self.labs)}"
        raise UsageError(f"there is no lab {name!r}; {hint}")


def load_plugins(paths: tuple[Path, ...] = ()) -> Plugins:
    """Load the bundled plugins, the installed ones and those at `paths`.

    A broken plugin is named in `broken`; the others still load.
    Raises: UsageError when a path is not there.
    """
    manager = pluggy.PluginManager("gradekit")
    manager.add_hookspecs(hookspecs)
    plugins = Plugins(manager)
    for name in BUNDLED:
        _register(plugins, name, partial(importlib.import_module, name))
    for entry in entry_points(group="gradekit"):
        _register(plugins, entry.name, entry.load)
    for path in paths:
        if not path.exists():
            raise UsageError(f"--plugins {path}: there is no such file or folder")
        _register(plugins, str(path), partial(_import_path, path))
    return plugins


def _register(plugins: Plugins, name: str, load: Callable[[], Any]) -> None:
    """Import one plugin, check it whole, and only then register it."""
    try:
        module = load()
        hook = getattr(module, "gradekit_labs", None)
        given = hook() if hook is not None and not isinstance(hook, ModuleType) else []
        if not isinstance(given, list | tuple):
            raise LabError(f"gradekit_labs() returned {given!r}, expected a list of labs")
        labs = [validate(lab) for lab in given]
        for lab in labs:
            if lab.name in plugins.labs:
                raise LabError(f"lab {lab.name!r} is already defined by another plugin")
        plugins.manager.register(module, name)
        if not plugins.manager.get_hookcallers(module):
            raise LabError("it implements no hook; mark gradekit_labs with gradekit.hookimpl")
    except (Exception, SystemExit) as error:  # noqa: BLE001  # a stranger's plugin may raise anything
        detail = error if isinstance(error, LabError) else f"{type(error).__name__}: {error}"
        plugins.broken.append(f"plugin {name} was left out: {detail}")
        return
    plugins.labs.update({lab.name: lab for lab in labs})


def _import_path(path: Path) -> ModuleType:
    """Import a plugin given as a .py file or as a package folder, under its own name."""
    path = path.resolve()
    file = path / "__init__.py" if path.is_dir() else path
    if not file.is_file():
        raise LabError(f"{path} is neither a .py file nor a folder with an __init__.py")
    if str(path.parent) not in sys.path:
        sys.path.append(str(path.parent))  # its drives are imported by name
    name = path.stem if path.is_file() else path.name
    places = [str(path)] if path.is_dir() else None
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=places)
    if spec is None or spec.loader is None:
        raise LabError(f"{path} is no Python module")
    if name in sys.modules and getattr(sys.modules[name], "__file__", None) != str(file):
        raise LabError(f"a module named {name!r} is there already; give the plugin another name")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
