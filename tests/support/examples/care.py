"""The frame of treatment: time in care, the medication, days without a dose, and other substances."""

from __future__ import annotations

from typing import Final

from casework.indicators.registry import Concern
from tests.support.examples.recorded import ON_BUPRENORPHINE, UNKNOWN, Example, every, on

EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        "days_without_dose",
        "Days of custody do not count",
        (on(-90, "prescription"), *every(range(-60, -12), "dose"), on(-10, "away", until=-3)),
        5,
        Concern.SOME,
        extra={"uncovered": 5},
    ),
    Example("time_in_care", "Weeks since admission", (), 2, Concern.NONE, client={"admitted": -14}),
    Example("medication_kind", "Without a prescription unknown", (), UNKNOWN, Concern.UNKNOWN),
    Example(
        "medication_kind",
        "Methadone",
        (on(-30, "prescription", medication="methadone"),),
        1,
        Concern.NONE,
    ),
    Example("medication_kind", "Buprenorphine", (ON_BUPRENORPHINE,), 2, Concern.NONE),
    Example(
        "medication_kind",
        "The latest prescription decides",
        (
            on(-90, "prescription", medication="methadone", until=-10),
            on(-10, "prescription", medication="naltrexone_xr"),
        ),
        0,
        Concern.NONE,
    ),
    Example(
        "medication_kind",
        "One that ended does not hide an earlier one that still holds",
        (
            on(-90, "prescription", medication="methadone"),
            on(-20, "prescription", medication="buprenorphine", until=-10),
        ),
        1,
        Concern.NONE,
    ),
    Example(
        "medication_kind",
        "A prescription that ended is none",
        (on(-90, "prescription", medication="methadone", until=-10),),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
    Example(
        "days_without_dose",
        "Days up to today without a dose",
        (ON_BUPRENORPHINE, *every(range(-40, -3), "dose")),
        4,
        Concern.SOME,
        extra={"uncovered": 4, "covered": 24},
    ),
    Example(
        "days_without_dose",
        "A dose on every day",
        (ON_BUPRENORPHINE, *every(range(-27, 1), "dose")),
        0,
        Concern.NONE,
        extra={"uncovered": 0, "covered": 28},
    ),
    Example(
        "days_without_dose",
        "Who begins again does not start with the days between two prescriptions",
        (
            on(-90, "prescription", medication="methadone", until=-60),
            *every(range(-90, -60), "dose"),
            on(-1, "prescription", medication="methadone"),
        ),
        2,
        Concern.NONE,
        extra={"uncovered": 2, "covered": 0},
    ),
    Example(
        "days_without_dose",
        "Only prescribed days are counted",
        (on(-9, "prescription", medication="methadone"), *every(range(-9, -1), "dose")),
        2,
        Concern.NONE,
        extra={"uncovered": 2, "covered": 8},
    ),
    Example(
        "days_without_dose",
        "An injection covers its weeks",
        (on(-100, "prescription", medication="naltrexone_xr"), on(-30, "dose", covers=31)),
        0,
        Concern.NONE,
        extra={"uncovered": 0, "covered": 28},
    ),
    Example(
        "days_without_dose",
        "A clinic that records no doses: unknown, not missed",
        (ON_BUPRENORPHINE, on(-1, "check_in", taken=(2, 7))),
        UNKNOWN,
        Concern.UNKNOWN,
        extra={"uncovered": 0, "covered": 0},
    ),
    Example(
        "days_without_dose", "Without a prescription unknown", (on(-1, "dose"),), UNKNOWN, Concern.UNKNOWN
    ),
    Example(
        "stimulants",
        "Screens of four weeks that found some",
        (on(-28, "screen", found="cocaine"), on(-20, "screen", found="cocaine"), on(-3, "screen", found="")),
        1,
        Concern.SOME,
    ),
    Example(
        "stimulants",
        "Opioids are none",
        (on(-3, "screen", found="fentanyl"),),
        0,
        Concern.NONE,
    ),
    Example(
        "stimulants",
        "A missed screen found nothing out",
        (on(-3, "screen", status="missed"),),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
)
