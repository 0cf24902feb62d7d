"""What the indicators of `casework.indicators.use` are called, look at and mean."""

from __future__ import annotations

from typing import Final

from casework.wording.en.indicators.words import IndicatorWords

WORDS: Final[dict[str, IndicatorWords]] = {
    "reported_use": IndicatorWords(
        label="Reported opioid use",
        definition="The worst opioid use reported of the last 28 days: 0 none, 1 a slip, 2 regular use.",
        unit="0 none, 1 slip, 2 regular",
        source="The source's physical stage; days of use as in timeline follow-back",
        limits=(
            "A report. Use counts by its last day, where one is named, whenever it was told. Unknown when nobody asked "
            "in 28 days; silence is never none."
        ),
        levels="marked after a slip, serious after regular use",
    ),
    "overdose": IndicatorWords(
        label="Overdose",
        definition=(
            "Overdoses of the last 28 days that were told of in answer to the question about one, whether or not "
            "somebody has acknowledged the safety item."
        ),
        unit="overdoses told of",
        source=(
            "An overdose is a return to use; about 5% died within a year of an emergency visit for one "
            "(Weiner et al., Ann Emerg Med 2020;75:13)"
        ),
        limits=(
            "Counts by the day on which it happened, and where nobody knows it by that on which it was told. "
            "Acknowledging the item closes the safety route, not this. Unknown when the question was not answered in "
            "28 days."
        ),
        levels="serious from 1",
    ),
    "withdrawal": IndicatorWords(
        label="Withdrawal",
        definition="The latest withdrawal recorded in the last 14 days: 0 none, 1 mild, 2 moderate, 3 severe.",
        unit="0 to 3",
        source="SAMHSA TIP 63: withdrawal that breaks through asks for a look at the dose",
        limits="One overall answer, not a withdrawal scale.",
        levels="some when mild, marked when moderate, serious when severe",
    ),
}
