"""What the core says happened in the trial is what the trial's own labels say, person-week by person-week."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from casework.imports.ctn0094 import read_for_scores
from casework.outcomes import outcomes
from casework.validation.trial import as_facts, day_of
from casework.vocabulary import Outcome
from casework.windows import Panel

COLUMN = {Outcome.RELAPSE: "A", Outcome.EARLY: "E", Outcome.USE: "B", Outcome.DROPOUT: "D"}
WEEKS = range(3, 21)


@pytest.fixture(scope="module")
def side_by_side(trial_data: Path) -> pd.DataFrame:
    """A row a person-week of the labels file: its columns, and ours by the name of the outcome."""
    trial = as_facts(read_for_scores(trial_data))
    panel = Panel.on(trial.facts, *(day_of(week) for week in WEEKS))
    ours = pd.DataFrame({"who": panel.client_id, "week": (panel.as_of - day_of(0)) // 7})
    for outcome, found in outcomes(panel, until=trial.last_day).items():
        ours[outcome.value], ours[f"{outcome.value}_risk"] = found.happened, found.at_risk
        ours[f"{outcome.value}_day"] = found.day
    labels = pd.read_csv(trial_data / "labels_dev.csv")
    return labels.merge(ours, on=["who", "week"], validate="one_to_one")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_person_week_has_the_label_of_the_trial(side_by_side: pd.DataFrame, outcome: Outcome):
    theirs, ours = side_by_side[COLUMN[outcome]], side_by_side[outcome.value]
    assert len(theirs) == 22_070
    assert theirs.notna().sum() > 4_000
    np.testing.assert_array_equal(ours.to_numpy(), theirs.to_numpy())


def test_the_risk_set_of_observed_use_is_the_trials_own(side_by_side: pd.DataFrame):
    np.testing.assert_array_equal(side_by_side["use_risk"], side_by_side["B_risk"] == 1)


@pytest.mark.parametrize(
    ("outcome", "column"), [(Outcome.RELAPSE, "confirm_week"), (Outcome.DROPOUT, "dropout_week")]
)
def test_the_day_is_the_end_of_the_week_that_confirms_it(
    side_by_side: pd.DataFrame, trial_data: Path, outcome: Outcome, column: str
):
    people = pd.read_csv(trial_data / "outcomes_dev.csv").set_index("who")[column]
    happened = side_by_side[side_by_side[outcome.value] == 1]
    expected = day_of(0) + 7 * people.loc[happened["who"]].to_numpy()
    np.testing.assert_array_equal(happened[f"{outcome.value}_day"], expected)
