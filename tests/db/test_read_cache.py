"""What a reading session keeps: gone with the next commit, never shown to another user, never kept by a writer."""

from __future__ import annotations

from sqlalchemy.orm import Session

from casework.caseload.assessment import assess_for
from casework.users import User
from db.queries import facts
from db.queries.read_cache import KEPT, cached
from db.queries.scope import visible_clients
from tests.support.builders import check_in, days_ago
from tests.support.clinic import TODAY, SmallClinic, add_client
from tests.support.databases import Database


def _begin(session: Session, user: User) -> None:
    session.execute(visible_clients(user, TODAY)).all()


def _asked(database: Database, user: User, key: object, answer: object) -> object:
    with database.reading() as session:
        _begin(session, user)
        return cached(session, key, lambda: answer)


def test_it_is_computed_once_while_nothing_is_saved(database: Database, clinic: SmallClinic) -> None:
    assert [_asked(database, clinic.alice, "a", n) for n in (1, 2)] == [1, 1]
    assert _asked(database, clinic.alice, "b", 3) == 3


def test_a_commit_ends_what_was_kept(database: Database, clinic: SmallClinic) -> None:
    assert _asked(database, clinic.alice, "a", 1) == 1
    check_in(database, clinic.alice, clinic.ann)
    assert _asked(database, clinic.alice, "a", 2) == 2


def test_what_a_session_sees_stays_one_moment_though_somebody_saves_meanwhile(
    database: Database, clinic: SmallClinic
) -> None:
    with database.reading() as session:
        before = assess_for(session, clinic.alice, TODAY)
        check_in(database, clinic.alice, clinic.ann)
        again = assess_for(session, clinic.alice, TODAY)
        assert len(again[0].check_ins) == len(before[0].check_ins) == 0
    with database.reading() as session:
        assert len(assess_for(session, clinic.alice, TODAY)[0].check_ins) == 1


def test_a_session_that_writes_sees_its_own_changes(database: Database, clinic: SmallClinic) -> None:
    with database.writing() as session:
        few = len(assess_for(session, clinic.alice, TODAY)[0].clients)
        add_client(session, "Eve End", counselor=clinic.alice)
        session.flush()
        assert len(assess_for(session, clinic.alice, TODAY)[0].clients) == few + 1


def test_users_and_days_have_their_own(database: Database, clinic: SmallClinic) -> None:
    check_in(database, clinic.alice, clinic.ann)
    for user in (clinic.alice, clinic.bob, clinic.dave, clinic.alice):
        with database.reading() as session:
            found, assessment = assess_for(session, user, TODAY)
            ids = session.scalars(visible_clients(user, TODAY)).all()
            assert set(ids) <= set(found.clients["client_id"])
            assert set(assessment.table["client_id"]) == set(found.clients["client_id"])
            fresh = facts.read(session, found.clients["client_id"].tolist(), TODAY)
            assert fresh.check_ins.equals(found.check_ins)
    with database.reading() as session:
        assert len(assess_for(session, clinic.alice, days_ago(1))[0].check_ins) == 0


def test_no_more_than_a_few_results_are_kept(database: Database, clinic: SmallClinic) -> None:
    computed = []
    with database.reading() as session:
        _begin(session, clinic.alice)
        for key in (*range(KEPT + 1), KEPT, 0):
            cached(session, key, lambda key=key: computed.append(key))  # type: ignore[misc]
    assert computed == [*range(KEPT + 1), 0]
