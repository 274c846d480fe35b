"""What several commands share: options, plugins, reading files."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from gradekit.errors import JudgeError, SubmissionError, UsageError
from gradekit.plugins import Plugins, load_plugins
from gradekit.store.database import FILE
from gradekit.submissions.tree import Leaf
from gradekit.wire.layers import LEVELS, Level

__all__ = ["in_words", "isolation_option", "opened", "plugins_option", "reader", "start"]

ADVICE = {
    errno.ENOSPC: "make room on the disk and run the same command again",
    errno.EDQUOT: "your quota is used up: make room and run the same command again",
    errno.EROFS: "make it writable, or choose another folder",
    errno.EACCES: "make it readable (and --out writable) for this user, or choose another one",
    errno.EPERM: "this user may not do that: choose another folder, or another user",
    errno.ENOENT: "check the name",
    errno.EMFILE: "allow more open files (ulimit -n), or use fewer --jobs",
    errno.ENOMEM: "close other programs, or use fewer --jobs",
    errno.EAGAIN: "close other programs, or use fewer --jobs",
}

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


def in_words(error: OSError) -> str:
    """Return an error of the system in one sentence: which file, what happened, what to do."""
    where = f"{error.filename}: " if error.filename else ""
    advice = ADVICE.get(error.errno or 0, "mend that and run the same command again")
    return f"{where}{error.strerror or error}; {advice}"


@contextmanager
def opened(out: Path) -> Iterator[Path]:
    """Give the folder of a batch that was kept.

    Raises: UsageError where there is none.
    """
    if not (out / FILE).is_file():
        below = sorted(path.parent for path in out.glob(f"*/{FILE}")) if out.is_dir() else []
        hint = f"; did you mean {below[0]}?" if below else ": it is the --out of `gradekit grade`"
        raise UsageError(f"{out} holds no {FILE}{hint}")
    yield out
