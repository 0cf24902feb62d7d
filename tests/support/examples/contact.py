"""Attendance and silence."""

from __future__ import annotations

from typing import Final

from casework.indicators.registry import Concern
from tests.support.examples.recorded import UNKNOWN, Example, every, on

EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        "attendance_rate",
        "A session of a day in hospital was not missed",
        (
            on(-9, "mark", mark="no_show"),
            on(-2, "mark", mark="attended"),
            on(-10, "away", cause="hospital", until=-8),
        ),
        1,
        Concern.NONE,
        extra={"of": 1, "kept": 1},
    ),
    Example(
        "consecutive_no_shows",
        "A no-show of a day in custody neither counts nor ends the row",
        (*every(range(-16, 0, 7), "mark", mark="no_show"), on(-10, "away", until=-8)),
        2,
        Concern.MARKED,
    ),
    Example(
        "contact_gap",
        "Days of detox do not count",
        (on(-14, "call", reached=True), on(-12, "away", cause="detox", until=-3)),
        4,
        Concern.NONE,
        extra={"overdue": 0},
    ),
    Example(
        "attendance_rate",
        "Late is attended; excused and cancelled by the clinic are left out",
        (
            on(-9, "mark", mark="attended"),
            on(-7, "mark", mark="late"),
            on(-5, "mark", mark="excused"),
            on(-3, "mark", mark="cancelled_by_clinic"),
            on(-2, "mark", mark="no_show"),
        ),
        2 / 3,
        Concern.SOME,
    ),
    Example(
        "attendance_rate",
        "No marked session is unknown",
        (on(-2, "mark", mark="excused"),),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
    Example(
        "consecutive_no_shows",
        "Two in a row",
        (on(-9, "mark", mark="attended"), on(-5, "mark", mark="no_show"), on(-2, "mark", mark="no_show")),
        2,
        Concern.MARKED,
    ),
    Example(
        "consecutive_no_shows",
        "A session cancelled by the clinic neither breaks nor lengthens the row",
        (
            on(-9, "mark", mark="no_show"),
            on(-5, "mark", mark="cancelled_by_clinic"),
            on(-2, "mark", mark="no_show"),
        ),
        2,
        Concern.MARKED,
    ),
    Example(
        "consecutive_no_shows",
        "Coming ends it",
        (on(-5, "mark", mark="no_show"), on(-2, "mark", mark="late")),
        0,
        Concern.NONE,
    ),
    Example("contact_gap", "Overdue after more than seven days", (on(-8, "check_in"),), 8, Concern.SOME),
    Example(
        "contact_gap",
        "No answer is not contact",
        (on(-16, "check_in"), on(-1, "call", reached=False)),
        16,
        Concern.MARKED,
    ),
    Example(
        "contact_gap",
        "A call that reached the client is",
        (on(-16, "check_in"), on(-1, "call", reached=True)),
        1,
        Concern.NONE,
    ),
    Example(
        "contact_gap",
        "News from others is not hearing from the client",
        (on(-9, "mark", mark="attended"), on(0, "check_in", contact=False)),
        9,
        Concern.SOME,
    ),
    Example(
        "contact_gap",
        "In aftercare thirty days are expected",
        (on(-20, "check_in"),),
        20,
        Concern.NONE,
        {"interval": 30},
    ),
    Example(
        "contact_gap",
        "Even after the longest interval silence becomes overdue",
        (on(-91, "check_in"),),
        91,
        Concern.SOME,
        {"interval": 90},
    ),
)
