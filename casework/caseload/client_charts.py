"""The charts of one client: the risk by week, and the weeks behind it on one time axis."""

from __future__ import annotations

from casework.caseload.client_record import WEEKS, ClientRecord
from casework.figures import client as figures
from casework.figures.template import Chart
from casework.frames import to_day


def risk_by_week(record: ClientRecord, *, dark: bool) -> Chart:
    """The points of each week, with the band's symbol."""
    return Chart(
        "risk_weeks",
        figures.risk_weeks_of(record.history, dark=dark),
        figures.risk_weeks_of_finding(record.history),
    )


def weeks(record: ClientRecord, *, dark: bool) -> tuple[Chart, ...]:
    """Signs, own baseline, craving, attendance, urine screens and medication of the last `WEEKS` weeks."""
    today, facts, own = to_day(record.today), record.facts, record.baseline
    applies = bool(record.prescriptions)
    medication = (facts.prescriptions, facts.doses, facts.check_ins, today)
    return (
        Chart(
            "signs_by_week",
            figures.signs_by_week(facts.check_ins, today, weeks=WEEKS, medication_applies=applies, dark=dark),
            figures.signs_finding(facts.check_ins, today, weeks=WEEKS, medication_applies=applies),
        ),
        Chart(
            "own_baseline",
            figures.own_baseline(own.points, today, weeks=WEEKS, needed=own.needed, dark=dark),
            figures.baseline_finding(
                own.points, latest=own.latest, level=own.level, needed=own.needed, weeks=WEEKS
            ),
            note=f"{figures.BASELINE_NOTE}\n\n{figures.BASELINE_KEY}" if own.drawn else "",
        ),
        Chart(
            "craving",
            figures.craving(facts.check_ins, today, weeks=WEEKS, dark=dark),
            figures.craving_finding(facts.check_ins, today, weeks=WEEKS),
        ),
        Chart(
            "attendance_strip",
            figures.attendance_strip(facts.attendance, today, weeks=WEEKS, dark=dark),
            figures.attendance_finding(facts.attendance, today, weeks=WEEKS),
        ),
        Chart(
            "screen_strip",
            figures.screen_strip(facts.screens, today, weeks=WEEKS, dark=dark),
            figures.screen_finding(facts.screens, today, weeks=WEEKS),
        ),
        Chart(
            "medication_strip",
            figures.medication_strip(*medication, weeks=WEEKS, dark=dark),
            figures.medication_finding(*medication, weeks=WEEKS),
        ),
    )
