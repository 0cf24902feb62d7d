"""What group, headline, flags, actions and level of care say of the same fact, held against each other."""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np

from casework.clinic_days import ClinicDays
from casework.frames import Facts
from casework.indicators import assess
from casework.level_of_care.client_state import ClientState, client_states
from casework.standing import Standing, standings
from casework.standing.course import Course, courses
from casework.standing.groups import Groups, groups
from casework.standing.standings import early_warning
from casework.standing.stays import is_away
from casework.standing.without_dose import WHY
from casework.vocabulary import ActionKind, Flag, Group
from casework.windows import NEVER, Panel

NOT_STEADY: Final = {"overdose", "self_harm", "released", "without", "told", "found", "weeks", "unseen"}
"""Of whom one of these is said, nobody is steady."""


def assert_one_story(some: Facts, today: dt.date, days: ClinicDays) -> None:
    """Hold all that is said of each client on the day against the one rule about days without medication, about
    absences and about what was found early."""
    assessment = assess(some, today)
    panel = Panel.on(some, assessment.today)
    found = groups(panel, assessment.readings, early_warning(assessment))
    stands = standings(assessment, some, days)
    away = is_away(panel)
    everybody = zip(courses(assessment, panel, days, found), client_states(assessment, some), strict=True)
    for at, (course, who) in enumerate(everybody):
        one = stands[course.client_id]
        try:
            _assert_days_without(found, at, course, who)
            _assert_absences(bool(away[at]), course, one)
            _assert_said(found, at, one, who)
        except AssertionError as broken:
            raise AssertionError(f"client {course.client_id} on {today}: {one}") from broken


def _assert_days_without(found: Groups, at: int, course: Course, who: ClientState) -> None:
    doses, gap = found.doses, course.treatment
    since = int(doses.since[at])
    assert gap.gap_from == (None if since == NEVER else since)
    assert (gap.why, gap.gap_days) == (WHY[doses.why[at]], doses.days[at])
    assert (gap.stopped, gap.none) == (doses.stopped[at], doses.none[at])
    assert (who.unmedicated, who.misses_doses) == (doses.none[at], doses.missed[at])
    assert who.missed_doses == doses.days[at]
    assert gap.prescribed or gap.none
    assert gap.stopped or not (doses.fresh[at] or doses.news[at] or doses.missed[at])


def _assert_absences(away: bool, course: Course, one: Standing) -> None:
    said = {line.id for line in one.headline}
    assert course.is_away == away
    assert ("away_now" in said) <= away
    assert away <= (course.away is not None)
    assert not (away and said & {"released", "unseen"})
    assert ("released" in said) == (course.released is not None)
    assert not (away and one.keeps_place)


def _assert_said(found: Groups, at: int, one: Standing, who: ClientState) -> None:
    said, raised = {line.id for line in one.headline}, {flag.flag for flag in one.flags}
    kinds = {action.kind for action in (one.action, *one.also)}
    if said & NOT_STEADY:
        assert one.group is not Group.STEADY
    if "without" in said:
        assert found.doses.news[at] or who.pregnant
        assert who.unmedicated or who.misses_doses or not found.doses.missed[at]
    if found.doses.news[at]:
        assert said & {"without", "released"}
    assert (Flag.NO_MEDICATION in raised) == who.unmedicated
    if ActionKind.PRESCRIBER_BEFORE_DOSE in kinds:
        assert found.doses.since[at] != NEVER or one.action.task is not None
    assert not np.isnan(float(one.action.due))
