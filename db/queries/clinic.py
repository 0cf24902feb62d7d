"""The clinic's own row."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import Clinic


def clinic_row(session: Session) -> Clinic | None:
    """The one row that says what this database holds, or None before it was set."""
    return session.get(Clinic, 1)
