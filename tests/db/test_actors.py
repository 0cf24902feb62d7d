"""Every session of the database is open for somebody, and its connection says for whom."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text

from casework.actions import notes, staff
from casework.actions.sign_in import open_session, sign_in, sign_out, touch
from casework.caseload.clinic import clinic as read_clinic
from casework.users import GATE, SYSTEM, Actor, ActorKind
from db.models import Note, Team
from db.session import ACTOR, actor_of
from tests.support.builders import count, token
from tests.support.clinic import NOW, TODAY, SmallClinic, password_of
from tests.support.databases import Database
from tests.support.statements import statements

SEEN_BY_THE_GATE = {"alembic_version", "clinic", "sign_in_attempt", "sign_in_session", "staff"}


def named_after(words: str, texts: list[str]) -> set[str]:
    return {table for one in texts for table in re.findall(rf"(?:{words})\s+\"?([a-z_]+)", one)}


def told_at_each_statement(engine: Engine) -> list[Actor | None]:
    told: list[Actor | None] = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):  # the SQLite engines say it themselves
            told.append(connection.info.get(ACTOR))

    return told


def test_the_connection_knows_who_acts_from_the_first_statement(
    database: Database, clinic: SmallClinic
) -> None:
    alice = clinic.alice.acting(TODAY)
    for opened, engine in (
        (database.reading, database.read_engine),
        (database.writing, database.write_engine),
    ):
        told = told_at_each_statement(engine)
        with opened(alice) as session:
            session.execute(text("SELECT 1"))
            assert actor_of(session) == alice
        assert told
        assert set(told) == {alice}


def test_a_connection_that_was_given_back_is_nobodys(database: Database, clinic: SmallClinic) -> None:
    with database.reading(clinic.alice.acting(TODAY)) as session:
        session.execute(text("SELECT 1"))
    with database.read_engine.connect() as bare:
        assert ACTOR not in bare.info
    with database.reading(clinic.bob.acting(TODAY)) as session:
        assert session.connection().info[ACTOR].staff_id == clinic.bob.id


def test_an_actor_of_the_staff_holds_role_team_day_and_the_day_of_rights(clinic: SmallClinic) -> None:
    alice, earlier = clinic.alice, TODAY - dt.timedelta(days=30)
    looking_back = type(alice)(alice.id, alice.name, alice.role, alice.team_id, rights_on=TODAY)
    assert alice.acting(TODAY) == Actor(
        ActorKind.STAFF, alice.id, alice.role, alice.team_id, day=TODAY, rights_on=TODAY
    )
    assert looking_back.acting(earlier).day == earlier
    assert looking_back.acting(earlier).rights_on == TODAY
    assert SYSTEM.staff_id is GATE.staff_id is None


def test_a_session_without_an_actor_cannot_be_opened(database: Database) -> None:
    from db.session import Database as Real

    bare = Real(database.read_engine, database.write_engine)
    with pytest.raises(TypeError, match="actor"):
        bare.reading()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="actor"):
        bare.writing()  # type: ignore[call-arg]


def test_the_gate_sees_accounts_attempts_sessions_and_the_clinic_alone(
    database: Database, clinic: SmallClinic
) -> None:
    with statements(database) as seen:
        done = sign_in(database, username="alice", password=password_of("alice"), now=NOW)
        with database.reading(GATE) as session:
            found = open_session(session, token=done.token, now=NOW)
            read_clinic(session)
        assert found is not None
        with database.writing(GATE) as session:
            touch(session, digest=found.digest, now=NOW)
            sign_out(session, token=done.token, now=NOW)
    assert named_after("FROM|JOIN", seen) == SEEN_BY_THE_GATE
    assert named_after("INTO|UPDATE", seen) == {"sign_in_attempt", "sign_in_session", "audit_event"}


def test_an_act_of_somebody_else_than_the_session_is_for_is_a_bug(
    database: Database, clinic: SmallClinic
) -> None:
    written: dict[str, Any] = {"now": NOW, "client_id": clinic.ann, "text": "Seen."}
    for actor in (clinic.dave.acting(TODAY), clinic.charlie.acting(TODAY), GATE):
        with pytest.raises(ValueError, match="somebody else"), database.writing(actor) as session:
            notes.write_note(session, by=clinic.alice, token=token(), **written)
    assert count(database, Note) == 0
    for actor in (clinic.alice.acting(TODAY), SYSTEM):
        with database.writing(actor) as session:
            notes.write_note(session, by=clinic.alice, token=token(), **written)
    assert count(database, Note) == 2


def test_an_act_of_the_command_line_is_no_act_of_the_staff_nor_of_the_gate(
    database: Database, clinic: SmallClinic
) -> None:
    before = count(database, Team)
    for actor in (clinic.dave.acting(TODAY), GATE):
        with pytest.raises(ValueError, match="somebody else"), database.writing(actor) as session:
            staff.create_team(session, by=None, now=NOW, name="New")
    assert count(database, Team) == before
