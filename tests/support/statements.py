"""Counting the SQL statements that reach the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from db.session import Database


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The texts of all statements that `database` runs inside the block, in order, without BEGIN."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        if not statement.startswith("BEGIN"):  # the SQLite engines say it themselves
            seen.append(statement)

    engines = {id(engine): engine for engine in (database.read_engine, database.write_engine)}.values()
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
