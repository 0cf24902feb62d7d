"""What would change a client's band or recommended level of care, for the pages."""

from __future__ import annotations

import datetime as dt
from functools import partial

from sqlalchemy.orm import Session

from casework.caseload.assessment import assess_for
from casework.caseload.kept import keeps
from casework.indicators import assess
from casework.users import User
from casework.what_if import Goal, WhatIfAnswer, what_would_change

BANDS = (Goal.LOWER_BAND, Goal.HIGHER_BAND)
LEVELS = (Goal.LOWER_LEVEL, Goal.HIGHER_LEVEL)


@keeps
def answers(
    session: Session, user: User, client_id: int, today: dt.date, goals: tuple[Goal, ...]
) -> tuple[WhatIfAnswer, ...]:
    """An answer for each of `goals`, as known on `today`. Raises NotYours. The number of SQL statements is constant."""
    facts, assessment = assess_for(session, user, today, client_ids=[client_id])
    rules = partial(assess, history_weeks=0, off=assessment.off)
    return tuple(what_would_change(assessment, facts, client_id, goal, rules=rules) for goal in goals)
