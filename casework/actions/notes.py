"""Session notes: on a client, or on a client in a group."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.actions.entry import Act, Correction, add_fact, begin, check_token
from casework.checks.notes import check
from casework.errors import NotYours
from casework.users import User
from db.models import Client, Note
from db.queries import attendance, schedule


@dataclass(frozen=True)
class WrittenNote:
    """A saved note."""

    id: int
    client_id: int
    occurred_on: dt.date


def write_note(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    text: str | None,
    token: str,
    series_id: int | None = None,
    occurred_at: dt.datetime | None = None,
    supersedes: int | None = None,
    correction_reason: str | None = None,
) -> WrittenNote:
    """Save a note of at most 50 kB (`occurred_at` None: about now; for a correction, about when the old one says).

    With `series_id` it belongs to that group: whoever leads it may write it on every member and reads it again.
    Raises Refused, NotYours, AlreadyRecorded, or ChangedMeanwhile for a note that was corrected in between.
    """
    act = begin(session, by=by, now=now)
    corrected = None if supersedes is None else _of_same_group(act, supersedes, series_id)
    day = (occurred_at or now).astimezone(act.zone).date()
    if corrected is not None and occurred_at is None:
        day = corrected.occurred_on
    client = _client(act, client_id, series_id, day)
    body = check(text)
    note = add_fact(
        act,
        Note,
        client_id=client_id,
        occurred_at=act.moment_of(client, occurred_at, supersedes=supersedes),
        token=check_token(token),
        correction=None if supersedes is None else Correction(supersedes, correction_reason or ""),
        text=body,
        series_id=series_id,
    )
    act.audit(
        "write_note" if supersedes is None else "correct_note",
        client_id=client_id,
        subject=("note", note.id),
        series_id=series_id,
        supersedes=supersedes,
    )
    return WrittenNote(note.id, client_id, note.occurred_on)


def _client(act: Act, client_id: int, series_id: int | None, day: dt.date) -> Client:
    """The client, when the user sees the record, or leads the group that the client was in on that day."""
    if series_id is None:
        return act.client(client_id)
    schedule.require_series(act.session, act.by, series_id, to_lead=True, day=act.today)
    if client_id not in attendance.may_be_marked(act.session, act.by, series_id, day, act.today):
        raise NotYours
    return act.session.get_one(Client, client_id)


def _of_same_group(act: Act, corrected_id: int, series_id: int | None) -> Note:
    """Whoever leads a group may correct that group's notes, and none of the others on its members."""
    corrected = act.session.get(Note, corrected_id)
    if corrected is None or corrected.series_id != series_id:
        raise NotYours
    return corrected
