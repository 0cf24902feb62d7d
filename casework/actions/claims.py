"""Taking a client's call of today, so that two people who cover one caseload do not both call."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from casework.actions.entry import begin, flush
from casework.errors import Refused
from casework.users import User
from db.models import CallClaim, Staff
from db.queries import claims as queries


def claim(session: Session, *, by: User, now: dt.datetime, client_id: int) -> None:
    """Say that `by` calls the client today; once more changes nothing. Raises NotYours, and Refused (with the name)
    when a colleague has said so."""
    act = begin(session, by=by, now=now)
    act.client(client_id)
    held = queries.of_client(session, client_id, act.today)
    if held is not None:
        if held.staff_id == by.id:
            return
        colleague = session.get_one(Staff, held.staff_id).name
        raise Refused(f"{colleague} has taken this call. Ask them before you call, too.")
    row = CallClaim(client_id=client_id, staff_id=by.id, held_on=act.today, claimed_at=now)
    session.add(row)
    flush(session)
    act.audit("claim_call", client_id=client_id, subject=("call_claim", row.id))


def release(session: Session, *, by: User, now: dt.datetime, client_id: int) -> None:
    """Give the call back, one's own or a colleague's who cannot make it; nothing changes when nobody has it. Raises
    NotYours."""
    act = begin(session, by=by, now=now)
    act.client(client_id)
    held = queries.of_client(session, client_id, act.today)
    if held is None:
        return
    held.released_at = now
    flush(session)
    act.audit("release_call", client_id=client_id, subject=("call_claim", held.id))
