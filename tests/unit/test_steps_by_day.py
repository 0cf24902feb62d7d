"""From one day to the next little changes on the trial people while nothing new is known of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from casework.indicators import INDICATORS
from casework.indicators.points import Scores, score
from casework.validation.study import Study
from casework.validation.trial import day_of
from casework.vocabulary import Score
from casework.windows import Bools, Panel

FIRST, LAST = 7 * 3 + 1, 7 * 20
"""Study days: from the first one after three weeks to the end of the weeks that are scored."""
MOST_CHANGES_OF_BAND = 0.02
SHOWN = ("priority", *Score)


@dataclass(frozen=True)
class Days:
    """The scores of each person on the study days `FIRST` - 1 to `LAST`; `quiet` ([people, days from `FIRST` on]): the
    study still ran, and nothing became known on the day."""

    scores: Scores
    quiet: Bools

    def of(self, shown: str) -> np.ndarray:
        """A shown score on all days."""
        values: np.ndarray = self.scores.points if shown == "priority" else self.scores.of[Score(shown)]
        return values

    def steps(self, values: np.ndarray) -> np.ndarray:
        """By how much a score moved on the quiet days."""
        by_day = values.astype(np.int64).reshape(len(self.quiet), -1)
        return np.diff(by_day, axis=1)[self.quiet]


@pytest.fixture(scope="module")
def days(trial_data: Path) -> Days:
    study = Study.read(trial_data)
    facts, first = study.facts, day_of(0) + FIRST - 1
    panel = Panel.on(facts, *range(first, day_of(0) + LAST + 1))
    news = np.zeros((len(facts.clients), LAST - FIRST + 2), dtype=bool)
    for name in ("check_ins", "attendance", "screens", "doses", "prescriptions"):
        known = facts.column(name, "known") - first
        inside = (known >= 0) & (known < news.shape[1])
        client = np.searchsorted(facts.column("clients", "client_id"), facts.column(name, "client_id"))
        news[client[inside], known[inside]] = True
    observed = first + np.arange(news.shape[1]) <= study.last_day[:, np.newaxis]
    readings = {id_: one.compute(panel) for id_, one in INDICATORS.items()}
    return Days(score(panel, readings), (observed & ~news)[:, 1:])


def test_without_a_newly_known_row_the_band_stays(days: Days) -> None:
    assert days.quiet.sum() > 80_000
    assert (days.steps(days.scores.band) != 0).mean() <= MOST_CHANGES_OF_BAND


@pytest.mark.parametrize("shown", SHOWN)
def test_without_a_newly_known_row_no_score_moves_by_a_tenth_of_its_range(days: Days, shown: str) -> None:
    values = days.of(shown)
    most = np.abs(days.steps(values)).max()
    assert most == 0 or most < (values.max() - values.min()) / 10


@pytest.mark.parametrize("shown", SHOWN)
def test_on_no_day_of_care_a_score_leaps_in_everybody(days: Days, shown: str) -> None:
    """A row about time in care would move all clients on one day; on average they stay within a twenty-fifth of the
    range."""
    values = days.of(shown).astype(np.int64)
    by_day = np.diff(values.reshape(len(days.quiet), -1), axis=1)
    mean = np.where(days.quiet, by_day, 0).sum(axis=0) / np.maximum(days.quiet.sum(axis=0), 1)
    assert np.abs(mean).max() <= (values.max() - values.min()) / 25
