"""What is to be done about a client: opening it, putting it off, and saying what came of it.

A client has one open task, which gathers the actions that come: another action is added to it, and one of a kind that
waits already is the same action. The last action that is done closes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from casework.actions.answered import answer
from casework.actions.conflicts import changed_meanwhile
from casework.actions.entry import Act, add_fact, begin, check_token, flush, refuse_second_save
from casework.caseload.standing import known_caseload
from casework.checks.tasks import check_done, check_later, check_opened
from casework.errors import Refused
from casework.users import User
from casework.vocabulary import ActionKind, AnsweredBy
from casework.windows import FactRef
from db.models import Client, Task, TaskAction
from db.queries import clients
from db.queries import tasks as queries


@dataclass(frozen=True)
class RecordedTask:
    """A saved action of a client's task; `done_on` None while it is open."""

    id: int
    client_id: int
    kind: ActionKind
    due_on: dt.date
    done_on: dt.date | None


def open_task(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    kind: ActionKind | None,
    due_on: dt.date | None,
    token: str,
    what: str | None = None,
    owner_id: int | None = None,
) -> RecordedTask:
    """Open an action about the client; `owner_id` None: the client's counselor. Of one that waits already the earlier
    day holds, what is new of the text is added, and an owner who is named takes it over.

    Raises Refused, NotYours, AlreadyRecorded.
    """
    act = begin(session, by=by, now=now)
    client = act.client(client_id)
    columns = check_opened(kind, what, due_on, today=act.today)
    owner_id = None if owner_id is None else _owner(act, client, owner_id)
    waiting = queries.open_action(session, client_id, columns["kind"])
    if waiting is None:
        columns |= {"owner_id": _counselor(act, client) if owner_id is None else owner_id}
        row = _add(act, client, token=token, **columns)
        act.audit("open_task", **_about(row))
        return _recorded(row)
    refuse_second_save(session, TaskAction, check_token(token))
    columns |= {
        "due_on": min(waiting.due_on, columns["due_on"]),
        "what": _both(waiting.what, columns["what"]),
        "owner_id": waiting.owner_id if owner_id is None else owner_id,
    }
    if all(getattr(waiting, name) == value for name, value in columns.items()):
        return _recorded(waiting)
    row = _change(act, waiting, token=token, **columns)
    act.audit("open_task", **_about(row))
    return _recorded(row)


def put_off(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    kind: ActionKind,
    due_on: dt.date | None,
    reason: str | None,
    token: str,
    action_id: int | None = None,
) -> RecordedTask:
    """Put an action off to a later day, and say why. `action_id` is the open one that was shown; None: it was not
    opened yet, and is from now on.

    Raises Refused, NotYours, AlreadyRecorded, and ChangedMeanwhile when somebody else has changed or done it.
    """
    act = begin(session, by=by, now=now)
    client = act.client(client_id)
    waiting = _waiting(act, client_id, ActionKind(kind), action_id)
    was_due_on = act.today if waiting is None else waiting.due_on
    columns = check_later(due_on, reason, was_due_on=was_due_on, today=act.today)
    if waiting is None:
        columns |= {"kind": ActionKind(kind), "what": None, "owner_id": _counselor(act, client)}
        row = _add(act, client, token=token, **columns)
    else:
        row = _change(act, waiting, token=token, **columns)
    act.audit("put_task_off", **_about(row))
    return _recorded(row)


def do_task(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    kind: ActionKind,
    token: str,
    outcome: str | None = None,
    prescriber: str | None = None,
    answered_on: dt.date | None = None,
    action_id: int | None = None,
    facts: Collection[FactRef] = (),
) -> RecordedTask:
    """Say that an action is done, and what came of it (see `checks.tasks`). `action_id` is the open one that was shown;
    None: nobody had opened it. `facts`: what the page showed for it, which is answered by it; where it showed none, as
    in a list of open tasks, what the client's next action of the kind is about now.

    Raises Refused, NotYours, AlreadyRecorded, and ChangedMeanwhile when somebody else has changed or done it.
    """
    act = begin(session, by=by, now=now)
    client = act.client(client_id)
    refuse_second_save(session, TaskAction, check_token(token))
    waiting = _waiting(act, client_id, ActionKind(kind), action_id)
    about = facts or _about_now(act, client_id, ActionKind(kind))
    columns = check_done(
        ActionKind(kind),
        outcome,
        today=act.today,
        admitted_on=client.admitted_on,
        prescriber=prescriber,
        answered_on=answered_on,
    )
    if waiting is None:
        columns |= {"kind": ActionKind(kind), "what": None, "owner_id": by.id, "due_on": act.today}
        row = _add(act, client, token=token, **columns)
    else:
        row = _change(act, waiting, token=token, **columns)
    _close(act, row.task_id)
    answer(act, client_id=client_id, by=AnsweredBy.TASK, by_id=row.id, facts=about)
    act.audit("do_task", **_about(row))
    return _recorded(row)


def _about_now(act: Act, client_id: int, kind: ActionKind) -> tuple[FactRef, ...]:
    """The facts that the client's action of the kind answers, as every screen shows it now."""
    read = known_caseload(act.session, act.by, act.today, client_ids=[client_id])
    standing = read.standings[client_id]
    return next((one.answers for one in (standing.action, *standing.also) if one.kind is kind), ())


DONE_BY_REACHING: Final = (
    ActionKind.REACH_TODAY,
    ActionKind.LOOK_AGAIN,
    ActionKind.CALL_TODAY,
    ActionKind.CALL,
    ActionKind.ANOTHER_WAY,
)
"""Actions that are done when somebody has spoken with the client."""
DONE_BY_A_KIT: Final = (
    ActionKind.RECORD_NALOXONE,
    ActionKind.REPLACE_NALOXONE,
    ActionKind.CHECK_NALOXONE,
)


def done_by_doing(act: Act, client_id: int, kinds: Collection[ActionKind], *, on: dt.date) -> None:
    """Close the client's open actions of these kinds that were opened by the day `on`: what they ask for was done then.
    Part of other acts."""
    for waiting in queries.open_actions(act.session, client_id, kinds):
        if waiting.occurred_on <= on:
            row = _change(act, waiting, token=f"after-task-action-{waiting.id}", done_on=act.today)
            _close(act, row.task_id)
            act.audit("do_task", **_about(row))


def _add(act: Act, client: Client, *, token: str, **columns: Any) -> TaskAction:
    """A new action in the client's open task, or in one that is opened for it."""
    task = queries.open_task(act.session, client.id)
    if task is None:
        task = Task(client_id=client.id, opened_on=act.today)
        act.session.add(task)
        flush(act.session)
    return add_fact(
        act,
        TaskAction,
        client_id=client.id,
        occurred_at=act.now,
        token=check_token(token),
        task_id=task.id,
        **columns,
    )


def _change(act: Act, old: TaskAction, *, token: str, **changed: Any) -> TaskAction:
    """The next version of an action. It stays known from the day on which it was opened."""
    names = ("task_id", "kind", "what", "owner_id", "due_on", "later_reason")
    return add_fact(
        act,
        TaskAction,
        client_id=old.client_id,
        occurred_at=old.occurred_at,
        occurred_on=old.occurred_on,
        token=token,
        continues_id=old.id,
        first_known_on=old.first_known_on or old.known_on,
        **({name: getattr(old, name) for name in names} | changed),
    )


def _close(act: Act, task_id: int) -> None:
    """Close the task once none of its actions waits."""
    if not queries.waits(act.session, task_id):
        act.session.get_one(Task, task_id).closed_on = act.today
        flush(act.session)


def _waiting(act: Act, client_id: int, kind: ActionKind, action_id: int | None) -> TaskAction | None:
    """The open action that the act is about; ChangedMeanwhile when the one that was shown is not open as it was."""
    if action_id is None:
        return queries.open_action(act.session, client_id, kind)
    row = queries.require_action(act.session, client_id, action_id)
    if row.superseded_on is not None or row.done_on is not None or row.kind is not kind:
        raise changed_meanwhile()
    return row


def _owner(act: Act, client: Client, owner_id: int) -> int:
    if not queries.can_own(act.session, client.team_id, owner_id):
        raise Refused("Choose a counselor or supervisor of the team.", field="owner_id")
    return owner_id


def _counselor(act: Act, client: Client) -> int:
    """Whose the client is; of a client whom nobody has, who acts."""
    assigned = clients.open_assignment(act.session, client.id)
    return act.by.id if assigned is None else assigned.staff_id


def _both(old: str | None, new: str | None) -> str | None:
    """What was to be done, and beneath it what came."""
    if old is None or new is None or new in old:
        return old or new
    return f"{old}\n{new}"


def _about(row: TaskAction) -> dict[str, Any]:
    """Whom and what an event of the audit log is about."""
    return {"client_id": row.client_id, "subject": ("task_action", row.id), "kind": row.kind.value}


def _recorded(row: TaskAction) -> RecordedTask:
    return RecordedTask(row.id, row.client_id, row.kind, row.due_on, row.done_on)
