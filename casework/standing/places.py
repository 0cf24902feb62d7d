"""How the day's places are dealt: who stands on the list, in which order.

A counselor's day has so many calls and no more. Where there are fewer places than clients who could take
one, first those who were not reached for `Dealing.turn_days`: on the trial people, calls to somebody who
was reached a week ago took the places in which others could have been reached before they began to slip
(`docs/calls.md` has the figures).

The order of the places, in each of which the parts below decide:

1. whoever missed the appointment that the last call made;
2. slipping now, up to the share of places that is theirs, the newest first: fewest bad weeks, then no dose
   on record, then the score;
3. looks well, the highest early-warning score first, but for those who come from a plan;
4. new, then not heard from enough;
5. slipping now, beyond their share; then new with the use of before the admission;
6. those whose plan has ended: they have an owner and dates, and their calls come on top of those;
7. the same once more of those who were reached lately, the longest ago first;
8. places that are left: those who need a plan (not in `deal`, which is the day's calls alone), then steady, when
   nobody has heard from them for `Dealing.steady_days`.

Whoever keeps a place (`Groups.keeps_place`) stands on the list each working day, dealt a place or not: once
somebody has reached them, what is to be done is the prescriber's, and the places go to others.

Before days on which the clinic is closed, those for whom a third day without a dose, a cover's end or another look
at a safety answer falls into them stand first in all of this. Nobody who rests, or for whom another way is taken,
gets a place; who needs a plan has places of their own beside the day's calls (`plans`), too. What decides is the
clients' facts: never the order of the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from casework.clinic_days import ClinicDays
from casework.indicators.contact import last_contact
from casework.indicators.medication import MISSED_DAYS
from casework.standing.groups import LOOKS_WELL, NEEDS_PLAN, NEW, SLIPPING, STEADY, Groups
from casework.standing.look_again import follow_ups
from casework.standing.rest import PLAN_WAIT_DAYS, PLAN_WAIT_OFF_MEDICATION_DAYS, STEADY_DAYS, Rests
from casework.windows import NEVER, Array, Bools, Ints, Panel

NO_PLACE: Final = -1
LONG_AGO: Final = 10_000
_LAST: Final = np.iinfo(np.int64).max
_MISSED, _SLIPS, _LOOKS_WELL, _NEW, _NOT_HEARD, _EARLY_USE, _FROM_PLAN, _LATELY, _PLAN, _STEADY = range(10)
"""The parts, in the order in which they decide; those up to `_SLIPS` share places with those up to
`_NOT_HEARD`."""
_LONGEST: Final = 4
_AFTER_ALL: Final = 10**9


@dataclass(frozen=True)
class Dealing:
    """The rule by which places are dealt; a clinic can adjust it (`docs/calls.md`).

    `slipping_share`: the part of the places that is for who slips now; `turn_days`: who was reached for a
    shorter time stands behind; `steady_days`: steady clients are heard from at least so often;
    `plans_a_day`: places for who needs a plan, beside the day's calls; `plan_wait_days` and
    `plan_wait_without_dose_days`: their longest wait."""

    slipping_share: float = 0.6
    turn_days: int = 28
    steady_days: int = STEADY_DAYS
    plans_a_day: int = 1
    plan_wait_days: int = PLAN_WAIT_DAYS
    plan_wait_without_dose_days: int = PLAN_WAIT_OFF_MEDICATION_DAYS


DEALING: Final = Dealing()


@dataclass(frozen=True)
class Candidates:
    """What is dealt by, one value a client. `caseload`: places are dealt for each apart; `before_closed`: a
    third day without a dose, a cover's end or another look at a safety answer falls into days on which the clinic is
    closed; `reached`,
    `heard`: days since the last call that reached the client, and since any contact (`LONG_AGO` without
    one)."""

    client_id: Ints
    caseload: Ints
    group: Array
    keeps_place: Bools
    early: Array
    bad_weeks: Ints
    from_plan: Bools
    early_use: Bools
    without_dose: Bools
    reached_about_it: Bools
    before_closed: Bools
    missed_appointment: Bools
    rests: Bools
    another_way: Bools
    reached: Ints
    heard: Ints

    def __len__(self) -> int:
        return len(self.client_id)


def candidates(panel: Panel, found: Groups, resting: Rests, clinic_days: ClinicDays) -> Candidates:
    """The candidates of a panel with one day."""
    contact, _ = last_contact(panel)
    return Candidates(
        client_id=panel.client_id,
        caseload=panel.of_client("caseload"),
        group=found.group,
        keeps_place=found.keeps_place,
        early=found.early,
        bad_weeks=found.weeks.length,
        from_plan=found.weeks.plan_ended,
        early_use=found.weeks.early_use,
        without_dose=found.doses.off_medication,
        reached_about_it=found.keeps_place
        & (resting.reached >= np.maximum(found.doses.since, found.doses.released)),
        before_closed=_before_closed(panel, found, clinic_days),
        missed_appointment=resting.missed_appointment,
        rests=resting.until != NEVER,
        another_way=resting.another_way,
        reached=_days_since(panel, resting.reached),
        heard=_days_since(panel, contact),
    )


def deal(them: Candidates, places: int, dealing: Dealing = DEALING) -> Ints:
    """The place of each client on the day's list of their caseload, counted from 0; NO_PLACE without one."""
    turn = turns(them, dealing, plans_too=False)
    return np.where(turn < places, turn, NO_PLACE)


def turns(them: Candidates, dealing: Dealing = DEALING, *, plans_too: bool = True) -> Ints:
    """Whose turn it is in each caseload, counted from 0: however many places there are, the first turns get
    them. NO_PLACE for whoever could not take one; more places take nobody off the list. `plans_too`: places that
    are left go to who needs a plan."""
    steady = them.group == STEADY
    needs_plan = them.group == NEEDS_PLAN
    can = ~them.rests & ~them.another_way & ~them.reached_about_it & (plans_too | ~needs_plan)
    can &= ~steady | (them.heard >= dealing.steady_days)
    lately, missed = them.reached < dealing.turn_days, them.missed_appointment
    part = np.select(
        [
            missed,
            needs_plan,
            steady,
            lately,
            them.from_plan,
            them.group == SLIPPING,
            them.group == LOOKS_WELL,
            them.early_use,
            them.group == NEW,
        ],
        [_MISSED, _PLAN, _STEADY, _LATELY, _FROM_PLAN, _SLIPS, _LOOKS_WELL, _EARLY_USE, _NEW],
        _NOT_HEARD,
    )
    shares, others = can & (part <= _SLIPS), can & (part > _SLIPS) & (part <= _NOT_HEARD)
    ours, theirs = _slots(len(them), dealing.slipping_share)
    slot = np.zeros(len(them), dtype=np.int64)
    slot[shares] = ours[_places(them, shares, part, dealing)[shares]]
    slot[others] = theirs[_places(them, others, part, dealing)[others]]
    slot[missed] = -1
    turn = _places(them, can, np.where(shares | others, slot, _AFTER_ALL + part), dealing)
    return np.where(can, turn, NO_PLACE)


def _slots(most: int, share: float) -> tuple[Ints, Ints]:
    """The turns of the share (the first `most` of them), and those of the others: of n turns round(n *
    share) are the share's."""
    of_share = np.diff(np.floor(np.arange(_LONGEST * most + 1) * share + 0.5)) > 0
    after = _LONGEST * most + np.arange(most)
    ours, theirs = (np.concatenate([np.flatnonzero(which), after]) for which in (of_share, ~of_share))
    return ours[:most], theirs[:most]


def plans(them: Candidates, dealing: Dealing = DEALING) -> Ints:
    """The place of each client who needs a plan among those who are called for it today, beside the day's
    calls: whoever has waited the longest beyond the longest wait first; NO_PLACE without one."""
    eligible = ~them.rests & ~them.another_way & (them.group == NEEDS_PLAN)
    wait = np.where(them.without_dose, dealing.plan_wait_without_dose_days, dealing.plan_wait_days)
    place = _places(them, eligible, wait - them.reached, dealing)
    return np.where(place < dealing.plans_a_day, place, NO_PLACE)


def _places(them: Candidates, among: Bools, part: Ints, dealing: Dealing) -> Ints:
    """The place of each of those `among` in their caseload, by part; `_LAST` for the others.

    Within a part: before closed days first, of those reached lately the longest ago, fewest bad weeks, no
    dose on record, the score."""
    rows = np.flatnonzero(among)
    keys = (
        them.client_id,
        -them.early,
        ~them.keeps_place,
        them.bad_weeks,
        -np.minimum(them.reached, dealing.turn_days),
        ~them.before_closed,
        part,
        them.caseload,
    )
    order = rows[np.lexsort([key[rows] for key in keys])]
    caseload = them.caseload[order]
    found = np.full(len(them), _LAST, dtype=np.int64)
    found[order] = np.arange(len(order)) - np.searchsorted(caseload, caseload)
    return found


def _days_since(panel: Panel, day: Ints) -> Ints:
    return np.where(day == NEVER, LONG_AGO, panel.as_of - day)


def _before_closed(panel: Panel, found: Groups, clinic_days: ClinicDays) -> Bools:
    """Whether, before the next working day, a third day without a dose, a cover's end or another look at a safety
    answer falls into closed days."""
    today = panel.as_of
    opens = clinic_days.working_days_after(today)
    third = np.where(found.doses.since == NEVER, NEVER, found.doses.since + MISSED_DAYS)
    ends = found.doses.cover_ends
    closed: Bools = (opens > today + 1) & (
        ((third > today) & (third < opens))
        | ((ends >= today) & (ends < opens - 1))
        | _looks_between(panel, clinic_days, opens)
    )
    return closed


def _looks_between(panel: Panel, clinic_days: ClinicDays, opens: Ints) -> Bools:
    """Whether a look that nobody has done falls on one of the days after the panel's and before `opens`."""
    found = follow_ups(panel.facts, clinic_days)
    on = {
        client_id: [look.on for item in items for look in item.looks if look.done is None]
        for client_id, items in found.items()
    }
    return np.array(
        [
            any(today < day < stop for day in on.get(client_id, ()))
            for client_id, today, stop in zip(
                panel.client_id.tolist(), panel.as_of.tolist(), opens.tolist(), strict=True
            )
        ],
        dtype=bool,
    )
