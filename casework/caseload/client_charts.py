"""The charts of one client that stand behind a disclosure: the risk by week, and the own baseline."""

from __future__ import annotations

from casework.caseload.client_record import WEEKS, ClientRecord
from casework.figures import baseline, risk
from casework.figures.template import Chart
from casework.frames import to_day


def risk_by_week(record: ClientRecord, *, dark: bool) -> Chart:
    """The points of each week, with the band's symbol."""
    drawn = risk.risk_weeks_of(record.history, dark=dark)
    return Chart("risk_weeks", drawn, risk.risk_weeks_of_finding(record.history))


def own_baseline(record: ClientRecord, *, dark: bool) -> Chart:
    """The check-ins of the last `WEEKS` weeks against the client's own usual level."""
    own, today = record.baseline, to_day(record.today)
    finding = baseline.baseline_finding(
        own.points, latest=own.latest, level=own.level, needed=own.needed, weeks=WEEKS
    )
    drawn = baseline.own_baseline(own.points, today, weeks=WEEKS, needed=own.needed, dark=dark)
    note = f"{baseline.NOTE}\n\n{baseline.KEY}" if own.drawn else ""
    return Chart("own_baseline", drawn, finding, note=note)
