"""Times away from opioids."""

from __future__ import annotations

from typing import Final

from casework.vocabulary.tolerance import ToleranceCause
from casework.wording.words import Texts, Words

TOLERANCE_CAUSES: Final[Texts] = {
    ToleranceCause.DETOX: Words("Detox"),
    ToleranceCause.CUSTODY: Words("Custody"),
    ToleranceCause.HOSPITAL: Words("Hospital"),
}
