"""The day's calls as the facts and the member of staff have them; `call_budget` makes the plan from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from casework.caseload.call_budget import USUAL_CALLS, CallMade, Calls, NextSession
from casework.caseload.kept import keeps
from casework.caseload.worklist import Item
from casework.users import User
from casework.vocabulary import Permission
from db.queries import calls, schedule


def calls_of_day(session: Session, user: User, today: dt.date, items: Sequence[Item]) -> Calls:
    """How many calls the user can make, the calls of `today` to the user's clients, whoever made them, and the next
    sessions of those among `items` for whom calling is not safe. Three SELECTs."""
    return _calls(
        session, user, today, tuple(one.client_id for one in items if one.safe_to_call is Permission.NO)
    )


@keeps
def _calls(session: Session, user: User, today: dt.date, unsafe: tuple[int, ...]) -> Calls:
    per_day = calls.calls_per_day(session, user)
    made = {
        row.client_id: CallMade(reached=row.reached, for_safety=row.for_safety)
        for row in calls.called_on(session, user, today)
    }
    expected = schedule.next_sessions(session, user, unsafe, today)
    return Calls(
        per_day=USUAL_CALLS if per_day is None else per_day,
        made=made,
        next_sessions={client_id: NextSession(*when) for client_id, when in expected.items()},
    )
