"""Acts of a script (`tests.support.script`) about tasks and the clinic's days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from casework.actions import clinic, tasks
from casework.vocabulary import ActionKind
from db.models import TaskAction

if TYPE_CHECKING:
    from tests.support.script import Turn


def _open_task(turn: Turn) -> None:
    tasks.open_task(
        turn.session,
        **turn.common,
        token=turn.token,
        client_id=turn.client_id,
        kind=turn.one_of(ActionKind),
        due_on=turn.day + dt.timedelta(days=2),
        what=f"Task {turn.act.what}.",
    )


def _waiting(turn: Turn) -> dict[str, Any]:
    """An action that waits, as the acts about one take it."""
    row = turn.row(TaskAction, TaskAction.superseded_on.is_(None), TaskAction.done_on.is_(None))
    return turn.common | {
        "token": turn.token,
        "client_id": row.client_id,
        "kind": row.kind,
        "action_id": row.id,
    }


def _put_off(turn: Turn) -> None:
    later = turn.day + dt.timedelta(days=5)
    tasks.put_off(turn.session, **_waiting(turn), due_on=later, reason="She is away.")


def _do_task(turn: Turn) -> None:
    answer: dict[str, Any] = {"outcome": "Agreed.", "prescriber": "Dr. Lee", "answered_on": turn.day}
    tasks.do_task(turn.session, **_waiting(turn), **answer)


def _close_clinic(turn: Turn) -> None:
    closed = turn.day + dt.timedelta(days=1 + turn.act.what % 20)
    clinic.add_closed_day(turn.session, **turn.common, day=closed)


KINDS: Final[dict[str, Callable[[Turn], None]]] = {
    "open_task": _open_task,
    "put_off": _put_off,
    "do_task": _do_task,
    "close_clinic": _close_clinic,
}
