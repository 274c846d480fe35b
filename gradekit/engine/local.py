"""Grade a batch with processes on this machine."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import torch

from gradekit.engine.guard import be_unreadable, end_with_parent
from gradekit.engine.zygotes import renewed, start_zygote, wait_ready
from gradekit.judge.grade import Judge
from gradekit.judge.processes import ZygoteProcess
from gradekit.judge.verdict import Verdict
from gradekit.lab import Lab
from gradekit.submissions.found import Found
from gradekit.wire.layers import Layer, Level, level_of

__all__ = ["Crew", "crew", "default_jobs", "grade_batch", "one_judge"]

Done = Callable[[Verdict], None]
MAX_LOST = 3  # judge processes that one submission may take with it before it is void

# What a forked judge process finds here; set before the fork, so that nothing is pickled.
_judges: list[Judge] = []
_mine: list[Judge] = []


def default_jobs() -> int:
    """Return how many judges this machine runs well: one per core that we may use."""
    return max(1, len(os.sched_getaffinity(0)))


@dataclass
class Crew:
    """Judges of one lab that are ready to grade, with the zygote that they share."""

    lab: Lab
    judges: list[Judge]
    zygote: ZygoteProcess
    isolation: Level
    lost: Counter[int] = field(default_factory=Counter)  # place -> judge processes it cost

    @property
    def layers(self) -> tuple[Layer, ...]:
        """What holds the runners."""
        return self.zygote.clients[0].layers

    @property
    def level(self) -> Level:
        """The level of isolation that this machine reaches."""
        return level_of(self.layers)

    def grade(self, found: Sequence[Found], done: Done) -> list[Verdict]:
        """Return one verdict per submission, in order; `done` sees each as it comes."""
        if len(self.judges) == 1:
            return [_reported(self.judges[0], item, done) for item in found]
        verdicts: dict[int, Verdict] = {}
        while len(verdicts) < len(found):
            broken = self._in_processes(found, verdicts, done)
            if broken:
                self._after_a_loss(broken, found, verdicts, done)
        return [verdicts[place] for place in range(len(found))]

    def _in_processes(
        self, found: Sequence[Found], verdicts: dict[int, Verdict], done: Done
    ) -> set[int]:
        """Grade until all is done, or until a judge process is lost: then return its suspects."""
        context = multiprocessing.get_context("fork")
        slots = context.SimpleQueue()
        for slot in range(len(self.judges)):
            slots.put(slot)
        _judges[:] = self.judges
        left = (place for place in range(len(found)) if place not in verdicts)
        flying: dict[Future[Verdict], int] = {}
        try:
            with ProcessPoolExecutor(len(self.judges), context, _take_judge, (slots,)) as pool:
                try:
                    while True:
                        for place in _some(left, len(self.judges) - len(flying)):
                            flying[pool.submit(_grade_mine, found[place])] = place
                        if not flying:
                            return set()
                        for future in wait(flying, return_when=FIRST_COMPLETED).done:
                            verdict = future.result()
                            verdicts[flying.pop(future)] = verdict
                            done(verdict)
                except BrokenProcessPool:
                    return set(flying.values())
                except BaseException:  # Ctrl-C: don't wait for what runs
                    for process in list((pool._processes or {}).values()):
                        process.kill()
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise
        finally:
            _judges.clear()

    def _after_a_loss(
        self,
        suspects: set[int],
        found: Sequence[Found],
        verdicts: dict[int, Verdict],
        done: Done,
    ) -> None:
        """Start a fresh zygote; a submission under which judges keep ending is void."""
        self.lost.update(suspects)
        for place in suspects:
            if self.lost[place] >= MAX_LOST:
                reason = f"judge processes ended while they graded it, {MAX_LOST} times"
                verdicts[place] = self.judges[0].void(found[place].student, reason)
                done(verdicts[place])
        self.zygote.close()
        self.zygote = start_zygote(self.lab, len(self.judges), self.isolation)
        wait_ready(self.zygote, self.isolation)
        for judge, client in zip(self.judges, self.zygote.clients, strict=True):
            judge.client = client


def _some(places: Iterator[int], count: int) -> Iterator[int]:
    for _ in range(count):
        with contextlib.suppress(StopIteration):
            yield next(places)


@contextmanager
def crew(lab: Lab, *, jobs: int, seed: int, isolation: Level = "strict") -> Iterator[Crew]:
    """Give judges of a lab, ready: zygote started, cases drawn, reference run on them.

    Raises: WeakIsolation, LabError when the lab can't be used, JudgeError.
    """
    zygote = start_zygote(lab, jobs, isolation)
    spares: list[ZygoteProcess] = []
    made: Crew | None = None
    try:
        judges = [Judge(lab, client, seed) for client in zygote.clients]
        judges[0].prepare()  # on this core, while the zygote imports torch on another
        wait_ready(zygote, isolation)
        for slot, judge in enumerate(judges):
            judge.books, judge.metrics = judges[0].books, judges[0].metrics
            judge.renew = partial(renewed, lab, isolation, slot, spares)
        made = Crew(lab, judges, zygote, isolation)
        yield made
    finally:  # it has another zygote where a judge process was lost
        for one in (made.zygote if made is not None else zygote, *spares):
            one.close()


def grade_batch(
    lab: Lab,
    found: Sequence[Found],
    *,
    jobs: int,
    seed: int,
    done: Done,
    isolation: Level = "strict",
) -> list[Verdict]:
    """Return one verdict per submission, in the order of `found`; `done` sees each as it comes.

    Raises: WeakIsolation, LabError when the lab can't be used, JudgeError.
    """
    jobs = max(1, min(jobs, len(found)))
    with crew(lab, jobs=jobs, seed=seed, isolation=isolation) as judges:
        return judges.grade(found, done)


@contextmanager
def one_judge(lab: Lab, seed: int, isolation: Level = "process") -> Iterator[Judge]:
    """Give a single judge in this process, with a zygote of its own."""
    with crew(lab, jobs=1, seed=seed, isolation=isolation) as judges:
        yield judges.judges[0]


def _grade(judge: Judge, item: Found) -> Verdict:
    if item.problem:
        return judge.not_found(item.student, item.sources, item.problem)
    return judge.grade(item.student, item.sources)


def _reported(judge: Judge, item: Found, done: Done) -> Verdict:
    verdict = _grade(judge, item)
    done(verdict)
    return verdict


def _take_judge(slots: Any) -> None:
    """Run first in each judge process: take a judge whose zygote client nobody else uses."""
    end_with_parent()
    be_unreadable()
    torch.set_num_threads(1)
    _mine[:] = [_judges[slots.get()]]


def _grade_mine(item: Found) -> Verdict:
    return _grade(_mine[0], item)
