"""The schema, as a list of scripts: number N brings a store from version N to N + 1."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from gradekit.errors import UsageError

__all__ = ["MIGRATIONS", "migrate"]

FIRST = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    lab TEXT NOT NULL,
    lab_version TEXT NOT NULL,
    gradekit TEXT NOT NULL,
    seed INTEGER NOT NULL,
    device TEXT NOT NULL,
    fingerprint TEXT NOT NULL,   -- sha256 over the lab's code
    options TEXT NOT NULL,       -- JSON
    started TEXT NOT NULL,       -- all times: ISO 8601, UTC
    ended TEXT NOT NULL DEFAULT ''
);
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY,
    student TEXT NOT NULL,
    number INTEGER NOT NULL,
    digest TEXT NOT NULL,
    place TEXT NOT NULL,
    sources TEXT NOT NULL,       -- JSON: file name -> text
    problem TEXT NOT NULL,
    handed_in TEXT NOT NULL,     -- '' where it is not known
    first_seen TEXT NOT NULL,
    UNIQUE (student, digest),
    UNIQUE (student, number)
);
CREATE TABLE sightings (         -- the last one of a student tells what lies there now
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs,
    attempt INTEGER NOT NULL REFERENCES attempts
);
CREATE TABLE verdicts (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs,
    attempt INTEGER NOT NULL REFERENCES attempts,
    at TEXT NOT NULL,
    status TEXT NOT NULL,
    score REAL NOT NULL,
    seconds REAL NOT NULL,
    isolation TEXT NOT NULL,
    verdict TEXT NOT NULL        -- JSON
);
CREATE TABLE overrides (
    id INTEGER PRIMARY KEY,
    student TEXT NOT NULL,
    score REAL,                  -- NULL: withdrawn
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE TABLE results (           -- what a finished run reported
    run INTEGER NOT NULL REFERENCES runs,
    student TEXT NOT NULL,
    verdict INTEGER NOT NULL REFERENCES verdicts,
    override INTEGER REFERENCES overrides,
    PRIMARY KEY (run, student)
);
CREATE INDEX verdicts_of_attempt ON verdicts (attempt);
CREATE TRIGGER verdicts_stay BEFORE UPDATE ON verdicts
    BEGIN SELECT RAISE(ABORT, 'verdicts are kept as they were made'); END;
CREATE TRIGGER verdicts_are_kept BEFORE DELETE ON verdicts
    BEGIN SELECT RAISE(ABORT, 'verdicts are kept as they were made'); END;
CREATE TRIGGER overrides_stay BEFORE UPDATE ON overrides
    BEGIN SELECT RAISE(ABORT, 'overrides are withdrawn, not changed'); END;
CREATE TRIGGER overrides_are_kept BEFORE DELETE ON overrides
    BEGIN SELECT RAISE(ABORT, 'overrides are withdrawn, not deleted'); END;
"""

MIGRATIONS = (FIRST,)


def migrate(connection: sqlite3.Connection, scripts: Sequence[str] | None = None) -> None:
    """Bring a store's schema up to date, each step whole or not at all.

    Raises: UsageError when it is newer than this gradekit, sqlite3.Error.
    """
    scripts = MIGRATIONS if scripts is None else scripts
    version = schema_version(connection)
    if version > len(scripts):
        raise UsageError(
            f"the store has schema {version}, this gradekit knows up to {len(scripts)}:"
            " use the newer gradekit that wrote it, or another folder"
        )
    for number in range(version, len(scripts)):
        try:
            connection.executescript(
                f"BEGIN IMMEDIATE;{scripts[number]};PRAGMA user_version={number + 1};COMMIT;"
            )
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def schema_version(connection: sqlite3.Connection) -> int:
    """Return how many of the scripts a store has seen."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
