"""Where a client stands: lane, group, headline, flags and next action, the same on every screen.

Pure: an assessment and its facts in, a `Standing` a client out, in identifiers and values that `casework.wording` puts
into words.
"""

from casework.standing.standing import Action, FlagRaised, Rest, Said, Standing
from casework.standing.standings import standings

__all__ = ["Action", "FlagRaised", "Rest", "Said", "Standing", "standings"]
