"""Where each client stands on a day: lane, group, headline, flags and next action, brought together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from casework.clinic_days import ClinicDays
from casework.frames import Facts
from casework.indicators.screens import LAST_DUE_DAYS
from casework.standing.actions import actions
from casework.standing.bad_weeks import RETURN_DAYS
from casework.standing.circumstances import Circumstances
from casework.standing.course import Course, courses
from casework.standing.done import NOTHING, Done, done_by_client
from casework.standing.flags import flags
from casework.standing.groups import GROUPS, NO_KIND, PLAN_KINDS, Groups, groups
from casework.standing.headline import headline, last_use, of_group
from casework.standing.lane import lane
from casework.standing.rest import WHY, Rests, rests, worse_today
from casework.standing.standing import FlagRaised, Rest, Said, Standing
from casework.vocabulary import Flag, Group, PlanKind, Score
from casework.windows import NEVER, Array, Evidence, FactRef, Panel

if TYPE_CHECKING:
    from casework.indicators import Assessment

NEGATIVES_TO_NAME: Final = 2
SESSIONS_TO_NAME: Final = 4
"""Fewer negative screens, or sessions all kept, are no strength to speak of. A clinic's medical director signs both."""


@dataclass(frozen=True)
class Placed:
    """The group of one client, as `groups` says it, and the rest after a call."""

    group: Group
    plan_kind: PlanKind | None = None
    since: int | None = None
    keeps_place: bool = False
    rest: Rest | None = None
    tries: int = 0
    another_way: bool = False
    known_today: tuple[FactRef, ...] = ()


def standings(assessment: Assessment, facts: Facts, clinic_days: ClinicDays) -> dict[int, Standing]:
    """Each client of `facts` on the assessment's day, by id. Pure: the same rows give the same, in whatever order."""
    panel = Panel.on(facts, assessment.today)
    found = groups(panel, assessment.readings, early_warning(assessment))
    placed = _placed(found, rests(panel, found, clinic_days), worse_today(panel))
    done = done_by_client(facts, assessment.today)
    kept = _sessions_kept(assessment)
    everybody = courses(assessment, panel, clinic_days, found)
    return {
        course.client_id: standing(course, done.get(course.client_id, NOTHING), place, clinic_days, sessions)
        for course, place, sessions in zip(everybody, placed, kept, strict=True)
    }


def standing(
    course: Course, done: Done, placed: Placed, clinic_days: ClinicDays, sessions: int = 0
) -> Standing:
    """One client. `sessions`: those of four weeks, where every one was kept."""
    said, raised = headline(course, done), flags(course)
    placed = _after_safety(placed, raised)
    said = said or (of_group(placed.group),)
    asked = Circumstances(
        course=course,
        done=done,
        group=placed.group,
        headline=said,
        flags=frozenset(one.flag for one in raised),
        days=clinic_days,
        since=placed.since,
        rest=placed.rest,
        tries=placed.tries,
        another_way=placed.another_way,
    )
    first, *also = actions(asked)
    return Standing(
        client_id=course.client_id,
        group=placed.group,
        plan_kind=placed.plan_kind,
        since=placed.since,
        lane=lane(course, done),
        headline=said,
        flags=raised,
        action=first,
        also=tuple(also),
        new=_new(said, done),
        known_today=placed.known_today,
        rest=placed.rest,
        tries=placed.tries,
        keeps_place=placed.keeps_place,
        strength=_strength(course, sessions) if _holds(placed.group, said) else None,
    )


_SAFETY: Final = frozenset({Flag.OVERDOSE, Flag.SAFETY_ANSWER})


def _after_safety(placed: Placed, raised: tuple[FlagRaised, ...]) -> Placed:
    """Nobody is steady while an overdose or a safety answer still stands as a flag, acknowledged or not."""
    stands = any(one.flag in _SAFETY for one in raised)
    return replace(placed, group=Group.LOOKS_WELL) if stands and placed.group is Group.STEADY else placed


def early_warning(assessment: Assessment) -> Array:
    """The early-warning score, in the order of the clients frame."""
    table = assessment.table
    found: Array = table[Score.EARLY.value].to_numpy()[np.argsort(table["client_id"].to_numpy())]
    return found


def _placed(found: Groups, resting: Rests, worse: Evidence) -> list[Placed]:
    columns = (found.group, found.plan_kind, found.since, found.keeps_place)
    more = (resting.until, resting.why, resting.tries, resting.another_way)
    return [
        Placed(
            group=GROUPS[group],
            plan_kind=None if kind == NO_KIND else PLAN_KINDS[kind],
            since=None if since == NEVER else since,
            keeps_place=keeps_place,
            rest=None if until == NEVER else Rest(until, WHY[why]),
            tries=tries,
            another_way=another_way,
            known_today=worse.of(row),
        )
        for row, (group, kind, since, keeps_place, until, why, tries, another_way) in enumerate(
            zip(*(column.tolist() for column in (*columns, *more)), strict=True)
        )
    ]


def _sessions_kept(assessment: Assessment) -> list[int]:
    rate = assessment.readings["attendance_rate"]
    return [
        of if share == 1 else 0
        for share, of in zip(rate.value.tolist(), rate.extra["of"].tolist(), strict=True)
    ]


def _new(said: tuple[Said, ...], done: Done) -> tuple[FactRef, ...]:
    """The facts of the headline that no call, action, decision or acknowledgement has answered."""
    refs = (ref for one in said for ref in one.refs)
    return tuple(dict.fromkeys(ref for ref in refs if not done.answered([ref])))


def _holds(group: Group, said: tuple[Said, ...]) -> bool:
    """Whether strengths are news: they are as old as the last visit, and no comfort beside an overdose."""
    return group is not Group.NEEDS_PLAN and not any(one.id in ("overdose", "unseen") for one in said)


def _strength(course: Course, sessions: int) -> Said | None:
    """What holds, where something does."""
    if course.today - course.last_negative >= LAST_DUE_DAYS:
        return Said("sessions", {"count": sessions}) if sessions >= SESSIONS_TO_NAME else None
    used = last_use(course)
    if used is not None and course.today - used.known < RETURN_DAYS:
        return Said("negatives", {"count": course.negatives, "since": True}) if course.negatives else None
    if course.negatives >= NEGATIVES_TO_NAME:
        return Said("negatives", {"count": course.negatives, "since": False})
    return Said("sessions", {"count": sessions}) if sessions >= SESSIONS_TO_NAME else None
