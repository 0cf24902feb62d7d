"""Accounts, sessions and throttling, on both databases."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casework.actions.clinic import set_clinic
from casework.actions.sign_in import (
    KEEP_ATTEMPTS,
    LIMITS,
    SignedIn,
    digest_of,
    open_session,
    sign_in,
    sign_out,
    touch,
)
from casework.actions.staff import create_staff, create_team, deactivate, set_password
from casework.errors import Refused, SignInRefused, TooManyAttempts
from casework.passwords import is_password
from casework.vocabulary import ClinicKind, Role
from db.models import AuditEvent, Clinic, SignInAttempt, SignInSession, Staff
from tests.support.clinic import NOW, SmallClinic, password_of
from tests.support.databases import Database
from tests.support.patience import PATIENCE_SECONDS

MINUTE = dt.timedelta(minutes=1)


def signed_in(database: Database, username: str = "alice", now: dt.datetime = NOW, **more) -> SignedIn:
    password = password_of(username.strip().lower())
    return sign_in(database, username=username, password=password, now=now, **more)


def fail(database: Database, username: str = "alice", now: dt.datetime = NOW) -> None:
    with pytest.raises(SignInRefused) as refused:
        sign_in(database, username=username, password="not this one", now=now)
    assert not isinstance(refused.value, TooManyAttempts)


def is_open(database: Database, token: str, now: dt.datetime) -> bool:
    with database.reading() as session:
        return open_session(session, token=token, now=now) is not None


def actions_of(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


class TestSigningIn:
    def test_the_right_password_opens_a_session(self, database: Database, clinic: SmallClinic):
        done = signed_in(database, " ALICE ")
        assert done.user == clinic.alice
        with database.reading() as session:
            found = open_session(session, token=done.token, now=NOW)
        assert found is not None
        assert found.user == clinic.alice

    def test_the_token_itself_is_nowhere_in_the_database(self, database: Database, clinic: SmallClinic):
        done = signed_in(database)
        with database.reading() as session:
            row = session.scalars(select(SignInSession)).one()
            assert row.token_digest == digest_of(done.token)
            assert done.token not in (row.token_digest, row.csrf_token)

    def test_every_sign_in_makes_a_new_token_and_ends_the_browsers_session_before(
        self, database: Database, clinic: SmallClinic
    ):
        first = signed_in(database)
        second = signed_in(database, replaces=first.token)
        assert first.token != second.token
        assert not is_open(database, first.token, NOW)
        assert is_open(database, second.token, NOW)

    def test_a_token_planted_before_the_sign_in_opens_nothing_afterwards(
        self, database: Database, clinic: SmallClinic
    ):
        signed_in(database, replaces="planted")
        assert not is_open(database, "planted", NOW)

    def test_a_second_browser_does_not_end_the_first_ones_session(
        self, database: Database, clinic: SmallClinic
    ):
        first, second = signed_in(database), signed_in(database)
        assert is_open(database, first.token, NOW)
        assert is_open(database, second.token, NOW)

    def test_unknown_name_wrong_password_closed_account_and_none_set_are_told_apart_to_nobody(
        self, database: Database, clinic: SmallClinic
    ):
        with database.writing() as session:
            deactivate(session, by=None, now=NOW, username="bob")
            session.get_one(Staff, clinic.charlie.id).password_hash = None
        said = set()
        for username, password in [
            ("alice", "not this one"),
            ("nobody", password_of("alice")),
            ("bob", password_of("bob")),
            ("charlie", password_of("charlie")),
            ("alice", password_of("alice") + "x" * 1000),
            ("", ""),
            ("\x00\ud800", "\x00\ud800"),
        ]:
            with pytest.raises(SignInRefused) as refused:
                sign_in(database, username=username, password=password, now=NOW)
            said.add(str(refused.value))
        assert len(said) == 1

    def test_an_unknown_name_costs_a_hash_too(self, database: Database, clinic: SmallClinic, monkeypatch):
        verified: list[str | None] = []

        def verifying(stored: str | None, password: str) -> bool:
            verified.append(stored)
            return is_password(stored, password)

        monkeypatch.setattr("casework.actions.sign_in.is_password", verifying)
        fail(database, "nobody")
        fail(database, "alice")
        assert len(verified) == 2
        assert verified[0] is None

    def test_sign_in_and_out_are_in_the_audit_trail(self, database: Database, clinic: SmallClinic):
        done = signed_in(database)
        with database.writing() as session:
            sign_out(session, token=done.token, now=NOW)
            sign_out(session, token=done.token, now=NOW)
        with database.reading() as session:
            events = session.execute(select(AuditEvent.action, AuditEvent.by_id)).all()
        assert [tuple(event) for event in events] == [
            ("sign_in", clinic.alice.id),
            ("sign_out", clinic.alice.id),
        ]

    def test_a_password_changed_while_it_was_being_verified_opens_nothing(
        self, database: Database, clinic: SmallClinic, monkeypatch
    ):
        def change_meanwhile(stored: str | None, password: str) -> bool:
            with database.writing() as session:
                set_password(session, by=None, now=NOW, username="alice", password="another long one")
            return is_password(stored, password)

        monkeypatch.setattr("casework.actions.sign_in.is_password", change_meanwhile)
        with pytest.raises(SignInRefused):
            signed_in(database)
        with database.reading() as session:
            assert session.scalars(select(SignInSession)).all() == []

    def test_a_hash_of_weaker_days_is_renewed_at_the_next_sign_in(
        self, database: Database, clinic: SmallClinic
    ):
        from argon2 import PasswordHasher

        weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(password_of("alice"))
        with database.writing() as session:
            session.get_one(Staff, clinic.alice.id).password_hash = weak
        signed_in(database)
        with database.reading() as session:
            renewed = session.get_one(Staff, clinic.alice.id).password_hash
        assert renewed is not None
        assert renewed != weak
        assert is_password(renewed, password_of("alice"))


class TestSessions:
    def test_a_session_ends_after_thirty_minutes_without_activity(
        self, database: Database, clinic: SmallClinic
    ):
        token = signed_in(database).token
        assert is_open(database, token, NOW + 29 * MINUTE)
        assert not is_open(database, token, NOW + 30 * MINUTE)

    def test_activity_keeps_it_open(self, database: Database, clinic: SmallClinic):
        token = signed_in(database).token
        with database.writing() as session:
            touch(session, digest=digest_of(token), now=NOW + 20 * MINUTE)
        assert is_open(database, token, NOW + 49 * MINUTE)
        assert not is_open(database, token, NOW + 50 * MINUTE)

    def test_no_activity_keeps_it_open_beyond_twelve_hours(self, database: Database, clinic: SmallClinic):
        token = signed_in(database).token
        end = NOW + LIMITS.absolute
        with database.writing() as session:
            touch(session, digest=digest_of(token), now=end - MINUTE)
        assert is_open(database, token, end - MINUTE)
        assert not is_open(database, token, end)

    def test_an_ended_session_cannot_be_touched_back_to_life(self, database: Database, clinic: SmallClinic):
        token = signed_in(database).token
        with database.writing() as session:
            sign_out(session, token=token, now=NOW)
            touch(session, digest=digest_of(token), now=NOW + MINUTE)
        assert not is_open(database, token, NOW + MINUTE)

    def test_a_closed_account_loses_its_sessions_at_once(self, database: Database, clinic: SmallClinic):
        alice, bob = signed_in(database), signed_in(database, "bob")
        with database.writing() as session:
            deactivate(session, by=None, now=NOW, username="alice")
        assert not is_open(database, alice.token, NOW)
        assert is_open(database, bob.token, NOW)

    def test_a_new_password_signs_the_account_out_everywhere(self, database: Database, clinic: SmallClinic):
        first, second, bob = signed_in(database), signed_in(database), signed_in(database, "bob")
        with database.writing() as session:
            set_password(session, by=None, now=NOW, username="alice", password="another long one")
        assert not is_open(database, first.token, NOW)
        assert not is_open(database, second.token, NOW)
        assert is_open(database, bob.token, NOW)
        sign_in(database, username="alice", password="another long one", now=NOW)

    def test_a_made_up_token_opens_nothing(self, database: Database, clinic: SmallClinic):
        done = signed_in(database)
        for token in ("", "x", digest_of(done.token), done.token[:-1], "\ud800"):
            assert not is_open(database, token, NOW)


class TestThrottle:
    def test_after_five_failures_even_the_right_password_has_to_wait(
        self, database: Database, clinic: SmallClinic
    ):
        for _ in range(LIMITS.failures_of_one):
            fail(database)
        with pytest.raises(TooManyAttempts):
            signed_in(database)
        with pytest.raises(TooManyAttempts):
            signed_in(database, now=NOW + LIMITS.window - MINUTE)
        signed_in(database, now=NOW + LIMITS.window)

    def test_it_works_the_same_for_a_name_that_does_not_exist(self, database: Database, clinic: SmallClinic):
        for _ in range(LIMITS.failures_of_one):
            fail(database, "nobody")
        with pytest.raises(TooManyAttempts):
            signed_in(database, "nobody")

    def test_somebody_elses_failures_do_not_lock_me_out(self, database: Database, clinic: SmallClinic):
        for _ in range(LIMITS.failures_of_one):
            fail(database, "bob")
        signed_in(database, "alice")

    def test_a_success_starts_the_count_anew(self, database: Database, clinic: SmallClinic):
        for _ in range(LIMITS.failures_of_one - 1):
            fail(database)
        signed_in(database, now=NOW + MINUTE)
        for _ in range(LIMITS.failures_of_one - 1):
            fail(database, now=NOW + 2 * MINUTE)

    def test_tries_while_locked_out_do_not_prolong_it(self, database: Database, clinic: SmallClinic):
        for _ in range(LIMITS.failures_of_one):
            fail(database)
        for _ in range(3):
            with pytest.raises(TooManyAttempts):
                signed_in(database, now=NOW + 14 * MINUTE)
        signed_in(database, now=NOW + LIMITS.window)

    def test_failures_of_many_names_together_pause_everybody(self, database: Database, clinic: SmallClinic):
        with database.writing() as session:
            session.add_all(
                SignInAttempt(username_digest=digest_of(f"name{number}"), at=NOW, succeeded=False)
                for number in range(LIMITS.failures_of_all)
            )
        with pytest.raises(TooManyAttempts):
            signed_in(database)

    def test_guesses_in_parallel_do_not_slip_under_the_limit(self, database: Database, clinic: SmallClinic):
        answers: list[str] = []

        def guess() -> None:
            try:
                sign_in(database, username="alice", password="not this one", now=NOW)
            except SignInRefused as refused:
                answers.append(type(refused).__name__)

        guesses = [threading.Thread(target=guess) for _ in range(12)]
        for each in guesses:
            each.start()
        for each in guesses:
            each.join(PATIENCE_SECONDS)
        assert sorted(answers) == ["SignInRefused"] * 5 + ["TooManyAttempts"] * 7

    def test_attempts_are_kept_as_digests_and_for_a_day(self, database: Database, clinic: SmallClinic):
        fail(database, now=NOW - KEEP_ATTEMPTS - MINUTE)
        signed_in(database)
        with database.reading() as session:
            kept = session.scalars(select(SignInAttempt)).all()
        assert [(row.username_digest, row.succeeded) for row in kept] == [(digest_of("alice"), True)]


class TestAccounts:
    def create(self, session: Session, team_id: int, **other) -> Staff:
        given = {
            "username": "Erin",
            "name": "  Erin   Eastman ",
            "role": Role.COUNSELOR,
            "password": "twelve signs asked",
        } | other
        return create_staff(session, by=None, now=NOW, team_id=team_id, **given)

    def test_a_new_account_can_sign_in_and_is_audited(self, database: Database, clinic: SmallClinic):
        with database.writing() as session:
            staff = self.create(session, clinic.alice.team_id)
            assert (staff.username, staff.name) == ("erin", "Erin Eastman")
            assert actions_of(session) == ["create_staff"]
            assert (
                self.create(session, clinic.alice.team_id, username="rene", name="Rene\u0301").name
                == "Ren\u00e9"
            )
        sign_in(database, username="erin", password="twelve signs asked", now=NOW)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"username": "alice"},
            {"username": "ALICE"},
            {"username": "e"},
            {"username": "erin eastman"},
            {"username": "../erin"},
            {"username": "<b>erin</b>"},
            {"username": "x" * 65},
            {"name": "  "},
            {"name": "Erin\x00"},
            {"name": "Erin \ud800"},
            {"name": "x" * 201},
            {"password": "too short"},
            {"team_id": 4711},
        ],
        ids=str,
    )
    def test_a_wrong_account_is_refused_and_leaves_nothing(
        self, sqlite_database: Database, sqlite_clinic: SmallClinic, wrong
    ):
        with sqlite_database.reading() as session:
            before = session.scalar(select(func.count()).select_from(Staff))
        with pytest.raises(Refused), sqlite_database.writing() as session:
            self.create(session, **({"team_id": sqlite_clinic.alice.team_id} | wrong))
        with sqlite_database.reading() as session:
            assert session.scalar(select(func.count()).select_from(Staff)) == before
            assert actions_of(session) == []

    def test_two_teams_do_not_share_a_name(self, database: Database, clinic: SmallClinic):
        with pytest.raises(Refused), database.writing() as session:
            create_team(session, by=None, now=NOW, name=" Harbor ")

    def test_an_account_is_closed_once(self, database: Database, clinic: SmallClinic):
        with database.writing() as session:
            deactivate(session, by=None, now=NOW, username="bob")
        with pytest.raises(Refused), database.writing() as session:
            deactivate(session, by=None, now=NOW, username="bob")
        with pytest.raises(Refused), database.writing() as session:
            deactivate(session, by=None, now=NOW, username="nobody")


class TestClinic:
    def test_what_is_not_given_stays_as_it_is(self, database: Database, clinic: SmallClinic):
        with database.writing() as session:
            set_clinic(session, by=None, now=NOW, name=" New  Cafe\u0301 ")
        with database.reading() as session:
            row = session.get_one(Clinic, 1)
            assert (row.name, row.time_zone) == ("New Caf\u00e9", "America/New_York")

    def test_a_made_up_clinic_never_becomes_a_real_one(self, database: Database, clinic: SmallClinic):
        with pytest.raises(Refused), database.writing() as session:
            set_clinic(session, by=None, now=NOW, kind=ClinicKind.REAL)

    @pytest.mark.parametrize(
        "wrong", [{"time_zone": "Mars/Base"}, {"name": ""}, {"name": "a\x00b"}, {"safety_protocol": "\ud800"}]
    )
    def test_wrong_words_are_refused(self, sqlite_database: Database, sqlite_clinic: SmallClinic, wrong):
        with pytest.raises(Refused), sqlite_database.writing() as session:
            set_clinic(session, by=None, now=NOW, **wrong)
