"""What a client is heard from about, what they tell, what is on record beside it, and what lowers tolerance."""

from __future__ import annotations

from typing import Final

from casework import vocabulary
from casework.wording.en.terms import within

DOMAINS: Final = {
    "signs": "warning signs",
    "attendance": "attendance",
    "use": "opioid use",
    "screens": "urine screens",
    "medication": "medication",
}
HEARD_WHEN: Final = {
    "signs": "a warning sign was asked in the last 28 days",
    "attendance": "a session was marked attended, late or no-show in the last 28 days",
    "use": "opioid use was asked about in the last 28 days",
    "screens": "a urine screen was collected or missed in the last 28 days",
    "medication": "days of medication are known for the last 14 days (with a prescription)",
}
LOWERS_TOLERANCE: Final = {
    **{cause.value: within(cause) for cause in vocabulary.LOWERS_TOLERANCE},
    "medication_gap": "a gap in medication",
    "medication_ended": "the end of medication",
    "silence": "weeks without contact",
}
TOLERANCE_MEANS: Final = "The amount used before can now cause an overdose; carry naloxone; don’t use alone."
"""What lowered tolerance means, as it is said to the client."""
