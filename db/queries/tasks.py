"""Tasks: what is to be done about the user's clients, whose it is, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from casework.errors import NotYours
from casework.users import User
from casework.vocabulary import ActionKind, Role
from db.models import Staff, Task, TaskAction
from db.queries.clients import StaffRow
from db.queries.known import known
from db.queries.scope import require_client, visible_clients
from db.queries.versions import Version, read


@dataclass(frozen=True, kw_only=True)
class TaskRow(Version):
    """An action of a client's task, open while `done_on` is None; `name` is the client's, `owner` whose it is."""

    fact = TaskAction

    name: str
    task_id: int
    kind: ActionKind
    what: str | None
    owner_id: int
    owner: str
    due_on: dt.date
    later_reason: str | None
    done_on: dt.date | None
    outcome: str | None
    prescriber: str | None
    answered_on: dt.date | None


def open_ones(session: Session, user: User, day: dt.date) -> tuple[TaskRow, ...]:
    """What is open about the user's clients, as known on `day`, the earliest due first. One SELECT."""
    return read(
        TaskRow,
        session,
        day,
        TaskAction.client_id.in_(visible_clients(user, day)),
        known(TaskAction, day),
        TaskAction.done_on.is_(None),
        order_by=(TaskAction.due_on, TaskAction.client_id, TaskAction.id),
    )


def of_client(session: Session, user: User, client_id: int, day: dt.date) -> tuple[TaskRow, ...]:
    """All of a client's actions, open and done, as known on `day`: the open ones by their day, then what was done, the
    latest first. Raises NotYours."""
    require_client(session, user, client_id, day)
    rows = read(TaskRow, session, day, TaskAction.client_id == client_id, known(TaskAction, day))
    waiting = sorted((row for row in rows if row.done_on is None), key=lambda row: (row.due_on, row.id))
    done = sorted((row for row in rows if row.done_on is not None), key=_done, reverse=True)
    return (*waiting, *done)


def _done(row: TaskRow) -> tuple[dt.date, int]:
    return row.done_on or row.occurred_on, row.id


def open_actions(session: Session, client_id: int, kinds: Collection[ActionKind]) -> list[TaskAction]:
    """The open actions of these kinds about a client whom the caller has checked, in the order of `kinds`."""
    found = session.scalars(
        select(TaskAction).where(
            TaskAction.client_id == client_id,
            TaskAction.kind.in_(kinds),
            TaskAction.superseded_on.is_(None),
            TaskAction.done_on.is_(None),
        )
    )
    order = list(kinds)
    return sorted(found, key=lambda one: order.index(one.kind))


def open_action(session: Session, client_id: int, kind: ActionKind) -> TaskAction | None:
    """The open action of this kind about a client whom the caller has checked."""
    return next(iter(open_actions(session, client_id, [kind])), None)


def require_action(session: Session, client_id: int, action_id: int) -> TaskAction:
    """The version of an action of this client, whom the caller has checked, or NotYours."""
    row = session.get(TaskAction, action_id)
    if row is None or row.client_id != client_id:
        raise NotYours
    return row


def open_task(session: Session, client_id: int) -> Task | None:
    """The open task of a client whom the caller has checked."""
    return session.scalar(select(Task).where(Task.client_id == client_id, Task.closed_on.is_(None)))


def waits(session: Session, task_id: int) -> bool:
    """Whether an action of the task is open."""
    waiting = select(TaskAction.id).where(
        TaskAction.task_id == task_id, TaskAction.superseded_on.is_(None), TaskAction.done_on.is_(None)
    )
    return session.scalar(waiting.limit(1)) is not None


_OWNS = and_(Staff.active.is_(True), or_(Staff.role == Role.COUNSELOR, Staff.role == Role.SUPERVISOR))


def owners(session: Session, user: User) -> tuple[StaffRow, ...]:
    """Who can have a task in the user's team: its counselors and supervisors who work here, by name."""
    rows = session.execute(
        select(Staff.id, Staff.name)
        .where(_OWNS, Staff.team_id == user.team_id)
        .order_by(Staff.name, Staff.id)
    )
    return tuple(StaffRow(*row) for row in rows)


def can_own(session: Session, team_id: int, staff_id: int) -> bool:
    """Whether somebody can have a task about a client of that team."""
    return (
        session.scalar(select(Staff.id).where(Staff.id == staff_id, Staff.team_id == team_id, _OWNS))
        is not None
    )
