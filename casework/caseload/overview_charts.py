"""The charts of a caseload's overview. Their marks carry the ids of their clients."""

from __future__ import annotations

from casework.caseload.overview import Overview
from casework.figures import caseload as figures
from casework.figures.template import Chart
from casework.frames import to_day
from casework.indicators.fitted import ELEVATED_FROM


def drift(seen: Overview, *, dark: bool) -> Chart:
    """Where everybody stands, and where they come from."""
    drawn = figures.drift(seen.clients, elevated_from=ELEVATED_FROM, dark=dark)
    return Chart("overview_drift", drawn, figures.drift_finding(seen.clients))


def attendance(seen: Overview, *, dark: bool) -> Chart:
    """Sessions kept by week; a mark carries the last day of its week."""
    drawn = figures.attendance_trend(seen.attendance, dark=dark)
    return Chart("overview_attendance", drawn, figures.attendance_trend_finding(seen.attendance))


def stage_tags(seen: Overview, *, dark: bool) -> Chart:
    """Who shows signs of which stage."""
    drawn = figures.stage_tags(seen.tags, to_day(seen.today), dark=dark)
    return Chart("overview_tags", drawn, figures.stage_tags_finding(seen.tags, len(seen.clients)))


def weeks(seen: Overview, *, dark: bool) -> Chart:
    """Everybody's bands by week."""
    drawn = figures.risk_weeks(seen.clients, seen.history, dark=dark)
    return Chart("overview_weeks", drawn, figures.risk_weeks_finding(seen.clients, seen.history))


def levels(seen: Overview, *, dark: bool) -> Chart:
    """Levels of care now, and where the first option leads."""
    drawn = figures.levels(seen.clients, dark=dark)
    return Chart("overview_levels", drawn, figures.levels_finding(seen.clients), figures.KEY)
