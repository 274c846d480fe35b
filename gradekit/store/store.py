"""The store: rows in, rows out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection, Row
from types import TracebackType
from typing import Any, Self

import msgspec

from gradekit.errors import UsageError
from gradekit.judge.verdict import Verdict
from gradekit.store.database import FILE, StoreError, in_words, open_database, transaction
from gradekit.store.keys import digest
from gradekit.store.records import Attempt, Judged, Key, Options, Override, Run, Standing
from gradekit.submissions.found import Found

__all__ = ["Store", "now"]

LAST_SIGHTING = "SELECT max(id) FROM sightings WHERE attempt = attempts.id"


def now() -> str:
    """Return the time as the store writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Store:
    """A batch's memory: in a folder, or in this process alone."""

    def __init__(self, folder: Path | None = None, clock: Callable[[], str] = now) -> None:
        """Open the store, made where there is none.

        Raises: StoreError, UsageError when a newer gradekit wrote it.
        """
        self.path = folder / FILE if folder is not None else None
        self.clock = clock
        self.connection: Connection = open_database(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.connection.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with in_words(self.path), transaction(self.connection):
            yield

    def _rows(self, query: str, *values: object) -> list[Row]:
        with in_words(self.path):
            return self.connection.execute(query, values).fetchall()

    def _insert(self, table: str, **values: object) -> int:
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        query = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  # names of ours
        return self.connection.execute(query, tuple(values.values())).lastrowid or 0

    # -- runs

    def begin(self, key: Key, fingerprint: str, options: Options) -> Run:
        """Return the run to write under: the last one where it was not finished, or a new one.

        Raises: UsageError when the store is another lab's.
        """
        last = self.last_run()
        if last is not None and last.key.lab != key.lab:
            raise UsageError(
                f"{self.path} holds results of {last.key.lab}, not of {key.lab}; choose another"
                " folder"
            )
        asked = (key, fingerprint, options.regrade)
        if last and not last.ended and (last.key, last.fingerprint, last.options.regrade) == asked:
            with self._writing():
                self.connection.execute(
                    "UPDATE runs SET options = ? WHERE id = ?", (_json(asdict(options)), last.id)
                )
            return Run(last.id, key, fingerprint, options, last.started)
        started = self.clock()
        with self._writing():
            number = self._insert(
                "runs",
                **asdict(key),
                fingerprint=fingerprint,
                options=_json(asdict(options)),
                started=started,
            )
        return Run(number, key, fingerprint, options, started)

    def runs(self) -> list[Run]:
        """Return all runs, the first one first."""
        return [_run(row) for row in self._rows("SELECT * FROM runs ORDER BY id")]

    def last_run(self) -> Run | None:
        """Return the run that was begun last."""
        return next(iter(reversed(self.runs())), None)

    def last_finished(self) -> Run | None:
        """Return the last run that came to its end."""
        return next((run for run in reversed(self.runs()) if run.ended), None)

    def finish(self, run: Run, standings: Iterable[Standing]) -> None:
        """Keep what a run reported, and its end."""
        with self._writing():
            for one in standings:
                self._insert(
                    "results",
                    run=run.id,
                    student=one.attempt.student,
                    verdict=one.judged.id,
                    override=one.override.id if one.override else None,
                )
            self.connection.execute(
                "UPDATE runs SET ended = ? WHERE id = ?", (self.clock(), run.id)
            )

    # -- attempts

    def see(self, run: Run, found: Iterable[Found]) -> None:
        """Take in what lies there now; what was not seen before is another attempt."""
        with self._writing():
            for item in found:
                self._see(run, item)

    def _see(self, run: Run, item: Found) -> None:
        student, digested = clean(item.student), digest(item)
        known = "SELECT id FROM attempts WHERE student = ? AND digest = ?"
        row = self.connection.execute(known, (student, digested)).fetchone()
        attempt = row["id"] if row else self._add_attempt(student, digested, item)
        latest = (
            "SELECT run, attempt FROM sightings JOIN attempts ON attempts.id = attempt"
            " WHERE student = ? ORDER BY sightings.id DESC LIMIT 1"
        )
        seen = self.connection.execute(latest, (student,)).fetchone()
        if seen is None or tuple(seen) != (run.id, attempt):
            self._insert("sightings", run=run.id, attempt=attempt)

    def _add_attempt(self, student: str, digested: str, item: Found) -> int:
        count = "SELECT count(*) FROM attempts WHERE student = ?"
        handed_in = item.handed_in
        return self._insert(
            "attempts",
            student=student,
            number=self.connection.execute(count, (student,)).fetchone()[0] + 1,
            digest=digested,
            place=clean(item.place),
            sources=_json(dict(item.sources)),
            problem=clean(item.problem),
            handed_in=_time(handed_in) if handed_in is not None else "",
            first_seen=self.clock(),
        )

    def attempts(self) -> list[Attempt]:
        """Return all attempts; of one student, the one that was seen last comes last."""
        order = f"student, ({LAST_SIGHTING})"
        return [
            _attempt(row)
            for row in self._rows(f"SELECT * FROM attempts ORDER BY {order}")  # noqa: S608
        ]

    def seen_in(self, run: Run) -> set[str]:
        """Return the students whose submissions lay there in a run."""
        query = (
            "SELECT DISTINCT student FROM sightings JOIN attempts ON attempts.id = attempt"
            " WHERE run = ?"
        )
        return {row["student"] for row in self._rows(query, run.id)}

    # -- verdicts

    def add(self, run: Run, attempt: Attempt, verdict: Verdict, isolation: str) -> None:
        """Keep one verdict, at once and for good."""
        text = _json(msgspec.to_builtins(verdict))
        with self._writing():
            self._insert(
                "verdicts",
                run=run.id,
                attempt=attempt.id,
                at=self.clock(),
                status=verdict.status,
                score=verdict.score,
                seconds=verdict.seconds,
                isolation=isolation,
                verdict=text,
            )

    def judged(self) -> list[Judged]:
        """Return all verdicts, the first one first.

        Raises: StoreError when one was written in a form that this gradekit does not know.
        """
        runs = {run.id: run for run in self.runs()}
        query = (
            "SELECT verdicts.*, student FROM verdicts JOIN attempts ON attempts.id = attempt"
            " ORDER BY verdicts.id"
        )
        try:
            return [_judged(row, runs) for row in self._rows(query)]
        except ValueError as error:  # what JSON and msgspec raise is one
            raise StoreError(
                f"{self.path}: a verdict in it can't be read ({error}); use the gradekit that"
                " wrote it, or grade into another folder; what was graded is kept"
            ) from error

    # -- overrides

    def override(self, student: str, score: float | None, author: str, reason: str) -> Override:
        """Set a student's score, or withdraw what was set."""
        at, author, reason = self.clock(), clean(author), clean(reason)
        with self._writing():
            number = self._insert(
                "overrides", student=student, score=score, author=author, reason=reason, at=at
            )
        return Override(number, student, score, author, reason, at)

    def overrides(self) -> list[Override]:
        """Return all overrides and withdrawals, the first one first."""
        return [Override(**dict(row)) for row in self._rows("SELECT * FROM overrides ORDER BY id")]

    def results(self, run: Run) -> list[Standing]:
        """Return what a finished run reported, as it was then."""
        attempts = {attempt.id: attempt for attempt in self.attempts()}
        judged = {one.id: one for one in self.judged()}
        overrides = {one.id: one for one in self.overrides()}
        return [
            Standing(
                attempts[judged[row["verdict"]].attempt],
                0,
                judged[row["verdict"]],
                overrides.get(row["override"]),
            )
            for row in self._rows("SELECT * FROM results WHERE run = ? ORDER BY student", run.id)
        ]


def clean(text: str) -> str:
    """Return text that UTF-8 can hold; a name on Linux may be any bytes."""
    return text.encode("utf-8", "backslashreplace").decode()


def _json(data: Any) -> str:
    return json.dumps(data)  # in ASCII: lone surrogates come back as they were


def _time(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return ""  # a file may claim any time


def _run(row: Row) -> Run:
    key = Key(*(row[name] for name in ("lab", "lab_version", "gradekit", "seed", "device")))
    options = Options(**json.loads(row["options"]))
    return Run(row["id"], key, row["fingerprint"], options, row["started"], row["ended"])


def _attempt(row: Row) -> Attempt:
    return Attempt(**(dict(row) | {"sources": json.loads(row["sources"])}))


def _judged(row: Row, runs: dict[int, Run]) -> Judged:
    data = json.loads(row["verdict"]) | {"student": row["student"]}
    verdict = msgspec.convert(data, Verdict)
    return Judged(row["id"], runs[row["run"]], row["attempt"], row["at"], row["isolation"], verdict)
