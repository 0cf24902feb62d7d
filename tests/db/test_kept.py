"""What is kept of finished results: one computation for all who wait, up to a number of bytes, and no longer than the
data say the same."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from casework.actions import audit, clients
from casework.caseload.assessment import assess_for
from casework.caseload.worklist import worklist
from casework.errors import Refused
from casework.users import GATE, User
from casework.vocabulary import Role
from db.data_versions import OF_NO_SHARE, OF_THE_TEAM, version_read
from db.kept import Shelf, size_of
from db.models import Base, CallClaim, Clinic, Note, RuleSwitch, SignInAttempt, Staff
from tests.support.builders import check_in, count, days_ago, note, token
from tests.support.clinic import NOW, TODAY, SmallClinic, add_client
from tests.support.databases import Database
from tests.support.server import ROOT

# --- the shelf -----------------------------------------------------------------------------------------------------


def test_a_result_is_worked_out_once_for_a_version_of_the_data() -> None:
    shelf = Shelf(1000)
    assert [shelf.get("a", 1, lambda n=n: n) for n in (10, 20)] == [10, 10]  # type: ignore[misc]
    assert shelf.get("b", 1, lambda: 30) == 30
    assert shelf.get("a", 2, lambda: 40) == 40
    assert (shelf.get("a", 1, lambda: 50), len(shelf)) == (50, 2), "the place holds one version"


def test_what_was_not_asked_for_longest_makes_room() -> None:
    shelf = Shelf(100)
    for place in "abca":
        shelf.get(place, 1, lambda place=place: place, lambda _: 40)  # type: ignore[misc]
        assert shelf.bytes <= 100
    assert [shelf.get(place, 1, lambda: "again", lambda _: 40) for place in "ac"] == ["a", "c"]
    assert shelf.get("b", 1, lambda: "again", lambda _: 40) == "again"


def test_what_is_larger_than_the_room_is_given_and_not_kept() -> None:
    shelf = Shelf(100)
    shelf.get("a", 1, lambda: 1, lambda _: 60)
    assert shelf.get("b", 1, lambda: 2, lambda _: 101) == 2
    assert (len(shelf), shelf.bytes) == (1, 60)
    assert shelf.get("a", 2, lambda: 3, lambda _: 101) == 3
    assert (len(shelf), shelf.bytes) == (0, 0), "the old version has gone"


def test_an_exception_is_not_kept() -> None:
    shelf = Shelf(100)
    with pytest.raises(ZeroDivisionError):
        shelf.get("a", 1, lambda: 1 // 0)
    assert shelf.get("a", 1, lambda: 5) == 5


def test_of_many_who_ask_at_once_one_computes_and_the_others_get_its_answer() -> None:
    shelf, computed, may_go = Shelf(1000), [], threading.Event()
    answers: list[object] = []

    def compute() -> object:
        computed.append(1)
        may_go.wait(30)
        return object()

    threads = [
        threading.Thread(target=lambda: answers.append(shelf.get("a", 1, compute)), daemon=True)
        for _ in range(8)
    ]
    for one in threads:
        one.start()
    while shelf.asked("a") < len(threads):
        threading.Event().wait(0.001)
    may_go.set()
    for one in threads:
        one.join(30)
    assert (len(computed), len(answers), len(set(map(id, answers)))) == (1, 8, 1)
    assert shelf.asked("a") == 0


def test_a_size_counts_buffers_and_long_lists() -> None:
    numbers = np.zeros(10_000)
    assert 80_000 <= size_of(numbers) <= 81_000
    assert size_of((numbers, numbers)) <= 81_000, "once"
    assert 80_000 <= size_of(numbers[10:20]) <= 81_000, "a part holds the whole"
    assert 80_000 <= size_of(pd.DataFrame({"a": numbers})) <= 81_000
    long = [f"a text of its own, number {number:06}" for number in range(10_000)]
    exactly = sum(map(size_of, long))
    assert 0.9 <= size_of(long) / exactly <= 1.3


# --- whose results -------------------------------------------------------------------------------------------------


def of(database: Database, user: User) -> int:
    with database.reading() as session:
        return version_read(session, user)


def versions(database: Database, clinic: SmallClinic) -> dict[str, int]:
    return {user.name: of(database, user) for user in (clinic.alice, clinic.bob, clinic.charlie, clinic.dave)}


def raised(database: Database, clinic: SmallClinic, before: dict[str, int]) -> set[str]:
    after = versions(database, clinic)
    assert all(after[name] >= version for name, version in before.items()), "a version never falls"
    return {name for name, version in after.items() if version != before[name]}


def hand_over(database: Database, by: User, client_id: int, to: User) -> None:
    with database.writing(by.acting(TODAY)) as session:
        clients.assign(session, by=by, now=NOW, client_id=client_id, counselor_id=to.id)


def test_a_save_about_a_client_changes_the_version_of_those_who_read_it_alone(
    database: Database, clinic: SmallClinic
) -> None:
    before = versions(database, clinic)
    check_in(database, clinic.alice, clinic.ann)
    assert raised(database, clinic, before) == {"Alice", "Charlie"}


def test_a_hand_over_changes_both_counselors_versions_and_later_saves_the_old_ones_too(
    database: Database, clinic: SmallClinic
) -> None:
    before = versions(database, clinic)
    hand_over(database, clinic.charlie, clinic.ann, clinic.bob)
    assert {"Alice", "Bob", "Charlie"} == raised(database, clinic, before)
    before = versions(database, clinic)
    note(database, clinic.bob, clinic.ann)
    assert raised(database, clinic, before) == {"Alice", "Bob", "Charlie"}, "Alice can look back at her weeks"


def test_signing_in_changes_no_version(database: Database, clinic: SmallClinic) -> None:
    before = versions(database, clinic)
    with database.writing(GATE) as session:
        session.add(SignInAttempt(username_digest="x", at=NOW, succeeded=False))
    assert raised(database, clinic, before) == set()


def test_commands_and_loaders_change_everybodys_version(database: Database, clinic: SmallClinic) -> None:
    before = versions(database, clinic)
    with database.writing() as session:
        add_client(session, "Eve End", counselor=clinic.alice)
    assert raised(database, clinic, before) == set(before)


def test_an_act_that_is_undone_changes_no_version(database: Database, clinic: SmallClinic) -> None:
    before = versions(database, clinic)

    def refused(session: Session, by: User) -> None:
        session.add(CallClaim(client_id=clinic.ann, staff_id=by.id, held_on=TODAY, claimed_at=NOW))
        session.flush()
        audit.record_afterwards(session, by=by, now=NOW, action="refused")
        raise Refused("No.")

    with pytest.raises(Refused), database.writing(clinic.alice.acting(TODAY)) as session:
        refused(session, clinic.alice)
    assert raised(database, clinic, before) == set()
    assert count(database, CallClaim) == 0


def test_a_statement_about_nobody_in_particular_changes_the_whole_teams_version(
    database: Database, clinic: SmallClinic
) -> None:
    note(database, clinic.alice, clinic.ann)
    for written in (
        update(Note).values(text="Another."),
        insert(Note.__table__).from_select(["id"], select(Note.id).where(Note.id < 0)),  # type: ignore[arg-type]
    ):
        before = versions(database, clinic)
        with database.writing(clinic.alice.acting(TODAY)) as session:
            session.execute(written)
        assert raised(database, clinic, before) == {"Alice", "Bob", "Charlie"}


CLINIC_WIDE: Final = {"clinic", "clinic_closed_day", "recalibration", "rule_switch", "staff", "team"}


def test_every_table_has_its_share() -> None:
    """A table that nobody lists is the clinic's: everybody's version changes with it."""
    tables = Base.metadata.tables
    of_a_client = {name for name, table in tables.items() if "client_id" in table.c}
    assert set(tables) >= OF_NO_SHARE | OF_THE_TEAM
    assert set(tables) - OF_NO_SHARE - OF_THE_TEAM - of_a_client == CLINIC_WIDE


def test_nothing_is_written_past_the_session_that_notes_it() -> None:
    """A statement on the bare connection, or a text of SQL, would change data and no version."""
    past = re.compile(r"\.connection\(|exec_driver_sql|from sqlalchemy import .*\btext\b|sqlalchemy\.text")
    found = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "casework").rglob("*.py"))
        if past.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("change", ["switch", "clinic", "name"])
def test_what_holds_for_the_clinic_changes_everybodys_version(
    database: Database, clinic: SmallClinic, change: str
) -> None:
    before = versions(database, clinic)
    with database.writing(clinic.charlie.acting(TODAY)) as session:
        if change == "switch":
            session.add(
                RuleSwitch(
                    rule_id="x",
                    off_since=TODAY,
                    off_at=NOW,
                    off_by_id=clinic.charlie.id,
                    reason="x",
                    entry_token=token(),
                )
            )
        elif change == "clinic":
            session.get_one(Clinic, 1).working_days = 3
        else:
            session.get_one(Staff, clinic.alice.id).name = "Alison"
    assert raised(database, clinic, before) == set(before)


def test_versions_grow_by_steps_that_no_backup_repeats(database: Database, clinic: SmallClinic) -> None:
    steps = []
    for _ in range(5):
        before = of(database, clinic.alice)
        note(database, clinic.alice, clinic.ann)
        steps.append(of(database, clinic.alice) - before)
    assert min(steps) > 0
    assert len(set(steps)) == len(steps)


def asked(database: Database, user: User) -> int:
    """The identity of the worklist that the user is given."""
    with database.reading() as session:
        return id(worklist(session, user, TODAY))


def test_users_days_and_rights_have_results_of_their_own(database: Database, clinic: SmallClinic) -> None:
    alice = clinic.alice
    others = [
        clinic.charlie,
        replace(alice, role=Role.SUPERVISOR),
        replace(alice, team_id=clinic.dave.team_id),
        replace(alice, rights_on=TODAY),
    ]
    with database.reading() as session:
        lists = [worklist(session, user, TODAY) for user in (alice, *others)]
        lists.append(worklist(session, alice, days_ago(1)))
        assert len(set(map(id, lists))) == len(lists)
        assert worklist(session, alice, TODAY) is lists[0]
    assert {one.client_id for one in lists[0].items} == {clinic.ann, clinic.amir}


def test_a_client_who_was_handed_over_is_gone_at_once(database: Database, clinic: SmallClinic) -> None:
    def mine(user: User) -> set[int]:
        with database.reading() as session:
            return {one.client_id for one in worklist(session, user, TODAY).items}

    assert (mine(clinic.alice), mine(clinic.bob)) == ({clinic.ann, clinic.amir}, {clinic.ben})
    hand_over(database, clinic.charlie, clinic.ann, clinic.bob)
    assert (mine(clinic.alice), mine(clinic.bob)) == ({clinic.amir}, {clinic.ben, clinic.ann})


def test_a_colleagues_save_leaves_what_is_kept(database: Database, clinic: SmallClinic) -> None:
    before = asked(database, clinic.alice)
    check_in(database, clinic.bob, clinic.ben)
    assert asked(database, clinic.alice) == before
    check_in(database, clinic.alice, clinic.ann)
    assert asked(database, clinic.alice) != before


def test_what_a_session_sees_stays_one_moment_though_somebody_saves_meanwhile(
    database: Database, clinic: SmallClinic
) -> None:
    def read(session: Session) -> int:
        return len(assess_for(session, clinic.alice, TODAY)[0].check_ins)

    with database.reading() as session:
        assert read(session) == 0
        check_in(database, clinic.alice, clinic.ann)
        with database.reading() as later:
            assert read(later) == 1
        assert read(session) == 0
    with database.reading() as session:
        assert read(session) == 1


def test_a_session_that_writes_sees_its_own_changes(database: Database, clinic: SmallClinic) -> None:
    with database.writing() as session:
        few = len(assess_for(session, clinic.alice, TODAY)[0].clients)
        add_client(session, "Eve End", counselor=clinic.alice)
        session.flush()
        assert len(assess_for(session, clinic.alice, TODAY)[0].clients) == few + 1


def test_two_who_raise_the_same_versions_at_once_do_not_wait_for_ever(
    database: Database, clinic: SmallClinic
) -> None:
    """They are raised last, and in one order."""
    hand_over(database, clinic.charlie, clinic.ann, clinic.bob)
    hand_over(database, clinic.charlie, clinic.ben, clinic.alice)
    before, start = of(database, clinic.charlie), threading.Barrier(2)
    failed: list[BaseException] = []

    def many(by: User, client_id: int) -> None:
        try:
            start.wait(30)
            for _ in range(10):
                note(database, by, client_id)
        except BaseException as error:
            failed.append(error)

    threads = [
        threading.Thread(target=many, args=one, daemon=True)
        for one in ((clinic.alice, clinic.ben), (clinic.bob, clinic.ann))
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not failed
    assert of(database, clinic.charlie) > before
