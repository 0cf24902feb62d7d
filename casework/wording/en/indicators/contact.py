"""What the indicators of `casework.indicators.contact` are called, look at and mean."""

from __future__ import annotations

from typing import Final

from casework.wording.en.indicators.words import IndicatorWords

_RETENTION: Final = "Missed visits are the strongest warning of leaving treatment in the CTN-0094 trials"
WORDS: Final[dict[str, IndicatorWords]] = {
    "attendance_rate": IndicatorWords(
        label="Attendance",
        definition="Attended or late, as a share of attended, late and no-show, in the last 28 days.",
        unit="share of sessions",
        source=_RETENTION,
        limits="Excused sessions and those that the clinic cancelled are left out; unmarked ones are not known.",
        levels="some below 75%, marked below 50%",
    ),
    "consecutive_no_shows": IndicatorWords(
        label="No-shows in a row",
        definition="How many sessions in a row, up to the latest, were no-shows, in the last 14 weeks.",
        unit="sessions",
        source=_RETENTION,
        limits="Excused and cancelled sessions neither break nor lengthen the row.",
        levels="some from 1, marked from 2, serious from 3",
    ),
    "contact_gap": IndicatorWords(
        label="Days since last contact",
        definition=(
            "Days since the client was last seen or heard (a check-in with the client, an attended session, a "
            "collected screen, a call that reached them), or since admission. Overdue when more than the "
            "client's interval."
        ),
        unit="days",
        source="Tideline: expected every 7 days in outpatient care and every 30 in aftercare, editable per client",
        limits=(
            "Not risk: it adds no points. A call without an answer, what others report (also by phone or in a "
            "visit), a message passed on by staff, a dose taken home and an outside meeting are not contact. "
            "Counts up to 98 days."
        ),
        levels="some when overdue, marked when overdue twice over, serious four times over",
    ),
}
