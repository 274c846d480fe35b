"""The commands of `gradekit`: grade, override, history, check, replay, labs, lint, doctor.

Theory of operation. Each command is a module that turns arguments into calls of the engine and
prints what comes back; nothing imports this package. Exit codes: 0 done (`check`: full marks),
1 `check` lost points, 2 wrong usage, 3 our fault (a void verdict, a full disk).
"""

from __future__ import annotations

import os
import signal
import sys

# One thread per process, before torch is imported: judges and runners run beside each other.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import click

from gradekit import __version__
from gradekit.errors import GradekitError, UsageError

__all__ = ["cli", "main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="gradekit")
def cli() -> None:
    """Grade deep-learning labs: name the mistake and prove it."""


def main() -> None:
    """Run the command line; every error is one sentence and an exit code."""
    from gradekit.cli import check, doctor, grade, history, labs, lint, override, replay
    from gradekit.cli.common import in_words

    for module in (grade, check, replay, override, history, labs, lint, doctor):
        cli.add_command(module.command)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # both are told what is kept
    try:
        code = cli.main(standalone_mode=False)  # click returns the code of an Exit
        sys.exit(code if isinstance(code, int) else 0)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped: no report was written", err=True)
        sys.exit(130)
    except BrokenPipeError:  # whoever read our output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except UsageError as error:
        click.echo(f"gradekit: {error}", err=True)
        sys.exit(2)
    except GradekitError as error:
        click.echo(f"gradekit: {error}", err=True)
        sys.exit(3)
    except OSError as error:
        click.echo(f"gradekit: {in_words(error)}", err=True)
        sys.exit(3)
