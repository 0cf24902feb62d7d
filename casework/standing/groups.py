"""Which group each panel row is in, from dated facts: one a client, the same on every screen.

Where several groups apply, the first of these decides:

1. needs a plan: four weeks or more of use or absence, until two good ones. Whoever misses doses meanwhile
   keeps the place that `Groups.keeps_place` gives;
2. slipping now: the medication has stopped, release from custody, a hospital or detox, or the first one to
   three bad weeks;
3. new: the first four weeks in care;
4. looks well, after a return to use or a plan;
5. not heard from enough: nothing says how the client is, or contact is overdue;
6. looks well, by the early-warning score, the own baseline, a medication that stopped longer ago or began,
   also again, in the last two weeks, or a release that a dose has followed;
7. steady.

So what is not known never reads as steady, and good weeks move nobody down who has just lost the medication.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from casework.indicators.contact import last_contact
from casework.indicators.points import HEARD_DAYS
from casework.indicators.registry import Concern
from casework.indicators.rules import Readings
from casework.indicators.screens import is_collected
from casework.indicators.signs import asks_signs
from casework.indicators.weeks import WEEK_DAYS, between
from casework.standing.bad_weeks import PLAN_WEEKS, BadWeeks, away_weeks, bad_weeks, first_day, is_new
from casework.standing.without_dose import WithoutDose, taken_again, without_dose
from casework.vocabulary import Group, PlanKind
from casework.windows import NEVER, NO_ROW, Array, Bools, Ints, Panel

AWAY_WEEKS: Final = 2
"""Who needs a plan is away when nobody saw them for so many weeks (a clinic's medical director signs it)."""
EARLY_FROM: Final = 70
"""The early-warning score from which somebody who looks well is listed: more than 1 in 7 of them begin four bad weeks
within the next four, which is more than most (`docs/calls.md` has what other limits give)."""

READS: Final = ("contact_gap", "days_unseen", "drift")
"""The indicators that the groups read."""

GROUPS: Final = tuple(Group)
SLIPPING, LOOKS_WELL, NEEDS_PLAN, NEW, NOT_HEARD, STEADY = range(len(GROUPS))
PLAN_KINDS: Final = tuple(PlanKind)
COMES, AWAY = range(len(PLAN_KINDS))
NO_KIND: Final = -1


@dataclass(frozen=True)
class Groups:
    """Where each panel row stands. `group`: position in `GROUPS`; `plan_kind`: in `PLAN_KINDS`, NO_KIND
    without a plan; `since`: the first day of what the group is about, NEVER where that is no day;
    `keeps_place`: on the list each working day until a dose is on record; `early`: the early-warning score;
    `weeks` and `doses`: what stands behind."""

    group: NDArray[np.int8]
    plan_kind: NDArray[np.int8]
    since: Ints
    keeps_place: Bools
    early: Array
    weeks: BadWeeks
    doses: WithoutDose

    def __len__(self) -> int:
        return len(self.group)


def groups(panel: Panel, readings: Readings, early: Array, early_from: float = EARLY_FROM) -> Groups:
    """The group of every panel row, from what was known by its day. `early`: the early-warning score of each, and
    from which on it lists somebody who looks well."""
    row, doses = bad_weeks(panel), without_dose(panel)
    plan = row.plan | _silent(panel, readings)
    away = np.maximum(row.unseen, PLAN_WEEKS * (plan & ~row.plan)) >= AWAY_WEEKS
    acute = (doses.fresh | (doses.released != NEVER)) & ~(plan & away)
    group = np.select(
        [
            plan,
            acute | (row.bits != 0),
            is_new(panel),
            row.returned | row.plan_ended,
            ~says_how_somebody_is(panel) | (readings["contact_gap"].extra["overdue"] > 0),
            (early >= early_from)
            | (readings["drift"].level >= Concern.SOME)
            | doses.news
            | doses.out_lately
            | taken_again(panel),
        ],
        [NEEDS_PLAN, SLIPPING, NEW, LOOKS_WELL, NOT_HEARD, LOOKS_WELL],
        STEADY,
    ).astype(np.int8)
    return Groups(
        group=group,
        plan_kind=np.where(group == NEEDS_PLAN, np.where(away, AWAY, COMES), NO_KIND).astype(np.int8),
        since=_since(panel, group, acute, row, doses),
        keeps_place=acute & doses.keeps_place,
        early=early,
        weeks=row,
        doses=doses,
    )


def says_how_somebody_is(panel: Panel) -> Bools:
    """Whether use or a sign was asked about, or urine was taken, in the last `HEARD_DAYS`. Coming alone
    tells nothing of how somebody is."""
    check_ins, screens = panel.window("check_ins", HEARD_DAYS), panel.window("screens", HEARD_DAYS)
    asked = asks_signs(check_ins) | (check_ins.all_of("use") >= 0)
    found: Bools = (check_ins.last(asked) != NO_ROW) | (screens.last(is_collected(screens)) != NO_ROW)
    return found


def _silent(panel: Panel, readings: Readings) -> Bools:
    """Four weeks without a word or a dose (longer, where contact is expected more rarely), outside of dated
    absences."""
    gap = np.minimum(readings["contact_gap"].value, readings["days_unseen"].extra["silent"])
    long: Bools = gap >= np.maximum(WEEK_DAYS * PLAN_WEEKS, panel.of_client("interval"))
    elsewhere = (away_weeks(panel) & between(0, PLAN_WEEKS - 1)) != 0
    found: Bools = long & ~elsewhere
    return found


def _since(panel: Panel, group: NDArray[np.int8], acute: Bools, row: BadWeeks, doses: WithoutDose) -> Ints:
    """The first day of what each group is about."""
    contact, _ = last_contact(panel)
    after_contact = np.where(contact != NEVER, contact + 1, panel.of_client("admitted"))
    of_row = first_day(panel, row.bits)
    of_stop = np.where(doses.released != NEVER, doses.released, doses.since)
    of_weeks = first_day(panel, row.plan_bits)
    of_plan = np.where(of_weeks != NEVER, of_weeks, after_contact)
    return np.select(
        [acute, group == SLIPPING, group == NEEDS_PLAN, group == NEW, group == NOT_HEARD],
        [of_stop, of_row, of_plan, panel.of_client("admitted"), after_contact],
        NEVER,
    ).astype(np.int64)
