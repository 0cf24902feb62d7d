"""A clinic of many: every row about one client again for many clients on caseloads of their own, written straight into
the tables. For what grows with the clinic, not for what the rows mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Table, select, text
from sqlalchemy.orm import Session

from casework.actions import bulk
from casework.vocabulary import Band, Likelihood, Role
from db.models import Base, Client, Forecast, RosterMember, SeriesVersion, SessionSeries, Staff
from tests.support.clinic import NOW, TODAY
from tests.support.databases import Database

CASELOAD: Final = 40
Row = dict[str, Any]
_NOT_COPIED: Final = frozenset({"audit_event", "forecast", "roster_member"})
"""Tables with a client that are not read for a page, or are written anew here."""
_FIRST: Final = ("check_in", "task")
"""Tables to whose rows others point."""


def multiply(database: Database, client_id: int, *, clients: int, team_id: int) -> None:
    """Add `clients` clients of that team, `CASELOAD` to a counselor, each with the rows of `client_id`, and a weekly
    group for every counselor."""
    with database.writing() as session:
        staff = _staff(session, 1 + (clients - 1) // CASELOAD, team_id)
        added = _clients(session, clients, team_id)
        whose = {id_: staff[number // CASELOAD] for number, id_ in enumerate(added)}
        series = _series(session, whose, team_id)
        pointed: dict[str, dict[int, dict[int, int]]] = {}
        for table in _tables():
            pointed[table.name] = _copies(session, table, client_id, whose, series, pointed)
        _forecasts(session, whose)
    if database.write_engine.dialect.name == "postgresql":
        with database.write_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _tables() -> Iterator[Table]:
    named = {one.name: one for one in Base.metadata.sorted_tables if "client_id" in one.c}
    yield from (named.pop(name) for name in _FIRST)
    yield from (one for name, one in named.items() if name not in _NOT_COPIED)


def _staff(session: Session, count: int, team_id: int) -> list[int]:
    row = {"role": Role.COUNSELOR, "team_id": team_id, "active": True, "created_at": NOW}
    return bulk.add_returning_ids(
        session, Staff, [row | {"username": f"many{n}", "name": f"Many {n}"} for n in range(count)]
    )


def _clients(session: Session, count: int, team_id: int) -> list[int]:
    row = {"team_id": team_id, "admitted_on": dt.date(2025, 9, 1), "created_at": NOW}
    return bulk.add_returning_ids(session, Client, [row | {"handle": f"many-{n}"} for n in range(count)])


def _series(session: Session, whose: Mapping[int, int], team_id: int) -> dict[int, int]:
    """A group for each counselor, with all their clients, by the counselor's id."""
    staff = list(dict.fromkeys(whose.values()))
    first_on = TODAY - dt.timedelta(weeks=8)
    row = {"kind": "group", "team_id": team_id, "first_on": first_on, "weekly": True}
    ids = bulk.add_returning_ids(
        session, SessionSeries, [row | {"entry_token": f"many-series-{id_}"} for id_ in staff]
    )
    known = bulk.version(by_id=staff[0], known_on=first_on, recorded_at=NOW)
    series = dict(zip(staff, ids, strict=True))
    held = known | {"title": "Many", "starts_at": dt.time(10), "minutes": 60}
    bulk.add(session, SeriesVersion, [held | {"series_id": series[id_], "leader_id": id_} for id_ in staff])
    member = known | {"starts_on": first_on}
    bulk.add(
        session,
        RosterMember,
        [member | {"client_id": id_, "series_id": series[by]} for id_, by in whose.items()],
    )
    return series


def _copies(
    session: Session,
    table: Table,
    client_id: int,
    whose: Mapping[int, int],
    series: Mapping[int, int],
    pointed: Mapping[str, Mapping[int, Mapping[int, int]]],
) -> dict[int, dict[int, int]]:
    """Copy the rows of the table; returns, by the id of the copied row and by client, the id of the copy."""
    new: dict[int, dict[int, int]] = {}
    for row in session.execute(select(table).where(table.c.client_id == client_id)).mappings().all():
        copies = [_copy(dict(row), table, id_, by, series, pointed) for id_, by in whose.items()]
        ids = bulk.add_returning_ids(session, _MODELS[table.name], copies)
        new[row["id"]] = dict(zip(whose, ids, strict=True))
    return new


_MODELS: Final[dict[str, Any]] = {
    mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers
}


def _copy(
    row: Mapping[str, Any],
    table: Table,
    client_id: int,
    by: int,
    series: Mapping[int, int],
    pointed: Mapping[str, Mapping[int, Mapping[int, int]]],
) -> Row:
    changed: Row = {"client_id": client_id, "supersedes_id": None, "roll_call_id": None}
    changed |= {
        "entry_token": f"many-{table.name}-{row['id']}-{client_id}",
        "record_number": f"M-{client_id}",
    }
    changed |= {"name": f"Many {client_id}", "staff_id": by, "owner_id": by, "fact_id": 10**6 + client_id}
    if row.get("series_id") is not None:
        changed["series_id"] = series[by]
    for name, of in (("check_in_id", "check_in"), ("task_id", "task")):
        if name in row:
            changed[name] = pointed[of][row[name]][client_id]
    return {name: changed.get(name, value) for name, value in row.items() if name != "id"}


def _forecasts(session: Session, whose: Mapping[int, int]) -> None:
    row = {
        "made_at": NOW,
        "made_on": TODAY,
        "week_of": TODAY - dt.timedelta(days=TODAY.weekday()),
        "by_turn": True,
        "says_dropout": Likelihood.EVEN,
        "says_use": Likelihood.EVEN,
        "engine_dropout": None,
        "engine_use": None,
        "engine_band": Band.LOW,
    }
    bulk.add(
        session,
        Forecast,
        [row | {"client_id": id_, "by_id": by, "entry_token": f"many-{id_}"} for id_, by in whose.items()],
    )
