"""The audit event that every act writes in its own transaction."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from casework.users import User
from db.models import AuditEvent


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
    table, row = subject or (None, None)
    event = AuditEvent(
        at=now,
        by_id=by.id if by else None,
        action=action,
        client_id=client_id,
        subject=table,
        subject_id=row,
        details=details,
    )
    session.add(event)
    return event
