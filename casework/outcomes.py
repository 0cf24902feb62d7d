"""What happened in the weeks after a day, read from the facts.

Scores look back, outcomes look ahead: they use every fact, whenever it became known, and are never an input of a
score. The definitions are those of the CTN-0094 trials, carried over to any clinic. A week is one of the 7-day blocks
counted back and forward from the panel day, which is the last day of its own week.

**The state of a week.** Weeks that lie wholly after the day of admission count; each is one of

* *positive*: a collected screen with an unexpected opioid.
* *attended*: a session was kept, or, where no session was missed, there was any other contact (a check-in with the
  client, a collected screen, a call that reached them). A positive week is attended too.
* *missed*, outside dated absences: a no-show and no kept session, or a missed screen and no contact at all. Where
  sessions are expected, sessions decide: the outcome is about coming, as in the trials, where a week without a visit
  was missed.
* *unknown*: neither, because nothing was due (sessions every other week) or the session was excused or cancelled.
  When nothing was due, a missed week goes on: nobody has seen the client since. Otherwise an unknown week neither
  breaks nor lengthens a row of weeks. It never counts as use or absence, but where it could have decided an outcome,
  that outcome is not ascertainable.

**Ascertainable** is what lies within the observation (`until`) and does not hang on unknown weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from casework.frames import FAR, Facts
from casework.indicators.absences import was_here
from casework.indicators.contact import CONTACT_FRAMES, is_contact, is_kept, is_no_show
from casework.indicators.screens import DUE, GRACE_DAYS, MISSED, unexpected_opioid
from casework.indicators.use import reports_use
from casework.vocabulary import Outcome
from casework.windows import Array, Bools, Floats, Ints, Panel

WEEK: Final = 7
RUN_WEEKS: Final = 4
"""So many bad weeks in a row are a relapse, so many missed ones are leaving (the trials' own definition)."""
HORIZON_WEEKS: Final = 4
EARLY_WEEKS: Final = HORIZON_WEEKS + RUN_WEEKS - 1
"""A row of four weeks that begins within four weeks is complete within seven."""
USE_WEEKS: Final = 2
MOST_MISSED: Final = 1
"""Observed use is ascertainable with at most so many missed weeks of four: the trials ask for three attended ones."""
LOOK_BACK_WEEKS: Final = 26
"""A row of weeks that was complete takes a client out of those at risk for so long, longer than any of the trials: a
trial follows somebody once, a clinic for years. Tideline's own choice."""
NO_DAY: Final = -1


@dataclass(frozen=True)
class Happened:
    """One outcome for every panel row.

    `at_risk`: it could still happen. `happened`: 1.0, 0.0, or NaN when not at risk or not ascertainable. `day`: the
    last day of the week in which it was complete, NO_DAY where it did not happen.
    """

    at_risk: Bools
    happened: Floats
    day: Ints


def outcomes(panel: Panel, *, until: int | Ints) -> dict[Outcome, Happened]:
    """What happened to the panel's clients after its days.

    `until`: the last day on which they were observed (today, or the day on which a client left); one for all, or one
    a row of the clients frame. The facts must reach back to `LOOK_BACK_WEEKS`, and the `RUN_WEEKS` of a row that was
    complete then, before the first panel day.
    """
    last: Ints = np.broadcast_to(np.asarray(until, dtype=np.int64), len(panel.facts.clients))
    found = {outcome: _nothing(len(panel)) for outcome in Outcome}
    for phase in np.unique(panel.as_of % WEEK):
        rows = np.flatnonzero(panel.as_of % WEEK == phase)
        for outcome, happened in _of_one_weekday(panel.rows(rows), last).items():
            found[outcome].at_risk[rows] = happened.at_risk
            found[outcome].happened[rows] = happened.happened
            found[outcome].day[rows] = happened.day
    return found


def _nothing(size: int) -> Happened:
    return Happened(np.zeros(size, dtype=bool), np.full(size, np.nan), np.full(size, NO_DAY, dtype=np.int64))


def _of_one_weekday(panel: Panel, last: Ints) -> dict[Outcome, Happened]:
    """As `outcomes`, for a panel whose days all fall on one day of the week, so that weeks are the same for all."""
    weeks = _weeks(panel, last)
    at = _Ahead(weeks, panel, last[panel.client])
    good = weeks.attended & ~weeks.positive
    relapse = _Rows(weeks.missed | weeks.positive, good, weeks.counted)
    leaving = _Rows(weeks.missed, weeks.attended, weeks.counted)
    at_risk = at.here & ~at.back(relapse.complete, LOOK_BACK_WEEKS).any(axis=1)
    negative_now = at_risk & at.back(good, 1)[:, 0]
    staying = at.here & ~at.back(leaving.complete, LOOK_BACK_WEEKS).any(axis=1)
    return {
        Outcome.RELAPSE: _completed(at, relapse, at_risk, HORIZON_WEEKS),
        Outcome.EARLY: _completed(at, relapse, negative_now, EARLY_WEEKS),
        Outcome.USE: _observed_use(at, weeks),
        Outcome.DROPOUT: _completed(at, leaving, staying, HORIZON_WEEKS),
    }


@dataclass(frozen=True)
class _Weeks:
    """The states of weeks, [clients, weeks]; week t ends on day ``base + 7 t``. `use_known`: the first day on which
    the clinic could know of opioid use in an attended week, FAR without any."""

    base: int
    counted: Bools
    positive: Bools
    attended: Bools
    missed: Bools
    use_known: Ints


def _weeks(panel: Panel, last: Ints) -> _Weeks:
    first = int(panel.as_of.min()) if len(panel) else 0
    latest = int(panel.as_of.max()) if len(panel) else 0
    base = first - WEEK * (LOOK_BACK_WEEKS + RUN_WEEKS)
    grid = _Grid(panel.facts, base, (latest - base) // WEEK + EARLY_WEEKS + 1)
    sessions, screens = panel.window("attendance", None), panel.window("screens", None)
    found, reported = unexpected_opioid(screens), reports_use(panel.window("check_ins", None))
    of_last = last[np.searchsorted(grid.clients, screens.all_of("client_id"))]
    overdue = (screens.all_of("status") == DUE) & (screens.all_of("day") + GRACE_DAYS < of_last)
    windows = [panel.window(name, None) for name in CONTACT_FRAMES]
    contact = np.logical_or.reduce([grid.any(window.name, is_contact(window)) for window in windows])
    marked = grid.any("attendance", np.ones(len(panel.facts.attendance), dtype=bool))
    kept = grid.any("attendance", is_kept(sessions))
    no_show = grid.any("attendance", is_no_show(sessions) & was_here(panel, "attendance"))
    not_taken = ((screens.all_of("status") == MISSED) | overdue) & was_here(panel, "screens")
    screen_missed = grid.any("screens", not_taken)
    positive = grid.any("screens", found)
    missed = ~positive & ((no_show & ~kept) | (screen_missed & ~contact & ~kept))
    attended = positive | ((contact | kept) & ~missed)
    starts = base + WEEK * np.arange(grid.weeks) - WEEK + 1
    counted = starts > panel.facts.column("clients", "admitted")[:, np.newaxis]
    missed = _goes_on(missed & counted, counted & ~attended & ~missed & ~marked)
    known = np.minimum(grid.first_known("screens", found), grid.first_known("check_ins", reported))
    return _Weeks(
        base,
        counted,
        positive & counted,
        attended & counted,
        missed,
        np.where(attended & counted, known, FAR),
    )


@dataclass(frozen=True)
class _Grid:
    """Facts by client and week."""

    facts: Facts
    base: int
    weeks: int

    @property
    def clients(self) -> Array:
        return self.facts.column("clients", "client_id")

    def any(self, name: str, where: Bools) -> Bools:
        """Whether the frame `name` has a row in the week for which `where` (one value a frame row) holds."""
        found = np.zeros((len(self.clients), self.weeks), dtype=bool)
        client, week, _ = self._cells(name, where)
        found[client, week] = True
        return found

    def first_known(self, name: str, where: Bools) -> Ints:
        """The day on which the first of such rows became known; FAR without one."""
        found = np.full((len(self.clients), self.weeks), FAR, dtype=np.int64)
        client, week, row = self._cells(name, where)
        np.minimum.at(found, (client, week), self._column(name, "known")[row])
        return found

    def _cells(self, name: str, where: Bools) -> tuple[Ints, Ints, Ints]:
        week = -((self.base - self._column(name, "day").astype(np.int64)) // WEEK)
        row = np.flatnonzero(where & (week >= 0) & (week < self.weeks))
        client = np.searchsorted(self.clients, self._column(name, "client_id")[row])
        return client, week[row], row

    def _column(self, name: str, column: str) -> Array:
        return self.facts.column(name, column)


def _goes_on(missed: Bools, nothing: Bools) -> Bools:
    """The missed weeks, and those of `nothing` that follow one of them directly or over others of `nothing`."""
    found = missed.copy()
    for week in range(1, found.shape[1]):
        found[:, week] |= found[:, week - 1] & nothing[:, week]
    return found


@dataclass(frozen=True)
class _Rows:
    """Weeks in a row that are bad and not interrupted by a good one; only `counted` weeks matter."""

    bad: Bools
    good: Bools
    counted: Bools

    @property
    def complete(self) -> Bools:
        """Bad weeks that end a row of `RUN_WEEKS` or more, unknown weeks left out."""
        return _ends_row(self.bad, self.good | ~self.counted)

    @property
    def possible(self) -> Bools:
        """As `complete`, if every unknown week had been bad."""
        worst = self.counted & ~self.good
        return _ends_row(worst, ~worst)


def _ends_row(bad: Bools, breaks: Bools) -> Bools:
    run = np.zeros(len(bad), dtype=np.int64)
    found = np.zeros_like(bad)
    for week in range(bad.shape[1]):
        run = np.where(breaks[:, week], 0, run + bad[:, week])
        found[:, week] = bad[:, week] & (run >= RUN_WEEKS)
    return found


@dataclass(frozen=True)
class _Ahead:
    """The weeks around each panel row. `last`: the last day of observation, one a panel row."""

    weeks: _Weeks
    panel: Panel
    last: Ints

    @property
    def week(self) -> Ints:
        """The week that ends on the panel row's day."""
        return (self.panel.as_of - self.weeks.base) // WEEK

    @property
    def here(self) -> Bools:
        """At least a whole week in treatment, and still observed."""
        counted = self.weeks.counted[self.panel.client, self.week]
        return counted & (self.panel.as_of <= self.last)

    def back(self, states: Array, weeks: int) -> Array:
        """The states of the panel row's week and those before it, latest first: [panel rows, weeks]."""
        return self._at(states, -np.arange(weeks))

    def next(self, states: Array, weeks: int) -> Array:
        """The states of the following weeks: [panel rows, weeks]."""
        return self._at(states, np.arange(1, weeks + 1))

    def observed(self, weeks: int) -> Bools:
        """The next `weeks` weeks lie within the observation."""
        return self.panel.as_of + WEEK * weeks <= self.last

    def happened(self, at_risk: Bools, ascertained: Bools, complete: Bools) -> Happened:
        """From the next weeks that are `complete` ([panel rows, weeks])."""
        known = at_risk & ascertained
        hit = complete.any(axis=1) & known
        day = self.panel.as_of + WEEK * (complete.argmax(axis=1) + 1)
        return Happened(at_risk, np.where(known, hit.astype(np.float64), np.nan), np.where(hit, day, NO_DAY))

    def _at(self, states: Array, steps: Ints) -> Array:
        found: Array = states[self.panel.client[:, np.newaxis], self.week[:, np.newaxis] + steps]
        return found


def _completed(at: _Ahead, rows: _Rows, at_risk: Bools, weeks: int) -> Happened:
    """Whether a row of weeks is complete within the next `weeks`."""
    complete = at.next(rows.complete, weeks)
    undecided = at.next(rows.possible, weeks).any(axis=1) & ~complete.any(axis=1)
    return at.happened(at_risk, at.observed(weeks) & ~undecided, complete)


def _observed_use(at: _Ahead, weeks: _Weeks) -> Happened:
    """Use in two of the next four weeks, for those who were attended and not already in such weeks."""
    used_before = at.back(weeks.use_known, HORIZON_WEEKS) <= at.panel.as_of[:, np.newaxis]
    attended_before = at.back(weeks.attended, HORIZON_WEEKS).any(axis=1)
    at_risk = at.here & attended_before & (used_before.sum(axis=1) < USE_WEEKS)
    attended, missed = at.next(weeks.attended, HORIZON_WEEKS), at.next(weeks.missed, HORIZON_WEEKS)
    enough = (missed.sum(axis=1) <= MOST_MISSED) & (attended.sum(axis=1) >= USE_WEEKS)
    used = np.cumsum(at.next(weeks.use_known, HORIZON_WEEKS) < FAR, axis=1)
    return at.happened(at_risk, at.observed(HORIZON_WEEKS) & enough, used >= USE_WEEKS)
