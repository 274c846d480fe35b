"""Grade a batch with processes on this machine."""

from __future__ import annotations

import inspect
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

import torch

from gradekit.errors import JudgeError
from gradekit.judge.grade import Judge
from gradekit.judge.processes import ZygoteProcess
from gradekit.judge.verdict import Verdict
from gradekit.lab import Lab
from gradekit.submissions.found import Found

__all__ = ["default_jobs", "grade_batch", "one_judge"]

Done = Callable[[Verdict], None]

# What a forked judge process finds here; set before the fork, so that nothing is pickled.
_judges: list[Judge] = []
_mine: list[Judge] = []


def default_jobs() -> int:
    """Return how many judges this machine runs well: one per core that we may use."""
    return max(1, len(os.sched_getaffinity(0)))


def grade_batch(
    lab: Lab, found: Sequence[Found], *, jobs: int, seed: int, done: Done
) -> list[Verdict]:
    """Return one verdict per submission, in the order of `found`; `done` sees each as it comes.

    Raises: LabError when the lab can't be used, JudgeError when nothing can be graded.
    """
    jobs = max(1, min(jobs, len(found)))
    with _zygote(lab, jobs) as zygote:
        judges = [Judge(lab, client, seed) for client in zygote.clients]
        for client in zygote.clients:
            client.wait_ready()
        judges[0].prepare()
        for judge in judges[1:]:
            judge.books, judge.metrics = judges[0].books, judges[0].metrics
        if jobs == 1:
            return [_reported(judges[0], item, done) for item in found]
        return _in_processes(judges, found, done)


@contextmanager
def one_judge(lab: Lab, seed: int) -> Iterator[Judge]:
    """Give a single judge in this process, with a zygote of its own."""
    with _zygote(lab, 1) as zygote:
        zygote.clients[0].wait_ready()
        judge = Judge(lab, zygote.clients[0], seed)
        judge.prepare()
        yield judge


@contextmanager
def _zygote(lab: Lab, jobs: int) -> Iterator[ZygoteProcess]:
    torch.set_num_threads(1)
    zygote = ZygoteProcess(jobs, _drive_modules(lab), _secret_modules(lab))
    try:
        yield zygote
    finally:
        zygote.close()


def _drive_modules(lab: Lab) -> list[str]:
    functions: list[Any] = [part.drive for part in lab.parts]
    functions += [part.build for part in lab.parts if part.build]
    functions += [type(case) for part in lab.parts for case in part.examples]
    functions += [metric.drive for metric in lab.metrics]
    return sorted({function.__module__ for function in functions})


def _secret_modules(lab: Lab) -> list[str]:
    """Return the modules that no process with student code may hold."""
    things: list[Any] = [part.reference for part in lab.parts]
    things += [form for part in lab.parts for m in part.mistakes for form in m.forms]
    things += [prop.check for part in lab.parts for prop in part.properties]
    things += [metric.data for metric in lab.metrics]
    return sorted({module.__name__ for thing in things if (module := inspect.getmodule(thing))})


def _grade(judge: Judge, item: Found) -> Verdict:
    if item.problem:
        return judge.not_found(item.student, item.sources, item.problem)
    return judge.grade(item.student, item.sources)


def _reported(judge: Judge, item: Found, done: Done) -> Verdict:
    verdict = _grade(judge, item)
    done(verdict)
    return verdict


def _in_processes(judges: list[Judge], found: Sequence[Found], done: Done) -> list[Verdict]:
    context = multiprocessing.get_context("fork")
    slots = context.SimpleQueue()
    for slot in range(len(judges)):
        slots.put(slot)
    _judges[:] = judges
    try:
        with ProcessPoolExecutor(len(judges), context, _take_judge, (slots,)) as pool:
            futures: dict[Future[Verdict], int] = {
                pool.submit(_grade_mine, item): place for place, item in enumerate(found)
            }
            verdicts: dict[int, Verdict] = {}
            try:
                for future in as_completed(futures):
                    place = futures[future]
                    verdicts[place] = _result(future, judges[0], found[place])
                    done(verdicts[place])
            except BaseException:  # Ctrl-C: don't wait for what runs
                for process in list((pool._processes or {}).values()):
                    process.kill()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    finally:
        _judges.clear()
    return [verdicts[place] for place in range(len(found))]


def _take_judge(slots: Any) -> None:
    """Run first in each judge process: take a judge whose zygote client nobody else uses."""
    torch.set_num_threads(1)
    _mine[:] = [_judges[slots.get()]]


def _grade_mine(item: Found) -> Verdict:
    return _grade(_mine[0], item)


def _result(future: Future[Verdict], judge: Judge, item: Found) -> Verdict:
    try:
        return future.result()
    except BrokenProcessPool:
        return judge.void(item.student, "a judge process ended; grade this submission again")
    except JudgeError as error:
        return judge.void(item.student, str(error))
