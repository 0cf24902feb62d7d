"""The charts of a caseload's overview. Their marks carry the ids of their clients.

Of a large caseload those who come first are drawn, and a line says so; findings count everybody.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from casework.caseload.overview import Overview
from casework.figures import caseload as figures
from casework.figures.template import Chart
from casework.frames import to_day
from casework.indicators.fitted import ELEVATED_FROM
from casework.wording import charts

MOST: Final = 300
"""More clients than these are too many marks for one chart."""
ROWS: Final = 60
"""So many rows of a chart are drawn then."""


def flow(seen: Overview, *, dark: bool) -> Chart:
    """The groups by week; a mark carries the last day of its week and the place of its group."""
    drawn = figures.flow(seen.flow, dark=dark)
    return Chart("overview_flow", drawn, figures.flow_finding(seen.flow), charts.flow.NOTE)


def drift(seen: Overview, *, dark: bool) -> Chart:
    """Where everybody stands, and where they come from."""
    shown, note = _first(seen.clients, MOST)
    drawn = figures.drift(shown, elevated_from=ELEVATED_FROM, dark=dark)
    return Chart("overview_drift", drawn, figures.drift_finding(seen.clients), note)


def attendance(seen: Overview, *, dark: bool) -> Chart:
    """Sessions kept by week; a mark carries the last day of its week."""
    drawn = figures.attendance_trend(seen.attendance, dark=dark)
    return Chart("overview_attendance", drawn, figures.attendance_trend_finding(seen.attendance))


def stage_tags(seen: Overview, *, dark: bool) -> Chart:
    """Who shows signs of which stage."""
    shown, note = _first(seen.clients, MOST)
    tags = seen.tags[seen.tags["client_id"].isin(shown["client_id"])]
    drawn = figures.stage_tags(tags, to_day(seen.today), dark=dark)
    return Chart("overview_tags", drawn, figures.stage_tags_finding(seen.tags, len(seen.clients)), note)


def weeks(seen: Overview, *, dark: bool) -> Chart:
    """Everybody's bands by week."""
    shown, note = _first(seen.clients, ROWS)
    drawn = figures.risk_weeks(shown, seen.history, dark=dark)
    return Chart("overview_weeks", drawn, figures.risk_weeks_finding(seen.clients, seen.history), note)


def levels(seen: Overview, *, dark: bool) -> Chart:
    """Levels of care now, and where the first option leads."""
    others = seen.clients[seen.clients["adjusts"].to_numpy(dtype=bool)]
    shown = others if len(seen.clients) <= MOST else others.head(ROWS)
    drawn = figures.levels(shown if len(others) else seen.clients, dark=dark)
    note = "" if len(shown) == len(others) else charts.template.first_of(len(shown), len(others))
    return Chart(
        "overview_levels", drawn, figures.levels_finding(seen.clients), f"{figures.KEY} {note}".strip()
    )


def _first(clients: pd.DataFrame, rows: int) -> tuple[pd.DataFrame, str]:
    """The clients to draw, and what is said of the others: all of them, unless they are more than `MOST`."""
    if len(clients) <= MOST:
        return clients, ""
    return clients.head(rows), charts.template.first_of(rows, len(clients))
