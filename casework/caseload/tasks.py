"""What is to be done about the user's clients, whose it is and by when, and what came of what was done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.caseload.kept import keeps
from casework.caseload.people import Counselor
from casework.checks.tasks import PRESCRIBERS, REVIEWS
from casework.users import User
from casework.vocabulary import ActionKind
from db.queries import tasks as queries
from db.queries.tasks import TaskRow


@dataclass(frozen=True)
class ClientTask:
    """An action of a client's task; open while `done_on` is None, and `overdue` after its day. `what`, `later_reason`
    and `outcome` are what somebody typed; `prescriber` is who answered on `answered_on`."""

    id: int
    client_id: int
    name: str
    kind: ActionKind
    what: str | None
    owner_id: int
    owner: str
    mine: bool
    opened_on: dt.date
    due_on: dt.date
    overdue: bool
    later_reason: str | None
    done_on: dt.date | None
    outcome: str | None
    prescriber: str | None
    answered_on: dt.date | None


@keeps
def open_tasks(session: Session, user: User, today: dt.date) -> tuple[ClientTask, ...]:
    """What is open about the user's clients, the earliest due first. One SELECT."""
    return tuple(_task(row, user, today) for row in queries.open_ones(session, user, today))


@keeps
def tasks_of(session: Session, user: User, today: dt.date, client_id: int) -> tuple[ClientTask, ...]:
    """A client's actions: the open ones by their day, then what was done, the latest first. Raises NotYours."""
    return tuple(_task(row, user, today) for row in queries.of_client(session, user, client_id, today))


@keeps
def owners(session: Session, user: User) -> tuple[Counselor, ...]:
    """Who can have a task in the user's team, by name."""
    return tuple(Counselor(row.id, row.name) for row in queries.owners(session, user))


def asks_prescriber(kind: ActionKind) -> bool:
    """Whether the action is done when a named prescriber has answered."""
    return kind in PRESCRIBERS


def hands_over_a_kit(kind: ActionKind) -> bool:
    """Whether the action is done by recording a naloxone kit."""
    return kind in (ActionKind.RECORD_NALOXONE, ActionKind.REPLACE_NALOXONE)


def asks_outcome(kind: ActionKind) -> bool:
    """Whether the action is done only with what came of it."""
    return kind in PRESCRIBERS or kind in REVIEWS


def _task(row: TaskRow, user: User, today: dt.date) -> ClientTask:
    return ClientTask(
        id=row.id,
        client_id=row.client_id,
        name=row.name,
        kind=row.kind,
        what=row.what,
        owner_id=row.owner_id,
        owner=row.owner,
        mine=row.owner_id == user.id,
        opened_on=row.occurred_on,
        due_on=row.due_on,
        overdue=row.done_on is None and row.due_on < today,
        later_reason=row.later_reason,
        done_on=row.done_on,
        outcome=row.outcome,
        prescriber=row.prescriber,
        answered_on=row.answered_on,
    )
