"""Open a store's SQLite file, and say in one sentence what is wrong with it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from gradekit.errors import JudgeError, UsageError
from gradekit.store.schema import migrate

__all__ = ["FILE", "StoreError", "in_words", "open_database", "transaction"]

FILE = "gradekit.sqlite"
DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
UNWRITABLE = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
FULL = ("SQLITE_FULL", "SQLITE_IOERR")  # without room for its index, it is an I/O error


class StoreError(JudgeError):
    """The store can't be used; what it holds stays as it is."""


@contextlib.contextmanager
def in_words(path: Path | None) -> Iterator[None]:
    """Turn errors of SQLite into one sentence: what happened, and what to do.

    Raises: StoreError.
    """
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        where = path or "the store in memory"
        raise StoreError(f"{where}: {error}; {_advice(name)}") from error


def _advice(name: str) -> str:
    if name.startswith(DAMAGED):
        return (
            "the file is damaged: put a copy of it back, or move it away and grade again; the"
            " reports beside it are as they were"
        )
    if name.startswith(UNWRITABLE):
        return (
            "make the folder writable, or choose another one; what was graded is kept there as"
            " it is"
        )
    if name.startswith(FULL):
        return "make room on the disk and run the same command to go on; what was graded is kept"
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "another program has it open: close that one and run the same command again"
    return "run the same command again; what was graded is kept"


def open_database(path: Path | None) -> sqlite3.Connection:
    """Return a connection to the file, or to one in memory, with the schema of today.

    Raises: StoreError, UsageError when the file is of a newer gradekit.
    """
    with in_words(path):
        connection = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=5.0)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            [state] = connection.execute("PRAGMA quick_check(1)").fetchone()
            if state != "ok":
                raise StoreError(f"{path}: {state}; {_advice('SQLITE_CORRUPT')}")
            migrate(connection)
        except UsageError as error:
            connection.close()
            raise UsageError(f"{path}: {error}") from error
        except BaseException:
            connection.close()
            raise
    return connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all that is written inside, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it
            connection.execute("ROLLBACK")
        raise
