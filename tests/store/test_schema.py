"""The schema: old stores are brought up to date, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradekit.errors import JudgeError, UsageError
from gradekit.store.database import FILE, StoreError, open_database, transaction
from gradekit.store.schema import MIGRATIONS, migrate, schema_version
from gradekit.store.store import Store

TOLD = "ALTER TABLE runs ADD COLUMN told TEXT NOT NULL DEFAULT 'no'"


@pytest.fixture
def old() -> Iterator[sqlite3.Connection]:
    """Give a store of the first version with a run in it, made by hand."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(MIGRATIONS[0])
    connection.execute("PRAGMA user_version = 1")
    connection.execute(
        "INSERT INTO runs (lab, lab_version, gradekit, seed, device, fingerprint, options, started)"
        " VALUES ('gru', '1', '0.1.0', 7, 'cpu', 'f', '{}', 'then')"
    )
    yield connection
    connection.close()


def test_an_old_store_is_brought_up_to_date(old: sqlite3.Connection) -> None:
    """What it holds stays, and each script runs once."""
    migrate(old, (*MIGRATIONS[:1], TOLD))
    assert schema_version(old) == 2
    assert old.execute("SELECT lab, seed, told FROM runs").fetchall() == [("gru", 7, "no")]
    migrate(old, (*MIGRATIONS[:1], TOLD))
    assert schema_version(old) == 2


def test_a_script_that_fails_changes_nothing(old: sqlite3.Connection) -> None:
    """The version and the tables are those of before, and a mended script runs."""
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrate(old, (*MIGRATIONS[:1], f"{TOLD}; DROP TABLE nowhere"))
    assert schema_version(old) == 1
    assert "told" not in [row[1] for row in old.execute("PRAGMA table_info(runs)")]
    migrate(old, (*MIGRATIONS[:1], TOLD))
    assert schema_version(old) == 2


def test_an_old_file_is_migrated_when_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that was closed under one gradekit opens under the next."""
    open_database(tmp_path / FILE).close()
    monkeypatch.setattr("gradekit.store.schema.MIGRATIONS", (*MIGRATIONS, TOLD))
    connection = open_database(tmp_path / FILE)
    assert schema_version(connection) == len(MIGRATIONS) + 1
    connection.close()


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    """Its gradekit is asked for, and the file is left alone."""
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(UsageError, match=r"gradekit.sqlite: the store has schema 99.*newer"):
        Store(tmp_path)


def test_a_store_survives_power_cuts_by_its_settings(tmp_path: Path) -> None:
    """Write-ahead log, and a commit waits for the disk."""
    connection = open_database(tmp_path / FILE)
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    connection.close()
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_transaction_is_whole_or_not_at_all(tmp_path: Path) -> None:
    """What fails in the middle leaves no row."""
    connection = open_database(tmp_path / FILE)
    insert = "INSERT INTO overrides (student, author, reason, at) VALUES ('a', 'b', 'c', 'd')"

    def stopped() -> None:
        with transaction(connection):
            connection.execute(insert)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert connection.execute("SELECT count(*) FROM overrides").fetchone()[0] == 0
    connection.close()


@pytest.mark.parametrize(
    "content", [b"this is no database" * 100, b"SQLite format 3\0" + b"x" * 99]
)
def test_a_broken_file_is_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    """It is our kind of fault, says what to do, and the file stays as it was."""
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(StoreError, match=r"gradekit.sqlite: .*damaged.*move it away") as caught:
        Store(tmp_path)
    assert isinstance(caught.value, JudgeError)
    assert "\n" not in str(caught.value)
    assert (tmp_path / FILE).read_bytes() == content


def test_damage_inside_is_found_when_it_is_opened(tmp_path: Path) -> None:
    """A page that was overwritten is told before anything is graded on it."""
    open_database(tmp_path / FILE).close()
    content = bytearray((tmp_path / FILE).read_bytes())
    content[4096:8192] = b"\xff" * 4096
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        Store(tmp_path)
