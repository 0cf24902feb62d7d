"""Databases for tests: migrated (or filled) once as a template, then copied, so that each test has its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.postgres import Postgres


class SqliteTemplates:
    """Embedded databases, made once each in `folder` and copied by file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def copy(self, name: str, fill: Callable[[str], None], folder: Path) -> Iterator[str]:
        """The address of a fresh copy, in `folder`, of the template `name`, which `fill(url)` makes at first need."""
        template = self._folder / f"{name}.db"
        if not template.exists():
            draft = template.with_suffix(".draft")
            fill(f"sqlite:///{draft}")
            draft.rename(template)  # closed by now, so its write-ahead log has been folded in
        own = folder / "tideline.db"
        shutil.copyfile(template, own)
        yield f"sqlite:///{own}"


class PostgresTemplates:
    """Databases on one server, made once each and copied by `CREATE DATABASE … TEMPLATE`."""

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self._names: dict[str, str] = {}

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
