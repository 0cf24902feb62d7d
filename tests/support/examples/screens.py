"""Urine screens."""

from __future__ import annotations

from typing import Final

from casework.indicators.registry import Concern
from tests.support.examples.recorded import UNKNOWN, Example, every, on

EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        "unexpected_opioids",
        "Fentanyl in the latest screen",
        (on(-20, "screen", found=""), on(-3, "screen", found="fentanyl")),
        1,
        Concern.SOME,
    ),
    Example(
        "unexpected_opioids",
        "The prescribed medication is expected",
        (on(-3, "screen", found="methadone", expected="methadone"),),
        0,
        Concern.NONE,
    ),
    Example("unexpected_opioids", "No screen is unknown", (), UNKNOWN, Concern.UNKNOWN),
    Example(
        "unexpected_opioids",
        "Screens of more than six weeks ago say nothing about now",
        (on(-42, "screen", found="fentanyl"),),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
    Example(
        "unexpected_opioids",
        "Planned screens without a result push no finding out",
        (on(-30, "screen", found="fentanyl"), *every(range(-21, 0, 7), "screen", status="due")),
        1,
        Concern.SOME,
    ),
    Example(
        "missed_screens",
        "Four days after its due date a planned screen without a result is missed",
        (on(-11, "screen", found=""), on(-4, "screen", status="due")),
        1,
        Concern.SOME,
    ),
    Example(
        "missed_screens",
        "Three days after it is not",
        (on(-11, "screen", found=""), on(-3, "screen", status="due")),
        0,
        Concern.NONE,
    ),
    Example(
        "missed_screens",
        "Excused screens don't count",
        (
            on(-20, "screen", status="missed"),
            on(-9, "screen", status="excused"),
            on(-3, "screen", status="missed"),
        ),
        2,
        Concern.MARKED,
    ),
    Example(
        "missed_screens",
        "Only the last three due",
        (on(-30, "screen", status="missed"), *every(range(-15, 0, 5), "screen")),
        0,
        Concern.NONE,
    ),
    Example(
        "medication_absent",
        "Prescribed, tested for, and not found",
        (on(-3, "screen", found="", expected="buprenorphine"),),
        1,
        Concern.SOME,
    ),
)
