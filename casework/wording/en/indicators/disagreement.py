"""What the indicators of `casework.indicators.disagreement` are called, look at and mean."""

from __future__ import annotations

from typing import Final

from casework.indicators.craving import MODERATE, STRONG
from casework.indicators.records import NEAR_DAYS
from casework.indicators.self_report import FEW_SIGNS, MANY_SIGNS, SELF_REPORT_DAYS
from casework.wording.en.indicators.words import IndicatorWords

_SOURCE: Final = (
    "Self-report of drug use is mostly, not always, borne out by urine (Darke, Drug Alcohol Depend 1998;51:253); a "
    "test result is for talking about, not for punishing (ASAM appropriate use of drug testing, 2017)"
)
WORDS: Final[dict[str, IndicatorWords]] = {
    "says_fine": IndicatorWords(
        label="Says fine, the record differs",
        definition=(
            f"The client's latest answers of {SELF_REPORT_DAYS} days are all fine (no opioid use, at most {FEW_SIGNS} "
            f"sign, craving below {MODERATE}, no withdrawal, medication taken), and within {NEAR_DAYS} days of "
            "them something else is on record: an opioid in the latest screen that the client has not told "
            "of, two missed screens, two no-shows in a row, doses for fewer than half of the days said to be "
            "taken, or something hard that others told. It counts these."
        ),
        unit="findings",
        source=_SOURCE,
        limits=(
            "No judgement of the client. A quick (presumptive) screen can be wrong, and fentanyl shows only "
            "where it was tested for; a no-show can be a missed bus, and a dose can go unrecorded. Shame and "
            "fear of consequences keep people from telling. Unknown when neither use nor half of the signs "
            "was asked about, or nothing near it is on record."
        ),
        levels="some from 1, marked from 2",
    ),
    "says_hard": IndicatorWords(
        label="Says it is hard, the record looks fine",
        definition=(
            f"Of the client's latest answers of {SELF_REPORT_DAYS} days at least one is hard (opioid use, "
            f"{MANY_SIGNS} signs or more, craving from {STRONG}, moderate withdrawal, medication taken on "
            f"fewer than half of the days), and nothing on record shows it: within {NEAR_DAYS} days a screen "
            "without an unexpected opioid or a kept session, and no missed screen, no-show at the end, "
            "missing dose or other word against it. It counts the hard answers."
        ),
        unit="answers",
        source=_SOURCE,
        limits="No judgement of the client. An honest early word often comes before anything else shows: a "
        "screen sees a few days, fentanyl only where it was tested for, and people come to sessions while they "
        "struggle. Unknown when nothing was answered, or neither a screen nor a session near it is on record.",
        levels="some from 1",
    ),
}
