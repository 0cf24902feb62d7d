"""The last twelve weeks: charts that share one time axis."""

from __future__ import annotations

from casework.caseload import client_charts
from casework.caseload.client_record import ClientRecord
from pages.shared.widgets import charts
from pages.shared.widgets.components import is_dark


def show(record: ClientRecord) -> None:
    """Signs, own baseline, craving, attendance, urine screens and medication, one below the other."""
    for chart in client_charts.weeks(record, dark=is_dark()):
        charts.show(chart)
