"""Days without the maintenance medication, for every panel row: what puts somebody first whatever the weeks
say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from casework.indicators.care import latest_that_holds
from casework.indicators.contact import last_contact
from casework.indicators.medication import (
    LOOK_BACK_DAYS,
    MISSED_DAYS,
    MISSED_DAYS_IN_PREGNANCY,
    days_dosed,
    days_prescribed,
    prescribed,
)
from casework.vocabulary import MEDICATIONS, AbsenceCause, Medication, ids
from casework.windows import (
    FURTHEST_WINDOW_DAYS,
    NEVER,
    NO_ROW,
    Bools,
    Ints,
    Panel,
    bit_count,
    cached,
    first_days,
    lowest_bit,
)

FRESH_DAYS: Final = 21
"""A stop is slipping *now* for its first three weeks, as use and absence are; later it is one of the
reasons for which somebody who looks well is more likely than most to slip."""
RELEASED_DAYS: Final = 14
"""The first two weeks after release: overdose deaths were 129 times as frequent as in the population then
(Binswanger et al., N Engl J Med 2007;356:157; Merrall et al., Addiction 2010;105:1545)."""
REPORT_DAYS: Final = 14
"""Where no doses are recorded, a check-in of so many days says whether the medication is taken."""
LONGEST_TAKE_HOME_DAYS: Final = 14
"""A dose that covers more days is an injection; take-home doses are for two weeks at the most here."""
_NAMES: Final = ids(MEDICATIONS)
_METHADONE: Final = _NAMES.index(Medication.METHADONE)
_NALTREXONE_XR: Final = _NAMES.index(Medication.NALTREXONE_XR)
_LASTS: Final = np.array([one.covers_days > 1 for one in MEDICATIONS])
_NO_RELEASE: Final = list(AbsenceCause).index(AbsenceCause.TRAVEL)


@dataclass(frozen=True)
class WithoutDose:
    """`since`: the first day without the medication, while that lasts (NEVER: it is taken, or none was
    prescribed); `days`: those that count up to yesterday; `stopped`: so many that it counts as stopped, and
    `fresh`: for no longer than `FRESH_DAYS`; `missed`: doses were missed for so long that the client
    keeps a place; `released`: the last day of an absence that ended in the last `RELEASED_DAYS` with no
    dose since, NEVER without one; `cover_ends`: the last day that an injection covers, NEVER."""

    since: Ints
    days: Ints
    stopped: Bools
    fresh: Bools
    missed: Bools
    released: Ints
    cover_ends: Ints

    @property
    def keeps_place(self) -> Bools:
        """On the list each working day until a dose is on record."""
        found: Bools = (self.missed & self.fresh) | (self.released != NEVER)
        return found


def without_dose(panel: Panel) -> WithoutDose:
    """What is on record of each panel row's days without medication. During a dated absence nothing is
    missed."""
    since, days, at_once = _missed(panel)
    away, given = _absences(panel)
    since = np.where(away, NEVER, np.where(since != NEVER, np.maximum(since, given + 1), NEVER))
    held = since != NEVER
    days = np.where(held, np.minimum(days, panel.as_of - since), 0)
    enough = np.where(panel.of_client("pregnant") == 1, MISSED_DAYS_IN_PREGNANCY, MISSED_DAYS)
    missed = held & (at_once | (days >= enough))
    stopped = missed | (held & ~prescribed(panel))
    fresh = stopped & (panel.as_of - since <= FRESH_DAYS)
    return WithoutDose(since, days, stopped, fresh, missed, _released(panel, away), _cover_ends(panel))


def _missed(panel: Panel) -> tuple[Ints, Ints, Bools]:
    """The first day without the medication, how many of the days since then count, and whether one is
    enough: the cover of naltrexone has ended."""
    due, (dosed, recorded) = days_prescribed(panel), days_dosed(panel)
    name, holds = _medicine(panel)
    last_due = lowest_bit(due)
    ago = np.where(dosed != 0, lowest_bit(dosed), LOOK_BACK_DAYS)
    begun = lowest_bit(~(due >> np.maximum(last_due, 0))) + np.maximum(last_due, 0)
    by_doses = np.minimum(ago, begun) - 1
    # A dose taken at home becomes known at the next word of the client; one that was due here is missed on its day.
    at_home = holds & ~_LASTS[name] & _told_later(panel)
    heard = np.maximum(last_contact(panel)[0], panel.as_of - ago)
    open_days = np.where(
        at_home, np.left_shift(np.int64(1), np.clip(panel.as_of - heard, 0, LOOK_BACK_DAYS)) - 1, 1
    )
    counted = first_days(LOOK_BACK_DAYS) & ~dosed & ~open_days & ~1
    days = bit_count(counted & ((1 << (np.maximum(by_doses, 0) + 1)) - 1))
    known = recorded & (due != 0) & (by_doses >= np.where(_LASTS[name], 0, 1)) & (~at_home | (days > 0))
    told_since = _told(panel)
    told = ~recorded & (told_since != NEVER) & (due & 1 != 0)
    since = np.where(known, panel.as_of - by_doses, np.where(told, told_since, NEVER))
    ended = ~recorded & (due != 0) & (due & 1 == 0)
    since = np.where(ended, panel.as_of - last_due + 1, since)
    days = np.where(known, days, np.where(since != NEVER, panel.as_of - since, 0))
    return since, days, known & holds & (name == _NALTREXONE_XR)


def _told_later(panel: Panel) -> Bools:
    """Whether any dose of the last weeks became known later than on its day: the client takes some at
    home."""
    doses = panel.window("doses", LOOK_BACK_DAYS)
    found: Bools = doses.last(doses.all_of("known") > doses.all_of("day")) != NO_ROW
    return found


def _medicine(panel: Panel) -> tuple[Ints, Bools]:
    """Which medication is prescribed, or was last; and whether it is prescribed on the day."""
    window = panel.window("prescriptions", None)
    now = latest_that_holds(window)
    rows = np.where(now == NO_ROW, window.last(), now)
    return window.at("medication", rows, 0), now != NO_ROW


def _told(panel: Panel) -> Ints:
    """The first of the days on which, by the latest check-in that tells of days, none of the medication was
    taken."""
    window = panel.window("check_ins", REPORT_DAYS)
    of_days = window.all_of("medication_days_of")
    rows = window.last((of_days > 0) & (window.all_of("medication_days_taken") >= 0))
    of, taken = (window.at(f"medication_days_{name}", rows, 0.0) for name in ("of", "taken"))
    first = window.at("day", rows, 0) - of.astype(np.int64) + 1
    return np.where((rows != NO_ROW) & (taken == 0) & (of >= MISSED_DAYS), first, NEVER)


@cached
def _absences(panel: Panel) -> tuple[Bools, Ints]:
    """Whether a dated absence goes on after today, and the last day up to today on which the medication was
    given in one."""
    window = panel.window("absences", None)
    until, medicated = window.all_of("until"), window.all_of("medicated")
    on = window.each(
        lambda pairs: pairs.union((until[pairs.row] > pairs.of_owner(panel.as_of)).astype(np.int64))
    )
    given = window.each(
        lambda pairs: pairs.reduce(
            np.maximum,
            np.where(
                medicated[pairs.row] == 1, np.minimum(until[pairs.row], pairs.of_owner(panel.as_of)), NEVER
            ),
            NEVER,
        )
    )
    return on != 0, given


def _released(panel: Panel, away: Bools) -> Ints:
    """The last day of the latest detox, custody or hospital stay of `RELEASED_DAYS`, unless a dose
    followed; NEVER."""
    window = panel.window("absences", None)
    until, cause = window.all_of("until").astype(np.int64), window.all_of("cause")
    last = window.each(
        lambda pairs: pairs.reduce(
            np.maximum,
            np.where(
                (cause[pairs.row] != _NO_RELEASE) & (until[pairs.row] <= pairs.of_owner(panel.as_of)),
                until[pairs.row],
                NEVER,
            ),
            NEVER,
        )
    )
    doses = panel.window("doses", RELEASED_DAYS)
    dosed = doses.at("day", doses.last(), NEVER) > last
    return np.where((last > panel.as_of - RELEASED_DAYS - 1) & ~dosed & ~away, last, NEVER)


def _cover_ends(panel: Panel) -> Ints:
    """The last day that an injection on record covers; NEVER without one."""
    doses = panel.window("doses", FURTHEST_WINDOW_DAYS)
    ends = doses.all_of("day").astype(np.int64) + doses.all_of("covers") - 1
    last = np.where(doses.all_of("covers") > LONGEST_TAKE_HOME_DAYS, ends, NEVER)
    return doses.each(lambda pairs: pairs.reduce(np.maximum, last[pairs.row], NEVER))
