"""The last twelve weeks: charts that share one time axis."""

from __future__ import annotations

from casework.caseload.client_record import WEEKS, ClientRecord
from casework.figures import client as figures
from casework.frames import to_day
from pages.shared.widgets import charts
from pages.shared.widgets.components import is_dark


def show(record: ClientRecord) -> None:
    """Signs, own baseline, craving, attendance, urine screens and medication, one below the other."""
    today, dark, facts = to_day(record.today), is_dark(), record.facts
    applies = bool(len(facts.prescriptions))
    charts.show(
        figures.signs_by_week(facts.check_ins, today, weeks=WEEKS, medication_applies=applies, dark=dark),
        figures.signs_finding(facts.check_ins, today, weeks=WEEKS, medication_applies=applies),
        key="signs_by_week",
    )
    own = record.baseline
    charts.show(
        figures.own_baseline(own.points, today, weeks=WEEKS, needed=own.needed, dark=dark),
        figures.baseline_finding(
            own.points, value=own.value, level=own.level, needed=own.needed, weeks=WEEKS
        ),
        key="own_baseline",
        note=f"{figures.BASELINE_NOTE}\n\n{figures.BASELINE_KEY}" if own.drawn else "",
    )
    charts.show(
        figures.craving(facts.check_ins, today, weeks=WEEKS, dark=dark),
        figures.craving_finding(facts.check_ins, today, weeks=WEEKS),
        key="craving",
    )
    charts.show(
        figures.attendance_strip(facts.attendance, today, weeks=WEEKS, dark=dark),
        figures.attendance_finding(facts.attendance, today, weeks=WEEKS),
        key="attendance_strip",
    )
    charts.show(
        figures.screen_strip(facts.screens, today, weeks=WEEKS, dark=dark),
        figures.screen_finding(facts.screens, today, weeks=WEEKS),
        key="screen_strip",
    )
    medication = (facts.prescriptions, facts.doses, facts.check_ins, today)
    charts.show(
        figures.medication_strip(*medication, weeks=WEEKS, dark=dark),
        figures.medication_finding(*medication, weeks=WEEKS),
        key="medication_strip",
    )
