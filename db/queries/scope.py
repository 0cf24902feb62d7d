"""Which clients a user may see. Every query on clients starts here; nothing else decides it.

A counselor sees the clients assigned to them; a supervisor those of the team; an administrator none. Members of groups
that a counselor leads are visible through `db.queries.attendance` alone (name, attendance and that group's notes).
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session

from casework.errors import NotYours
from casework.users import User
from casework.vocabulary import Role
from db.models import Assignment, Client
from db.queries.known import Day, known


def on_caseload(day: Day) -> ColumnElement[bool]:
    """The assignment rows that hold on `day`, as known on it."""
    return and_(
        Assignment.starts_on <= day,
        or_(Assignment.ends_on.is_(None), Assignment.ends_on > day),
        known(Assignment, day),
    )


def visible_clients(user: User, day: dt.date) -> Select[int]:
    """Ids of the clients whose whole record the user may see on `day`.

    Going back in time opens no record: whoever looks at a past day (`User.rights_on`) sees those of their present
    clients who were on somebody's caseload by then.
    """
    rights = user.rights_on or day
    assigned = (
        select(Client.id).join(Assignment, Assignment.client_id == Client.id).where(on_caseload(rights))
    )
    admitted = assigned.where(Client.admitted_on <= day)
    if rights != day:
        admitted = admitted.where(Client.id.in_(select(Assignment.client_id).where(on_caseload(day))))
    if user.role is Role.SUPERVISOR:
        return admitted.where(Client.team_id == user.team_id)
    if user.role is Role.COUNSELOR:
        return admitted.where(Assignment.staff_id == user.id)
    return admitted.where(false())


def require_client(session: Session, user: User, client_id: int, day: dt.date) -> Client:
    """The client, or NotYours when there is none among those the user may see."""
    query = select(Client).where(Client.id == client_id, Client.id.in_(visible_clients(user, day)))
    client = session.scalars(query).one_or_none()
    if client is None:
        raise NotYours
    return client


def caseload_mates(client_ids: list[int], day: dt.date) -> Select[int, int]:
    """(client id, counselor id) of everyone on the same caseloads as `client_ids`.

    The rank of a client is the place on the whole caseload of the client's counselor, so that it is the same on every
    page and for every viewer.
    """
    counselors = select(Assignment.staff_id).where(Assignment.client_id.in_(client_ids), on_caseload(day))
    return (
        select(Assignment.client_id, Assignment.staff_id)
        .join(Client, Client.id == Assignment.client_id)
        .where(on_caseload(day), Assignment.staff_id.in_(counselors), Client.admitted_on <= day)
        .order_by(Assignment.client_id)
    )
