"""What is said of a client, by clinical rank: the gravest fact first, whatever any score says.

A rule looks at a course and says one thing or nothing. Of equal rank the fact that became known last comes first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from casework.indicators.craving import MODERATE
from casework.indicators.medication import GOOD_COVERAGE
from casework.indicators.self_report import MODERATE_WITHDRAWAL
from casework.standing.bad_weeks import NEW_DAYS, PLAN_WEEKS, RETURN_DAYS
from casework.standing.course import Course, DatedRow
from casework.standing.done import Done
from casework.standing.lane import (
    BY_THE_PRESCRIBER,
    is_open,
    look_again_due,
    missed_in_pregnancy,
    overdosed_on,
    reached_since,
    used_on,
    withdrawal_waits,
)
from casework.standing.look_again import OVERDOSE_DAYS
from casework.standing.ranks import RANKS
from casework.standing.standing import Said
from casework.standing.stays import RELEASED_DAYS
from casework.vocabulary import AbsenceCause, ActionKind, Group
from casework.windows import FactRef

USE_IS_SAID_DAYS: Final = 28
"""For so long use that was told of or found is said first; afterwards what followed is. A clinic's medical
director signs it."""
SIGNS_DAYS: Final = 28
"""Signs and craving are said for four weeks after they were asked about. A clinic's medical director signs it."""
NO_SHOW_DAYS: Final = 28
"""A missed session or screen is said for four weeks. A clinic's medical director signs it."""
UNSEEN_DAYS: Final = 14
"""Nobody heard from for longer (or than the agreed interval, where that is longer) is said as not seen. A clinic's
medical director signs it."""
_CAUSES: Final = tuple(AbsenceCause)


def headline(course: Course, done: Done) -> tuple[Said, ...]:
    """All that is to be said, the gravest first; empty where nothing is."""
    found = [said for rule in RULES if (said := rule(course, done)) is not None]
    return tuple(sorted(found, key=lambda one: (RANKS[one.id], -(known_on(one) or 0))))


def of_group(group: Group) -> Said:
    """What is said where no fact is: what the group means."""
    return Said(_OF_GROUP.get(group, "steady"))


_OF_GROUP: Final = {
    Group.SLIPPING: "slipping",
    Group.LOOKS_WELL: "likely",
    Group.NEEDS_PLAN: "plan",
    Group.NOT_HEARD: "not_asked",
}


def known_on(said: Said) -> int | None:
    """The day on which it became known, as far as it is about one."""
    told = said.values.get("told", said.day)
    return None if told is None else int(told)


def _refs(*rows: DatedRow | None) -> tuple[FactRef, ...]:
    return tuple(row.ref for row in rows if row is not None)


def _overdose(course: Course, done: Done) -> Said | None:
    item, told = course.overdose, course.overdose_told
    if item is None or (course.today - item.day > OVERDOSE_DAYS and not is_open(item)):
        return None
    by_others = told is not None and told.known >= item.day and told["contact"] == 0
    values = {"told": item.day, "by_others": by_others, **_state(course, item)}
    return Said("overdose", values, overdosed_on(item), _refs(item))


def _self_harm(course: Course, done: Done) -> Said | None:
    item = course.self_harm
    if item is None or (course.today - item.day > OVERDOSE_DAYS and not is_open(item)):
        return None
    values = {"told": item.day, "concerns": int(item["concerns"]), **_state(course, item)}
    return Said("self_harm", values, item.day, _refs(item))


def _state(course: Course, item: DatedRow) -> dict[str, Any]:
    """What has been done about a safety item, and by which day somebody looks again."""
    return {
        "open": is_open(item),
        "reached": reached_since(course, item),
        "again": look_again_due(course, item),
    }


def _withdrawal(course: Course, done: Done) -> Said | None:
    row = course.withdrawal
    if row is None or row["withdrawal"] <= 0:
        return None
    strength = int(row["withdrawal"])
    values = {"told": row.known, "strength": strength, "from": int(row["withdrawal_from"])}
    if withdrawal_waits(course, done):
        return Said("dangerous_withdrawal", values, row.day, _refs(row))
    if done.answered(_refs(row), BY_THE_PRESCRIBER):
        return None
    if course.pregnant:
        return Said("withdrawal_in_pregnancy", values, row.day, _refs(row))
    return Said("withdrawal", values, row.day, _refs(row)) if strength >= MODERATE_WITHDRAWAL else None


def _released(course: Course, done: Done) -> Said | None:
    """Custody, a hospital or detox that ended lately, and whether the medication was given and goes on."""
    stay, gap = course.released, course.treatment
    if stay is None:
        return None
    values = {
        "told": max(stay.known, int(stay["until"])),
        "cause": _CAUSES[int(stay["cause"])].value,
        "days": int(stay["until"]) - stay.day + 1,
        "medication": gap.medication,
        "without_since": gap.gap_from if gap.stopped else None,
        "given": int(stay["medicated"]),
        "none": gap.none,
    }
    return Said("released", values, int(stay["until"]), (*_refs(stay), *(gap.refs if gap.stopped else ())))


def _without(course: Course, done: Done) -> Said | None:
    """Days without the medication, while they last."""
    gap = course.treatment
    if gap.gap_from is None or (gap.stopped and not gap.gap_is_news) or course.released is not None:
        return None
    values = {
        "medication": gap.medication,
        "days": gap.gap_days,
        "why": gap.why,
        "last": gap.last_dose if gap.last_dose >= 0 else None,
        "covered": gap.long_acting,
    }
    if gap.stopped or missed_in_pregnancy(course):
        return Said("without", values, gap.gap_from, gap.refs)
    return Said("missed_doses", values, gap.gap_from, gap.refs) if gap.gap_days else None


def _back(course: Course, done: Done) -> Said | None:
    gap = course.treatment
    if gap.back_on is None or course.today - gap.back_on >= RELEASED_DAYS or course.released is not None:
        return None
    values = {"medication": gap.medication, "days": gap.back_after, "covered": gap.long_acting}
    return Said("back", values, gap.back_on)  # its rows change with each dose


def _taken(course: Course) -> dict[str, Any]:
    """The medication, where every dose of it was taken, and whether that is an injection."""
    gap = course.treatment
    return {"taken": gap.medication, "covered": gap.long_acting} if gap.whole else {}


def _told(course: Course, done: Done) -> Said | None:
    row = course.told
    if row is None or course.today - row.known >= USE_IS_SAID_DAYS:
        return None
    values = {
        "told": row.day,
        "use": int(row["use"]),
        "days": None if row["use_days"] != row["use_days"] else int(row["use_days"]),
        "by_others": row["contact"] == 0,
        **_taken(course),
    }
    return Said("told", values, used_on(row), _refs(row))


def _found(course: Course, done: Done) -> Said | None:
    row = course.found
    if row is None or course.today - row.known >= USE_IS_SAID_DAYS:
        return None
    values = {"told": row.known, "found": int(row["found"]), **_taken(course)}
    return Said("early_find" if course.found_early else "found", values, row.day, _refs(row))


def last_use(course: Course) -> DatedRow | None:
    """The use that became known last, unless it was an early find."""
    rows = [course.told, None if course.found_early else course.found]
    return max((row for row in rows if row is not None), key=lambda row: row.known, default=None)


def _returned(course: Course, done: Done) -> Said | None:
    """Use of the last weeks that is not said first any more, and what followed."""
    row = last_use(course)
    if row is None or not USE_IS_SAID_DAYS <= course.today - row.known < RETURN_DAYS:
        return None
    return Said("returned", {"told": row.known, "negatives": course.negatives}, used_on(row), _refs(row))


def _weeks(course: Course, done: Done) -> Said | None:
    """Four weeks or more of use or of not coming; where all were missed, the days since the last visit say it."""
    if course.bad_weeks < PLAN_WEEKS or course.bad_weeks <= course.missed_weeks:
        return None
    return Said("weeks", {"weeks": course.bad_weeks}, None, _refs(course.told, course.found))


def _unseen(course: Course, done: Done) -> Said | None:
    days = course.unseen_days
    if course.is_away:
        return None
    if days is None:
        return Said("unseen", {"days": None}) if course.days_in_care > course.interval else None
    if course.today - course.expected_from <= max(course.interval, UNSEEN_DAYS):
        return None
    return Said(
        "unseen",
        {"days": days, "told": course.seen_on + UNSEEN_DAYS},
        course.seen_on,
        _refs(course.no_show),
    )


def _no_show(course: Course, done: Done) -> Said | None:
    row = course.no_show
    if row is None or not course.no_shows or course.today - row.day >= NO_SHOW_DAYS:
        return None
    appointment = course.reached is not None and course.reached["appointment"] == row.day
    values = {
        "told": row.known,
        "count": course.no_shows,
        "kind": int(row["kind"]),
        "appointment": appointment,
    }
    return Said("no_show", values, row.day, _refs(row))


def _missed_screen(course: Course, done: Done) -> Said | None:
    """A urine screen that nobody took, unless the client came since."""
    row = course.missed_screen
    if row is None or course.today - row.day >= NO_SHOW_DAYS or course.came_on > row.day:
        return None
    return Said("missed_screen", {"told": row.known}, row.day, _refs(row))


def _missed_weeks(course: Course, done: Done) -> Said | None:
    """Weeks in a row without coming, where nothing else says so."""
    if course.missed_weeks < 1 or any(rule(course, done) for rule in (_unseen, _no_show, _missed_screen)):
        return None
    return Said("missed_weeks", {"weeks": course.missed_weeks})


def _medication_absent(course: Course, done: Done) -> Said | None:
    """The latest screen does not show the medication that is prescribed."""
    row = course.not_shown
    if row is None or course.today - row.known >= USE_IS_SAID_DAYS:
        return None
    return Said("medication_absent", {"told": row.known, "absent": int(row["absent"])}, row.day, _refs(row))


def _doses_told(course: Course, done: Done) -> Said | None:
    """The client tells of days without a daily medication; an injection covers its days whatever is told."""
    told, gap = course.treatment.told, course.treatment
    if told is None or gap.stopped or not gap.prescribed or gap.long_acting:
        return None
    if told[1] >= GOOD_COVERAGE * told[2]:
        return None
    row, taken, of = told
    values = {"told": row.day, "taken": taken, "of": of, "medication": gap.medication}
    return Said("doses_told", values, row.day, (row,))


def _signs(course: Course, done: Done) -> Said | None:
    row = course.signs
    if row is None or not row["signs_present"] or course.today - row.day >= SIGNS_DAYS:
        return None
    values = {"told": row.known, "present": int(row["signs_present"]), "asked": int(row["signs_asked"])}
    return Said("signs", values, row.day, _refs(row))


def _craving(course: Course, done: Done) -> Said | None:
    row = course.craving
    if row is None or row["craving"] < MODERATE or course.today - row.day >= SIGNS_DAYS:
        return None
    return Said("craving", {"told": row.known, "craving": int(row["craving"])}, row.day, _refs(row))


def _drift(course: Course, done: Done) -> Said | None:
    return Said("drift", {}, None, _refs(course.signs)) if course.drifts else None


def _away_now(course: Course, done: Done) -> Said | None:
    stay = course.away
    if stay is None or not course.is_away:
        return None
    values = {"cause": _CAUSES[int(stay["cause"])].value, "given": int(stay["medicated"]), "told": stay.known}
    return Said("away_now", values, stay.day, _refs(stay))


def _looks(course: Course, done: Done) -> Said | None:
    """The days on which somebody looks again, and has not yet."""
    items = [one for one in (course.overdose, course.self_harm) if one is not None and not is_open(one)]
    looks = (look for item in items for look in course.followed[item.id].looks if look.done is None)
    days = sorted({look.due for look in looks})
    return Said("looks", {"days": days}) if days and days[-1] >= course.today - OVERDOSE_DAYS else None


def _pregnancy_review(course: Course, done: Done) -> Said | None:
    """What was recorded as done is said with its date."""
    reviewed = done.last.get(ActionKind.PREGNANCY_REVIEW)
    return Said("pregnancy_review", {}, reviewed) if course.pregnant and reviewed is not None else None


def _new(course: Course, done: Done) -> Said | None:
    if course.days_in_care >= NEW_DAYS:
        return None
    gap = course.treatment
    values = {"days": course.days_in_care, "medication": gap.medication, "since": gap.since}
    return Said("new", values, course.today - course.days_in_care)


RULES: Final[tuple[Callable[[Course, Done], Said | None], ...]] = (
    _overdose,
    _self_harm,
    _withdrawal,
    _released,
    _without,
    _back,
    _told,
    _found,
    _returned,
    _weeks,
    _unseen,
    _no_show,
    _missed_screen,
    _missed_weeks,
    _medication_absent,
    _doses_told,
    _craving,
    _signs,
    _drift,
    _looks,
    _away_now,
    _pregnancy_review,
    _new,
)
