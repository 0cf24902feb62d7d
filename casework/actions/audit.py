"""The audit event that every act writes in its own transaction."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from casework.users import User
from db.models import AuditEvent
from db.session import store_afterwards


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
