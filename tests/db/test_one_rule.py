"""A rule about what may be recorded says the same at every door: the act for one entry and the import for many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from casework.actions import (
    absences,
    attendance,
    calls,
    check_ins,
    clients,
    medication,
    notes,
    placements,
    rules,
    safety,
    schedule,
    screens,
)
from casework.checks.check_ins import CheckInAnswers, Known, check
from casework.checks.clients import ClientDetails
from casework.checks.screens import check_result
from casework.errors import Refused
from casework.imports import spreadsheets
from casework.vocabulary import (
    AbsenceCause,
    CallOutcome,
    Certainty,
    Level,
    Mark,
    ScreenStatus,
    SessionKind,
    Use,
)
from db.models import SafetyItem
from tests.support.builders import at, check_in, days_ago, group, save, shown, token
from tests.support.clinic import ADMITTED_ON, NOW, TODAY, SmallClinic, add_client
from tests.support.databases import Database

DAY = days_ago(1)
"""The day of the check-in that is checked; the last one before it was two days earlier."""
KNOWN = Known(DAY, last_on=days_ago(3), prescribed=False, admitted_on=ADMITTED_ON)


def refusal(ask: Callable[[], Any]) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        ask()
    return str(refused.value), refused.value.field


def in_a_file(
    database: Database, clinic: SmallClinic, kind: str, /, **cells: object
) -> tuple[str, str | None]:
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
        ({"note": "\u200b"}, {"note": "\u200b"}),
        ({"note": "\u3164 \u2060"}, {"note": "\u3164 \u2060"}),
        ({"use_days": 3}, {"use_days": 3}),
        ({"use": Use.NONE, "use_days": 3}, {"use": "none", "use_days": 3}),
        ({"use": Use.SLIP, "use_days": 0}, {"use": "slip", "use_days": 0}),
        ({"use": Use.REGULAR, "use_days": 300}, {"use": "regular", "use_days": 300}),
        ({"use": Use.REGULAR, "use_days": 4}, {"use": "regular", "use_days": 4}),
        ({"craving": 11}, {"craving": 11}),
        ({"withdrawal": 4}, {"withdrawal": 4}),
        ({"withdrawal_from": frozenset({"heroin"})}, {"withdrawal_from": "heroin"}),
        ({"other_substances": frozenset({"heroin"})}, {"other_substances": "heroin"}),
        (
            {"withdrawal": 2, "withdrawal_from": frozenset({"cannabis"})},
            {"withdrawal": 2, "withdrawal_from": "cannabis"},
        ),
        ({"signs": {"not_taking_medication": True}}, {"not_taking_medication": "yes"}),
        (
            {"medication_days_taken": 3, "medication_days_of": 7},
            {"medication_days_taken": 3, "medication_days_of": 7},
        ),
        ({"medication_days_taken": 3}, {"medication_days_taken": 3}),
        ({"used_on": DAY}, {"used_on": DAY}),
        ({"use": Use.SLIP, "used_on": TODAY}, {"use": "slip", "used_on": TODAY}),
        ({"use": Use.SLIP, "used_on": days_ago(999)}, {"use": "slip", "used_on": days_ago(999)}),
        ({"overdosed_on": DAY}, {"overdosed_on": DAY}),
        ({"naloxone_used": True}, {"naloxone_used": "yes"}),
        ({"overdosed": True, "overdosed_on": TODAY}, {"overdosed": "yes", "overdosed_on": TODAY}),
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
    found = shown(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann)
    decision = {"client_id": sqlite_clinic.ann, "shown": found, "accepted": True}
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


def test_a_second_client_never_joins_an_individual_session(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    alice, ann, amir = sqlite_clinic.alice, sqlite_clinic.ann, sqlite_clinic.amir
    series = group(sqlite_database, alice, (ann,), kind=SessionKind.INDIVIDUAL)
    joins = {"by": alice, "series_id": series, "client_id": amir}
    told = refusal(lambda: save(sqlite_database, schedule.add_member, **joins))
    assert told == ("An individual session needs one client.", "members")
    save(sqlite_database, schedule.remove_member, by=alice, series_id=series, client_id=ann)
    save(sqlite_database, schedule.add_member, **joins)  # one after the other is one client at a time


@pytest.mark.parametrize(
    ("answers", "cells"),
    [
        ({"status": ScreenStatus.DUE}, {"status": "due"}),
        ({}, {}),
        ({"tested": ["heroin"]}, {"tested": "heroin"}),
        ({"tested": ["heroin"], "found": ["fentanyl"]}, {"tested": "heroin", "found": "fentanyl"}),
        ({"tested": ["heroin"], "found": []}, {"tested": "heroin", "found": "none"}),
        ({"status": ScreenStatus.MISSED, "found": ["heroin"]}, {"status": "missed", "found": "heroin"}),
        (
            {"status": ScreenStatus.EXCUSED, "certainty": Certainty.CONFIRMED},
            {"status": "excused", "certainty": "confirmed"},
        ),
    ],
    ids=str,
)
def test_what_can_come_of_a_screen(
    sqlite_database: Database, sqlite_clinic: SmallClinic, answers: dict[str, Any], cells: dict[str, object]
) -> None:
    said = {"status": ScreenStatus.COLLECTED, "tested": (), "found": None, "certainty": None} | answers
    told = refusal(lambda: check_result(**said))
    act = {"by": sqlite_clinic.alice, "client_id": sqlite_clinic.ann, "on": DAY, "token": token()}
    assert refusal(lambda: save(sqlite_database, screens.record_screen, **act, **said)) == told
    row = {"record_number": "R-ann-archer", "date": DAY, "status": "collected", **cells}
    assert in_a_file(sqlite_database, sqlite_clinic, "screens", **row) == told


@pytest.mark.parametrize(
    ("wrong", "cell"),
    [
        ({"name": "x" * 201}, "x" * 201),
        ({"record_number": "1" * 65}, "1" * 65),
        ({"phone": "5" * 65}, "5" * 65),
        ({"contact_interval_days": 91}, 91),
        ({"naloxone_on": TODAY + dt.timedelta(days=1)}, TODAY + dt.timedelta(days=1)),
    ],
    ids=lambda given: next(iter(given)) if isinstance(given, dict) else "",
)
def test_what_particulars_may_be(
    sqlite_database: Database, sqlite_clinic: SmallClinic, wrong: dict[str, Any], cell: object
) -> None:
    alice = sqlite_clinic.alice
    details = ClientDetails(**({"name": "Kim", "record_number": "100"} | wrong))
    new = {"counselor_id": alice.id, "level": Level.OUTPATIENT, "token": token()}
    row: dict[str, object] = {
        "record_number": 100,
        "name": "Kim",
        "admitted_on": TODAY,
        "level": "outpatient",
        next(iter(wrong)): cell,
    }
    told = {
        refusal(lambda: save(sqlite_database, clients.admit, by=alice, details=details, **new)),
        refusal(
            lambda: save(
                sqlite_database,
                clients.edit,
                by=alice,
                client_id=sqlite_clinic.ann,
                version=1,
                details=details,
            )
        ),
        in_a_file(sqlite_database, sqlite_clinic, "clients", **row),
    }
    assert len(told) == 1
    assert {field for _, field in told} == set(wrong)


LONG_AGO = dt.date(1899, 12, 31)
CALENDARS_ENDS = (dt.date.min, dt.date.max)
DOORS_OF_A_DAY: list[tuple[Callable[..., Any], str, dict[str, Any]]] = [
    (screens.record_screen, "on", {"status": ScreenStatus.MISSED}),
    (medication.record_dose, "taken_on", {"medication": "methadone"}),
    (medication.prescribe, "starts_on", {"medication": "methadone"}),
    (absences.record_absence, "starts_on", {"cause": AbsenceCause.HOSPITAL}),
]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY + dt.timedelta(days=1), "This date is in the future."),
        (dt.date.max, "This date is in the future."),
        (LONG_AGO, "This date is too long ago to be right."),
        (dt.date.min, "This date is too long ago to be right."),
        (None, "Say on which day."),
    ],
)
def test_a_day_has_come_and_is_not_too_long_ago(
    sqlite_database: Database, sqlite_clinic: SmallClinic, day: dt.date | None, words: str
) -> None:
    one = {"by": sqlite_clinic.alice, "client_id": sqlite_clinic.ann, "token": token()}
    for act, name, more in DOORS_OF_A_DAY:
        told = refusal(lambda act=act, given=one | more | {name: day}: save(sqlite_database, act, **given))  # type: ignore[misc]
        assert told == (words, name), act.__name__
    if day is None:
        return
    row = {"record_number": "R-ann-archer", "date": day}
    for kind, cells in (
        ("screens", {"status": "missed"}),
        ("attendance", {"kind": "group", "mark": "no_show"}),
        ("check_ins", {"contact": "visit", "craving": 3}),
    ):
        told = in_a_file(sqlite_database, sqlite_clinic, kind, **row, **cells)
        assert told == (words, "date"), kind


@pytest.mark.parametrize(
    "nothing", [None, "\u200b", "\u200d\u2060", "\u3164", "\u2800", "\u0301", "\u115f\u1160"]
)
def test_text_in_which_nothing_can_be_seen_is_no_answer(
    sqlite_database: Database, sqlite_clinic: SmallClinic, nothing: str | None
) -> None:
    alice, ann = sqlite_clinic.alice, sqlite_clinic.ann
    item = check_in(sqlite_database, alice, ann, suicidal=True).safety_item_id
    one = {"by": alice, "client_id": ann, "token": token()}
    new = {"by": alice, "counselor_id": alice.id, "level": Level.OUTPATIENT, "token": token()}
    found = shown(sqlite_database, alice, ann)
    refused = {
        (placements.decide, "reason"): one
        | {"level": Level.OUTPATIENT, "shown": found, "accepted": False, "reason": nothing},
        (notes.write_note, "text"): one | {"text": nothing},
        (safety.acknowledge, "steps_taken"): {"by": alice, "safety_item_id": item, "steps_taken": nothing},
        (clients.admit, "name"): new | {"details": ClientDetails(nothing or "", "100")},
        (clients.admit, "record_number"): new | {"details": ClientDetails("Kim", nothing or "")},
    }
    for (act, field), given in refused.items():
        told = refusal(lambda act=act, given=given: save(sqlite_database, act, **given))  # type: ignore[misc]
        assert told == ("This field cannot be empty.", field), act.__name__


@pytest.mark.parametrize("day", CALENDARS_ENDS)
@pytest.mark.parametrize("time", ["00:00", "23:30", ""])
def test_a_row_of_the_calendars_ends_is_refused_at_any_time_of_day(
    sqlite_database: Database, sqlite_clinic: SmallClinic, day: dt.date, time: str
) -> None:
    row = {"record_number": "R-ann-archer", "date": day, "time": time}
    words = "This date is in the future." if day > TODAY else "This date is too long ago to be right."
    for kind, cells in (
        ("attendance", {"kind": "group", "mark": "no_show"}),
        ("check_ins", {"contact": "visit", "craving": 3}),
    ):
        assert in_a_file(sqlite_database, sqlite_clinic, kind, **row, **cells) == (words, "date"), kind


@pytest.mark.parametrize("day", CALENDARS_ENDS)
def test_a_day_at_the_calendars_ends_is_refused_at_every_door(
    sqlite_database: Database, sqlite_clinic: SmallClinic, day: dt.date
) -> None:
    alice, ann = sqlite_clinic.alice, sqlite_clinic.ann
    series = group(sqlite_database, alice, (ann,))
    one = {"by": alice, "client_id": ann, "token": token()}
    moment = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC).replace(hour=0 if day < TODAY else 23)
    planned = {
        "kind": SessionKind.GROUP,
        "title": "",
        "starts_at": dt.time(10),
        "minutes": 50,
        "weekly": True,
    }
    plan = {"by": alice, "token": token(), **planned}
    doors: list[tuple[Callable[..., Any], str, dict[str, Any]]] = [
        (attendance.record_attendance, "occurred_at", one | {"kind": SessionKind.GROUP, "mark": Mark.LATE}),
        (attendance.take_roll_call, "held_on", {"by": alice, "series_id": series, "token": token()}),
        (calls.log_call, "occurred_at", one | {"outcome": CallOutcome.REACHED}),
        (schedule.create_series, "first_on", plan),
        (schedule.create_series, "last_on", plan | {"first_on": TODAY}),
        (schedule.end_series, "last_on", {"by": alice, "series_id": series}),
        (
            schedule.add_member,
            "starts_on",
            {"by": alice, "series_id": series, "client_id": sqlite_clinic.amir},
        ),
        (screens.plan, "first_due_on", one | {"every_weeks": 1, "times": 52}),
        (medication.prescribe, "ends_on", one | {"medication": "methadone", "starts_on": TODAY}),
        (absences.record_absence, "ends_on", one | {"cause": AbsenceCause.HOSPITAL, "starts_on": TODAY}),
    ]
    for act, field, more in doors:
        given = more | {field: moment if field == "occurred_at" else day}
        if field == "held_on":
            given["marks"] = {ann: Mark.LATE}
        _, at_field = refusal(lambda act=act, given=given: save(sqlite_database, act, **given))  # type: ignore[misc]
        assert at_field == field, act.__name__


def test_a_day_long_before_admission_is_refused_at_every_door(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    alice, day = sqlite_clinic.alice, days_ago(98 * 7)
    with sqlite_database.writing() as session:
        new = add_client(session, "Newby", counselor=alice, admitted_on=days_ago(1))
    series = group(sqlite_database, alice, (new,), first_on=day)
    one = {"by": alice, "client_id": new}
    held = {"by": alice, "series_id": series, "held_on": day}
    came = {"kind": SessionKind.GROUP, "mark": Mark.NO_SHOW}
    methadone = {"medication": "methadone"}
    doors: list[tuple[Callable[..., Any], str, dict[str, Any]]] = [
        (
            attendance.take_roll_call,
            "held_on",
            held | {"marks": {new: Mark.NO_SHOW, sqlite_clinic.ann: Mark.LATE}},
        ),
        (attendance.mark_in_session, "held_on", held | {"client_id": new, "mark": Mark.NO_SHOW}),
        (attendance.record_attendance, "occurred_at", one | came | {"occurred_at": at(day)}),
        (medication.prescribe, "starts_on", one | methadone | {"starts_on": day}),
        (medication.record_dose, "taken_on", one | methadone | {"taken_on": day}),
        (screens.record_screen, "on", one | {"on": day, "status": ScreenStatus.MISSED}),
    ]
    for act, field, given in doors:
        told = refusal(lambda act=act, given=given: save(sqlite_database, act, **given, token=token()))  # type: ignore[misc]
        assert told == ("This date is too long ago to be right.", field), act.__name__
    row = {"record_number": "R-newby", "date": day, **came}
    told = in_a_file(sqlite_database, sqlite_clinic, "attendance", **row)
    assert told == ("This date is too long ago to be right.", "date")


def test_nobody_but_its_client_is_marked_in_an_individual_session(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    alice, ann, amir = sqlite_clinic.alice, sqlite_clinic.ann, sqlite_clinic.amir
    series = group(sqlite_database, alice, (ann,), kind=SessionKind.INDIVIDUAL)
    held = {"by": alice, "series_id": series, "held_on": TODAY}
    for marks in ({ann: Mark.LATE, amir: Mark.LATE}, {amir: Mark.LATE}):
        call = held | {"marks": marks, "token": token()}
        _, field = refusal(lambda call=call: save(sqlite_database, attendance.take_roll_call, **call))  # type: ignore[misc]
        assert field == "members"
    single = held | {"client_id": amir, "mark": Mark.LATE, "token": token()}
    _, field = refusal(lambda: save(sqlite_database, attendance.mark_in_session, **single))
    assert field == "members"
    save(sqlite_database, attendance.take_roll_call, **held, marks={ann: Mark.LATE}, token=token())


def test_what_nobody_chose_is_asked_for_at_its_field(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    alice, ann = sqlite_clinic.alice, sqlite_clinic.ann
    series = group(sqlite_database, alice, (ann,), first_on=TODAY)
    item = check_in(sqlite_database, alice, ann, suicidal=True).safety_item_id
    in_session = {"series_id": series, "held_on": TODAY}
    found = shown(sqlite_database, alice, ann)
    asked: list[tuple[Callable[..., Any], str, dict[str, Any]]] = [
        (attendance.record_attendance, "kind", {"kind": None, "mark": Mark.ATTENDED}),
        (attendance.record_attendance, "mark", {"kind": SessionKind.GROUP, "mark": None}),
        (attendance.mark_in_session, "mark", {**in_session, "mark": None}),
        (attendance.take_roll_call, "marks", {**in_session, "client_id": ..., "marks": {ann: None}}),
        (calls.log_call, "outcome", {"outcome": None}),
        (medication.prescribe, "medication", {"medication": None, "starts_on": TODAY}),
        (medication.record_dose, "medication", {"medication": None, "taken_on": TODAY}),
        (absences.record_absence, "cause", {"cause": None, "starts_on": TODAY}),
        (notes.write_note, "text", {"text": None}),
        (rules.record_override, "rule_id", {"rule_id": None, "reason": "Not so"}),
        (placements.decide, "level", {"level": None, "shown": found, "accepted": False}),
        (clients.assign, "counselor_id", {"counselor_id": None, "token": ...}),
        (
            safety.acknowledge,
            "steps_taken",
            {"safety_item_id": item, "steps_taken": None, "client_id": ..., "token": ...},
        ),
    ]
    for act, field, more in asked:
        given = {"by": alice, "client_id": ann, "token": token()} | more
        given = {name: value for name, value in given.items() if value is not ...}
        words, at_field = refusal(lambda act=act, given=given: save(sqlite_database, act, **given))  # type: ignore[misc]
        assert (at_field, bool(words)) == (field, True), act.__name__


@pytest.mark.parametrize(
    ("answers", "cells"),
    [
        ({"suicidal": True}, {"suicidal": "yes"}),
        (
            {"overdosed": True, "overdosed_on": DAY, "naloxone_used": False},
            {"overdosed": "yes", "overdosed_on": str(DAY), "naloxone_used": "no"},
        ),
        ({"suicidal": True, "overdosed": True}, {"suicidal": "yes", "overdosed": "yes"}),
        ({"stage_signs": {"self_harm_for_urges": True}}, {"stage_signs_present": "self_harm_for_urges"}),
        ({"suicidal": False, "overdosed": False}, {"suicidal": "no", "overdosed": "no"}),
        (
            {"suicidal": False, "stage_signs": {"self_harm_for_urges": True}},
            {"suicidal": "no", "stage_signs_present": "self_harm_for_urges"},
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


@pytest.mark.parametrize("due_on", [dt.date(2999, 1, 1), TODAY + dt.timedelta(days=367)])
def test_a_screen_is_due_within_a_year(
    sqlite_database: Database, sqlite_clinic: SmallClinic, due_on: dt.date
) -> None:
    plan = {"by": sqlite_clinic.alice, "client_id": sqlite_clinic.ann, "first_due_on": due_on}
    told, _ = refusal(lambda: save(sqlite_database, screens.plan, **plan, token=token()))
    row = {"record_number": "R-ann-archer", "date": TODAY, "status": "missed", "due_on": due_on}
    assert in_a_file(sqlite_database, sqlite_clinic, "screens", **row) == (told, "due_on")


def test_a_screen_was_not_due_long_before_admission(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    row = {"record_number": "R-ann-archer", "date": TODAY, "status": "missed", "due_on": "1899-01-01"}
    told = in_a_file(sqlite_database, sqlite_clinic, "screens", **row)
    assert told == ("This date is too long ago to be right.", "due_on")
