"""The flags that no score hides: chips that stand wherever the name stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from casework.frames import FAR
from casework.indicators.medication import MISSED_DAYS
from casework.indicators.tolerance import MEDICATION_GAP, WATCH_DAYS
from casework.standing.course import Course
from casework.standing.lane import overdosed_on
from casework.standing.look_again import OVERDOSE_DAYS
from casework.standing.standing import FlagRaised
from casework.vocabulary import Flag, Medication

SAFETY_ANSWER_DAYS: Final = 14
"""So long a safety answer stays a chip once it was acknowledged. A clinic's medical director signs it."""
POSTPARTUM_DAYS: Final = 365
"""Overdose deaths in the year after a birth cluster seven to twelve months after it (Schiff et al., Obstet Gynecol
2018;132:466)."""
FIRST_WEEKS_DAYS: Final = 28
"""Mortality falls sharply over the first four weeks of methadone (Sordo et al., BMJ 2017;357:j1550)."""


def flags(course: Course) -> tuple[FlagRaised, ...]:
    """What stands today, in the order of `Flag`. No score and no group is asked."""
    raised = {flag: _RULES[flag](course) for flag in Flag}
    return tuple(one for one in raised.values() if one is not None)


def _overdose(course: Course) -> FlagRaised | None:
    item = course.overdose
    if item is None:
        return None
    until = overdosed_on(item) + OVERDOSE_DAYS
    return FlagRaised(Flag.OVERDOSE, until, {"on": overdosed_on(item)}) if course.today <= until else None


def _safety_answer(course: Course) -> FlagRaised | None:
    item = course.safety_answer
    if item is None:
        return None
    until = item.day + SAFETY_ANSWER_DAYS - 1
    answered = None if item["acknowledged"] == FAR else int(item["acknowledged"])
    values = {"on": item.day, "concerns": int(item["concerns"]), "acknowledged": answered}
    if answered is None:
        return FlagRaised(Flag.SAFETY_ANSWER, None, values)
    return FlagRaised(Flag.SAFETY_ANSWER, until, values) if course.today <= until else None


def _pregnant(course: Course) -> FlagRaised | None:
    return FlagRaised(Flag.PREGNANT, None, {"since": course.pregnant_since}) if course.pregnant else None


def _postpartum(course: Course) -> FlagRaised | None:
    ended = course.pregnancy_ended
    if course.pregnant or ended < 0 or course.today > ended + POSTPARTUM_DAYS:
        return None
    return FlagRaised(Flag.POSTPARTUM, ended + POSTPARTUM_DAYS, {"since": ended})


def _tolerance(course: Course) -> FlagRaised | None:
    """Until four weeks after the last day of the last cause; while a cause holds nobody knows until when."""
    causes, until = course.tolerance_causes, course.tolerance_until
    gap = course.treatment
    if gap.back_on is not None and gap.back_after >= MISSED_DAYS:
        until = max(until, gap.back_on - 1 + WATCH_DAYS)
        causes = (*causes, MEDICATION_GAP)
    holds = gap.stopped and gap.why != "ended"  # an end counts four weeks from its day
    if holds:
        causes = (*causes, MEDICATION_GAP)
    if holds or until - WATCH_DAYS == course.today:
        return FlagRaised(Flag.LOWERED_TOLERANCE, None, {"causes": list(dict.fromkeys(causes))})
    if until < course.today:
        return None
    return FlagRaised(Flag.LOWERED_TOLERANCE, until, {"causes": list(dict.fromkeys(causes))})


def _first_weeks(course: Course) -> FlagRaised | None:
    gap = course.treatment
    if gap.medication is not Medication.METHADONE or not gap.prescribed:
        return None
    until = gap.since + FIRST_WEEKS_DAYS - 1
    return (
        FlagRaised(Flag.FIRST_WEEKS_OF_METHADONE, until, {"since": gap.since})
        if course.today <= until
        else None
    )


def _no_medication(course: Course) -> FlagRaised | None:
    gap = course.treatment
    return FlagRaised(Flag.NO_MEDICATION, None, {"since": gap.gap_from}) if gap.none else None


def _no_naloxone(course: Course) -> FlagRaised | None:
    return FlagRaised(Flag.NO_NALOXONE) if course.kit < 0 and course.kit_used is None else None


def _replace_naloxone(course: Course) -> FlagRaised | None:
    return FlagRaised(Flag.REPLACE_NALOXONE, None, {"kit": course.kit}) if kit_was_used(course) else None


def kit_was_used(course: Course) -> bool:
    """Naloxone was given since the kit on record was handed over: on the day of the overdose, whenever it was told."""
    used = course.kit_used
    if used is None:
        return False
    return course.kit < (int(used["overdosed_on"]) if used["overdosed_on"] >= 0 else used.day)


def _not_safe_to_call(course: Course) -> FlagRaised | None:
    return None if course.safe_to_call else FlagRaised(Flag.NOT_SAFE_TO_CALL)


_RULES: Final[dict[Flag, Callable[[Course], FlagRaised | None]]] = {
    Flag.OVERDOSE: _overdose,
    Flag.SAFETY_ANSWER: _safety_answer,
    Flag.PREGNANT: _pregnant,
    Flag.POSTPARTUM: _postpartum,
    Flag.LOWERED_TOLERANCE: _tolerance,
    Flag.FIRST_WEEKS_OF_METHADONE: _first_weeks,
    Flag.NO_MEDICATION: _no_medication,
    Flag.NO_NALOXONE: _no_naloxone,
    Flag.REPLACE_NALOXONE: _replace_naloxone,
    Flag.NOT_SAFE_TO_CALL: _not_safe_to_call,
}
