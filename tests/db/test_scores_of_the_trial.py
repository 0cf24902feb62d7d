"""The numbers that the dashboard shows of the trial's people are those of the score file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import select

from casework.caseload.assessment import assess_for
from casework.caseload.worklist import worklist
from casework.imports.ctn0094 import load, read_folder, study_day
from casework.imports.ctn0094.files import Trial
from casework.users import User
from casework.validation.__main__ import main
from casework.validation.scores import PROBABILITIES
from casework.vocabulary import Role, Score
from db.models import ClientVersion, Staff
from tests.support.clinic import NOW
from tests.support.databases import Database

WEEKS = (4, 12, 20)
POINTS = ["use", "engagement", "priority"]


@pytest.fixture(scope="module")
def score_file(trial_data: Path, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """What `python -m casework.validation score` writes, by who and week."""
    out = tmp_path_factory.mktemp("scores") / "scores.csv"
    assert main(["score", "--dir", str(trial_data), "--out", str(out)]) == 0
    return pd.read_csv(out).set_index(["who", "week"])


@pytest.fixture(scope="module")
def some_of_the_trial(trial_data: Path, long: bool) -> Trial:
    """Every ninth person; everybody with `make test-long`."""
    trial = read_folder(trial_data)
    people = trial.people if long else trial.people.iloc[::9].reset_index(drop=True)
    events = trial.events[trial.events["who"].isin(people["who"])].reset_index(drop=True)
    return Trial(people, events, trial.never_known, trial.digest)


@pytest.mark.long
def test_the_worklist_of_three_study_weeks_has_the_scores_of_the_score_file(
    database: Database, some_of_the_trial: Trial, score_file: pd.DataFrame
) -> None:
    load(database, some_of_the_trial, now=NOW)
    for week in WEEKS:
        shown = _shown(database, week)
        last_week = some_of_the_trial.people.set_index("who")["last_week"]
        assert sorted(shown.index) == sorted(last_week[last_week >= week].index)
        expected = score_file[score_file.index.get_level_values("week") == week].droplevel("week")
        expected = expected.loc[shown.index]
        pd.testing.assert_frame_equal(shown[POINTS], expected[POINTS], check_names=False)
        for column in PROBABILITIES.values():
            assert (shown[column] - expected[column]).abs().max() < 1e-4, column


def _shown(database: Database, week: int) -> pd.DataFrame:
    """The score file's columns as the worklists of all teams have them at the end of a study week, by who."""
    today = study_day(7 * week)
    rows = {}
    with database.reading() as session:
        who = {
            id_: int(number.removeprefix("CTN-"))
            for id_, number in session.execute(select(ClientVersion.client_id, ClientVersion.record_number))
        }
        supervisors = session.scalars(select(Staff).where(Staff.role == Role.SUPERVISOR)).all()
        for one in supervisors:
            user = User(one.id, one.name, one.role, one.team_id)
            assessment = assess_for(session, user, today)[1]
            for item in worklist(session, user, today).items:
                rows[who[item.client_id]] = {
                    "early": assessment.points_of(item.client_id, Score.EARLY),
                    "use": assessment.points_of(item.client_id, Score.USE),
                    "engagement": assessment.points_of(item.client_id, Score.ENGAGEMENT),
                    "priority": item.points,
                    **{
                        column: assessment.chance(item.client_id, outcome).likely
                        for outcome, column in PROBABILITIES.items()
                    },
                }
    return pd.DataFrame.from_dict(rows, orient="index").sort_index()
