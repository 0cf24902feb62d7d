"""Do the calls of a list reach people in time? What a list does on made-up caseloads of the trial's people.

The same person counts in each caseload that has them, and every interval draws people, never rows. The
figures are those of the trial data's own measure of lists:

* *before*: a row of four weeks with use or not coming begins; on the list in one of the four weeks before.
* *second*: so, or in one of its first two weeks.
* *lost*: four missed weeks in a row begin; on the list in one of the four weeks before or its first two.
* *use*: the list of a week names somebody who is seen with use in two of the next four.
* *past*: calls to people whose first row of four was complete before: they need a plan, and no reminder.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casework.imports.ctn0094.tables import read_csv, refuse_where, whole_numbers
from casework.outcomes import NO_DAY, RUN_WEEKS
from casework.validation.calls import FIRST_LIST, LAST_LIST, Caseloads
from casework.validation.drawing import SEED
from casework.validation.measures import Bools, Floats, Ints
from casework.validation.study import Study
from casework.validation.trial import day_of
from casework.vocabulary import Outcome

MEASURES: Final = ("before", "second", "lost", "use", "past")
AHEAD: Final = MEASURES[:4]
"""What a list is compared with others by."""
ROUND_ROBINS: Final = 20
"""By turns depends on who is first: so many seeded starts."""
_WEEKS: Final = LAST_LIST + 1
_WEEK: Final = np.arange(_WEEKS)
_CASELOADS: Final = 200
_SIZE: Final = 45
"""How many made-up caseloads there are, and how large they are, where the folder brings none."""


@dataclass(frozen=True)
class Shares:
    """A list's shares as sums: [rows of the caseloads, measures] of `hits`, and of what they are `of`."""

    hits: Floats
    of: Floats

    def shares(self, weight: Floats | None = None) -> Floats:
        """Each measure, the rows weighted."""
        weight = np.ones(len(self.hits)) if weight is None else weight
        found: Floats = (weight @ self.hits) / np.maximum(weight @ self.of, 1e-12)
        return found

    @property
    def calls_each(self) -> float:
        """Calls for one person who was reached before."""
        past, before = MEASURES.index("past"), MEASURES.index("before")
        return float(self.of[:, past].sum() / max(self.hits[:, before].sum(), 1))


def read_caseloads(file: Path, study: Study) -> pd.DataFrame:
    """caseload and who of a CSV file; FileRefused when it is none, or names somebody who is not of the study."""
    columns = ("caseload", "who")
    given = read_csv(file, columns)
    found = pd.DataFrame({column: whole_numbers(file, given, column) for column in columns})
    strangers = ~found["who"].isin(study.facts.column("clients", "client_id"))
    refuse_where(file, strangers, "the person is not of the study.", column="who")
    return found


def caseloads_of(folder: Path, study: Study) -> pd.DataFrame:
    """The made-up caseloads that the folder brings (caseloads_*.csv), or else drawn ones."""
    files = sorted(folder.glob("caseloads_*.csv"))
    return read_caseloads(files[0], study) if files else drawn_caseloads(study)


def drawn_caseloads(study: Study) -> pd.DataFrame:
    """caseload and who: made-up caseloads, drawn from the study's people."""
    people = study.facts.column("clients", "client_id")
    draw = np.random.default_rng(SEED)
    size = min(_SIZE, len(people))
    who = np.concatenate([draw.choice(people, size, replace=False) for _ in range(_CASELOADS)])
    return pd.DataFrame({"caseload": np.repeat(np.arange(_CASELOADS), size), "who": who})


@dataclass(frozen=True)
class Reach:
    """What happened to the people of some caseloads, and when a list would have had to name them."""

    study: Study
    caseloads: Caseloads

    @cached_property
    def client(self) -> Ints:
        """The position among the study's people of each row of the caseloads."""
        return np.searchsorted(self.study.facts.column("clients", "client_id"), self.caseloads.who)

    @cached_property
    def complete(self) -> dict[Outcome, Ints]:
        """The week in which four such weeks in a row were first complete, for each row of the caseloads; 0:
        never."""
        found = {}
        for outcome in (Outcome.RELAPSE, Outcome.DROPOUT):
            day = self.study.happened[outcome].day
            week = np.where(day == NO_DAY, np.iinfo(np.int64).max, (day - day_of(0)) // 7)
            first = np.full(len(self.study.facts.clients), np.iinfo(np.int64).max)
            np.minimum.at(first, self.study.panel.client, week)
            found[outcome] = np.where(first == np.iinfo(np.int64).max, 0, first)[self.client]
        return found

    @cached_property
    def used(self) -> Bools:
        """[rows, weeks]: use in two of the next four weeks follows."""
        happened = self.study.happened[Outcome.USE].happened == 1
        found = np.zeros((len(self.study.facts.clients), _WEEKS), dtype=bool)
        inside = happened & (self.study.week >= FIRST_LIST) & (self.study.week <= LAST_LIST)
        found[self.study.panel.client[inside], self.study.week[inside]] = True
        return found[self.client]

    def grid(self, lists: pd.DataFrame) -> Bools:
        """[rows, weeks]: who stands on which list. `lists`: caseload, week, who."""
        rows = pd.MultiIndex.from_arrays([self.caseloads.caseload, self.caseloads.who])
        found = np.zeros((len(self.caseloads), _WEEKS), dtype=bool)
        found[rows.get_indexer(pd.MultiIndex.from_frame(lists[["caseload", "who"]])), lists["week"]] = True
        return found

    def measured(self, grid: Bools) -> Shares:
        """What a list did."""
        relapse, dropout = self.complete[Outcome.RELAPSE], self.complete[Outcome.DROPOUT]
        past = (relapse > 0)[:, np.newaxis] & (relapse[:, np.newaxis] <= _WEEK)
        parts = [
            self._reached(grid, relapse, -1),
            self._reached(grid, relapse, 1),
            self._reached(grid, dropout, 1),
            ((grid & self.used).sum(axis=1), self.used.sum(axis=1)),
            ((grid & past).sum(axis=1), grid.sum(axis=1)),
        ]
        hits, of = (np.stack([part[side] for part in parts], axis=1).astype(np.float64) for side in (0, 1))
        return Shares(hits, of)

    def _reached(self, grid: Bools, complete: Ints, until: int) -> tuple[Ints, Ints]:
        """On the list from four weeks before a row begins to `until` after; and whether one begins in
        time."""
        begins = complete - (RUN_WEEKS - 1)
        counts = (complete > 0) & (begins >= FIRST_LIST + 2) & (begins <= LAST_LIST + 1)
        inside = (begins[:, np.newaxis] - 4 <= _WEEK) & (begins[:, np.newaxis] + until >= _WEEK)
        return ((grid & inside).any(axis=1) & counts).astype(np.int64), counts.astype(np.int64)

    def in_order(self, score: Callable[[int, Ints], NDArray[np.generic]], calls: int) -> Bools:
        """[rows, weeks]: each week the highest by `score(week, week of each row's last call)`; -inf is left
        out."""
        grid = np.zeros((len(self.caseloads), _WEEKS), dtype=bool)
        last = np.full(len(self.caseloads), -100, dtype=np.int64)
        caseload = self.caseloads.caseload
        for week in range(FIRST_LIST, LAST_LIST + 1):
            value = score(week, last).astype(np.float64)
            order = np.lexsort((self.caseloads.who, -value, caseload))
            place = np.arange(len(order)) - np.searchsorted(caseload[order], caseload[order])
            called = order[(place < calls) & (value[order] > -np.inf)]
            grid[called, week], last[called] = True, week
        return grid

    def by_turns(self, calls: int) -> list[Shares]:
        """Whoever was not called for longest, without those whose first row of four is complete; from
        several starts."""
        complete = self.complete[Outcome.RELAPSE]
        found = []
        for start in range(ROUND_ROBINS):
            turn = np.random.default_rng([SEED, start]).random(len(self.caseloads))

            def longest(week: int, last: Ints, turn: Floats = turn) -> Floats:
                return np.where((complete > 0) & (complete <= week), -np.inf, turn - last)

            found.append(self.measured(self.in_order(longest, calls)))
        return found

    def by_rule(self, values: Ints, calls: int) -> Shares:
        """The highest values of a simple rule, one a panel row of the study."""
        of_weeks = values.reshape(len(self.study.facts.clients), -1)[self.client]
        return self.measured(self.in_order(lambda week, _: of_weeks[:, week - 1], calls))
