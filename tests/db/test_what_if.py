"""What would change this, read from a real database."""

from __future__ import annotations

import pytest

from casework.caseload.what_if import BANDS, LEVELS, answers
from casework.errors import NotYours
from casework.vocabulary import Mark, Use
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.clinic import TODAY, SmallClinic, add_client
from tests.support.databases import Database
from tests.support.statements import statements


@pytest.fixture
def slipped(clinic: SmallClinic, database: Database) -> SmallClinic:
    """Ann has come to group for four weeks and reported a slip three days ago."""
    series = builders.group(database, clinic.alice, (clinic.ann,))
    for days in (28, 21, 14, 7):
        builders.roll_call(database, clinic.alice, series, {clinic.ann: Mark.ATTENDED}, on=days_ago(days))
    builders.check_in(
        database, clinic.alice, clinic.ann, on=days_ago(3), use=Use.SLIP, signs={"isolating": True}
    )
    return clinic


def test_an_answer_begins_where_the_client_stands_now(slipped: SmallClinic, database: Database) -> None:
    with database.reading() as session:
        lower, higher = answers(session, slipped.alice, slipped.ann, TODAY, BANDS)
        less, more = answers(session, slipped.alice, slipped.ann, TODAY, LEVELS)
    assert lower.now == higher.now
    assert less.now == more.now
    assert more.now.level is not None
    change = higher.found or higher.by_time
    assert change is not None
    assert change.day > TODAY


def test_another_teams_client_gets_no_answer(slipped: SmallClinic, database: Database) -> None:
    with database.reading() as session, pytest.raises(NotYours):
        answers(session, slipped.dave, slipped.ann, TODAY, BANDS)


def test_the_number_of_statements_does_not_grow_with_the_caseload(
    slipped: SmallClinic, database: Database
) -> None:
    def run() -> int:
        with statements(database) as seen, database.reading() as session:
            answers(session, slipped.alice, slipped.ann, TODAY, BANDS)
        return len(seen)

    before = run()
    with database.writing() as session:
        for number in range(20):
            add_client(session, f"Client {number}", counselor=slipped.alice)
    assert run() == before


def test_an_answer_writes_nothing(slipped: SmallClinic, database: Database) -> None:
    with statements(database) as seen, database.reading() as session:
        answers(session, slipped.alice, slipped.ann, TODAY, LEVELS)
    assert not [one for one in seen if one.split()[0].upper() in ("INSERT", "UPDATE", "DELETE")]
