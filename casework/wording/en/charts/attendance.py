"""One client's sessions, in words: kept, missed, excused."""

from __future__ import annotations

import datetime as dt
from typing import Final

from casework.wording.en.dates import long_date
from casework.wording.en.numbers import counted, number
from casework.wording.en.sentences import sentence

NOTHING: Final = "No session has been marked in these weeks."


def title(kept: int, missed: int, weeks: int) -> str:
    """Sessions kept and missed; excused ones and those that the clinic cancelled are in neither."""
    if not kept + missed:
        return "No session counts for attendance in these weeks"
    if not missed:
        return f"Kept every session that counted ({kept} of {kept})"
    return f"Kept {kept} of {kept + missed} sessions in {weeks} weeks"


def alt(title: str, *, weeks: int, excused: int, cancelled: int, last_no_show: dt.date | None) -> str:
    """What does not count, and when the client last stayed away."""
    said = (
        f"Sessions by date over {weeks} weeks. {title}. {sentence(counted(excused, 'session'))} excused, "
        f"{number(cancelled)} cancelled by the clinic."
    )
    return said if last_no_show is None else f"{said} Last no-show on {long_date(last_no_show)}."
