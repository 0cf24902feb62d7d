"""What puts a client before all groups, outside every budget, today."""

from __future__ import annotations

from typing import Final

from casework.frames import FAR
from casework.indicators.medication import MISSED_DAYS_IN_PREGNANCY
from casework.indicators.use import CAN_KILL
from casework.standing.course import Course, DatedRow
from casework.standing.done import Done
from casework.standing.look_again import OVERDOSE_DAYS
from casework.vocabulary import SUBSTANCES, ActionKind, AnsweredBy, LaneReason, mask

USE_IN_PREGNANCY_DAYS: Final = 14
"""Use of so many days puts a pregnant client before all groups. A clinic's medical director signs it."""
_CAN_KILL: Final = mask(SUBSTANCES, CAN_KILL)
BY_A_PHYSICIAN: Final = (ActionKind.MEDICAL_WITHDRAWAL,)
"""What clears withdrawal that can kill: medical care for it, which answers the check-in that tells of it; beside that a
decision on the level of care to which a prescriber agreed (`actions.placements`: no other answers it)."""
BY_THE_PRESCRIBER: Final = (
    ActionKind.PRESCRIBER_DOSE,
    ActionKind.PRESCRIBER_BEFORE_DOSE,
    ActionKind.OFFER_MEDICATION,
)
"""What the prescriber is asked, the prescriber answers: a decision answers the level of care and nothing beside it."""


def lane(course: Course, done: Done) -> tuple[LaneReason, ...]:
    """Why the client comes first today, the gravest reason first; empty: does not."""
    holds = {
        LaneReason.OVERDOSE: overdose_waits(course),
        LaneReason.SELF_HARM: self_harm_waits(course),
        LaneReason.WITHDRAWAL: withdrawal_waits(course, done),
        LaneReason.PREGNANCY: pregnancy_waits(course, done),
    }
    return tuple(reason for reason in LaneReason if holds[reason])


def overdosed_on(item: DatedRow) -> int:
    """The day of the overdose that a safety item is about; where nobody knows it, the day on which it was told."""
    return int(item["event"]) if item["event"] >= 0 else item.day


def used_on(row: DatedRow) -> int:
    """The last day of the use that a check-in tells of, and the day of a screen."""
    named = int(row.values.get("used_on", -1))
    return named if named >= 0 else row.day


def is_open(item: DatedRow) -> bool:
    """Nobody has acknowledged the safety item."""
    return bool(item["acknowledged"] == FAR)


def reached_since(course: Course, item: DatedRow) -> bool:
    """Somebody has talked with the client since the item was raised, or the client came on a later day."""
    return course.followed[item.id].reached is not None


def look_again_due(course: Course, item: DatedRow) -> int | None:
    """The day of the first look that is due and that nobody has done; None: none is due any more."""
    look = course.followed[item.id].next
    return None if look is None else look.due


def overdose_waits(course: Course) -> bool:
    """An overdose that was told of: until the client is reached, and on the days on which somebody looks again."""
    return _waits(course, course.overdose)


def self_harm_waits(course: Course) -> bool:
    """Thoughts of suicide or self-harm: until a named person acknowledges it, the client is reached, and somebody has
    looked again."""
    return _waits(course, course.self_harm)


def _waits(course: Course, item: DatedRow | None) -> bool:
    if item is None:
        return False
    if is_open(item):
        return True
    if course.today - item.day > OVERDOSE_DAYS:
        return False
    due = look_again_due(course, item)
    return not reached_since(course, item) or (due is not None and due <= course.today)


def dangerous_withdrawal(course: Course) -> bool:
    """The latest answer tells of withdrawal from alcohol or benzodiazepines."""
    row = course.withdrawal
    return row is not None and row["withdrawal"] > 0 and bool(int(row["withdrawal_from"]) & _CAN_KILL)


def withdrawal_waits(course: Course, done: Done) -> bool:
    """Dangerous withdrawal that no physician has seen yet."""
    row = course.withdrawal
    if row is None or not dangerous_withdrawal(course):
        return False
    return not done.answered([row.ref], (*BY_A_PHYSICIAN, AnsweredBy.DECISION))


def missed_in_pregnancy(course: Course) -> bool:
    """Two missed doses are enough in pregnancy."""
    gap = course.treatment
    return course.pregnant and gap.gap_from is not None and gap.missed >= MISSED_DAYS_IN_PREGNANCY


def use_in_pregnancy(course: Course) -> tuple[DatedRow, ...]:
    """Use of the last days that was told of or found, while pregnant."""
    rows = (course.told, course.found)
    lately = course.today - USE_IN_PREGNANCY_DAYS
    return tuple(row for row in rows if course.pregnant and row is not None and used_on(row) > lately)


def pregnancy_waits(course: Course, done: Done) -> bool:
    """Pregnant, with use that the prescriber has not answered, or with two missed doses."""
    refs = [row.ref for row in use_in_pregnancy(course)]
    return missed_in_pregnancy(course) or bool(refs and not done.answered(refs, BY_THE_PRESCRIBER))
