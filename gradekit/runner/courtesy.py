"""What right code may ask for and a confined runner can't give, given in another way."""

from __future__ import annotations

import functools
import inspect
from typing import Any

from torch.utils.data import DataLoader

__all__ = ["loaders_without_workers"]

# What only worker processes need; a DataLoader without them refuses some of these.
FOR_WORKERS = ("prefetch_factor", "persistent_workers", "multiprocessing_context", "timeout")


def loaders_without_workers() -> None:
    """Let a DataLoader load in the process itself, however many workers it asks for.

    The batches are the same, and a runner can start no processes.
    """
    kept = DataLoader.__init__
    signature = inspect.signature(kept)

    @functools.wraps(kept)
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        try:
            given = signature.bind(self, *args, **kwargs).arguments
        except TypeError:
            kept(self, *args, **kwargs)  # its own words for what is wrong
            return
        if given.get("num_workers"):
            given["num_workers"] = 0
            for name in FOR_WORKERS:
                given.pop(name, None)
        kept(**given)

    DataLoader.__init__ = init  # type: ignore[method-assign]  # in processes with student code alone
