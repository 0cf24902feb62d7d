"""What would change this: an answer against one assessment of the same caseload. Only the ratio is judged."""

from __future__ import annotations

from functools import partial

import pytest

from casework.caseload.assessment import assess_for
from casework.indicators import assess
from casework.what_if import Goal, what_would_change
from tests.benchmarks.timing import fastest
from tests.support.clinic import TODAY, user_named
from tests.support.databases import Database

ROUNDS = 3
MOST_ASSESSMENTS = 30
"""The slowest answer tries some 150 sets of facts, each in a copy of the client: 20 assessments here."""


@pytest.mark.benchmark
@pytest.mark.parametrize("goal", list(Goal))
def test_an_answer_takes_no_longer_than_thirty_assessments(
    goal: Goal, demo_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    alice = user_named(demo_database, "alice")
    with demo_database.reading() as session:
        facts, assessment = assess_for(session, alice, TODAY)
    clients = assessment.table["client_id"].tolist()
    answers = [partial(what_would_change, assessment, facts, client_id, goal) for client_id in clients]
    one, *each = fastest(lambda: assess(facts, TODAY).table, *answers, rounds=ROUNDS)
    slowest = max(each)
    with capsys.disabled():
        print(f"\n{goal}: slowest answer {slowest / one:.1f} assessments")
    assert slowest <= MOST_ASSESSMENTS * one
