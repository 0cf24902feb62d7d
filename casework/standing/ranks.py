"""The clinical rank of everything that can be said of a client."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Rank(IntEnum):
    """The clinical rank of what is said."""

    SAFETY = 0
    WITHDRAWAL = 1
    MEDICATION = 2
    USE = 3
    LOST = 4
    CONTACT = 5
    SIGNS = 6
    BESIDE = 7


RANKS: Final = {
    "overdose": Rank.SAFETY,
    "self_harm": Rank.SAFETY,
    "dangerous_withdrawal": Rank.WITHDRAWAL,
    "withdrawal_in_pregnancy": Rank.MEDICATION,
    "released": Rank.MEDICATION,
    "without": Rank.MEDICATION,
    "told": Rank.USE,
    "found": Rank.USE,
    "weeks": Rank.USE,
    "unseen": Rank.LOST,
    "back": Rank.CONTACT,
    "no_show": Rank.CONTACT,
    "missed_screen": Rank.CONTACT,
    "missed_weeks": Rank.CONTACT,
    "withdrawal": Rank.SIGNS,
    "missed_doses": Rank.SIGNS,
    "medication_absent": Rank.SIGNS,
    "doses_told": Rank.SIGNS,
    "returned": Rank.SIGNS,
    "craving": Rank.SIGNS,
    "signs": Rank.SIGNS,
    "drift": Rank.SIGNS,
    "early_find": Rank.SIGNS,
    "looks": Rank.BESIDE,
    "away_now": Rank.BESIDE,
    "pregnancy_review": Rank.BESIDE,
    "new": Rank.BESIDE,
    "slipping": Rank.BESIDE,
    "plan": Rank.BESIDE,
    "likely": Rank.BESIDE,
    "not_asked": Rank.BESIDE,
    "steady": Rank.BESIDE,
}
"""The rank of each thing that can be said."""
