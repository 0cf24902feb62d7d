"""Reading dated facts about a client with their versions: one way for all of them, whatever the fact.

A row class names the model that it reads (`fact`) and, as its fields, the columns that it shows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from casework.users import User
from db.models import ClientVersion, Fact, SeriesVersion, Staff
from db.queries.known import client_now, known, series_now
from db.queries.scope import require_client


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of an entry; `late` when the clinic came to know of it after its day. See `db.models.Fact`.

    `superseded_on` is None while no correction was known on the day that was asked about. A row with a field `name`
    has the client's present name, one with `title` that of the series it belongs to, one with `owner` the name of whose
    task it is.
    """

    fact: ClassVar[type[Any]]
    """The model that is read."""
    planned: ClassVar[bool] = False
    """True for entries that may lie ahead of the day that is asked about, and are shown then."""

    id: int
    client_id: int
    occurred_on: dt.date
    recorded_at: dt.datetime
    recorded_by: str
    late: bool
    supersedes_id: int | None
    superseded_on: dt.date | None
    correction_reason: str | None


RowT = TypeVar("RowT", bound=Version)
_OWNER = aliased(Staff)


def history(
    row: type[RowT],
    session: Session,
    user: User,
    client_id: int,
    day: dt.date,
    *,
    since: dt.date | None = None,
    superseded_too: bool = False,
) -> tuple[RowT, ...]:
    """One client's entries as known on `day`, the latest first; `superseded_too`: with the versions before corrections.

    `since` leaves out those of earlier days. Raises NotYours.
    """
    require_client(session, user, client_id, day)
    fact = row.fact
    where = [fact.client_id == client_id, fact.known_on <= day if superseded_too else known(fact, day)]
    if not row.planned:
        where.append(fact.occurred_on <= day)
    if since is not None:
        where.append(fact.occurred_on >= since)
    return read(row, session, day, *where)


def read(
    row: type[RowT],
    session: Session,
    day: dt.date,
    *where: ColumnElement[bool],
    order_by: tuple[Any, ...] = (),
    limit: int | None = None,
) -> tuple[RowT, ...]:
    """The rows for which all of `where` is true, as known on `day`, the latest first unless `order_by` says otherwise.

    The caller has made sure that the user may see them.
    """
    fact, shown = row.fact, {one.name for one in fields(row)}
    query = select(fact, Staff.name.label("recorded_by")).join(Staff, Staff.id == fact.recorded_by_id)
    if "name" in shown:
        query = query.add_columns(ClientVersion.name.label("name")).join(
            ClientVersion, client_now(fact.client_id)
        )
    if "title" in shown:
        query = query.add_columns(SeriesVersion.title.label("title")).outerjoin(
            SeriesVersion, series_now(fact.series_id)
        )
    if "owner" in shown:
        query = query.add_columns(_OWNER.name.label("owner")).join(_OWNER, _OWNER.id == fact.owner_id)
    latest_first = (fact.occurred_on.desc(), fact.occurred_at.desc(), fact.id.desc())
    found = session.execute(query.where(*where).order_by(*(order_by or latest_first)).limit(limit))
    return tuple(_row(row, one[0], day, one._asdict()) for one in found)


def _row(row: type[RowT], fact: Fact, day: dt.date, joined: dict[str, Any]) -> RowT:
    """The row of a fact as known on `day`: each field is the fact's column of that name unless it was joined."""
    replaced = fact.superseded_on if fact.superseded_on is not None and fact.superseded_on <= day else None
    given = joined | {"superseded_on": replaced}
    names = (one.name for one in fields(row))
    return row(**{name: given[name] if name in given else getattr(fact, name) for name in names})
