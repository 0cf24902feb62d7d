"""Whose word and record differ: who sees whom, and at what cost."""

from __future__ import annotations

import datetime as dt

from casework.caseload.disagreements import DisagreementKind, Disagreements, read_disagreements
from casework.users import User
from casework.vocabulary import ContactKind, Role, Use
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.clinic import TODAY, SmallClinic, add_client
from tests.support.databases import Database
from tests.support.statements import statements


def read(
    database: Database, user: User, day: dt.date = TODAY, *, counselor_id: int | None = None
) -> Disagreements:
    with database.reading() as session:
        return read_disagreements(session, user, day, counselor_id=counselor_id)


def says_fine_with_a_finding(database: Database, by: User, client_id: int) -> None:
    builders.check_in(database, by, client_id, on=days_ago(3), use=Use.NONE, craving=1)
    builders.screen(database, by, client_id, "fentanyl", on=days_ago(2))


def test_a_finding_that_was_not_told_stands_on_the_list(database: Database, clinic: SmallClinic) -> None:
    says_fine_with_a_finding(database, clinic.alice, clinic.ann)
    seen = read(database, clinic.alice)
    (row,) = seen.rows
    assert (row.client_id, row.name, row.difference.kind) == (clinic.ann, "Ann Archer", DisagreementKind.FINE)
    assert [(one.on, one.text) for one in row.difference.record] == [
        (days_ago(2), "urine screen: Fentanyl found")
    ]
    assert (seen.clients, seen.unknown) == (2, 1)


def test_an_honest_word_with_a_clean_screen_stands_on_it_the_other_way(
    database: Database, clinic: SmallClinic
) -> None:
    builders.check_in(database, clinic.alice, clinic.ann, on=days_ago(3), use=Use.SLIP)
    builders.screen(database, clinic.alice, clinic.ann, on=days_ago(2))
    seen = read(database, clinic.alice)
    assert [row.client_id for row in seen.of(DisagreementKind.HARD)] == [clinic.ann]
    assert seen.of(DisagreementKind.FINE) == ()


def test_what_others_told_is_no_word_of_the_client(database: Database, clinic: SmallClinic) -> None:
    alice, ann = clinic.alice, clinic.ann
    builders.check_in(database, alice, ann, on=days_ago(3), use=Use.NONE, contact=ContactKind.COLLATERAL)
    builders.screen(database, alice, ann, "fentanyl", on=days_ago(2))
    seen = read(database, alice)
    assert (seen.rows, seen.unknown) == ((), 2)


def test_a_counselor_sees_their_own_clients_and_a_supervisor_the_teams(
    database: Database, clinic: SmallClinic
) -> None:
    for counselor, client_id in (
        (clinic.alice, clinic.ann),
        (clinic.bob, clinic.ben),
        (clinic.dave, clinic.dee),
    ):
        says_fine_with_a_finding(database, counselor, client_id)
    ids = {
        user.name: {row.client_id for row in read(database, user).rows}
        for user in (clinic.alice, clinic.charlie)
    }
    assert ids == {"Alice": {clinic.ann}, "Charlie": {clinic.ann, clinic.ben}}
    narrowed = read(database, clinic.charlie, counselor_id=clinic.bob.id)
    assert [(row.client_id, row.counselor) for row in narrowed.rows] == [(clinic.ben, "Bob")]
    assert narrowed.clients == 1


def test_somebody_elses_counselor_id_shows_nobody(database: Database, clinic: SmallClinic) -> None:
    says_fine_with_a_finding(database, clinic.dave, clinic.dee)
    seen = read(database, clinic.charlie, counselor_id=clinic.dave.id)
    assert (seen.rows, seen.clients) == ((), 0)


def test_a_stranger_sees_nobody(database: Database, clinic: SmallClinic) -> None:
    says_fine_with_a_finding(database, clinic.alice, clinic.ann)
    stranger = User(id=9999, name="Mallory", role=Role.COUNSELOR, team_id=clinic.alice.team_id)
    assert read(database, stranger).clients == 0


def test_the_day_before_a_result_was_known_nothing_differs(database: Database, clinic: SmallClinic) -> None:
    says_fine_with_a_finding(database, clinic.alice, clinic.ann)
    assert read(database, clinic.alice, days_ago(1)).rows == ()


def test_the_number_of_statements_does_not_grow_with_the_caseload(
    database: Database, clinic: SmallClinic
) -> None:
    def run() -> int:
        with statements(database) as seen:
            read(database, clinic.alice)
        return len(seen)

    before = run()
    with database.writing() as session:
        several = [add_client(session, f"Client {number}", counselor=clinic.alice) for number in range(12)]
    for client_id in several:
        says_fine_with_a_finding(database, clinic.alice, client_id)
    assert run() == before
    assert len(read(database, clinic.alice).rows) == len(several)
