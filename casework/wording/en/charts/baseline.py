"""One client's check-ins against their own usual level, in words."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from casework.indicators import Concern
from casework.indicators.drift import FALSE_ALARMS, MIN_ASKED, MIN_WEEKS, RECENT_DAYS, WARNING_LIMIT
from casework.wording.en.dates import long_date
from casework.wording.en.numbers import counted, number, percent
from casework.wording.en.sentences import sentence

_RECENT: Final = f"last {number(RECENT_DAYS // 7)} weeks"
NOTE: Final = (
    "This client’s smoothed share of warning signs against their own earlier check-ins of the last 14 weeks (those "
    f"before the {_RECENT}), not against other clients. Of clients in whom nothing changes, about "
    f"{FALSE_ALARMS * 10:.0f} in 10 cross the alarm limit by chance within half a year of weekly check-ins."
)
"""What is compared with what, and how often the chart is wrong."""
KEY: Final = (
    f"○ check-in; ◇ check-in of the {_RECENT}; thick line: smoothed; thin line: usual level, its usual range shaded; "
    "dotted: warning limit; dashed: alarm limit; ▲ above the warning limit; ■ above the alarm limit."
)
"""The marks and the lines in words."""
AXIS: Final = "Signs present (of asked)"
CHECK_IN: Final = "Check-in"
NEWEST: Final = sentence(_RECENT)
SMOOTHED: Final = "Smoothed"
LOWER_LIMIT: Final = "Lower limit"
WARNING: Final = "Warning limit"
ALARM: Final = "Alarm limit"
USUAL_LEVEL: Final = "Usual level"
ABOVE_WARNING: Final = "Above warning limit"
ABOVE_ALARM: Final = "Above alarm limit"


class Judged(NamedTuple):
    """The check-in that was judged last: its day, and the shares of that day."""

    on: dt.date
    smoothed: float
    usual: float
    warning: float
    alarm: float


def share(value: float) -> str:
    """A check-in's share of signs, in a box on hover."""
    return f"{percent(value)} of asked signs present"


def above_warning(smoothed: float) -> str:
    """A mark above the warning limit, in a box on hover."""
    return f"{SMOOTHED} {percent(smoothed)}: above the warning limit"


def above_alarm(smoothed: float) -> str:
    """A mark above the alarm limit, in a box on hover."""
    return f"{SMOOTHED} {percent(smoothed)}: above the alarm limit"


def title(latest: float, level: Concern) -> str:
    """How the client stands today: `level` is the indicator's, `latest` where the average stands."""
    if level >= Concern.MARKED:
        return f"More signs than in their own earlier check-ins: above the alarm limit in the {_RECENT}"
    if level >= Concern.SOME:
        return f"More signs than in their own earlier check-ins: above the warning limit in the {_RECENT}"
    if latest < -WARNING_LIMIT:
        return "Fewer signs than in their own earlier check-ins"
    return "Signs as in their own earlier check-ins, within the usual range"


def nothing(needed: int) -> str:
    """Why there is no chart: the baseline lacks `needed` weeks with a check-in; 0: there is one, and nothing lately."""
    asked = f"at least {number(MIN_ASKED)} signs"
    if needed:
        weeks = f"{number(MIN_WEEKS)} weeks before the {_RECENT}"
        return (
            f"No own baseline yet: check-ins that ask {asked} are needed in {weeks} ({number(needed)} more)"
        )
    return f"No own baseline now: no check-in of the last {RECENT_DAYS} days asked {asked}"


def empty_alt(title: str, weeks: int) -> str:
    """Of a client without a baseline."""
    return f"{_shown(weeks)} {title}."


def alt(title: str, *, weeks: int, judged: Judged | None, alarms: int) -> str:
    """`alarms` counts the check-ins above the alarm limit; None when no check-in was judged on its day."""
    said = f"{_shown(weeks)} {title}. "
    if judged is not None:
        said += (
            f"On {long_date(judged.on)} the smoothed share was {percent(judged.smoothed)}, the usual level "
            f"{percent(judged.usual)}, the warning limit {percent(judged.warning)} and the alarm limit "
            f"{percent(judged.alarm)}. "
        )
    return f"{said}{sentence(counted(alarms, 'check-in'))} lay above the alarm limit."


def _shown(weeks: int) -> str:
    return f"Share of asked warning signs that were present, by check-in over {weeks} weeks."
