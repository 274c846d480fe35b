"""`gradekit doctor`: what this machine offers for grading strangers' code, and what is missing."""

from __future__ import annotations

import os
import platform

import click
from tabulate import tabulate

from gradekit.engine.canaries import sing
from gradekit.engine.local import default_jobs
from gradekit.judge.processes import ZygoteProcess
from gradekit.judge.watch import MEMORY_MIB
from gradekit.wire.layers import Layer, level_of, missing_for

__all__ = ["command"]

MEANING = {
    "strict": "strangers' code can be graded here",
    "process": "accidents are contained, attacks are not: grade your own code only",
    "none": "nothing is contained: for debugging only",
}


@click.command("doctor")
@click.pass_context
def command(context: click.Context) -> None:
    """Tell how submissions are isolated on this machine, layer by layer, and try it."""
    zygote = ZygoteProcess(1, [], [])
    try:
        client = zygote.clients[0]
        client.wait_ready()
        layers = client.layers
        canaries = sing(client)
    finally:
        zygote.close()
    _machine()
    _layers(layers)
    click.secho("\nattacks tried on this machine", bold=True)
    for canary in canaries:
        click.echo(f"  {'stopped' if canary.said else 'OPEN':8} {canary.name}  {canary.said}")
    level = level_of(layers)
    click.secho(f"\nlevel reached: {level}: {MEANING[level]}", bold=True)
    opened = [canary.name for canary in canaries if not canary.said]
    if level == "strict" and (opened or not canaries):
        click.echo(f"but attacks went through: {', '.join(opened) or 'none was told of'}")
    context.exit(0 if level == "strict" and canaries and not opened else 1)


def _machine() -> None:
    import torch

    cuda = torch.version.cuda or "built without CUDA"
    devices = torch.cuda.device_count() if torch.version.cuda else 0
    user = "root" if os.geteuid() == 0 else f"uid {os.geteuid()}"
    rows = [
        ["system", f"{platform.system()} {platform.release()}, {platform.machine()}, as {user}"],
        ["python", platform.python_version()],
        ["torch", torch.__version__],
        ["CUDA", f"{cuda}, {devices} devices"],
        ["cores", f"{default_jobs()} to use, so {default_jobs()} judges at once"],
    ]
    click.echo(tabulate(rows, tablefmt="plain"))


def _layers(layers: tuple[Layer, ...]) -> None:
    click.secho("\nlayers of isolation", bold=True)
    for layer in layers:
        click.echo(f"  {'off' if layer.off else 'on':4} {layer.name:18} {layer.what}")
        if layer.off:
            click.echo(f"       why: {layer.off}")
            if layer.advice:
                click.echo(f"       to have it: {layer.advice}")
    watch = f"a watch on memory: the judge ends a runner above {MEMORY_MIB} MiB"
    click.echo(f"  on   {'memory-watch':18} {watch}")
    if level_of(layers) != "strict":
        names = ", ".join(layer.name for layer in missing_for(layers))
        click.echo(f"\nmissing for 'strict': {names}")
