"""The flags as chips: a few words, and what they mean on hover."""

from __future__ import annotations

import datetime as dt
from typing import Final

from casework.frames import to_date
from casework.standing import FlagRaised
from casework.vocabulary import Flag
from casework.wording.en.dates import long_date, short_date
from casework.wording.en.heard import LOWERS_TOLERANCE
from casework.wording.en.sentences import listed
from casework.wording.en.terms import label, sentence_of

_SAYS_UNTIL: Final = frozenset({Flag.POSTPARTUM, Flag.LOWERED_TOLERANCE, Flag.FIRST_WEEKS_OF_METHADONE})


def chip(raised: FlagRaised, today: dt.date) -> str:
    """ "Lowered tolerance until Apr 12", "Pregnant"."""
    if raised.until is None or raised.flag not in _SAYS_UNTIL:
        return label(raised.flag)
    return f"{label(raised.flag)} until {short_date(to_date(raised.until), today)}"


def tooltip(raised: FlagRaised, today: dt.date) -> str:
    """What the flag means, why it stands, and until when."""
    said = [sentence_of(raised.flag)]
    if raised.flag is Flag.LOWERED_TOLERANCE and raised.values["causes"]:
        causes = listed([LOWERS_TOLERANCE[cause] for cause in raised.values["causes"]])
        said.append(f"After {causes}.")
    if raised.flag is Flag.OVERDOSE:
        said.append(f"It was on {long_date(to_date(raised.values['on']))}.")
    if raised.flag is Flag.REPLACE_NALOXONE and raised.values["kit"] >= 0:
        said.append(f"The last kit was handed over on {long_date(to_date(raised.values['kit']))}.")
    if raised.until is not None:
        said.append(f"Stands until {long_date(to_date(raised.until))}.")
    elif raised.flag is Flag.LOWERED_TOLERANCE:
        said.append("The cause still holds.")
    return " ".join(said)
