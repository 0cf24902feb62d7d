"""What stands in the database of a served dashboard."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.support.server import Served


def everything_written(clinic: Served, word: str) -> list[str]:
    """Each column of the database in which the word stands."""
    with closing(sqlite3.connect(clinic.database_url.removeprefix("sqlite:///"))) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = [
            (table, column[1])
            for table in tables
            for column in database.execute(f"PRAGMA table_info({table})")
        ]
        return [
            f"{table}.{column}"
            for table, column in columns
            if database.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" LIKE ?', (f"%{word}%",)).fetchone()
        ]
