"""Worked examples: for each indicator small tables of facts and the value that follows.

They are the specification. `tests/spec` checks every one, and the Definitions page shows them. Days count from today
(-3 is three days ago). All clients are outpatients who were admitted half a year ago, unless `client` says otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from casework.indicators.registry import Concern

UNKNOWN: Final = math.nan


@dataclass(frozen=True)
class Recorded:
    """One recorded fact: `kind` names it, `said` what was recorded."""

    kind: str
    day: int
    said: Mapping[str, Any]

    @property
    def when(self) -> str:
        """ "today", "3 days ago"."""
        if self.day == 0:
            return "today"
        return "1 day ago" if self.day == -1 else f"{-self.day} days ago"

    @property
    def words(self) -> str:
        """What was recorded, for a cell of a table."""
        return "; ".join(f"{name.replace('_', ' ')}: {_in_words(value)}" for name, value in self.said.items())


@dataclass(frozen=True)
class Example:
    """These facts give this value (NaN: unknown) and level."""

    indicator_id: str
    title: str
    facts: tuple[Recorded, ...]
    value: float
    level: Concern
    client: Mapping[str, Any] = field(default_factory=dict)


def _in_words(value: Any) -> str:
    if value == "":
        return "asked, none present"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ")


def _on(day: int, kind: str, /, **said: Any) -> Recorded:
    return Recorded(kind, day, said)


def _weekly(*shares: int) -> tuple[Recorded, ...]:
    """Weekly check-ins that found so many of the first signs, the last one today."""
    first = ("same_activities", "boredom", "glamorizing", "drugs_within_reach", "isolating")
    weeks = range(len(shares) - 1, -1, -1)
    return tuple(
        _on(-7 * week, "check_in", signs=" ".join(first[:n])) for week, n in zip(weeks, shares, strict=True)
    )


def _every(days: range, kind: str, **said: Any) -> tuple[Recorded, ...]:
    return tuple(_on(day, kind, **said) for day in days)


_ON_BUPRENORPHINE: Final = _on(-100, "prescription", medication="buprenorphine")
_NONE, _SOME, _MARKED, _SERIOUS = Concern.NONE, Concern.SOME, Concern.MARKED, Concern.SERIOUS
_OPEN = Concern.UNKNOWN

EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        "active_signs",
        "Signs that were present are counted",
        (_on(-3, "check_in", signs="isolating boredom"),),
        2,
        _SOME,
    ),
    Example(
        "active_signs",
        "The latest answer decides",
        (_on(-9, "check_in", signs="isolating boredom glamorizing"), _on(-2, "check_in", signs="boredom")),
        1,
        _SOME,
    ),
    Example(
        "active_signs",
        "A sign that was not asked again stays as it was",
        (_on(-9, "check_in", signs="isolating"), _on(-2, "check_in", signs="", asked="boredom")),
        1,
        _SOME,
    ),
    Example(
        "active_signs",
        "No check-in in 14 days is unknown, not zero",
        (_on(-14, "check_in", signs="isolating"),),
        UNKNOWN,
        _OPEN,
    ),
    Example(
        "active_signs",
        "Without a prescription the medication sign is not applicable",
        (_on(0, "check_in", signs="not_taking_medication"),),
        0,
        _NONE,
    ),
    Example(
        "active_signs",
        "With a prescription it counts",
        (_ON_BUPRENORPHINE, _on(0, "check_in", signs="not_taking_medication")),
        1,
        _SOME,
    ),
    Example("sign_coverage", "Nothing asked is no coverage", (), 0, _SERIOUS),
    Example(
        "sign_coverage",
        "Without a prescription eleven signs can be asked",
        (_on(-1, "check_in", signs=""),),
        1,
        _NONE,
    ),
    Example(
        "sign_coverage",
        "Three of twelve asked",
        (_ON_BUPRENORPHINE, _on(-1, "check_in", signs="", asked="isolating boredom glamorizing")),
        0.25,
        _SOME,
    ),
    Example(
        "sign_burden",
        "One check-in: the share of asked signs that were present",
        (_on(0, "check_in", signs="isolating", asked="isolating boredom"),),
        0.5,
        _SERIOUS,
    ),
    Example(
        "sign_burden",
        "After 14 days an answer weighs half",
        (
            _on(-14, "check_in", signs="isolating", asked="isolating"),
            _on(0, "check_in", signs="", asked="isolating"),
        ),
        1 / 3,
        _SOME,
    ),
    Example(
        "sign_burden",
        "Not asked is neither present nor absent",
        (_on(-1, "check_in", signs="isolating", asked="isolating boredom"), _on(0, "check_in")),
        0.5,
        _SERIOUS,
    ),
    Example("halt", "The parts that hold are counted", (_on(-1, "check_in", halt="angry tired"),), 2, _SOME),
    Example("halt", "Not asked is unknown", (_on(-1, "check_in", signs=""),), UNKNOWN, _OPEN),
    Example("drift", "Five check-ins are not enough history", _weekly(0, 0, 0, 0, 5), UNKNOWN, _OPEN),
    Example("drift", "Nothing has changed", _weekly(1, 1, 1, 1, 1, 1), 0, _NONE),
    Example(
        "drift",
        "Two weeks far above the usual level are an alarm",
        _weekly(0, 0, 0, 0, 0, 0, 3, 5),
        7.2198,
        _MARKED,
    ),
    Example(
        "drift",
        "Three weeks with two signs more are a warning",
        _weekly(0, 1, 0, 1, 0, 2, 2, 3),
        3.4248,
        _SOME,
    ),
    Example(
        "drift",
        "One sign more is within what chance alone gives",
        _weekly(1, 1, 2, 1, 1, 1, 2, 2, 2),
        1.0574,
        _NONE,
    ),
    Example(
        "drift",
        "Old history without a recent check-in is unknown",
        tuple(_on(-30 - 7 * week, "check_in", signs="isolating") for week in range(5, -1, -1)),
        UNKNOWN,
        _OPEN,
    ),
    Example(
        "stage_tags",
        "Signs of two stages tag both",
        (_on(-20, "check_in", stages="denial"), _on(-2, "check_in", stages="denial bargaining")),
        2,
        _MARKED,
    ),
    Example(
        "stage_tags", "Reported use tags the physical stage", (_on(-5, "check_in", use="slip"),), 1, _SERIOUS
    ),
    Example("stage_tags", "Asked, none present", (_on(-5, "check_in", stages=""),), 0, _NONE),
    Example(
        "craving",
        "The latest rating counts",
        (_on(-8, "check_in", craving=9), _on(-1, "check_in", craving=3)),
        3,
        _NONE,
    ),
    Example(
        "craving",
        "A check-in that did not ask leaves the rating before it",
        (_on(-8, "check_in", craving=9), _on(-1, "check_in", signs="")),
        9,
        _MARKED,
    ),
    Example(
        "craving_trend",
        "One point more each week",
        tuple(_on(day, "check_in", craving=5 + day // 7) for day in (-21, -14, -7, 0)),
        1,
        _SOME,
    ),
    Example(
        "craving_trend",
        "Two ratings make no trend",
        (_on(-7, "check_in", craving=2), _on(0, "check_in", craving=8)),
        UNKNOWN,
        _OPEN,
    ),
    Example(
        "craving_trend",
        "Nor do two ratings of one day and a third",
        (_on(-7, "check_in", craving=2), _on(0, "check_in", craving=8), _on(0, "check_in", craving=9)),
        UNKNOWN,
        _OPEN,
    ),
    Example(
        "craving_trend",
        "Nor three days of one week",
        tuple(_on(day, "check_in", craving=8 + day) for day in (-6, -3, 0)),
        UNKNOWN,
        _OPEN,
    ),
    Example(
        "attendance_rate",
        "Late is attended; excused and cancelled by the clinic are left out",
        (
            _on(-9, "mark", mark="attended"),
            _on(-7, "mark", mark="late"),
            _on(-5, "mark", mark="excused"),
            _on(-3, "mark", mark="cancelled_by_clinic"),
            _on(-2, "mark", mark="no_show"),
        ),
        2 / 3,
        _SOME,
    ),
    Example(
        "attendance_rate", "No marked session is unknown", (_on(-2, "mark", mark="excused"),), UNKNOWN, _OPEN
    ),
    Example(
        "consecutive_no_shows",
        "Two in a row",
        (_on(-9, "mark", mark="attended"), _on(-5, "mark", mark="no_show"), _on(-2, "mark", mark="no_show")),
        2,
        _MARKED,
    ),
    Example(
        "consecutive_no_shows",
        "A session cancelled by the clinic neither breaks nor lengthens the row",
        (
            _on(-9, "mark", mark="no_show"),
            _on(-5, "mark", mark="cancelled_by_clinic"),
            _on(-2, "mark", mark="no_show"),
        ),
        2,
        _MARKED,
    ),
    Example(
        "consecutive_no_shows",
        "Coming ends it",
        (_on(-5, "mark", mark="no_show"), _on(-2, "mark", mark="late")),
        0,
        _NONE,
    ),
    Example("contact_gap", "Overdue after more than seven days", (_on(-8, "check_in"),), 8, _SOME),
    Example(
        "contact_gap",
        "No answer is not contact",
        (_on(-16, "check_in"), _on(-1, "call", reached=False)),
        16,
        _MARKED,
    ),
    Example(
        "contact_gap",
        "A call that reached the client is",
        (_on(-16, "check_in"), _on(-1, "call", reached=True)),
        1,
        _NONE,
    ),
    Example(
        "contact_gap",
        "News from others is not hearing from the client",
        (_on(-9, "mark", mark="attended"), _on(0, "check_in", contact=False)),
        9,
        _SOME,
    ),
    Example(
        "contact_gap",
        "In aftercare thirty days are expected",
        (_on(-20, "check_in"),),
        20,
        _NONE,
        {"interval": 30},
    ),
    Example(
        "contact_gap",
        "Even after the longest interval silence becomes overdue",
        (_on(-91, "check_in"),),
        91,
        _SOME,
        {"interval": 90},
    ),
    Example(
        "medication_coverage", "Without a prescription not applicable", (_on(-1, "dose"),), UNKNOWN, _OPEN
    ),
    Example(
        "medication_coverage",
        "Seven of fourteen days",
        (_ON_BUPRENORPHINE, *_every(range(-6, 1), "dose")),
        0.5,
        _SOME,
    ),
    Example(
        "medication_coverage",
        "An injection of naltrexone covers 31 days",
        (_on(-100, "prescription", medication="naltrexone_xr"), _on(-20, "dose", covers=31)),
        1,
        _NONE,
    ),
    Example(
        "medication_coverage",
        "Two doses for the same days count once",
        (_ON_BUPRENORPHINE, _on(-13, "dose", covers=7), _on(-13, "dose", covers=7), _on(0, "check_in")),
        0.5,
        _SOME,
    ),
    Example(
        "medication_coverage",
        "Without doses on record the check-in's report counts",
        (_ON_BUPRENORPHINE, _on(-1, "check_in", taken=(5, 7))),
        5 / 7,
        _SOME,
    ),
    Example(
        "unexpected_opioids",
        "Fentanyl in the latest screen",
        (_on(-20, "screen", found=""), _on(-3, "screen", found="fentanyl")),
        1,
        _SOME,
    ),
    Example(
        "unexpected_opioids",
        "The prescribed medication is expected",
        (_on(-3, "screen", found="methadone", expected="methadone"),),
        0,
        _NONE,
    ),
    Example("unexpected_opioids", "No screen is unknown", (), UNKNOWN, _OPEN),
    Example(
        "unexpected_opioids",
        "Screens of more than six weeks ago say nothing about now",
        (_on(-42, "screen", found="fentanyl"),),
        UNKNOWN,
        _OPEN,
    ),
    Example(
        "unexpected_opioids",
        "Planned screens without a result push no finding out",
        (_on(-30, "screen", found="fentanyl"), *_every(range(-21, 0, 7), "screen", status="due")),
        1,
        _SOME,
    ),
    Example(
        "missed_screens",
        "Four days after its due date a planned screen without a result is missed",
        (_on(-11, "screen", found=""), _on(-4, "screen", status="due")),
        1,
        _SOME,
    ),
    Example(
        "missed_screens",
        "Three days after it is not",
        (_on(-11, "screen", found=""), _on(-3, "screen", status="due")),
        0,
        _NONE,
    ),
    Example(
        "missed_screens",
        "Excused screens don't count",
        (
            _on(-20, "screen", status="missed"),
            _on(-9, "screen", status="excused"),
            _on(-3, "screen", status="missed"),
        ),
        2,
        _MARKED,
    ),
    Example(
        "missed_screens",
        "Only the last three due",
        (_on(-30, "screen", status="missed"), *_every(range(-15, 0, 5), "screen")),
        0,
        _NONE,
    ),
    Example(
        "medication_absent",
        "Prescribed, tested for, and not found",
        (_on(-3, "screen", found="", expected="buprenorphine"),),
        1,
        _SOME,
    ),
    Example(
        "reported_use",
        "The worst of 28 days",
        (_on(-20, "check_in", use="slip"), _on(-2, "check_in", use="none")),
        1,
        _MARKED,
    ),
    Example("reported_use", "Not asked is unknown", (_on(-2, "check_in", signs=""),), UNKNOWN, _OPEN),
    Example(
        "overdose",
        "Acknowledged or not, it counts for 28 days",
        (_on(-27, "safety_item", concerns="overdose", acknowledged=-26),),
        1,
        _SERIOUS,
    ),
    Example(
        "overdose",
        "After 28 days it does not",
        (_on(-28, "safety_item", concerns="overdose"),),
        UNKNOWN,
        _OPEN,
    ),
    Example(
        "overdose", "The safety question was answered with no", (_on(-2, "check_in", safety=0),), 0, _NONE
    ),
    Example("overdose", "Not asked is unknown", (_on(-2, "check_in", signs=""),), UNKNOWN, _OPEN),
    Example(
        "stage_tags",
        "A lapse is not undone by a later no",
        (_on(-20, "check_in", stages="lapse"), _on(-2, "check_in", stages="")),
        1,
        _SERIOUS,
    ),
    Example(
        "stage_tags",
        "An overdose tags the physical stage",
        (_on(-3, "safety_item", concerns="overdose", acknowledged=-2),),
        1,
        _SERIOUS,
    ),
    Example("reported_use", "Regular use", (_on(-2, "check_in", use="regular"),), 2, _SERIOUS),
    Example(
        "withdrawal",
        "The latest answer",
        (_on(-5, "check_in", withdrawal=3), _on(-1, "check_in", withdrawal=1)),
        1,
        _SOME,
    ),
    Example(
        "protective_factors",
        "Strengths are counted apart",
        (_on(-5, "check_in", protective="meetings routine"),),
        2,
        _NONE,
    ),
    Example(
        "lowered_tolerance",
        "28 days after custody ended the flag still stands",
        (_on(-90, "away", until=-28), _on(0, "check_in")),
        1,
        _MARKED,
    ),
    Example(
        "lowered_tolerance",
        "One day later it does not",
        (_on(-90, "away", until=-29), *_every(range(-98, 1, 7), "check_in")),
        0,
        _NONE,
    ),
    Example(
        "lowered_tolerance",
        "Four weeks without contact, until 28 days after the return",
        (_on(-40, "check_in"), _on(-3, "check_in")),
        1,
        _MARKED,
    ),
    Example(
        "lowered_tolerance",
        "Three prescribed days without a dose",
        (
            _ON_BUPRENORPHINE,
            *_every(range(-98, -9), "dose"),
            *_every(range(-6, 1), "dose"),
            *_every(range(-98, 1, 7), "check_in"),
        ),
        1,
        _MARKED,
    ),
    Example(
        "lowered_tolerance",
        "Two days without a dose are not a gap",
        (
            _ON_BUPRENORPHINE,
            *_every(range(-98, -8), "dose"),
            *_every(range(-6, 1), "dose"),
            *_every(range(-98, 1, 7), "check_in"),
        ),
        0,
        _NONE,
    ),
    Example(
        "lowered_tolerance",
        "The end of medication",
        (_on(-100, "prescription", until=-10), *_every(range(-98, 1, 7), "check_in")),
        1,
        _MARKED,
    ),
    Example(
        "safety", "A yes stays open until somebody acknowledges it", (_on(-60, "safety_item"),), 1, _SERIOUS
    ),
    Example("safety", "Acknowledged", (_on(-60, "safety_item", acknowledged=-59),), 0, _NONE),
    Example(
        "safety",
        "A self-harm sign opens an item; acknowledged, it is closed",
        (
            _on(-4, "check_in", stages="self_harm_for_urges"),
            _on(-4, "safety_item", concerns="self_harm", acknowledged=-3),
        ),
        0,
        _NONE,
    ),
    Example(
        "says_fine",
        "No use reported, and fentanyl in the latest screen",
        (_on(-5, "check_in", use="none", signs=""), _on(-3, "screen", found="fentanyl")),
        1,
        _SOME,
    ),
    Example(
        "says_fine",
        "Two kinds of record differ",
        (
            _on(-2, "check_in", use="none", craving=1),
            _on(-9, "screen", found="heroin"),
            _on(-8, "mark", mark="no_show"),
            _on(-4, "mark", mark="no_show"),
        ),
        2,
        _MARKED,
    ),
    Example(
        "says_fine",
        "What the client told of is no disagreement",
        (
            _on(-9, "check_in", use="slip"),
            _on(-6, "screen", found="fentanyl"),
            _on(-1, "check_in", use="none"),
        ),
        0,
        _NONE,
    ),
    Example(
        "says_fine",
        "A later screen that found nothing settles it",
        (
            _on(-9, "screen", found="fentanyl"),
            _on(-3, "screen", found=""),
            _on(-1, "check_in", use="none"),
        ),
        0,
        _NONE,
    ),
    Example(
        "says_fine",
        "One no-show is not otherwise",
        (_on(-3, "mark", mark="no_show"), _on(-1, "check_in", use="none")),
        0,
        _NONE,
    ),
    Example(
        "says_fine",
        "Said to be taken, and doses on record for two of these seven days",
        (
            _ON_BUPRENORPHINE,
            *_every(range(-20, -6), "dose"),
            *_every(range(-2, 0), "dose"),
            _on(0, "check_in", use="none", taken=(7, 7)),
        ),
        1,
        _SOME,
    ),
    Example(
        "says_fine",
        "Others tell of use",
        (_on(-4, "check_in", use="none"), _on(-2, "check_in", use="regular", contact=False)),
        1,
        _SOME,
    ),
    Example(
        "says_fine",
        "What others told is not the client's word",
        (_on(-4, "check_in", use="none", contact=False), _on(-2, "screen", found="fentanyl")),
        UNKNOWN,
        _OPEN,
    ),
    Example(
        "says_fine",
        "More than 14 days apart they do not speak of the same time",
        (_on(-20, "check_in", use="none"), _on(-3, "screen", found="fentanyl")),
        UNKNOWN,
        _OPEN,
    ),
    Example(
        "says_fine",
        "Three signs are not much of an answer",
        (
            _on(-2, "check_in", signs="", asked="isolating boredom glamorizing"),
            _on(-3, "screen", found="fentanyl"),
        ),
        UNKNOWN,
        _OPEN,
    ),
    Example(
        "says_fine",
        "Strong craving is not fine",
        (_on(-2, "check_in", use="none", craving=8), _on(-3, "screen", found="fentanyl")),
        0,
        _NONE,
    ),
    Example(
        "says_hard",
        "A slip was told, the screen found nothing",
        (_on(-2, "check_in", use="slip"), _on(-1, "screen", found="")),
        1,
        _SOME,
    ),
    Example(
        "says_hard",
        "Strong craving and moderate withdrawal, every session kept",
        (
            _on(-8, "mark", mark="attended"),
            _on(-2, "check_in", craving=8, withdrawal=2),
            _on(-1, "mark", mark="late"),
        ),
        2,
        _SOME,
    ),
    Example(
        "says_hard",
        "When the screen shows it too, both agree",
        (_on(-2, "check_in", use="slip"), _on(-1, "screen", found="heroin")),
        0,
        _NONE,
    ),
    Example(
        "says_hard",
        "A no-show at the end does not look fine",
        (
            _on(-9, "screen", found=""),
            _on(-2, "check_in", craving=9),
            _on(-1, "mark", mark="no_show"),
        ),
        0,
        _NONE,
    ),
    Example(
        "says_hard",
        "Nothing on record is not fine",
        (_on(-2, "check_in", use="slip", craving=9),),
        UNKNOWN,
        _OPEN,
    ),
    Example(
        "says_hard",
        "Not asked is not hard",
        (_on(-2, "check_in"), _on(-1, "screen", found="")),
        UNKNOWN,
        _OPEN,
    ),
)
