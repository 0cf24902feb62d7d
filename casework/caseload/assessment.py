"""The facts and the assessment of some clients, read the same way for every page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd
from sqlalchemy.orm import Session

from casework.caseload.kept import keeps, working
from casework.caseload.rules import switched_off
from casework.errors import NotYours
from casework.frames import Facts
from casework.indicators import Assessment, assess
from casework.indicators.chances import Move
from casework.recalibration import Adjustment
from casework.users import User
from casework.vocabulary import Outcome
from db.queries import facts as facts_query
from db.queries.rules import recalibrations
from db.queries.scope import caseload_mates, visible_clients

BYTES_OF_A_CLIENT: Final = 160_000
"""What the facts and the assessment of a client take, with all that they keep of their windows."""


@keeps
def visible_ids(session: Session, user: User, today: dt.date) -> tuple[int, ...]:
    """Ids of the clients whose whole record the user may see, ascending. One SELECT."""
    return tuple(sorted(session.scalars(visible_clients(user, today))))


@keeps
def _mates(session: Session, user: User, client_ids: tuple[int, ...], today: dt.date) -> tuple[int, ...]:
    """Ids of everybody on the caseloads of these clients, whom the user may see, ascending. One SELECT."""
    return tuple(row[0] for row in session.execute(caseload_mates(list(client_ids), today)))


def assess_for(
    session: Session,
    user: User,
    today: dt.date,
    *,
    client_ids: Sequence[int] | None = None,
    weeks: int = 26,
) -> tuple[Facts, Assessment]:
    """The facts and the assessment of `client_ids` (default: all that the user sees) as known on `today`.

    Both hold the whole caseloads of these clients' counselors, so that a rank is the same on every page and pages share
    what is kept. Show only those that were asked for. Rules that the clinic has switched off do not
    count (one about safety always does, whatever the database holds), and chances are adjusted where it has applied
    that (see `casework.actions.rules`). The number of SQL statements does not depend on the number of clients. Raises
    NotYours when the user may not see one of `client_ids`.

    Both are kept until something of them changes, for this user alone: do not change them in place.
    """
    visible = visible_ids(session, user, today)
    asked = visible if client_ids is None else tuple(client_ids)
    if not set(asked) <= set(visible):
        raise NotYours
    mates = _mates(session, user, asked, today)

    def compute() -> tuple[Facts, Assessment]:
        off, adjusted = switched_off(session, today), adjustments(session, today)
        facts = facts_query.read(session, mates, today, weeks=weeks)
        return facts, replace(assess(facts, today, off=off), adjusted=adjusted)

    return working(session, user, today, ("assessment", weeks, mates), compute, size=_bytes)


def _bytes(read: tuple[Facts, Assessment]) -> int:
    """To measure them would take as long as to make them."""
    return BYTES_OF_A_CLIENT * len(read[0].clients)


def adjustments(session: Session, today: dt.date) -> dict[Outcome, Move]:
    """How the clinic's chances differ from the published ones on `today`. One SELECT."""
    holding = (row for row in recalibrations(session, today) if row.revoked_on is None)
    return {row.outcome: Adjustment(row.intercept, row.slope).of for row in holding}


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dicts: pandas' own `to_dict` takes 3 ms for 45 of them."""
    names = list(frame.columns)
    columns = (frame[name].tolist() for name in names)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
