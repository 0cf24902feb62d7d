"""The audit event that every act writes in its own transaction."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from sqlalchemy.orm import Session

from casework.users import GATE, SYSTEM, ActorKind, User
from db.models import AuditEvent
from db.session import actor_of, store_afterwards

OF_THE_GATE: Final = frozenset({"sign_in", "sign_out"})
"""The acts at the gate: of the member of staff who comes or goes, before the session can be theirs."""


def require_actor(session: Session, by: User | None) -> None:
    """Raise ValueError, for it is a bug, unless an act of `by` belongs into this session: the staff's own acts, and
    anybody's where the system acts; nobody's at the gate."""
    actor = actor_of(session)
    own = by is not None and (actor.kind, actor.staff_id, actor.role, actor.team_id) == (
        ActorKind.STAFF,
        by.id,
        by.role,
        by.team_id,
    )
    if actor != SYSTEM and not own:
        raise ValueError("this session of the database is open for somebody else")


def record(
    session: Session,
    *,
    by: User | None,
    now: dt.datetime,
    action: str,
    client_id: int | None = None,
    subject: tuple[str, int] | None = None,
    **details: Any,
) -> AuditEvent:
    """Add the audit event of an act. `details` are counts, identifiers and changed field names: never free text."""
    if actor_of(session) != GATE or action not in OF_THE_GATE:
        require_actor(session, by)
    event = _event(by, now, action, client_id, subject, details)
    session.add(event)
    return event


def record_afterwards(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    action: str,
    client_id: int | None = None,
    **details: Any,
) -> None:
    """Write the audit event once the session ends: of a refusal, which is undone, or of a look, which only reads."""
    require_actor(session, by)
    store_afterwards(session, _event(by, now, action, client_id, None, details))


def _event(
    by: User | None,
    now: dt.datetime,
    action: str,
    client_id: int | None,
    subject: tuple[str, int] | None,
    details: dict[str, Any],
) -> AuditEvent:
    table, row = subject or (None, None)
    return AuditEvent(
        at=now,
        by_id=by.id if by else None,
        action=action,
        client_id=client_id,
        subject=table,
        subject_id=row,
        details=details,
    )
