"""A rule about what may be recorded says the same at every door: the act for one entry and the import for many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from casework.actions import check_ins, clients, placements, schedule
from casework.actions.clients import ClientDetails
from casework.checks.check_ins import CheckInAnswers, Known, check
from casework.errors import Refused
from casework.imports import spreadsheets
from casework.vocabulary import Level, SessionKind, Use
from db.models import SafetyItem
from tests.support.builders import at, check_in, days_ago, save, token
from tests.support.clinic import NOW, TODAY, SmallClinic
from tests.support.databases import Database

DAY = days_ago(1)
"""The day of the check-in that is checked; the last one before it was two days earlier."""
KNOWN = Known(DAY, last_on=days_ago(3), prescribed=False)


def refusal(ask: Callable[[], Any]) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        ask()
    return str(refused.value), refused.value.field


def in_a_file(database: Database, clinic: SmallClinic, kind: str, **cells: object) -> tuple[str, str | None]:
    """What the preview of a file with one such row says is wrong with it."""
    text = ",".join(cells) + "\n" + ",".join(str(cell) for cell in cells.values()) + "\n"
    with database.reading() as session:
        found = spreadsheets.preview(session, by=clinic.alice, now=NOW, kind=kind, data=text.encode())
    (problem,) = found.problems
    return problem.message, problem.column


@pytest.mark.parametrize(
    ("answers", "cells"),
    [
        ({}, {}),
        ({"note": "  "}, {}),
        ({"use_days": 3}, {"use_days": 3}),
        ({"use": Use.NONE, "use_days": 3}, {"use": "none", "use_days": 3}),
        ({"use": Use.SLIP, "use_days": 0}, {"use": "slip", "use_days": 0}),
        ({"use": Use.REGULAR, "use_days": 300}, {"use": "regular", "use_days": 300}),
        ({"use": Use.REGULAR, "use_days": 4}, {"use": "regular", "use_days": 4}),
        ({"craving": 11}, {"craving": 11}),
        ({"withdrawal": 4}, {"withdrawal": 4}),
        ({"withdrawal_from": frozenset({"heroin"})}, {"withdrawal_from": "heroin"}),
        ({"signs": {"not_taking_medication": True}}, {"not_taking_medication": "yes"}),
        (
            {"medication_days_taken": 3, "medication_days_of": 7},
            {"medication_days_taken": 3, "medication_days_of": 7},
        ),
        ({"medication_days_taken": 3}, {"medication_days_taken": 3}),
        ({"safety_concerns": frozenset({"overdose"})}, {"safety_concerns": "overdose"}),
    ],
    ids=str,
)
def test_what_a_check_in_may_say(
    sqlite_database: Database, sqlite_clinic: SmallClinic, answers: dict[str, Any], cells: dict[str, object]
) -> None:
    one: dict[str, Any] = {"by": sqlite_clinic.alice, "client_id": sqlite_clinic.ann}
    check_in(sqlite_database, **one, on=days_ago(3))
    said = CheckInAnswers(occurred_at=at(DAY), **answers)
    words, field = refusal(lambda: check(said, KNOWN))
    act = {**one, "answers": said, "token": token()}
    assert refusal(lambda: save(sqlite_database, check_ins.record_check_in, **act)) == (words, field)
    row = {"record_number": "R-ann-archer", "date": DAY, "contact": "visit", **cells}
    assert in_a_file(sqlite_database, sqlite_clinic, "check_ins", **row) == (words, field)


def test_a_contact_without_answers_is_no_check_in() -> None:
    words, field = refusal(lambda: check(CheckInAnswers(), KNOWN))
    assert (words.split(".")[0], field) == ("Nothing is answered yet", None)


def test_days_of_use_count_from_the_last_check_in_of_the_same_file_too(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    rows = [(days_ago(1), "regular", 4), (days_ago(3), "", "")]  # the later one stands first
    text = "record_number,date,contact,craving,use,use_days\n" + "".join(
        f"R-ann-archer,{day},visit,3,{use},{days}\n" for day, use, days in rows
    )
    with sqlite_database.reading() as session:
        found = spreadsheets.preview(
            session, by=sqlite_clinic.alice, now=NOW, kind="check_ins", data=text.encode()
        )
    assert [(problem.line, problem.column) for problem in found.problems] == [(2, "use_days")]


@pytest.mark.parametrize("next_level", [None, Level.DETOX])
def test_detox_is_never_without_what_follows_it(
    sqlite_database: Database, sqlite_clinic: SmallClinic, next_level: Level | None
) -> None:
    detox = {"by": sqlite_clinic.alice, "level": Level.DETOX, "next_level": next_level, "token": token()}
    new = {"details": ClientDetails("Kim", "100"), "counselor_id": sqlite_clinic.alice.id}
    decision = {"client_id": sqlite_clinic.ann, "recommended": {}, "accepted": True}
    told = {
        refusal(lambda: save(sqlite_database, placements.decide, **detox, **decision)),
        refusal(lambda: save(sqlite_database, clients.admit, **detox, **new)),
        in_a_file(
            sqlite_database,
            sqlite_clinic,
            "clients",
            record_number=100,
            name="Kim",
            admitted_on=TODAY,
            level="detox",
            next_level=next_level or "",
        ),
    }
    assert told == {
        (
            "Detox needs the level of care that follows it: on its own it raises the risk of overdose.",
            "next_level",
        )
    }


@pytest.mark.parametrize("members", ["nobody", "two"])
def test_an_individual_session_is_about_one_client(
    sqlite_database: Database, sqlite_clinic: SmallClinic, members: str
) -> None:
    series = {
        "by": sqlite_clinic.alice,
        "kind": SessionKind.INDIVIDUAL,
        "title": "One to one",
        "first_on": TODAY,
        "starts_at": dt.time(10),
        "minutes": 50,
        "weekly": True,
        "members": {"nobody": (), "two": (sqlite_clinic.ann, sqlite_clinic.amir)}[members],
        "token": token(),
    }
    told = refusal(lambda: save(sqlite_database, schedule.create_series, **series))
    assert told == ("An individual session needs one client.", "members")


@pytest.mark.parametrize("missing", ["first_on", "starts_at", "minutes"])
def test_a_session_needs_its_day_its_time_and_its_length(
    missing: str, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = {
        "by": sqlite_clinic.alice,
        "kind": SessionKind.GROUP,
        "title": "Evening group",
        "first_on": TODAY,
        "starts_at": dt.time(10),
        "minutes": 50,
        "weekly": True,
        "token": token(),
    }
    told = refusal(lambda: save(sqlite_database, schedule.create_series, **(series | {missing: None})))
    assert told == ("Day, time and length are needed.", "first_on")


@pytest.mark.parametrize(
    ("answers", "cells"),
    [
        ({"safety": True}, {"safety": "yes"}),
        (
            {"safety": True, "safety_concerns": frozenset({"overdose"})},
            {"safety": "yes", "safety_concerns": "overdose"},
        ),
        ({"stage_signs": {"self_harm_for_urges": True}}, {"stage_signs_present": "self_harm_for_urges"}),
        ({"safety": False}, {"safety": "no"}),
        (
            {"safety": False, "stage_signs": {"self_harm_for_urges": True}},
            {"safety": "no", "stage_signs_present": "self_harm_for_urges"},
        ),
    ],
    ids=str,
)
def test_the_same_answers_open_the_same_safety_item(
    sqlite_database: Database, sqlite_clinic: SmallClinic, answers: dict[str, Any], cells: dict[str, str]
) -> None:
    check_in(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, on=DAY, **answers)
    row = {"record_number": "R-amir-aziz", "date": DAY, "contact": "visit", **cells}
    data = (",".join(row) + "\n" + ",".join(map(str, row.values())) + "\n").encode()
    given: dict[str, Any] = {"by": sqlite_clinic.alice, "now": NOW, "kind": "check_ins", "data": data}
    with sqlite_database.writing() as session:
        spreadsheets.run(session, **given, digest=spreadsheets.preview(session, **given).digest)
    with sqlite_database.reading() as session:
        opened = dict(session.execute(select(SafetyItem.client_id, SafetyItem.concerns)).all())
    assert opened.get(sqlite_clinic.ann) == opened.get(sqlite_clinic.amir)
