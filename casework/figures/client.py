"""All figures of one client's weeks, and what each shows, under one name: `from casework.figures import client`."""

from casework.figures.attendance import attendance_finding, attendance_strip
from casework.figures.baseline import KEY as BASELINE_KEY
from casework.figures.baseline import NOTE as BASELINE_NOTE
from casework.figures.baseline import baseline_finding, own_baseline
from casework.figures.check_ins import craving, craving_finding, signs_by_week, signs_finding
from casework.figures.medication import medication_finding, medication_strip
from casework.figures.risk import risk_weeks_of, risk_weeks_of_finding
from casework.figures.screens import screen_finding, screen_strip

__all__ = [
    "BASELINE_KEY",
    "BASELINE_NOTE",
    "attendance_finding",
    "attendance_strip",
    "baseline_finding",
    "craving",
    "craving_finding",
    "medication_finding",
    "medication_strip",
    "own_baseline",
    "risk_weeks_of",
    "risk_weeks_of_finding",
    "screen_finding",
    "screen_strip",
    "signs_by_week",
    "signs_finding",
]
