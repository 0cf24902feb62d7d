"""Databases for tests: migrated (or filled) once as a template, then copied, so that each test has its own; and one
PostgreSQL database a worker that is emptied for each."""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from casework.users import SYSTEM, Actor
from db import session as db
from db.session import ActingSession
from tests.support.fills import fill_nothing
from tests.support.postgres import Postgres


class Database(db.Database):
    """An opened database whose sessions are the system's unless a test says whose: tests look behind the screens."""

    @contextmanager
    def reading(self, actor: Actor = SYSTEM) -> Iterator[ActingSession]:
        with super().reading(actor) as session:
            yield session

    @contextmanager
    def writing(self, actor: Actor = SYSTEM) -> Iterator[ActingSession]:
        with super().writing(actor) as session:
            yield session


def open_database(url: str | None = None, *, check: bool = True) -> Database:
    """`db.session.open_database` for tests."""
    opened = db.open_database(url, check=check)
    return Database(opened.read_engine, opened.write_engine)


class SqliteTemplates:
    """Embedded databases, made once each in `folder` and copied by file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def copy(self, name: str, fill: Callable[[str], None], folder: Path) -> Iterator[str]:
        """The address of a fresh copy, in `folder`, of the template `name`, which `fill(url)` makes at first need. A
        test may have copies of two templates."""
        own = folder / f"{name}.db"
        shutil.copyfile(self._template(name, fill), own)
        yield f"sqlite:///{own}"

    def put_back(self, name: str, fill: Callable[[str], None], url: str) -> None:
        """Make the embedded database at `url` again as the template is, under whoever has it open."""
        with (
            closing(sqlite3.connect(self._template(name, fill))) as template,
            closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as own,
        ):
            template.backup(own)

    def _template(self, name: str, fill: Callable[[str], None]) -> Path:
        template = self._folder / f"{name}.db"
        with (self._folder / f"{name}.lock").open("w") as lock:  # another worker may be making it
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not template.exists():
                draft = template.with_suffix(".draft")
                fill(f"sqlite:///{draft}")
                draft.rename(template)  # closed by now, so its write-ahead log has been folded in
        return template


class PostgresTemplates:
    """Databases on one server, made once each and copied by `CREATE DATABASE … TEMPLATE`."""

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self._names: dict[str, str] = {}
        self._emptied: str | None = None
        self._version = ""

    def emptied(self) -> str:
        """The address of a database with all tables and no rows. There is one, emptied before each use: making and
        dropping databases took most of the tests' time. One whose version a test has changed is left behind."""
        if self._emptied is None or self._server.version(self._emptied) != self._version:
            fresh = self._server.new_database()
            fill_nothing(self._server.url(fresh))
            self._emptied, self._version = fresh, self._server.version(fresh)
        else:
            self._server.empty(self._emptied)
        return self._server.url(self._emptied)

    @contextmanager
    def copy(self, name: str, fill: Callable[[str], None]) -> Iterator[str]:
        """The address of a fresh copy of the template `name`, which `fill(url)` makes at first need."""
        if name not in self._names:
            draft = self._server.new_database()
            fill(self._server.url(draft))
            self._names[name] = draft
        own = self._server.new_database(self._names[name])
        try:
            yield self._server.url(own)
        finally:
            self._server.drop_database(own)
