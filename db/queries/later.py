"""What was changed after a day, undone: how a row that acts overwrite stood when that day ended.

Dated facts keep their versions (`db.queries.facts.known`). A series, a roster and a client's particulars are
overwritten; of these the audit trail keeps when each act took place and what the value was before. On the present day
nothing is later, and each question below is one look into the audit trail's index.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, String, cast, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from casework.vocabulary import Permission
from db.models import AuditEvent, RosterMember, SessionSeries
from db.queries.clinic import clinic_row

OPEN: Final = "9999-12-31"
"""Stands for "no end" where days are compared as ISO text, which both databases order alike."""
_ZONE: Final = "tideline_zone"
_OPEN: ColumnElement[str] = literal_column(f"'{OPEN}'", String)


def end_of(session: Session, day: dt.date) -> dt.datetime:
    """The moment at which `day` is over at the clinic: what was done from then on is not known on it."""
    zone = session.info.get(_ZONE)
    if zone is None:
        row = clinic_row(session)
        zone = session.info[_ZONE] = ZoneInfo(row.time_zone if row is not None else "UTC")
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(0), tzinfo=zone)


# --- series and rosters -------------------------------------------------------------------------------------------


def series_known(end: dt.datetime) -> ColumnElement[bool]:
    """The series that had been planned by `end`."""
    return ~_later(AuditEvent.id, "create_series", end, SessionSeries.id).exists()


def series_end(end: dt.datetime) -> ColumnElement[str]:
    """The last day of a series as known by `end`, as ISO text; `OPEN` when it had none."""
    return _as_it_was(SessionSeries.last_on, "end_series", end, SessionSeries.id)


def place_known(end: dt.datetime) -> ColumnElement[bool]:
    """The places on rosters that had been given by `end`; those given with the series are known with it."""
    added = _later(AuditEvent.id, "add_member", end, RosterMember.id, client=RosterMember.client_id)
    return ~added.exists()


def place_end(end: dt.datetime) -> ColumnElement[str]:
    """The first day on which a client is no longer expected as known by `end`, as ISO text; `OPEN` for none."""
    return _as_it_was(
        RosterMember.ends_on, "remove_member", end, RosterMember.id, client=RosterMember.client_id
    )


def day_of(text: str) -> dt.date | None:
    """The day of such a text; None for `OPEN`."""
    return None if text == OPEN else dt.date.fromisoformat(text)


def _later(
    wanted: Any,
    action: str,
    end: dt.datetime,
    subject: InstrumentedAttribute[int],
    *,
    client: InstrumentedAttribute[int] | None = None,
) -> Select[Any]:
    """The events of an action on the enclosing query's row from `end` on. Client and time come first: the index."""
    about = AuditEvent.client_id.is_(None) if client is None else AuditEvent.client_id == client
    return select(wanted).where(
        about, AuditEvent.at >= end, AuditEvent.action == action, AuditEvent.subject_id == subject
    )


def _as_it_was(
    column: InstrumentedAttribute[dt.date | None],
    action: str,
    end: dt.datetime,
    subject: InstrumentedAttribute[int],
    *,
    client: InstrumentedAttribute[int] | None = None,
) -> ColumnElement[str]:
    """A day that acts overwrite: what it was before the first later act, which keeps it as `was`, else as it is."""
    was = func.coalesce(AuditEvent.details["was"].as_string(), _OPEN)
    first = _later(was, action, end, subject, client=client).order_by(AuditEvent.at, AuditEvent.id).limit(1)
    return func.coalesce(first.scalar_subquery(), cast(column, String), _OPEN)


# --- particulars --------------------------------------------------------------------------------------------------

TEXTS: Final = frozenset({"phone"})
"""Particulars whose old value nobody kept, and that are left out where they were changed later."""
CALLING: Final = frozenset({"safe_to_call", "safe_to_leave_message"})


def particulars(session: Session, client_ids: Collection[int], day: dt.date) -> dict[int, dict[str, Any]]:
    """What later edits changed in the particulars of `client_ids`, as it stood at the end of `day`: column to value.

    "edits" counts the later edits. Of a telephone number only the present one is kept, and it is left out (None) when
    it was changed later, or whether it may be called was: nobody shall dial by an old permission. Name and record
    number say who somebody is, and stay those of today. One SELECT, and one for the clinic's time zone.
    """
    rows = session.execute(
        select(AuditEvent.client_id, AuditEvent.details)
        .where(
            AuditEvent.client_id.in_(client_ids),
            AuditEvent.at >= end_of(session, day),
            AuditEvent.action == "edit_client",
        )
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    )
    found: dict[int, dict[str, Any]] = {}
    for client_id, details in rows:  # the latest first, so that the first later edit has the last word
        then = found.setdefault(client_id or 0, {"edits": 0})
        then["edits"] += 1
        then |= {name: _value(name, old) for name, (old, _) in details.get("changes", {}).items()}
        if (TEXTS | CALLING) & set(details.get("fields", ())):
            then["phone"] = None
    return found


def _value(name: str, kept: Any) -> Any:
    """A coded value as the row holds it, from the audit event's JSON."""
    if name in CALLING:
        return Permission(kept)
    if name == "naloxone_on" and kept is not None:
        return dt.date.fromisoformat(kept)
    return kept
