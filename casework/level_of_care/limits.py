"""The limits of the level-of-care rules: each with its source, or said to be Tideline's own reading.

Starting points for a clinic's own review, not a validated instrument.
"""

from __future__ import annotations

from typing import Final

USE_IS_CURRENT_DAYS: Final = 28
"""A return to use counts as current for four weeks: the window of the indicator that reports it, and of
the trial outcome. Tideline's own reading."""
TRIAL_DAYS: Final = 28
"""So long a decision is tried before what it has answered counts again, and so long intensive outpatient care is a
trial. A clinic's medical director signs it."""
FEWEST_SESSIONS: Final = 3
"""In 28 days: of fewer sessions a share says nothing. Tideline's own reading."""
STABLE_DAYS: Final = 90
"""Less than 90 days in treatment is of limited use (NIDA, Principles); early remission begins at 3 months (DSM-5)."""
AWAY_DAYS: Final = 14
"""Of those 90 days so many may lie in dated absences (custody, hospital, detox, travel), which neither keep nor miss a
week. A clinic's medical director signs it."""
STABLE_ATTENDANCE: Final = 0.8
"""Four of five sessions kept in 28 days. Tideline's own reading."""
STABLE_CRAVING: Final = 4
"""Below 4 of 10: mild. Tideline's own reading."""
STABLE_ANSWERS: Final = 6
"""Answers about use and collected screens that the 90 days must hold, one in two weeks: silence is not stability.
Tideline's own reading."""

LOSING_CONTACT: Final = 0.25
"""Speaks for more support when even the low end of the stated range of the chance reaches it: a quarter, the chance
from which a band is elevated. Tideline's own reading."""
USE_LIKELY: Final = 0.25
"""The same quarter, for the chance of use; again the low end of the range has to reach it. Tideline's own reading."""
IN_TOUCH: Final = 0.1
"""Even the high end of the chance of losing contact is below one in ten, the chance at which a band begins to watch.
Tideline's own reading."""
USE_UNLIKELY: Final = 0.15
"""Even the high end of the chance of use is below this: about what steady clients of the trials have. Tideline's own
reading."""
MANY_SIGN_POINTS: Final = 20
"""Points of the warning signs. Set by hand, like the points themselves, and not yet validated: as much as moves ten of
a hundred on the use score."""
