"""Who does not have to be called again yet, and for whom calling is not the way any more.

- Reached with an appointment: until the day after it. Whoever did not come is back on top.
- Reached without one: a number of days by group (`REST_DAYS`).
- No dose on record (`Groups.keeps_place`): no rest.
- Not reached: the next working day, at another hour.
- Three tries in five days: another way, and no place for a fourth call until that had its time.

Only a worse fact that the call has not answered wakes a rest: use, a missed visit or missed doses, however old, that
became known after it. On the day of the call itself the facts tell by their identifiers whether it answered them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from casework.clinic_days import ClinicDays
from casework.frames import KINDS
from casework.indicators.contact import is_contact, is_no_show, last_contact
from casework.indicators.screens import MISSED, unexpected_opioid
from casework.indicators.weeks import tells_of_use
from casework.standing.groups import GROUPS, NEEDS_PLAN, Groups
from casework.vocabulary import AnsweredBy, FactKind, Group
from casework.windows import (
    FURTHEST_WINDOW_DAYS,
    NEVER,
    NO_EVIDENCE,
    NO_ROW,
    Bools,
    Evidence,
    Ints,
    Pairs,
    Panel,
    Window,
)

PLAN_WAIT_DAYS: Final = 7
PLAN_WAIT_OFF_MEDICATION_DAYS: Final = 3
"""The longest wait of somebody who needs a plan, for a call and for the next case review; 72 hours off medication. A
clinic's medical director signs both."""
STEADY_DAYS: Final = 30
"""Steady clients are heard from at least so often. A clinic's medical director signs it."""
REST_DAYS: Final = {
    Group.SLIPPING: 7,
    Group.LOOKS_WELL: 14,
    Group.NEEDS_PLAN: PLAN_WAIT_DAYS,
    Group.NEW: 7,
    Group.NOT_HEARD: 7,
    Group.STEADY: STEADY_DAYS,
}
"""Days of rest after a call that reached the client and made no appointment (a clinic's medical director
signs them)."""
TRIES: Final = 3
TRIES_WITHIN_DAYS: Final = 5
"""After so many tries in so many days a further call finds nobody either: another way (a clinic's medical
director signs it)."""
OTHER_WAY_DAYS: Final = 7
"""So long the other way (the dosing window, a letter, a permitted emergency contact) has its time; then
calls begin anew (a clinic's medical director signs it)."""
WHY: Final = ("appointment", "reached", "tried")
APPOINTMENT, REACHED, TRIED = range(len(WHY))
NO_REST: Final = -1
_BY_CALL: Final = list(AnsweredBy).index(AnsweredBy.CALL)
_DAYS: Final = 100_000
"""More than there are day numbers: a fact and a day in one number."""


@dataclass(frozen=True)
class Rests:
    """For each panel row: `until`, the day before which nobody has to call again (NEVER: no rest), and
    `why` (position in `WHY`, NO_REST). `reached`: the day of the last call that reached the client, NEVER;
    `tries`: calls of the last `TRIES_WITHIN_DAYS` since the last contact that reached nobody;
    `another_way`: enough of them; `missed_appointment`: the appointment of the last call has passed, and
    the client was not seen or heard since."""

    until: Ints
    why: NDArray[np.int8]
    reached: Ints
    tries: Ints
    another_way: Bools
    missed_appointment: Bools

    def __len__(self) -> int:
        return len(self.until)


def rests(
    panel: Panel, found: Groups, clinic_days: ClinicDays, days: Mapping[Group, int] = REST_DAYS
) -> Rests:
    """The rest of every panel row, from the calls that were known by its day. `days`: after a call without
    appointment."""
    calls = panel.window("calls", FURTHEST_WINDOW_DAYS)
    spoke = calls.last(is_contact(calls))
    reached = calls.at("day", spoke, NEVER)
    made = calls.last(calls.all_of("appointment") >= 0)
    appointment = np.where(made >= spoke, calls.at("appointment", made, NEVER), NEVER)
    contact, _ = last_contact(panel)
    missed = (appointment != NEVER) & (appointment < panel.as_of) & (contact < appointment)
    kept = (appointment != NEVER) & (contact >= appointment)
    length = np.array([days[group] for group in GROUPS])[found.group]
    length = np.where(
        (found.group == NEEDS_PLAN) & found.doses.off_medication, PLAN_WAIT_OFF_MEDICATION_DAYS, length
    )
    rested = np.where(reached != NEVER, np.where(kept, appointment, reached) + length, NEVER)
    until = np.where(appointment >= panel.as_of, appointment + 1, rested)
    why = np.where(appointment >= panel.as_of, APPOINTMENT, REACHED)
    awake = found.keeps_place | missed | _wakes(panel, found, reached)
    until = np.where(awake | (until <= panel.as_of), NEVER, until)
    tries, tried, another_way = _tries(panel, contact)
    next_try = clinic_days.working_days_after(np.where(tried == NEVER, panel.as_of, tried))
    waits = (tried != NEVER) & (next_try > panel.as_of) & ~found.keeps_place & (until == NEVER)
    until = np.where(waits, next_try, until)
    why = np.where(until == NEVER, NO_REST, np.where(waits, TRIED, why)).astype(np.int8)
    return Rests(until, why, reached, tries, another_way, missed)


def _tries(panel: Panel, contact: Ints) -> tuple[Ints, Ints, Bools]:
    """How many calls of the last days reached nobody, the day of the latest such call since the last
    contact (NEVER), and whether they were enough for another way."""
    calls = panel.window("calls", FURTHEST_WINDOW_DAYS)
    failed = ~is_contact(calls)
    latest = calls.latest(TRIES, failed)
    days = np.where(latest == NO_ROW, NEVER, calls.at("day", latest, NEVER))
    days = np.where(days >= contact, days, NEVER)  # a try before a contact was answered by it
    recent = calls_within(panel, TRIES_WITHIN_DAYS, contact)
    enough = (days[-1] != NEVER) & (days[0] - days[-1] < TRIES_WITHIN_DAYS)
    return recent, days[0], enough & (panel.as_of - days[0] <= OTHER_WAY_DAYS)


def calls_within(panel: Panel, days: int, since: Ints) -> Ints:
    """How many calls of the last `days` reached nobody, on or after the day `since` of each panel row."""
    calls = panel.window("calls", days)
    failed = ~is_contact(calls)

    def on_or_after(pairs: Pairs) -> Ints:
        found: Ints = pairs.total(failed[pairs.row] & (pairs.column("day") >= pairs.of_owner(since)))
        return found

    return calls.each(on_or_after)


def worse_today(panel: Panel) -> Evidence:
    """The facts that wake a rest and became known on the day of the panel, which has one: a call of that day answers
    them."""
    found = NO_EVIDENCE
    for window, worse in _worse(panel):
        if len(panel):
            found += window.evidence(worse & (window.all_of("known") == panel.as_of[0]))
    return found


def _worse(panel: Panel) -> Iterator[tuple[Window, Bools]]:
    """The facts that wake a rest, one kind after the other: a missed visit or screen, and use."""
    sessions, screens, check_ins = (
        panel.window(name, FURTHEST_WINDOW_DAYS) for name in ("attendance", "screens", "check_ins")
    )
    yield sessions, is_no_show(sessions)
    yield screens, unexpected_opioid(screens) | (screens.all_of("status") == MISSED)
    yield check_ins, tells_of_use(check_ins)


def _wakes(panel: Panel, found: Groups, reached: Ints) -> Bools:
    """Whether a fact that the last call has not answered became known: after the day of the call, or on that day."""
    latest = np.where(found.doses.fresh, panel.as_of, NEVER)
    unanswered = np.full(len(panel), NEVER)
    for window, worse in _worse(panel):
        latest = np.maximum(latest, _last_known(window, worse))
        unanswered = np.maximum(unanswered, _last_known(window, worse & ~_answered_by_a_call(window)))
    wakes: Bools = (latest > reached) | ((unanswered == reached) & (reached != NEVER))
    return wakes


def _answered_by_a_call(window: Window) -> Bools:
    """The rows that a call has answered on the day on which they became known."""
    frame, facts = window.frame, window.frame.facts
    by, kind = facts.column("answered", "by"), facts.column("answered", "kind")
    which = (by == _BY_CALL) & (kind == list(FactKind).index(KINDS[frame.name]))
    keys = [
        name.astype(np.int64) * _DAYS + day
        for name, day in (
            (facts.column("answered", "fact")[which], facts.column("answered", "day")[which]),
            (frame.column("id"), frame.column("known")),
        )
    ]
    return np.isin(keys[1], keys[0])


def _last_known(window: Window, which: Bools) -> Ints:
    """The last day on which one of the rows `which` became known; NEVER."""
    known = np.where(which, window.all_of("known").astype(np.int64), NEVER)

    def last(pairs: Pairs) -> Ints:
        found: Ints = pairs.reduce(np.maximum, known[pairs.row], NEVER)
        return found

    return window.each(last)
