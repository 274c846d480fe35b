"""What several commands share: options, plugins, reading files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from gradekit.errors import JudgeError, SubmissionError
from gradekit.plugins import Plugins, load_plugins
from gradekit.submissions.tree import Leaf
from gradekit.wire.layers import LEVELS, Level

__all__ = ["isolation_option", "plugins_option", "reader", "start"]

plugins_option = click.option(
    "--plugins",
    "plugin_paths",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Load a plugin from a .py file or a package folder; may be given more than once.",
)


def isolation_option(default: Level) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the option that says how well submissions must be isolated."""
    return click.option(
        "--isolation",
        type=click.Choice(LEVELS),
        default=default,
        show_default=True,
        help="The level that must be reached; `gradekit doctor` tells what this machine offers.",
    )


def start(paths: tuple[Path, ...]) -> Plugins:
    """Load plugins and say which of them are broken."""
    plugins = load_plugins(paths)
    for text in plugins.broken:
        click.echo(f"gradekit: {text}", err=True)
    return plugins


def reader(plugins: Plugins) -> Callable[[Leaf], str]:
    """Return a function that reads a file through the reader plugins."""

    def read(leaf: Leaf) -> str:
        data = leaf.read()
        try:
            text = plugins.manager.hook.gradekit_read_submission(path=Path(leaf.name), data=data)
        except SubmissionError:
            raise
        except Exception as error:
            raise JudgeError(f"a reader failed on {leaf.name}: {error}") from error
        if text is None:
            raise SubmissionError(f"{leaf.name}: no reader knows this kind of file")
        return str(text)

    return read
