"""Week by week: in which of the last fourteen weeks use was found, the client was seen, or they did not come.

Weeks are those of the client's care: each ends on the weekday of the admission, so that no week changes by
a day's passing. Bit 0 is the latest week, bit 1 the one before it. The week that is still running becomes
the latest one as soon as a urine screen is taken in it; until then what it shows is added to the last week
that is over, so that a bad fact counts at once and nothing good is forgotten overnight. Weeks are missed
when they are over, or once a session or screen of theirs was missed. A week in which nothing was due and
nothing was heard has no bit anywhere: it is unknown, neither good nor bad."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from casework.indicators.absences import window_here
from casework.indicators.contact import counted_from, days_waited, is_contact, is_kept, is_no_show
from casework.indicators.registry import NextStep, Reading, graded, indicator
from casework.indicators.screens import (
    DUE,
    EXCUSED,
    GRACE_DAYS,
    MISSED,
    is_collected,
    is_negative,
    unexpected_opioid,
)
from casework.indicators.use import has_use_sign, reports_use
from casework.windows import (
    FURTHEST_WINDOW_DAYS,
    NEVER,
    NO_EVIDENCE,
    NO_ROW,
    Bools,
    Floats,
    Ints,
    Pairs,
    Panel,
    Window,
    bit_count,
    cached,
)

WEEK_DAYS: Final = 7
WEEKS: Final = FURTHEST_WINDOW_DAYS // WEEK_DAYS
_RUNNING: Final = 1
"""Before the weeks are told apart into the latest and earlier ones, the bit of the running week; that of
the last one that is over is the next higher."""
_BIT_OF_DAY: Final = (1 << np.arange(FURTHEST_WINDOW_DAYS + WEEK_DAYS) // WEEK_DAYS).astype(np.int16)
"""For each number of days back from the end of the running week the bit of its week."""


@dataclass(frozen=True)
class Weeks:
    """Bits of the last `WEEKS` weeks, one number a panel row.

    seen: a kept session, a collected screen, or, where nothing was missed, a check-in with the client.
    missed: a no-show or a missed screen, and neither kept nor collected. found: an unexpected opioid in
    urine. told: opioid use reported, or a sign of the physical stage. clean: a screen that was tested for
    opioids and showed none unexpected, and nothing found or told.

    `bad_run`, `missed_run`: how many weeks in a row up to now had use or were missed, and were missed;
    somebody who came in the running week ended them. `begun`: days of the running week; `screened`: 1 where
    a screen of the running week has made it the latest."""

    seen: Ints
    missed: Ints
    found: Ints
    told: Ints
    clean: Ints
    bad_run: Ints
    missed_run: Ints
    begun: Ints
    screened: Ints

    @property
    def used(self) -> Ints:
        """Opioid use was found or told."""
        return self.found | self.told

    @property
    def running(self) -> dict[str, Ints]:
        """What says which facts stand in which week (see `week_of`)."""
        return {"begun": self.begun, "screened": self.screened}


@dataclass(frozen=True)
class RunningWeeks:
    """As `Weeks`, with the running week apart: bit 0 is that one, bit 1 the last week that is over. `came`:
    a kept session or a collected screen; `collected`: a screen was; `negative`: one showed no unexpected
    opioid."""

    seen: Ints
    missed: Ints
    found: Ints
    told: Ints
    came: Ints
    collected: Ints
    negative: Ints


@cached
def running_weeks(panel: Panel) -> RunningWeeks:
    """The weeks of every panel row, from what was known by its day, before the running one is added to the
    last."""
    sessions, screens, check_ins = _windows(panel)
    opioid, status = unexpected_opioid(screens), screens.all_of("status")
    begun = days_begun(panel)
    (kept,) = _bits(sessions, begun, is_kept(sessions))
    (no_show,) = _bits(_here(panel, "attendance"), begun, is_no_show(sessions))
    taken, negative = is_collected(screens), is_negative(screens)
    collected, tested, found = _bits(screens, begun, taken, negative, opioid)
    (not_taken,) = _bits(_here(panel, "screens"), begun, status == MISSED)
    heard, told = _bits(check_ins, begun, is_contact(check_ins), tells_of_use(check_ins))
    came = kept | collected
    missed = (no_show | not_taken | _overdue(panel)) & ~came
    seen = (came | heard) & ~missed
    return RunningWeeks(seen, missed, found, told, came, collected, tested & ~found)


@cached
def weeks(panel: Panel) -> Weeks:
    """The weeks of every panel row, from what was known by its day."""
    known = running_weeks(panel)
    used = known.found | known.told
    screened = known.collected & _RUNNING

    def of_screens(bits: Ints) -> Ints:
        return np.where(screened, bits, _settled(bits)) & between(0, WEEKS - 1)

    clean = of_screens(known.negative & ~known.told)
    return Weeks(
        seen=_settled(known.seen),
        missed=_settled(known.missed),
        found=of_screens(known.found),
        told=of_screens(known.told),
        clean=clean & ~np.where(screened, 0, known.told & _RUNNING),
        bad_run=_run(used | known.missed, known.came & ~used),
        missed_run=_run(known.missed, known.came),
        begun=days_begun(panel),
        screened=screened,
    )


def days_begun(panel: Panel) -> Ints:
    """How many days of the running week have begun: 0 on the last day of a week."""
    days: Ints = (panel.as_of - panel.of_client("admitted")) % WEEK_DAYS
    return days


def week_of(age: int, begun: int = 0, screened: int = 0) -> int:
    """The bit of the week of a fact so many days old (see `Weeks`)."""
    week = (age - begun + WEEK_DAYS) // WEEK_DAYS
    return week if screened else max(week - 1, 0)


def _settled(bits: Ints) -> Ints:
    """The weeks that are over, and with the last of them what the running one has shown."""
    return bits >> 1 | bits & _RUNNING


def _run(bits: Ints, ended: Ints) -> Ints:
    """How many weeks in a row up to now have their bit set. The running week counts with its own, ends the
    row where `ended` has it, and else says nothing."""
    running = bits & _RUNNING
    run = np.where(running, run_of(bits), run_of(bits >> 1))
    return np.where(~running & ended & _RUNNING, 0, run)


def _windows(panel: Panel) -> tuple[Window, Window, Window]:
    sessions, screens, check_ins = (
        panel.window(name, FURTHEST_WINDOW_DAYS) for name in ("attendance", "screens", "check_ins")
    )
    return sessions, screens, check_ins


@cached
def tells_of_use(window: Window) -> Bools:
    """Check-ins that report opioid use, or saw a sign of the physical stage, which says that there was
    use."""
    found: Bools = reports_use(window) | has_use_sign(window)
    return found


def _bits(window: Window, begun: Ints, *where: Bools) -> tuple[Ints, ...]:
    """For each condition (one value a frame row) the weeks in which it holds for some row; the lowest bit
    is that of the running week."""

    def union(pairs: Pairs) -> tuple[Ints, ...]:
        week = _BIT_OF_DAY[days_back(pairs, begun)]
        return tuple(pairs.union(week * holds[pairs.row]) for holds in where)

    return window.fold(union)


def days_back(pairs: Pairs, begun: Ints) -> Ints:
    """How many days before the end of the running week each pair lies (`WEEK_DAYS` and more: in a week that
    is over)."""
    back: Ints = pairs.age + (WEEK_DAYS - pairs.of_owner(begun))
    return back


def _here(panel: Panel, name: str) -> Window:
    """The days on which something can be missed: those on which the client was not away."""
    return window_here(panel, name, FURTHEST_WINDOW_DAYS)


def _planned(panel: Panel) -> tuple[Window, Bools]:
    """The window of screens that were due more than `GRACE_DAYS` ago, and which of its rows have no
    result."""
    late = window_here(panel, "screens", FURTHEST_WINDOW_DAYS, skip=GRACE_DAYS + 1)
    return late, late.all_of("status") == DUE


def _overdue(panel: Panel) -> Ints:
    """Weeks of planned screens that have no result days after they were due."""
    late, planned = _planned(panel)
    return (
        _bits(late, days_begun(panel), planned)[0] if planned.any() else np.zeros(len(panel), dtype=np.int64)
    )


def between(first: int, last: int) -> int:
    """The bits of the weeks from `first` to `last`, both included (0: the latest week)."""
    return (1 << (last + 1)) - (1 << first)


def run_of(mask: Ints) -> Ints:
    """How many weeks in a row up to the latest have their bit set."""
    ends = ~mask & between(
        0, WEEKS + 1
    )  # one bit past the running week and all others: a full run ends there
    return bit_count((ends & -ends) - 1)


def count(mask: Ints, first: int = 0, last: int = WEEKS - 1) -> Ints:
    """How many of the weeks from `first` to `last` have their bit set."""
    return bit_count(mask & between(first, last))


def _known(weeks_known: Weeks, value: Ints) -> Floats:
    """The value; NaN where no week says anything."""
    heard = weeks_known.seen | weeks_known.missed | weeks_known.used | weeks_known.clean
    return np.where(heard != 0, value.astype(np.float64), np.nan)


@indicator(
    id="use_weeks",
    window_days=FURTHEST_WINDOW_DAYS,
    next_step=NextStep("offer_medication", "counselor", 1),
)
def use_weeks(panel: Panel) -> Reading:
    """Beside the value: `found`, bits of the weeks in which urine showed it; `told`, of those in which it was
    reported; `confirmed`, both; `used`, either; `bad`, weeks in a row up to now with use, or missed; `begun` and
    `screened` (see `Weeks`)."""
    known = weeks(panel)
    value = _known(known, count(known.used))
    _, screens, check_ins = _windows(panel)
    found, told = screens.evidence(unexpected_opioid(screens)), check_ins.evidence(tells_of_use(check_ins))
    extra = {
        "found": known.found,
        "told": known.told,
        "confirmed": known.found & known.told,
        "used": known.used,
        "bad": known.bad_run,
        **known.running,
    }
    level = graded(value, some=1, marked=2, serious=4)
    return Reading(value, level, found + told, extra, {"found": found, "told": told})


@indicator(
    id="clean_weeks",
    window_days=FURTHEST_WINDOW_DAYS,
    next_step=NextStep("say_it_is_seen", "counselor", 14),
    group="strength",
)
def clean_weeks(panel: Panel) -> Reading:
    """Beside the value: `clean`, bits of the weeks; `since_use`, how many of them came after the last one with
    use; `screens`, 1 when any screen was due or taken; excused ones do not count; `begun` and `screened` (see
    `Weeks`)."""
    known = weeks(panel)
    value = _known(known, count(known.clean))
    screens = _windows(panel)[1]
    counts = screens.all_of("status") != EXCUSED
    any_screen = (screens.last(counts) != NO_ROW).astype(np.int64)
    last_use = known.used & -known.used
    since_use = np.where(last_use == 0, bit_count(known.clean), bit_count(known.clean & (last_use - 1)))
    extra = {"clean": known.clean, "since_use": since_use, "screens": any_screen, **known.running}
    return Reading(value, graded(value), screens.evidence(is_negative(screens)), extra)


@indicator(
    id="missed_weeks",
    window_days=FURTHEST_WINDOW_DAYS,
    next_step=NextStep("call_and_offer_appointment", "counselor", 1),
)
def missed_weeks(panel: Panel) -> Reading:
    """Beside the value: `missed`, bits of the weeks; `row`, missed weeks in a row up to now; `begun` (see
    `Weeks`)."""
    known = weeks(panel)
    value = _known(known, count(known.missed))
    sessions, screens = _here(panel, "attendance"), _here(panel, "screens")
    evidence = sessions.evidence(is_no_show(sessions)) + screens.evidence(screens.all_of("status") == MISSED)
    late, planned = _planned(panel)
    evidence += late.evidence(planned)
    extra = {"missed": known.missed, "row": known.missed_run, "begun": known.begun}
    return Reading(value, graded(value, some=1, marked=2, serious=4), evidence, extra)


@indicator(
    id="days_unseen",
    window_days=FURTHEST_WINDOW_DAYS,
    next_step=NextStep("call_and_offer_appointment", "counselor", 1),
)
def days_unseen(panel: Panel) -> Reading:
    """Beside the value: `silent`, days without any sign of the client. Days of an absence do not count."""
    sessions, screens, check_ins = _windows(panel)
    collected = is_collected(screens)
    seen = counted_from(panel)
    evidence = NO_EVIDENCE
    for window, where in (
        (sessions, is_kept(sessions)), (screens, collected), (check_ins, is_contact(check_ins)),
    ):  # fmt: skip
        row = window.last(where)
        seen = np.maximum(seen, window.at("day", row, NEVER))
        evidence += window.evidence_at(row)
    calls = panel.window("calls", FURTHEST_WINDOW_DAYS)
    heard = np.maximum(seen, calls.at("day", calls.last(is_contact(calls)), NEVER))
    doses = panel.window("doses", FURTHEST_WINDOW_DAYS)
    heard = np.maximum(heard, doses.at("day", doses.last(), NEVER))
    value = days_waited(panel, seen).astype(np.float64)
    extra = {"silent": days_waited(panel, heard)}
    return Reading(value, graded(value, some=9, marked=14, serious=21), evidence, extra)
