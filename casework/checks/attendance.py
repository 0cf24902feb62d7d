"""What a mark and a roll call need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from casework.checks.days import check_day
from casework.errors import Refused
from casework.vocabulary import Mark, SessionKind


def check(kind: SessionKind | None, mark: Mark | None) -> dict[str, Any]:
    """A mark outside a roll call, as columns."""
    if kind is None:
        raise Refused("Choose the kind of session first.", field="kind")
    return {"kind": SessionKind(kind), "mark": check_mark(mark)}


def check_mark(mark: Mark | None) -> Mark:
    """The mark; Refused while none is chosen."""
    if mark is None:
        raise Refused("Choose a mark first.", field="mark")
    return Mark(mark)


def check_marks(marks: Mapping[int, Mark | None]) -> dict[int, Mark]:
    """The marks of a roll call, by client id. A client without a mark is not marked; Refused when nobody is."""
    given = {client_id: Mark(mark) for client_id, mark in marks.items() if mark is not None}
    if not given:
        raise Refused("Nobody is marked yet.", field="marks")
    return given


def check_session(held_on: dt.date | None, *, today: dt.date, admitted_on: dt.date | None = None) -> dt.date:
    """The day of a session that was held; with `admitted_on`, for a client who was admitted then."""
    return check_day(held_on, today=today, field="held_on", admitted_on=admitted_on)


def check_is_held(is_held: bool) -> None:
    """Refused for a day on which the series has no session."""
    if not is_held:
        raise Refused("This session is not held on that day.", field="held_on")
