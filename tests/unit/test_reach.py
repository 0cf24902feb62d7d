"""What the measure of lists counts, on people made up for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pytest

from casework.frames import Facts
from casework.outcomes import NO_DAY, Happened
from casework.validation.calls import Caseloads
from casework.validation.reach import MEASURES, Reach
from casework.validation.trial import day_of
from casework.vocabulary import Outcome
from casework.windows import Panel
from tests.support.facts import client, facts

WEEKS = 20


@dataclass(frozen=True)
class Story:
    """Stands in for a study: `confirmed` and `left` are the weeks in which four such weeks were complete (0: never)."""

    confirmed: tuple[int, ...]
    left: tuple[int, ...]
    used: tuple[int, ...]

    @cached_property
    def facts(self) -> Facts:
        return facts(clients=[client(number) for number in range(1, len(self.confirmed) + 1)])

    @cached_property
    def panel(self) -> Panel:
        return Panel.on(self.facts, *(day_of(week) for week in range(1, WEEKS + 1)))

    @cached_property
    def week(self) -> np.ndarray:
        return np.tile(np.arange(1, WEEKS + 1), len(self.confirmed))

    @cached_property
    def happened(self) -> dict[Outcome, Happened]:
        return {
            Outcome.RELAPSE: self._complete(self.confirmed),
            Outcome.DROPOUT: self._complete(self.left),
            Outcome.USE: self._in_week(self.used),
        }

    def _complete(self, weeks: tuple[int, ...]) -> Happened:
        of_row = np.repeat(np.array(weeks), WEEKS)
        soon = (of_row > self.week) & (of_row <= self.week + 4)
        return Happened(soon, soon.astype(float), np.where(soon, day_of(0) + 7 * of_row, NO_DAY))

    def _in_week(self, weeks: tuple[int, ...]) -> Happened:
        hit = np.repeat(np.array(weeks), WEEKS) == self.week
        return Happened(hit, hit.astype(float), np.full(len(hit), NO_DAY))


def reach(confirmed: int, left: int = 0, used: int = 0) -> Reach:
    """One caseload of one person."""
    story = Story((confirmed,), (left,), (used,))
    return Reach(story, Caseloads.of(story.facts, pd.DataFrame({"caseload": [0], "who": [1]})))  # type: ignore[arg-type]


def shares(some: Reach, *weeks: int) -> dict[str, float]:
    lists = pd.DataFrame({"caseload": 0, "week": list(weeks), "who": 1}).astype("int64")
    found = some.measured(some.grid(lists)).shares()
    return dict(zip(MEASURES, found.tolist(), strict=True))


@pytest.mark.parametrize(
    ("week", "before", "second"),
    [(3, 0, 0), (4, 1, 1), (7, 1, 1), (8, 0, 1), (9, 0, 1), (10, 0, 0)],
)
def test_a_row_that_begins_in_week_8_is_reached_in_the_four_weeks_before_or_its_first_two(
    week: int, before: int, second: int
) -> None:
    found = shares(reach(confirmed=11), week)
    assert (found["before"], found["second"]) == (before, second)


def test_rows_that_begin_before_week_5_or_after_week_13_do_not_count() -> None:
    for confirmed in (7, 17):
        some = reach(confirmed)
        assert (
            some.measured(some.grid(pd.DataFrame({"caseload": [0], "week": [3], "who": [1]}))).of[0, 0] == 0
        )


def test_lost_is_about_missed_weeks_and_use_about_the_week_of_the_list() -> None:
    some = reach(confirmed=0, left=12, used=6)
    assert shares(some, 10)["lost"] == 1
    assert shares(some, 11)["lost"] == 0
    assert shares(some, 6)["use"] == 1
    assert shares(some, 7)["use"] == 0


def test_past_counts_calls_after_the_first_four_weeks_were_complete() -> None:
    assert shares(reach(confirmed=6), 5, 6, 7, 8)["past"] == 0.75


def test_by_turns_everybody_is_called_before_anybody_is_called_again() -> None:
    story = Story((0,) * 6, (0,) * 6, (0,) * 6)
    rows = pd.DataFrame({"caseload": 0, "who": range(1, 7)})
    some = Reach(story, Caseloads.of(story.facts, rows))  # type: ignore[arg-type]
    turn = np.arange(6) / 10
    grid = some.in_order(lambda week, last: turn - last, calls=2)
    assert grid[:, 3:6].sum(axis=1).tolist() == [1] * 6
    assert grid[:, 3:9].sum(axis=1).tolist() == [2] * 6
