"""The store: what builds of one output folder remember, in SQLite, and the lock on that folder.

It is a cache. It can be deleted, is never migrated (another version starts anew), and holds
rows for what is there and for nothing else. While a store is open it is locked: a second
build waits, then is told who is at work. The lock is the database's own and dies with the
process that holds it.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from ssg.faults import Fault, Halt

NAME: Final = "cache.sqlite"
HOLDER: Final = "holder"
PATIENCE: Final = 10.0  # seconds, as docs/reference/commands.md promises

_VERSION: Final = 4
_TABLES: Final = """
create table about (name text primary key, value blob) without rowid;
create table files (
    path text primary key, size int, mtime int, seen int, digest text
) without rowid;
create table records (path text primary key, record blob) without rowid;
create table outputs (
    path text primary key, key text, rests text, parts blob, before blob
) without rowid;
"""

_PUT_OUTPUT: Final = """
insert into outputs values (?, ?, '', ?, null)
on conflict (path) do update set
    key = excluded.key, rests = '', before = parts, parts = excluded.parts
"""


class Row(NamedTuple):
    """A file of the site as a scan saw it; times in nanoseconds."""

    size: int
    mtime: int
    seen: int
    digest: str


class Key(NamedTuple):
    """The key of an output, and a checksum of each part of it, for `ssg why`."""

    key: str
    parts: bytes = b""


class Known(NamedTuple):
    """What is known of an output: its key, and what it rests on where that was told."""

    key: str
    rests: str = ""


UNKNOWN: Final = Known("")


class Store:
    """The rows of one store. `save` changes all of them or none."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def about(self, name: str) -> bytes | None:
        query = "select value from about where name = ?"
        row = self._database.execute(query, (name,)).fetchone()
        return row[0] if row else None

    def files(self) -> dict[str, Row]:
        rows = self._database.execute("select path, size, mtime, seen, digest from files")
        return {path: Row(*row) for path, *row in rows}

    def records(self) -> dict[str, bytes]:
        """What was read in files, by path: apart from their rows, of which all are looked at."""
        return dict(self._database.execute("select path, record from records"))

    def outputs(self) -> dict[str, Known]:
        rows = self._database.execute("select path, key, rests from outputs")
        return {path: Known(key, rests) for path, key, rests in rows}

    def parts(self, path: str) -> tuple[bytes | None, bytes | None]:
        """The checksums of an output's parts when it was made last, and the time before."""
        query = "select parts, before from outputs where path = ?"
        row = self._database.execute(query, (path,)).fetchone()
        return row or (None, None)

    def forget_outputs(self, paths: Iterable[str], mark: str) -> None:
        """Drops the keys of outputs whose files are about to change, and a mark on the whole."""
        with self._changing():
            query = "update outputs set key = '' where path = ?"
            self._database.executemany(query, ((path,) for path in paths))
            self._database.execute("delete from about where name = ?", (mark,))

    def remember(self, name: str, value: bytes | None) -> None:
        """Keeps one value by its name; None forgets it."""
        self._database.execute("insert or replace into about values (?, ?)", (name, value))

    def save(
        self,
        about: Mapping[str, bytes | None],
        files: Mapping[str, Row],
        records: Mapping[str, bytes],
        gone_files: Collection[str],
        outputs: Mapping[str, Key],
        rests: Mapping[str, str],
        gone_outputs: Iterable[str],
    ) -> None:
        """Writes rows that are new or changed and deletes those of what is gone.

        What an output rests on is given anew for each that is made: else it is not known.
        """
        run = self._database.executemany
        with self._changing():
            self._delete("outputs", gone_outputs)
            for table in ("files", "records"):
                self._delete(table, gone_files)
            rows = ((path, *row) for path, row in files.items())
            run("insert or replace into files values (?, ?, ?, ?, ?)", rows)
            run("insert or replace into records values (?, ?)", records.items())
            keys = ((path, *key) for path, key in outputs.items())
            run(_PUT_OUTPUT, keys)
            grounds = ((ground, path) for path, ground in rests.items())
            run("update outputs set rests = ? where path = ?", grounds)
            run("insert or replace into about values (?, ?)", about.items())

    def _delete(self, table: str, paths: Iterable[str]) -> None:
        query = f"delete from {table} where path = ?"  # noqa: S608 - a table of ours
        self._database.executemany(query, ((path,) for path in paths))

    @contextmanager
    def _changing(self) -> Iterator[None]:
        self._database.execute("begin")
        try:
            yield
        except BaseException:
            self._database.execute("rollback")
            raise
        self._database.execute("commit")


@contextmanager
def opened(state: Path, patience: float = PATIENCE) -> Iterator[Store]:
    """The store in a state folder, locked. Raises `Halt` when somebody else keeps it."""
    state.mkdir(parents=True, exist_ok=True)
    database = _locked(state, patience)
    with closing(database):
        (state / HOLDER).write_text(_holder(), encoding="utf-8")
        try:
            yield Store(database)
        finally:
            with suppress(OSError):
                (state / HOLDER).unlink()


def _locked(state: Path, patience: float) -> sqlite3.Connection:
    path = state / NAME
    try:
        return _connect(path, patience)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise Halt((_taken(state),)) from None
        raise OSError(None, str(error), str(path)) from None
    except sqlite3.DatabaseError:
        for name in (NAME, f"{NAME}-wal", f"{NAME}-shm"):
            (state / name).unlink(missing_ok=True)
        return _connect(path, patience)


def _connect(path: Path, patience: float) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        # An exclusive lock is kept until the end, and spares the log its shared memory.
        database.execute("pragma locking_mode = exclusive")
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = normal")
        database.execute("begin exclusive")
        if database.execute("pragma user_version").fetchone() != (_VERSION,):
            _start_anew(database)
        database.execute("commit")
    except BaseException:
        database.close()
        raise
    return database


def _start_anew(database: sqlite3.Connection) -> None:
    tables = database.execute("select name from sqlite_master where type = 'table'").fetchall()
    for (table,) in tables:
        database.execute(f'drop table "{table}"')
    for statement in _TABLES.split(";"):
        database.execute(statement)
    database.execute(f"pragma user_version = {_VERSION}")


def _holder() -> str:
    name = " ".join(["ssg", *sys.argv[1:2]])
    return f"{name} (process {os.getpid()}, since {datetime.now().astimezone():%H:%M:%S})"


def _taken(state: Path) -> Fault:
    try:
        holder = (state / HOLDER).read_text(encoding="utf-8")
    except OSError:
        holder = "another build"
    message = f"{holder} is at work on this output folder"
    return Fault("E707", message, None, "wait until it has ended, then build again")
