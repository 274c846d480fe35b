"""Entry point of the zygote: `python -m gradekit.runner CONFIG`, started by a judge's engine.

Namespaces come before all that may start a thread: a process with threads can't enter them.
"""

import os
import sys

import msgspec

from gradekit.runner.confine import Confinement


def start(config_json: str) -> None:
    """Enter namespaces, then import what is heavy, and serve."""
    os.environ["OMP_NUM_THREADS"] = "1"
    wanted = msgspec.json.decode(config_json).get("confined", True)
    confinement = Confinement.begin(wanted=wanted)
    paths = msgspec.json.decode(config_json)["paths"]
    sys.path[:] = paths
    from gradekit.runner.zygote import Config, main

    main(msgspec.json.decode(config_json, type=Config), confinement)
    os._exit(0)  # torch takes long to say goodbye


if __name__ == "__main__":
    config = sys.argv.pop()
    start(config)
