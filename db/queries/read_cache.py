"""What a reading session worked out of the state of the database that it sees, kept until that state changes.

Kept with the connection, so that nothing outlives it and no other database can be meant. The database itself says
whether anything was committed since: SQLite's `data_version` of the connection, PostgreSQL's snapshot of its
transaction. Who may see what is never kept: callers decide that first, and put the user's id into the key.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

KEPT: Final = 16
"""Results a connection keeps at most; the one that was not asked for longest goes first."""

T = TypeVar("T")
_PLACE: Final = "tideline_read_cache"
_SQLITE_STATE: Final = text("SELECT query_only, data_version FROM pragma_query_only, pragma_data_version")
_POSTGRESQL_STATE: Final = text(
    "SELECT current_setting('transaction_read_only') = 'on', CAST(pg_current_snapshot() AS text)"
)


@dataclass
class _Kept:
    state: object
    results: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)


def cached(session: Session, key: Hashable, compute: Callable[[], T]) -> T:
    """`compute()`, or what it returned for `key` when the database was as it is now. One SELECT.

    The session has read something already (its snapshot is taken). A session that can write keeps nothing: it sees
    its own changes before the database counts them.
    """
    connection = session.connection()
    state = _state(connection)
    if state is None:
        return compute()
    place = connection.info.get(_PLACE)
    if not isinstance(place, _Kept) or place.state != state:
        place = connection.info[_PLACE] = _Kept(state)
    if key not in place.results:
        place.results[key] = compute()
        while len(place.results) > KEPT:
            place.results.popitem(last=False)
    place.results.move_to_end(key)
    found: T = place.results[key]
    return found


def forget(session: Session) -> None:
    """Keep nothing of what was worked out before: to measure what a page takes after a save."""
    session.connection().info.pop(_PLACE, None)


def _state(connection: Connection) -> object | None:
    """What changes with every commit of somebody else; None when this connection could change the data itself."""
    sqlite = connection.dialect.name == "sqlite"
    cannot_write, state = connection.execute(_SQLITE_STATE if sqlite else _POSTGRESQL_STATE).one()
    return state if cannot_write else None
