"""Scores and bands: what they are called, what they mean, and from where to where a band reaches."""

from __future__ import annotations

import datetime as dt
from typing import Final

from casework.vocabulary.scores import Band, Score
from casework.wording.en.dates import weekday_date
from casework.wording.words import Texts, Words

SCORES: Final[Texts] = {
    Score.EARLY: Words("Will weeks with use or not coming begin?", short="Early warning"),
    Score.USE: Words("Is use returning?", short="Use"),
    Score.ENGAGEMENT: Words("Will contact be lost?", short="Keeping contact"),
    Score.SIGNS: Words("Warning signs"),
}
BANDS: Final[Texts] = {
    Band.LOW: Words("Low"),
    Band.WATCH: Words("Watch"),
    Band.ELEVATED: Words("Elevated"),
    Band.HIGH: Words("High"),
    Band.UNKNOWN: Words("Unknown"),
}
_KNOWN_WEEKS: Final = 2
_MEANING: Final = {
    Score.EARLY: "begin four weeks in a row of use or of not coming, within four weeks",
    Score.USE: "use in at least two of the next four weeks",
    Score.ENGAGEMENT: "reach a fourth week in a row without coming, within four weeks",
}
WEEKS_AHEAD: Final = 4
RELAPSE_MEANING: Final = "reach a fourth week in a row with use or not coming, within four weeks"
"""What people do whom the chance of the total, without the warning signs, counts."""
_BASIS: Final = {
    Score.EARLY: (
        f"Its chance is about people who {_MEANING[Score.EARLY]}. The points were fitted on the CTN-0094 trials: two "
        "points stand for one more of 100 coming weeks with use, or in which somebody who was expected did not come."
    ),
    Score.USE: (
        f"Its chance is about people who {_MEANING[Score.USE]}. The points were fitted on the CTN-0094 trials: two "
        "points stand for one more of 100 coming weeks with use, of those in which they come."
    ),
    Score.ENGAGEMENT: (
        f"Its chance is about people who {_MEANING[Score.ENGAGEMENT]}. The points were fitted on the CTN-0094 trials: "
        "twenty points make that nearly three times as likely, as long as it is rare."
    ),
    Score.SIGNS: (
        "**Not yet validated.** The trials did not ask about signs, so that these points could not be fitted. They are "
        "set by hand on the scale of the early warning, each for the reason in its row, and no chance counts them."
    ),
}


def coming_weeks(share: float) -> str:
    """What a share of the coming four weeks says: "About 2 of the next 4 weeks with use or not coming."."""
    weeks = round(WEEKS_AHEAD * share)
    if not weeks:
        return f"None or hardly any of the next {WEEKS_AHEAD} weeks with use or not coming."
    of = f"all of the next {WEEKS_AHEAD}" if weeks == WEEKS_AHEAD else f"{weeks} of the next {WEEKS_AHEAD}"
    return f"About {of} weeks with use or not coming."


def score_meaning(score: Score) -> str:
    """What people do whom the score's chance counts: "… of 10 people with such a record [use in …]"."""
    return _MEANING[score]


def use_known(weeks: int, latest: dt.date | None, today: dt.date) -> str:
    """Why no chance of use is stated: it is known from so many of the last four weeks, or nobody saw the client."""
    if weeks < _KNOWN_WEEKS or latest is None:
        return f"Nobody has seen them in {WEEKS_AHEAD} weeks, so that no chance of use is stated."
    when = weekday_date(latest, today)
    known = f"Use is known from {weeks} of the last {WEEKS_AHEAD} weeks, the latest {when}"
    return f"{known}: no chance is stated of what is known."


def early_known() -> str:
    """Why no early warning is stated."""
    return "Use, or not coming, has begun already: there is no early warning to give."


def contact_lost() -> str:
    """Why no chance of losing contact is stated."""
    return "Contact is lost already: it has to be found again."


def score_basis(score: Score) -> str:
    """Where the score's points come from, in Markdown."""
    return _BASIS[score]


def band_points(band: Band, watch: int, elevated: int, high: int) -> str:
    """From and to how many points a band reaches, when the other bands begin at so many."""
    if band is Band.UNKNOWN:
        return "not counted: too little was asked"
    return f"below {watch}" if band is Band.LOW else _range(band, watch, elevated, high)


def band_people(band: Band, watch: int, elevated: int, high: int) -> str:
    """The same in people out of a hundred."""
    if band is Band.UNKNOWN:
        return "cannot be said"
    return f"fewer than {watch}" if band is Band.LOW else _range(band, watch, elevated, high)


def _range(band: Band, watch: int, elevated: int, high: int) -> str:
    if band is Band.WATCH:
        return f"{watch} to {elevated - 1}"
    return f"{elevated} to {high - 1}" if band is Band.ELEVATED else f"{high} or more"
