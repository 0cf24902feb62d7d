"""A clinic of thousands: forty of the demo clinic's clients again and again, each time as the caseload of one more
counselor.

The rows are copied inside the database, so that 24,000 clients take a minute or two. What is copied is read off the
models: a new table comes along by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Column,
    Connection,
    Integer,
    String,
    Table,
    bindparam,
    func,
    select,
    text,
)
from sqlalchemy.orm import Session

from casework.vocabulary import Role
from db.models import Assignment, Base, RosterMember, Staff, Team
from tests.support.databases import Database

CASELOAD: Final = 40
TEAM_OF: Final = 125
"""Counselors of one team: with its 5,000 clients the largest that one supervisor is asked to look at."""
STEP: Final = 1_000_000
"""How far the identifiers of two copies are apart."""
_ROOTS: Final = ("client", "session_series")
_LEFT_OUT: Final = ("audit_event",)
_COPIES: Final = "WITH RECURSIVE copy(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < :copies)"


@dataclass(frozen=True)
class LargeClinic:
    """Usernames, all with alice's password: counselors of 40 clients each, and one supervisor a team of 125."""

    counselors: tuple[str, ...]
    supervisors: tuple[str, ...]


def enlarge(database: Database, counselors: int) -> LargeClinic:
    """Add `counselors` with 40 clients each to the demo clinic that `database` holds."""
    with database.writing() as session:
        alice = session.scalars(select(Staff).where(Staff.username == "alice")).one()
        teams = -(-counselors // TEAM_OF)
        first_team = _next_id(session, Team)
        session.add_all(Team(id=first_team + at, name=f"Team {at + 1}") for at in range(teams))
        session.flush()
        first = _next_id(session, Staff)
        names = [f"counselor{number}" for number in range(1, counselors + 1)]
        session.add_all(
            _staff(alice, first + at, name, Role.COUNSELOR, first_team + at // TEAM_OF)
            for at, name in enumerate(names)
        )
        bosses = [f"supervisor{number}" for number in range(1, teams + 1)]
        session.add_all(
            _staff(alice, first + counselors + at, name, Role.SUPERVISOR, first_team + at)
            for at, name in enumerate(bosses)
        )
        session.flush()
        given = {"copies": counselors, "first_staff": first - 1, "first_team": first_team, **_base(session)}
        _copy(session.connection(), given)
    if database.write_engine.dialect.name == "postgresql":
        with database.write_engine.connect() as connection:
            connection.execute(text("ANALYZE"))
    return LargeClinic(tuple(names), tuple(bosses))


def _next_id(session: Session, model: type[Staff | Team]) -> int:
    return int(session.scalar(select(func.max(model.id))) or 0) + 1


def _staff(alice: Staff, id_: int, name: str, role: Role, team_id: int) -> Staff:
    return Staff(
        id=id_,
        username=name,
        name=name.title(),
        role=role,
        team_id=team_id,
        password_hash=alice.password_hash,
        active=True,
        created_at=alice.created_at,
    )


def _base(session: Session) -> dict[str, list[int]]:
    """Whose rows are copied: the first forty clients in care, and the series that they are on the roster of."""
    in_care = select(Assignment.client_id).where(
        Assignment.superseded_on.is_(None), Assignment.ends_on.is_(None)
    )
    clients = session.scalars(in_care.order_by(Assignment.client_id).limit(CASELOAD)).all()
    assert len(clients) == CASELOAD
    on_roster = select(RosterMember.series_id).where(RosterMember.client_id.in_(clients)).distinct()
    return {"clients": list(clients), "series": list(session.scalars(on_roster))}


def _copy(connection: Connection, given: Mapping[str, Any]) -> None:
    copied: set[str] = set()
    for table in Base.metadata.sorted_tables:
        if table.name in _LEFT_OUT or not (table.name in _ROOTS or _points_to(table, copied)):
            continue
        copied.add(table.name)
        columns = {column.name: _copied(column, copied) for column in table.columns}
        statement = text(
            f'INSERT INTO "{table.name}" ({", ".join(map(_quoted, columns))}) {_COPIES} '
            f'SELECT {", ".join(columns.values())} FROM copy, "{table.name}" AS old '
            f"WHERE {' AND '.join(_chosen(table))}"
        )
        names = {name for name in given if f":{name}" in statement.text}
        lists: list[BindParameter[Any]] = [
            bindparam(name, expanding=True) for name in names & {"clients", "series"}
        ]
        connection.execute(statement.bindparams(*lists), {name: given[name] for name in names})


def _points_to(table: Table, copied: set[str]) -> bool:
    return any(key.column.table.name in copied for key in table.foreign_keys)


def _chosen(table: Table) -> Iterator[str]:
    own = {"client": "clients", "session_series": "series"}.get(table.name)
    if own is not None:
        yield f"old.id IN :{own}"
    if "client_id" in table.columns:
        yield "old.client_id IN :clients"
    if "series_id" in table.columns:
        yield "(old.series_id IS NULL OR old.series_id IN :series)"


def _copied(column: Column[Any], copied: set[str]) -> str:
    """The value in copy `n` of what the column holds."""
    old = f"old.{_quoted(column.name)}"
    target = next((key.column.table.name for key in column.foreign_keys), None)
    if target == "staff":
        return f"CASE WHEN {old} IS NULL THEN NULL ELSE :first_staff + n END"
    if target == "team":
        return f":first_team + (n - 1) / {TEAM_OF}"
    points = target in copied or (target is None and column.name.endswith("_id"))
    if isinstance(column.type, Integer) and (column.primary_key or points):
        return f"{old} + n * {STEP}"
    if isinstance(column.type, String) and _is_unique(column):
        return f"{old} || '-' || n"
    return old


def _is_unique(column: Column[Any]) -> bool:
    indexes = (index for index in column.table.indexes if index.unique)
    return bool(column.unique) or any(list(index.columns) == [column] for index in indexes)


def _quoted(name: str) -> str:
    return f'"{name}"'
