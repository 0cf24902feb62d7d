"""Days without the maintenance medication, for every panel row: the one place where they are counted. Group, headline,
flags, actions and level of care read what stands here."""

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
)
from casework.indicators.tolerance import medication_gap
from casework.standing.stays import is_away, release
from casework.vocabulary import MEDICATIONS, Medication, ids
from casework.windows import (
    FURTHEST_WINDOW_DAYS,
    NEVER,
    NO_ROW,
    Bools,
    Ints,
    Pairs,
    Panel,
    cached,
    lowest_bit,
)

FRESH_DAYS: Final = 21
"""A stop is slipping *now* for its first three weeks, as use and absence are; later it is one of the
reasons for which somebody who looks well is more likely than most to slip. A clinic's medical director signs it."""
NEWS_DAYS: Final = 56
"""After eight weeks without medication its end is no news, neither for the group nor for the headline; the flag stays.
A clinic's medical director signs it."""
NONE_TAKEN_DAYS: Final = 14
"""After two weeks without a dose nobody counts as taking the medication, whatever is prescribed; a clinic's medical
director signs it."""
BACK_DAYS: Final = 14
"""So long after a start, or after three days or more without the medication, nobody who takes it is steady: mortality
in the first two weeks of methadone or buprenorphine is 3.1 times that of the rest of treatment (Cornish et al., BMJ
2010;341:c5475)."""
REPORT_DAYS: Final = 14
"""Where no doses are recorded, a check-in of so many days says whether the medication is taken. A clinic's medical
director signs it."""
LONGEST_TAKE_HOME_DAYS: Final = 14
"""A dose that covers more days is an injection; take-home doses are for two weeks at the most here. A clinic's medical
director signs it."""
WHY: Final = ("", "missed", "ended", "not_given", "reported")
TAKEN, MISSED, ENDED, NOT_GIVEN, REPORTED = range(len(WHY))
_NALTREXONE_XR: Final = ids(MEDICATIONS).index(Medication.NALTREXONE_XR)
_LASTS: Final = np.array([one.covers_days > 1 for one in MEDICATIONS])
_ROW_BITS: Final = 32


@dataclass(frozen=True)
class WithoutDose:
    """`since`: the first day without the medication, while that lasts (NEVER: it is taken, or none was
    prescribed); `why`: position in `WHY`; `days`: those that count up to yesterday; `stopped`: so many that it counts
    as stopped, and `fresh`: of somebody who is here, for no longer than `FRESH_DAYS`; `news`: for no longer than
    `NEWS_DAYS`; `missed`: doses were missed for so long that the client keeps a place; `none`: no medication holds:
    none is prescribed, it was not given, or none was taken for `NONE_TAKEN_DAYS`. `out`: the last day of a stay from
    which the client was released lately, `released`: where no dose followed; `cover_ends`: the last day that an
    injection covers; NEVER without one."""

    since: Ints
    why: Ints
    days: Ints
    stopped: Bools
    fresh: Bools
    news: Bools
    missed: Bools
    none: Bools
    out: Ints
    released: Ints
    cover_ends: Ints

    @property
    def keeps_place(self) -> Bools:
        """On the list each working day until a dose is on record."""
        found: Bools = (self.missed & self.fresh) | (self.released != NEVER)
        return found

    @property
    def out_lately(self) -> Bools:
        """Released lately, whether a dose followed or not: nobody is steady yet."""
        out: Bools = self.out != NEVER
        return out

    @property
    def off_medication(self) -> Bools:
        """Who needs a plan and is without medication is not left for as long as others."""
        off: Bools = self.stopped | self.none
        return off


@cached
def without_dose(panel: Panel) -> WithoutDose:
    """What is on record of each panel row's days without medication. During a dated absence nothing is missed: only
    what the client is known to have gone without counts."""
    row, holds = _medicine(panel)
    since, why, days = _since(panel, row, holds)
    held = since != NEVER
    medication = panel.window("prescriptions", None).at("medication", row, 0)
    enough = np.where(panel.of_client("pregnant") == 1, MISSED_DAYS_IN_PREGNANCY, MISSED_DAYS)
    long = (why == REPORTED) | (medication == _NALTREXONE_XR) | (days >= enough)
    away = is_away(panel)
    stopped = held & (long | ~holds | (why == NOT_GIVEN))
    out = _out(panel)
    return WithoutDose(
        since=since,
        why=why,
        days=days,
        stopped=stopped,
        fresh=stopped & ~away & (panel.as_of - since <= FRESH_DAYS),
        news=stopped & (panel.as_of - since <= NEWS_DAYS),
        missed=held & long & holds & ~away,
        none=~holds | (held & ((why != MISSED) | (days >= NONE_TAKEN_DAYS))),
        out=out,
        released=np.where(_last_dose(panel) >= out, NEVER, out),
        cover_ends=_cover_ends(panel),
    )


def taken_again(panel: Panel) -> Bools:
    """Whether the medication began, or is taken again after `MISSED_DAYS` or more without it, in the last
    `BACK_DAYS`."""
    gap, _ = medication_gap(panel)
    due = days_prescribed(panel)
    begun = lowest_bit(~due)
    before = lowest_bit(due >> np.maximum(begun, 0))
    began = (due & 1 != 0) & (begun <= BACK_DAYS) & ((before < 0) | (before >= MISSED_DAYS))
    found: Bools = began | ((gap != NEVER) & (gap >= panel.as_of - BACK_DAYS) & (gap < panel.as_of))
    return found


@cached
def _medicine(panel: Panel) -> tuple[Ints, Bools]:
    """The row of the prescription that holds, or of the one that ended last; and whether one holds on the day."""
    window = panel.window("prescriptions", None)
    until = window.all_of("until").astype(np.int64)
    now = latest_that_holds(window)

    def ended_last(pairs: Pairs) -> Ints:
        found: Ints = pairs.reduce(np.maximum, (until[pairs.row] << _ROW_BITS) + pairs.row, NO_ROW)
        return found

    key = window.each(ended_last)
    last = np.where(key < 0, NO_ROW, key & ((1 << _ROW_BITS) - 1))
    return np.where(now == NO_ROW, last, now), now != NO_ROW


def _since(panel: Panel, row: Ints, holds: Bools) -> tuple[Ints, Ints, Ints]:
    """The first day without the medication, why, and how many days of it count."""
    today, away = panel.as_of, is_away(panel)
    _, recorded = days_dosed(panel)
    prescriptions = panel.window("prescriptions", None)
    until = prescriptions.at("until", row, NEVER)
    run, lasts = _run(panel), _LASTS[prescriptions.at("medication", row, 0)]
    given, stay_from, stay_until = _stays(panel)
    covered = np.maximum(covered_until(panel), given)
    first = np.maximum(covered + 1, run)
    days = today - first
    # A dose taken at home becomes known at the next word of the client; one that was due here is missed on its day.
    at_home = holds & ~lasts & _told_later(panel)
    heard = np.maximum(last_contact(panel)[0], covered)
    days = np.where(at_home, np.minimum(days, heard - first + 1), days)
    not_given = (stay_from != NEVER) & (first <= stay_until)
    not_here = away & ~lasts & ~(not_given & (stay_until >= today))
    by_doses = recorded & holds & (days >= np.where(lasts, 0, 1)) & ~not_here
    told_on, of, taken = _told(panel)
    taken_since = (taken > 0) & (told_on > stay_until)
    by_stay = ~recorded & holds & (stay_from > run) & ~taken_since
    by_word = ~recorded & holds & ~by_stay & (of >= MISSED_DAYS) & (taken == 0) & ~away
    ended = (row != NO_ROW) & ~holds
    ended_on = np.where(recorded, first, np.maximum(until, covered + 1))
    word = np.maximum(told_on - of + 1, covered + 1)
    since = np.select([by_doses, by_stay, by_word, ended], [first, stay_from, word, ended_on], NEVER)
    why = np.select(
        [by_doses & not_given, by_doses, by_stay, by_word, ended],
        [NOT_GIVEN, MISSED, NOT_GIVEN, REPORTED, ENDED],
        TAKEN,
    )
    held = (since != NEVER) & (since <= today)
    counted = np.where(by_doses, days, today - since)
    return np.where(held, since, NEVER), np.where(held, why, TAKEN), np.where(held, counted, 0)


def _run(panel: Panel) -> Ints:
    """The first day of the latest run of prescriptions, of whatever medication, without a day between them; NEVER."""

    def begins(pairs: Pairs) -> Ints:
        day, until = (pairs.column(name).astype(np.int64) for name in ("day", "until"))
        client = pairs.owner.astype(np.int64) << _ROW_BITS
        so_far = np.append(-1, np.maximum.accumulate(client + until)[:-1])
        found: Ints = pairs.reduce(np.maximum, np.where(client + day > so_far, day, NEVER), NEVER)
        return found

    return panel.window("prescriptions", None).each(begins)


@cached
def covered_until(panel: Panel) -> Ints:
    """The last day up to today that a dose on record covers; NEVER without one."""
    doses = panel.window("doses", None)
    ends = doses.all_of("day").astype(np.int64) + doses.all_of("covers") - 1
    return np.minimum(doses.each(lambda pairs: pairs.reduce(np.maximum, ends[pairs.row], NEVER)), panel.as_of)


def _stays(panel: Panel) -> tuple[Ints, Ints, Ints]:
    """The last day up to today on which the medication was given in a dated absence, and the first and the last day of
    the latest one in which it was not; NEVER."""
    window = panel.window("absences", None)
    until, medicated = window.all_of("until").astype(np.int64), window.all_of("medicated")

    def last(pairs: Pairs) -> Ints:
        ends = np.minimum(until[pairs.row], pairs.of_owner(panel.as_of))
        found: Ints = pairs.reduce(np.maximum, np.where(medicated[pairs.row] == 1, ends, NEVER), NEVER)
        return found

    row = window.last(medicated == 0)
    return window.each(last), window.at("day", row, NEVER), window.at("until", row, NEVER)


def _told_later(panel: Panel) -> Bools:
    """Whether any dose of the last weeks became known later than on its day: the client takes some at
    home."""
    doses = panel.window("doses", LOOK_BACK_DAYS)
    found: Bools = doses.last(doses.all_of("known") > doses.all_of("day")) != NO_ROW
    return found


def last_report(panel: Panel) -> Ints:
    """The row of the latest check-in of `REPORT_DAYS` that tells of days of the medication; NO_ROW."""
    window = panel.window("check_ins", REPORT_DAYS)
    return window.last(
        (window.all_of("medication_days_of") > 0) & (window.all_of("medication_days_taken") >= 0)
    )


def _told(panel: Panel) -> tuple[Ints, Ints, Ints]:
    """The day of the latest check-in that tells of days of the medication (NEVER), of how many days, and on how many of
    them it was taken."""
    window, rows = panel.window("check_ins", REPORT_DAYS), last_report(panel)
    of, taken = (window.at(f"medication_days_{name}", rows, 0.0).astype(np.int64) for name in ("of", "taken"))
    return window.at("day", rows, NEVER), of, taken


def _out(panel: Panel) -> Ints:
    """The last day of the stay from which the client was released lately; NEVER."""
    return panel.window("absences", None).at("until", release(panel), NEVER)


def _last_dose(panel: Panel) -> Ints:
    doses = panel.window("doses", FURTHEST_WINDOW_DAYS)
    return doses.at("day", doses.last(), NEVER)


def _cover_ends(panel: Panel) -> Ints:
    """The last day that an injection on record covers; NEVER without one."""
    doses = panel.window("doses", FURTHEST_WINDOW_DAYS)
    ends = doses.all_of("day").astype(np.int64) + doses.all_of("covers") - 1
    last = np.where(doses.all_of("covers") > LONGEST_TAKE_HOME_DAYS, ends, NEVER)
    return doses.each(lambda pairs: pairs.reduce(np.maximum, last[pairs.row], NEVER))
