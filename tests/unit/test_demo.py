"""The demo clinic's cast and the model of its histories, without a database."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise

from casework.demo import answers
from casework.demo.archetypes import CASELOADS, DRIFTING_LATE, MEDICATION_GAP, SILENT, STEADY, Archetype
from casework.demo.clinic import ACCOUNTS, NAME
from casework.demo.histories import DemoClient, DemoRows, History, Slot
from casework.demo.schedule import DAILY, MEDICINES, Cast
from casework.passwords import check_new_password
from casework.vocabulary import ContactKind, Mark, SessionKind
from tests.support.clinic import TODAY

INDIVIDUAL = Slot(series_id=1, kind=SessionKind.INDIVIDUAL, offset=2, at=dt.time(11))


def history(archetype: Archetype, *, seed: str = "test", today: dt.date = TODAY) -> DemoRows:
    rows = DemoRows()
    person = DemoClient(7, 3, archetype, "methadone", "cocaine", (INDIVIDUAL,), seed)
    History(person, today, rows).write()
    return rows


def test_sixty_clients_of_three_counselors():
    assert [len(caseload) for caseload in CASELOADS] == [22, 20, 18]


def test_every_course_has_its_client_on_the_first_caseload_or_elsewhere():
    cast = {archetype.name for caseload in CASELOADS for archetype in caseload}
    assert {"steady", "silent", "returned to use", "signs creep up", "open safety item", "pregnant"} <= cast


def test_demo_passwords_are_ones_that_an_account_may_have():
    for username, password, _ in ACCOUNTS:
        check_new_password(password, username=username)


def test_the_clinic_says_that_it_is_a_demo():
    assert "demo" in NAME


def test_the_same_seed_and_day_write_the_same_history():
    assert history(DRIFTING_LATE) == history(DRIFTING_LATE)
    assert history(DRIFTING_LATE) != history(DRIFTING_LATE, seed="another")


def test_nothing_but_plans_lies_on_today_or_later():
    rows = history(DRIFTING_LATE)
    for name in ("check_ins", "attendance", "doses", "calls", "notes", "placements", "prescriptions"):
        assert all(row["occurred_on"] < TODAY and row["known_on"] < TODAY for row in getattr(rows, name)), (
            name
        )


def test_a_silent_client_is_neither_seen_nor_heard():
    rows = history(SILENT)
    quiet_since = TODAY - dt.timedelta(days=SILENT.silent_for)
    assert all(row["occurred_on"] < quiet_since for row in rows.check_ins)
    lately = [row["mark"] for row in rows.attendance if row["occurred_on"] >= quiet_since]
    assert set(lately) == {Mark.NO_SHOW}


def test_signs_come_before_missed_sessions():
    """Over many clients of the same course, signs have grown at a time when the sessions are still kept."""
    early = TODAY - dt.timedelta(days=45), TODAY - dt.timedelta(days=32)
    late = TODAY - dt.timedelta(days=13), TODAY
    signs = {early: 0.0, late: 0.0}
    missed = {early: 0.0, late: 0.0}
    for number in range(60):
        rows = history(DRIFTING_LATE, seed=f"client-{number}")
        for window in (early, late):
            asked = [row for row in rows.check_ins if window[0] <= row["occurred_on"] < window[1]]
            signs[window] += sum(row["signs_present"].bit_count() for row in asked)
            marks = [row["mark"] for row in rows.attendance if window[0] <= row["occurred_on"] < window[1]]
            missed[window] += sum(mark is Mark.NO_SHOW for mark in marks)
    assert signs[early] > 60
    assert missed[late] > 3 * missed[early]


def test_what_was_not_asked_is_never_an_answer():
    chance = random.Random(5)
    for _ in range(200):
        told = answers.check_in(
            chance,
            strain=0.8,
            contact=ContactKind.VISIT,
            days_used=2,
            days_since=7,
            honest=1.0,
            habit="cocaine",
            prescribed=False,
            days_taken=0,
            after_care=False,
        )
        for name in ("signs", "halt", "stage", "protective"):
            assert told[f"{name}_present"] & ~told[f"{name}_asked"] == 0
        assert (told["use"] is None) == (told["use_days"] is None)
        assert told["medication_days_of"] is None


def test_nobody_is_asked_on_how_many_days_an_injection_was_taken():
    for medication, asked in (("buprenorphine", True), ("buprenorphine_xr", False)):
        rows = DemoRows()
        History(DemoClient(7, 3, STEADY, medication, "cocaine", (INDIVIDUAL,), "test"), TODAY, rows).write()
        assert any(row["medication_days_of"] is not None for row in rows.check_ins) is asked, medication


def test_who_missed_the_medication_visit_gets_the_next_supply_at_the_next_session():
    rows = DemoRows()
    History(DemoClient(7, 3, STEADY, "buprenorphine", "cocaine", (INDIVIDUAL,), "test"), TODAY, rows).write()
    days = [row["occurred_on"] for row in rows.doses]
    kept = {row["occurred_on"] for row in rows.attendance if row["mark"] in (Mark.ATTENDED, Mark.LATE)}
    assert set(days) <= kept
    for day, following in pairwise(days):
        assert not [one for one in kept if day + dt.timedelta(days=7) < one < following]


def test_days_of_an_injection_are_never_those_that_are_missed():
    member = Cast(4, 5, 0, MEDICATION_GAP)
    assert MEDICINES[member.index] not in DAILY
    assert member.medication in DAILY
