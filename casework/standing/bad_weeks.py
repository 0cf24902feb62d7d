"""The row of weeks with use or absence that goes on at each panel row, and whether it asks for a plan.

Weeks are those of the client's care (`casework.indicators.weeks`). A week is *bad* with use or a missed
visit, *good* when it is over, the client came, and no use was found or told. Otherwise it says nothing:
such a week neither breaks nor lengthens a row, but where nothing was due after a missed week, nobody has
seen the client since. Not asked is not no: a good week ends absence, but use only where a urine screen or an
answer shows none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from casework.frames import FAR
from casework.indicators.contact import is_contact, is_no_show
from casework.indicators.screens import MISSED, is_negative, unexpected_opioid
from casework.indicators.use import NONE
from casework.indicators.weeks import (
    WEEK_DAYS,
    WEEKS,
    between,
    days_back,
    days_begun,
    running_weeks,
    tells_of_use,
)
from casework.windows import FURTHEST_WINDOW_DAYS, NEVER, Bools, Ints, Pairs, Panel, Window, cached

PLAN_WEEKS: Final = 4
"""So many weeks of use or absence in a row ask for a plan: the trials' own definition of a relapse
(CTN-0094)."""
END_OF_PLAN_WEEKS: Final = 2
"""So many attended weeks without use in a row end it (a clinic's medical director signs it)."""
NEW_WEEKS: Final = 4
"""The first weeks in care. Mortality falls sharply over the first four of methadone (Sordo et al., BMJ
2017;357:j1550), and fentanyl's metabolite clears after 13 days on average, up to 26 (Huhn et al., Drug
Alcohol Depend 2020;214:108147): until the first negative one, a positive screen is no return to use
(`early_until`)."""
NEW_DAYS: Final = WEEK_DAYS * NEW_WEEKS
RETURN_WEEKS: Final = 8
"""So long after a return to use, or after a plan has ended, a client stays in view (a clinic's medical
director signs it)."""
RETURN_DAYS: Final = WEEK_DAYS * RETURN_WEEKS
NOW_WEEKS: Final = 4
"""A bad week that is longer ago, and after which nobody came, is no slip *now*. A clinic's medical
director signs it."""


@dataclass(frozen=True)
class BadWeeks:
    """What the weeks of each panel row say; bit 0 is the running week, bit 1 the last one that is over.

    `bits`: the bad weeks of the row that goes on now (0: none); `length`: how many they are, without those
    in which use was told and the urine of that very week showed none; `plan`: the row, or one before it,
    asks for a plan; `plan_bits`: its bad weeks, from the first of the row that asked for it on;
    `plan_ended`: one ended in the last `RETURN_WEEKS`; `returned`: use in the last `RETURN_WEEKS` that was
    a return to it; `unseen`: missed weeks in a row up to now; `early_use`: use in the last two weeks, of
    somebody new, that was none."""

    bits: Ints
    length: Ints
    plan: Bools
    plan_bits: Ints
    plan_ended: Bools
    returned: Bools
    unseen: Ints
    early_use: Bools


def is_new(panel: Panel) -> Bools:
    """The first weeks in care."""
    new: Bools = panel.as_of - panel.of_client("admitted") < NEW_DAYS
    return new


@cached
def early_until(panel: Panel) -> Ints:
    """The day from which on an unexpected opioid is use, whatever was there before admission: after the
    first weeks in care, or from the first negative screen of them on."""
    screens, admitted = panel.window("screens", None), panel.of_client("admitted")
    negative = is_negative(screens)

    def cleared(pairs: Pairs) -> Ints:
        day = pairs.column("day")
        counts = negative[pairs.row] & (day >= pairs.of_owner(admitted))
        found: Ints = pairs.reduce(np.minimum, np.where(counts, day, np.int64(FAR)), int(FAR))
        return found

    until: Ints = np.minimum(admitted + NEW_DAYS, screens.each(cleared))
    return until


@cached
def bad_weeks(panel: Panel) -> BadWeeks:
    """The weeks of every panel row, from what was known by its day."""
    known, inside, away = running_weeks(panel), in_care(panel), away_weeks(panel)
    all_use = (known.found | known.told) & inside
    missed, came = known.missed & inside & ~away, (known.seen | all_use) & inside
    good = came & ~all_use & ~_RUNNING
    shown = good & (known.negative | _denied(panel))
    no_return = all_use & ~_later_use(panel)
    used = np.where(is_new(panel), all_use & ~no_return, all_use)
    slip = used & known.negative & ~known.found
    bits, length, uses, good_row, unseen, ended, of_plan = (
        np.zeros(len(panel), dtype=np.int64) for _ in range(7)
    )
    plan, absent = np.zeros(len(panel), dtype=bool), np.zeros(len(panel), dtype=bool)
    for week in range(WEEKS, -1, -1):
        here = np.int64(1 << week)
        seen, is_good, is_shown, is_used, is_missed, is_slip = (
            (mask & here) != 0 for mask in (came, good, shown, used, missed, slip)
        )
        goes_on = absent & ~seen & ((away & here) == 0) & (week > 0)
        absent = is_missed | goes_on
        bad, breaks = absent | is_used, (is_good | (seen & (week > 0))) & ~absent & ~is_used
        bits = np.where(breaks, np.where(is_shown, 0, bits & used), bits | np.where(bad, here, 0))
        uses = np.where(is_shown | is_slip, 0, uses + is_used)
        of_plan = np.where(breaks & ~plan, bits, of_plan | np.where(bad, here, 0))
        length = np.where(breaks, uses, np.where(is_slip, 0, length + bad))
        good_row = np.where(bad, 0, good_row + is_good)
        before = plan
        plan = (plan | (length >= PLAN_WEEKS)) & (good_row < END_OF_PLAN_WEEKS)
        ends = before & ~plan
        ended = np.where(ends, here, ended)
        bits, uses, length, of_plan = (
            np.where(ends, 0, counted) for counted in (bits, uses, length, of_plan)
        )
        unseen = np.where(seen, 0, unseen + absent)
    bits = np.where(plan | ((bits & between(0, NOW_WEEKS)) != 0), bits, 0)
    lately = between(0, RETURN_WEEKS)
    return BadWeeks(
        bits=bits,
        length=np.where(bits != 0, np.maximum(length, 1), 0),
        plan=plan,
        plan_bits=np.where(plan, of_plan, 0),
        plan_ended=~plan & ((ended & lately) != 0),
        returned=(all_use & ~no_return & lately) != 0,
        unseen=unseen,
        early_use=is_new(panel) & ((no_return & between(0, 1)) != 0),
    )


def _denied(panel: Panel) -> Ints:
    """Bits of the weeks in which the client was asked about use and said no."""
    check_ins, begun = panel.window("check_ins", FURTHEST_WINDOW_DAYS), days_begun(panel)
    no = (check_ins.all_of("use") == NONE) & is_contact(check_ins)

    def weeks_of(pairs: Pairs) -> Ints:
        week = days_back(pairs, begun) // WEEK_DAYS
        return pairs.union(np.where(no[pairs.row], np.left_shift(np.int64(1), week), 0))

    return check_ins.each(weeks_of)


_RUNNING: Final = 1


@cached
def in_care(panel: Panel) -> Ints:
    """Bits of the weeks that lie wholly after the day of admission: what was before is no course of
    treatment."""
    over = np.clip((panel.as_of - panel.of_client("admitted")) // WEEK_DAYS, -1, 2 * WEEKS)
    return np.left_shift(np.int64(1), over + 1) - 1


def _later_use(panel: Panel) -> Ints:
    """Bits of the weeks with use from `early_until` on."""
    screens, check_ins = (panel.window(name, FURTHEST_WINDOW_DAYS) for name in ("screens", "check_ins"))
    begun, since = days_begun(panel), early_until(panel)

    def weeks_of(window: Window, which: Bools) -> Ints:
        def later(pairs: Pairs) -> Ints:
            counts = which[pairs.row] & (pairs.column("day") >= pairs.of_owner(since))
            week = days_back(pairs, begun) // WEEK_DAYS
            return pairs.union(np.where(counts, np.left_shift(np.int64(1), week), 0))

        return window.each(later)

    return weeks_of(screens, unexpected_opioid(screens)) | weeks_of(check_ins, tells_of_use(check_ins))


@cached
def away_weeks(panel: Panel) -> Ints:
    """Bits of the weeks that a dated absence touches: they are neither missed nor kept."""
    window, begun = panel.window("absences", None), days_begun(panel)
    until = window.all_of("until").astype(np.int64)

    def touched(pairs: Pairs) -> Ints:
        started = days_back(pairs, begun) // WEEK_DAYS
        since_end = pairs.of_owner(panel.as_of - begun) + WEEK_DAYS - until[pairs.row]
        latest = np.clip(since_end // WEEK_DAYS, 0, WEEKS + 1)
        oldest = np.clip(started + 1, latest, WEEKS + 1)
        one = np.int64(1)
        return pairs.union(np.left_shift(one, oldest) - np.left_shift(one, latest))

    return window.each(touched)


def first_day(panel: Panel, bits: Ints) -> Ints:
    """The first day of the dated rows that make the weeks `bits` bad; NEVER where there is none."""
    known = running_weeks(panel)
    used = known.found | known.told
    sessions, screens, check_ins = (
        panel.window(name, FURTHEST_WINDOW_DAYS) for name in ("attendance", "screens", "check_ins")
    )
    named = check_ins.all_of("used_on").astype(np.int64)
    days = (
        _first(panel, sessions, is_no_show(sessions), bits & known.missed),
        _first(panel, screens, screens.all_of("status") == MISSED, bits & known.missed),
        _first(panel, screens, unexpected_opioid(screens), bits & used),
        _first(panel, check_ins, tells_of_use(check_ins), bits & used, np.where(named >= 0, named, FAR)),
    )
    first: Ints = np.minimum.reduce(days)
    return np.where(first == FAR, NEVER, first)


def _first(panel: Panel, window: Window, which: Bools, bits: Ints, named: Ints | None = None) -> Ints:
    """The first day of the rows `which` in the weeks `bits`, or the day that a row names, where that is
    earlier; FAR."""
    day, begun = window.all_of("day").astype(np.int64), days_begun(panel)
    if named is not None:
        day = np.minimum(day, named)

    def first(pairs: Pairs) -> Ints:
        week = days_back(pairs, begun) // WEEK_DAYS
        inside = which[pairs.row] & (pairs.of_owner(bits) >> week & 1 != 0)
        found: Ints = pairs.reduce(np.minimum, np.where(inside, day[pairs.row], np.int64(FAR)), int(FAR))
        return found

    return window.each(first)
