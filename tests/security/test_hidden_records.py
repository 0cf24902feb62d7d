"""No door tells what its user may not know: what lies outside their view is answered as what does not exist.

Every public function of `casework.actions` and `casework.caseload` that takes a session, and each kind of import, is
asked about records of the user's own, of somebody else's and of nobody. A new one fails here until it is listed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from casework import actions, caseload
from casework.actions import absences, clients, medication, rules, screens, staff, tasks
from casework.actions.clinic import set_clinic
from casework.actions.record_numbers import MOST_REFUSED, WINDOW
from casework.checks.check_ins import CheckInAnswers
from casework.checks.clients import ClientDetails
from casework.checks.rules import RULES
from casework.errors import (
    ChangedMeanwhile,
    ImportRefused,
    NotAllowed,
    RecordNumberTaken,
    Refused,
    TooManyNumbers,
)
from casework.imports import spreadsheets
from casework.users import User
from casework.vocabulary import (
    AbsenceCause,
    ActionKind,
    CallOutcome,
    Certainty,
    Level,
    Likelihood,
    Mark,
    Outcome,
    Role,
    ScreenStatus,
    SessionKind,
    Use,
)
from casework.what_if import Goal
from casework.windows import FactRef
from db.models import Attendance, AuditEvent, Client, ClientVersion, RefusedNumber, SafetyItem
from db.queries import clients as clients_query
from tests.support import builders
from tests.support.builders import (
    call,
    check_in,
    count,
    days_ago,
    group,
    last_audit,
    note,
    prescription,
    roll_call,
    save,
    screen,
    token,
)
from tests.support.care import recommendation
from tests.support.clinic import NOW, TIME_ZONE, TODAY, SmallClinic
from tests.support.databases import Database

INSIDE: Final = {
    "answered": "part of other acts",
    "audit": "writes the event of other acts",
    "bulk": "inserts what loaders have checked",
    "entry": "parts of other acts",
    "record_numbers": "part of admission, edit and import",
    "sign_in": "the gate's, in tests/db/test_sign_in.py: wrong names and wrong passwords are told alike",
}
"""Modules of the actions whose functions no page calls about a record."""
ADMINISTRATORS: Final = ("actions.staff.", "actions.clinic.")
"""Acts that refuse everybody here, whatever they are asked."""
POINTS_NOWHERE: Final = {
    "session",
    "user",
    "by",
    "now",
    "today",
    "day",
    "monday",
    "zone",
    "items",
    "calls",
    "read",
    "people",
}
"""Parameters that can name no record: who asks, when, and what was read for them before."""
ASKED_ELSEWHERE: Final = {
    "actions.rules.switch_off": "a rule is the whole clinic's",
    "actions.rules.switch_on": "a rule is the whole clinic's",
    "actions.rules.apply_recalibration": "an outcome's chances are the whole clinic's",
    "actions.rules.revoke_recalibration": "an outcome's chances are the whole clinic's",
    "actions.clinic.set_clinic": "there is one clinic",
    "actions.clinic.add_closed_day": "there is one clinic",
    "actions.clinic.take_back_closed_day": "a closed day is the whole clinic's",
    "caseload.kept.working": "keeps what its caller has read for the user",
    "caseload.rules.not_counted_of": "of an assessment that was read for the user",
}
"""Functions with parameters that name nothing which anybody may not see."""


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The public functions that take a session, by module and name."""
    for package in (actions, caseload):
        for found in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{found.name}")
            for name, function in inspect.getmembers(module, inspect.isfunction):
                own = function.__module__ == module.__name__ and not name.startswith("_")
                inside = package is actions and found.name in INSIDE
                if own and not inside and "session" in inspect.signature(function).parameters:
                    yield f"{package.__name__.removeprefix('casework.')}.{found.name}.{name}", function


FUNCTIONS: Final = dict(functions())


def records_of(database: Database, by: User, client_id: int) -> SimpleNamespace:
    """One record of every kind about the client of `by`."""

    def of_client(act: Callable[..., Any], **more: Any) -> Any:
        return save(database, act, by=by, client_id=client_id, token=token(), **more)

    series = group(database, by, (client_id,))
    checked = check_in(database, by, client_id, on=days_ago(2), suicidal=True)
    roll_call(database, by, series, {client_id: Mark.ATTENDED}, on=days_ago(7))
    hospital = {"cause": AbsenceCause.HOSPITAL, "starts_on": days_ago(3)}
    methadone = {"medication": "methadone", "taken_on": days_ago(1)}
    with database.reading() as session:
        whose = SimpleNamespace(
            client=client_id,
            name=clients_query.current(session, client_id).name,
            team=by.team_id,
            counselor=by.id,
            series=series,
            check_in=checked.id,
            item=session.scalars(select(SafetyItem.id).where(SafetyItem.check_in_id == checked.id)).one(),
            mark=session.scalars(select(Attendance.id).where(Attendance.series_id == series)).one(),
            call=call(database, by, client_id),
            prescription=prescription(database, by, client_id),
            note=note(database, by, client_id, series_id=series),
            screen=screen(database, by, client_id, on=days_ago(20)),
            planned=of_client(screens.plan, first_due_on=TODAY)[0],
            away=of_client(absences.record_absence, **hospital).id,
            task=of_client(tasks.open_task, kind=ActionKind.PLAN_REVIEW, due_on=TODAY).id,
            dose=of_client(medication.record_dose, **methadone).id,
            override=of_client(rules.record_override, rule_id=min(RULES), reason="Not so"),
        )
    whose.shown = builders.shown(database, by, client_id)
    return whose


NUMBERS: Final = (
    *(
        "client",
        "other_client",
        "team",
        "counselor",
        "colleague",
        "series",
        "teams_series",
        "check_in",
        "item",
        "mark",
        "call",
    ),
    *("prescription", "note", "screen", "planned", "task", "away", "dose", "override"),
)
NOBODY: Final = SimpleNamespace(
    **dict.fromkeys(NUMBERS, 99_999), name="Nobody Atall", username="nobody", shown=recommendation()
)


def questions(whose: SimpleNamespace) -> dict[str, dict[str, Any]]:
    """What each function is asked about the records of `whose`; `#` begins a second question to the same function."""
    client, series = {"client_id": whose.client}, {"series_id": whose.series}
    corrects = client | {"correction_reason": "A slip of the pen"}
    session = series | {"held_on": TODAY}
    review = client | {"kind": ActionKind.PLAN_REVIEW}
    shown = {"facts": (FactRef("screens", whose.screen, 0),)}
    return {
        "actions.attendance.take_roll_call": session | {"marks": {whose.client: Mark.ATTENDED}},
        "actions.attendance.record_attendance": client | {"kind": SessionKind.GROUP, "mark": Mark.ATTENDED},
        "actions.attendance.mark_in_session": client | session | {"mark": Mark.LATE},
        "actions.attendance.correct_attendance": {
            "attendance_id": whose.mark,
            "mark": Mark.LATE,
            "reason": "x",
        },
        "actions.calls.log_call": corrects | {"outcome": CallOutcome.REACHED, "supersedes": whose.call},
        "actions.calls.log_call#": client | {"outcome": CallOutcome.REACHED} | shown,
        "actions.check_ins.record_check_in": corrects
        | {"answers": CheckInAnswers(craving=3, use=Use.SLIP, use_days=2), "supersedes": whose.check_in},
        "actions.clients.admit": {
            "details": ClientDetails("New Person", "N-1"),
            "counselor_id": whose.counselor,
            "level": Level.OUTPATIENT,
        },
        "actions.clients.edit": client | {"version": 1, "details": ClientDetails("New Name", "N-1")},
        "actions.clients.record_naloxone_kit": client | {"on": TODAY},
        "actions.clients.assign": client | {"counselor_id": whose.colleague},
        "actions.forecasts.record_forecast": client | {"says": dict.fromkeys(Outcome, Likelihood.EVEN)},
        "actions.medication.prescribe": client | {"medication": "naltrexone", "starts_on": TODAY},
        "actions.medication.stop": {"prescription_id": whose.prescription, "ends_on": TODAY, "reason": "x"},
        "actions.medication.record_dose": corrects
        | {"medication": "methadone", "taken_on": days_ago(1), "supersedes": whose.dose},
        "actions.notes.write_note": corrects | series | {"text": "Talked.", "supersedes": whose.note},
        "actions.placements.decide": client
        | {"level": Level.OUTPATIENT, "shown": whose.shown, "accepted": False, "reason": "Asked for."},
        "actions.rules.record_override": client | {"rule_id": max(RULES), "reason": "Not so"},
        "actions.rules.take_back_override": {"override_id": whose.override},
        "actions.claims.claim": client,
        "actions.claims.release": client,
        "actions.safety.acknowledge": {"safety_item_id": whose.item, "steps_taken": "Called."} | shown,
        "actions.schedule.create_series": {
            "kind": SessionKind.GROUP,
            "title": "New",
            "first_on": TODAY,
            "starts_at": dt.time(10),
            "minutes": 60,
            "weekly": True,
            "leader_id": whose.counselor,
            "members": (whose.client,),
        },
        "actions.schedule.add_member": {"series_id": whose.teams_series, "client_id": whose.other_client},
        "actions.schedule.remove_member": client | series,
        "actions.schedule.end_series": series | {"last_on": TODAY},
        "actions.screens.plan": client | {"first_due_on": TODAY},
        "actions.screens.record_screen": client | RESULT | {"planned_id": whose.planned},
        "actions.screens.record_screen#": corrects | RESULT | {"supersedes": whose.screen},
        "actions.absences.record_absence": corrects
        | {"cause": AbsenceCause.DETOX, "starts_on": TODAY, "supersedes": whose.away},
        "actions.tasks.open_task": review | {"due_on": TODAY, "owner_id": whose.counselor},
        "actions.tasks.put_off": review
        | {"action_id": whose.task, "due_on": TODAY + dt.timedelta(days=3), "reason": "Away."},
        "actions.tasks.do_task": review | shown | {"action_id": whose.task, "outcome": "Agreed."},
        "actions.staff.create_team": {"name": whose.name},
        "actions.staff.create_staff": {
            "username": whose.username,
            "name": "Eve",
            "role": Role.COUNSELOR,
            "team_id": whose.team,
            "password": None,
        },
        "actions.staff.set_password": {"username": whose.username, "password": "twelve signs asked"},
        "actions.staff.deactivate": {"username": whose.username},
        "caseload.assessment.assess_for": {"client_ids": [whose.client], "weeks": 26},
        "caseload.check_in_form.check_in_form": client,
        "caseload.check_in_form.standing": client,
        "caseload.clinic.closed_days": {"since": TODAY},
        "caseload.client_record.client_record": client,
        "caseload.disagreements.read_disagreements": {"counselor_id": whose.counselor},
        "caseload.entries.entries": client | {"weeks": 26},
        "caseload.forecasts.engine_view": client,
        "caseload.group_notes.group_notes": series,
        "caseload.level_of_care.read_levels": client,
        "caseload.level_of_care.recommendation_for": client,
        "caseload.overview.read_overview": {"counselor_id": whose.counselor},
        "caseload.people.people": {"text": whose.name},
        "caseload.people.changes": client,
        "caseload.rules.overrides_shown": client,
        "caseload.standing.known_caseload": {"client_ids": [whose.client]},
        "caseload.sessions.roll_call": session,
        "caseload.tasks.tasks_of": client,
        "caseload.what_if.answers": client | {"goals": (Goal.LOWER_BAND,)},
    }


RESULT: Final = {
    "status": ScreenStatus.COLLECTED,
    "on": TODAY,
    "tested": ("heroin",),
    "found": (),
    "certainty": Certainty.PRESUMPTIVE,
}
GIVEN: Final = {"now": NOW, "today": TODAY, "day": TODAY, "zone": ZoneInfo(TIME_ZONE)}


class _Undone(Exception):
    """Nothing that is asked here stays."""


def answer(database: Database, name: str, user: User, asked: Mapping[str, Any]) -> tuple[Any, ...]:
    """What the function answers: what it returns, or what it raises in class, words and field."""
    function = FUNCTIONS[name.removesuffix("#")]
    takes = inspect.signature(function).parameters
    given = GIVEN | {"user": user, "by": user, "token": token()}
    known = {one: value for one, value in given.items() if one in takes}
    try:
        with database.writing() as session:
            found = function(session, **known, **asked)
            session.flush()
            raise _Undone
    except _Undone:
        return ("answered", repr(found))
    except Exception as error:
        return ("refused", type(error), str(error), getattr(error, "field", None))


def pairs(
    own: dict[str, Any], hidden: dict[str, Any], missing: dict[str, Any]
) -> Iterator[tuple[list[str], dict[str, Any], dict[str, Any]]]:
    """The question about `own` records with one argument, and with all, of hidden records and of missing ones."""
    point = [name for name in own if own[name] not in (hidden[name], missing[name])]
    for names in [[name] for name in point] + [point]:
        yield (
            names,
            own | {name: hidden[name] for name in names},
            own | {name: missing[name] for name in names},
        )


@pytest.fixture
def own(database: Database, clinic: SmallClinic) -> SimpleNamespace:
    """Alice's records, about Ann."""
    whose = records_of(database, clinic.alice, clinic.ann)
    known = {"other_client": clinic.amir, "colleague": clinic.bob.id, "teams_series": whose.series}
    return SimpleNamespace(**vars(whose) | known, username="alice")


@pytest.fixture
def hidden(database: Database, clinic: SmallClinic) -> list[SimpleNamespace]:
    """The records of Bob, of the same team, and of Dave, of another: Alice sees neither. Bob himself, and that he leads
    a group, are no secret in the team."""
    bens = records_of(database, clinic.bob, clinic.ben)
    dees = records_of(database, clinic.dave, clinic.dee)
    outside = {
        "other_client": clinic.dee,
        "counselor": clinic.dave.id,
        "colleague": clinic.dave.id,
        "teams_series": dees.series,
        "username": "dave",
    }
    return [SimpleNamespace(**vars(whose) | outside) for whose in (bens, dees)]


def test_every_function_is_asked() -> None:
    asked = {name.removesuffix("#") for name in questions(NOBODY)}
    points = {
        name
        for name, function in FUNCTIONS.items()
        if set(inspect.signature(function).parameters) - POINTS_NOWHERE and name not in ASKED_ELSEWHERE
    }
    assert points - asked == set(), "say in `questions` what it is to be asked"
    assert asked - points == set()


def test_what_is_hidden_is_answered_as_what_does_not_exist(
    database: Database, clinic: SmallClinic, own: SimpleNamespace, hidden: list[SimpleNamespace]
) -> None:
    missing = questions(NOBODY)
    told = []
    for name, asked in questions(own).items():
        if not name.startswith(ADMINISTRATORS):
            assert answer(database, name, clinic.alice, asked)[0] == "answered", name
        for whose in hidden:
            for which, one, other in pairs(asked, questions(whose)[name], missing[name]):
                answers = [answer(database, name, clinic.alice, question) for question in (one, other)]
                if answers[0] != answers[1]:
                    told.append((name, which, *answers))
    assert told == []


# --- imports -------------------------------------------------------------------------------------------------------

SHEETS: Final = {
    "clients": "record_number,name,admitted_on,level\n{},Somebody,2026-03-01,outpatient\n",
    "check_ins": "record_number,date,contact,craving\n{},2026-03-02,visit,4\n",
    "attendance": "record_number,date,time,kind,mark\n{},2026-03-02,10:00,group,attended\n",
    "screens": "record_number,date,status,tested,found,certainty\n"
    "{},2026-03-02,collected,fentanyl,fentanyl,confirmed\n",
}
"""A sheet of each kind about the client of a record number."""


def look(database: Database, user: User, kind: str, text: str) -> tuple[Any, ...]:
    """What a preview says, but for the rows as they were typed."""
    with database.reading() as session:
        found = spreadsheets.preview(session, by=user, now=NOW, kind=kind, data=text.encode())
    return found.problems, found.duplicates, found.new, found.safety_items


def bring(database: Database, user: User, kind: str, text: str) -> spreadsheets.Imported:
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    with database.writing() as session:
        return spreadsheets.run(session, by=user, now=NOW, kind=kind, data=data, digest=digest)


@pytest.mark.parametrize("kind", spreadsheets.KINDS)
@pytest.mark.parametrize("changed", [False, True], ids=["the same row", "another row"])
def test_a_preview_says_of_a_hidden_client_what_it_says_of_nobody(
    sqlite_database: Database, sqlite_clinic: SmallClinic, kind: str, changed: bool
) -> None:
    """A right guess at what is stored about another team's client is answered as a wrong one."""
    number = "D-1" if kind == "clients" else "R-dee-dale"
    assert bring(sqlite_database, sqlite_clinic.dave, kind, SHEETS[kind].format(number)).added == 1
    guess = SHEETS[kind]
    for was, now in (
        ("Somebody", "Else"),
        (",4", ",5"),
        ("attended", "no_show"),
        ("confirmed", "presumptive"),
    ):
        guess = guess.replace(was, now) if changed else guess
    about_dee, about_nobody = (
        look(sqlite_database, sqlite_clinic.alice, kind, guess.format(one)) for one in (number, "N-1")
    )
    assert about_dee == about_nobody
    assert look(sqlite_database, sqlite_clinic.dave, kind, guess.format(number)) != about_nobody
    if kind != "clients":
        refused = []
        for one in (number, "N-1"):
            with pytest.raises(ImportRefused) as error:
                bring(sqlite_database, sqlite_clinic.alice, kind, guess.format(one))
            refused.append(str(error.value))
        assert refused[0] == refused[1]


def test_a_row_of_somebody_who_has_another_number_by_now_is_new_to_whoever_does_not_see_them(
    database: Database, clinic: SmallClinic
) -> None:
    sheet = SHEETS["clients"].format("D-1")
    bring(database, clinic.dave, "clients", sheet)
    with database.reading() as session:
        client_id = session.scalars(
            select(ClientVersion.client_id).where(ClientVersion.record_number == "D-1")
        ).one()
    details = ClientDetails("Somebody", "D-2")
    save(database, clients.edit, by=clinic.dave, client_id=client_id, version=1, details=details)
    assert bring(database, clinic.alice, "clients", sheet).added == 1


# --- the one difference: a number that cannot be used -------------------------------------------------------------


def admit(database: Database, user: User, number: str) -> None:
    details = ClientDetails("New Person", number)
    whose = {"counselor_id": user.id, "level": Level.OUTPATIENT}
    save(database, clients.admit, by=user, details=details, token=token(), **whose)


def edit(database: Database, user: User, number: str, version: int = 1) -> None:
    with database.reading() as session:
        ann = session.scalars(select(Client.id).where(Client.handle == "ann-archer")).one()
    details = ClientDetails("Ann Archer", number)
    save(database, clients.edit, by=user, client_id=ann, version=version, details=details)


def import_client(database: Database, user: User, number: str) -> None:
    bring(database, user, "clients", SHEETS["clients"].format(number))


WAYS: Final = [admit, edit, import_client]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("number", ["R-ben-brook", "R-dee-dale"])
def test_saving_a_number_that_is_taken_elsewhere_is_refused_and_on_record(
    database: Database, clinic: SmallClinic, way: Callable[..., None], number: str
) -> None:
    before = count(database, Client)
    with pytest.raises(
        RecordNumberTaken, match="This number cannot be used; ask an administrator"
    ) as refused:
        way(database, clinic.alice, number)
    assert refused.value.field == "record_number"
    assert count(database, Client) == before
    event = last_audit(database)
    assert (event.action, event.by_id) == ("refuse_record_number", clinic.alice.id)
    assert event.client_id == (clinic.ben if "ben" in number else clinic.dee)
    assert "R-" not in str(event.details)


@pytest.mark.parametrize("way", [admit, edit])
def test_a_number_of_a_client_whom_the_user_sees_is_named(
    database: Database, clinic: SmallClinic, way: Callable[..., None]
) -> None:
    with pytest.raises(Refused, match="Another client has this record number") as refused:
        way(database, clinic.alice, "R-amir-aziz")
    assert not isinstance(refused.value, RecordNumberTaken)
    assert count(database, RefusedNumber) == 0


def test_after_too_many_refusals_no_number_is_looked_up_until_the_window_has_passed(
    database: Database, clinic: SmallClinic
) -> None:
    for turn in range(MOST_REFUSED):
        with pytest.raises(RecordNumberTaken):
            WAYS[turn % len(WAYS)](database, clinic.alice, "R-dee-dale")
    told = []
    for way in WAYS:
        for number in ("R-dee-dale", "free"):
            with pytest.raises(TooManyNumbers) as refused:
                way(database, clinic.alice, number)
            told.append(str(refused.value))
            assert last_audit(database).details["limited"] is True
    assert len(set(told)) == 1
    edit(database, clinic.alice, "R-ann-archer")  # the number that she has
    admit(database, clinic.bob, "free")  # others are not held up
    with database.writing() as session:
        session.execute(update(RefusedNumber).values(at=NOW - WINDOW))
    admit(database, clinic.alice, "free too")


def test_an_edit_of_what_somebody_else_has_changed_looks_no_number_up(
    database: Database, clinic: SmallClinic
) -> None:
    for number in ("R-dee-dale", "free"):
        with pytest.raises(ChangedMeanwhile):
            edit(database, clinic.alice, number, version=7)
    assert count(database, RefusedNumber) == 0


def test_an_import_names_the_line_of_one_number_and_saves_nothing(
    database: Database, clinic: SmallClinic
) -> None:
    more = "R-dee-dale,B,2026-03-01,outpatient\nR-ben-brook,C,2026-03-01,aftercare\n"
    sheet = SHEETS["clients"].format("free") + more
    assert look(database, clinic.alice, "clients", sheet) == ((), (), 3, 0)
    with pytest.raises(RecordNumberTaken, match=r"Line 3: This number cannot be used"):
        bring(database, clinic.alice, "clients", sheet)
    assert count(database, RefusedNumber) == 1


# --- acts of administrators -----------------------------------------------------------------------------------------

ACCOUNT: Final = {"username": "eve", "name": "Eve", "role": Role.COUNSELOR, "password": None}


@pytest.mark.parametrize(
    ("act", "given"),
    [
        (staff.create_team, {"name": "East"}),
        (staff.create_staff, ACCOUNT | {"team_id": 1}),
        (staff.set_password, {"username": "bob", "password": "twelve signs asked"}),
        (staff.deactivate, {"username": "bob"}),
        (set_clinic, {"name": "Mine"}),
    ],
)
def test_accounts_and_the_clinic_are_for_administrators_and_commands(
    sqlite_database: Database, sqlite_clinic: SmallClinic, act: Callable[..., Any], given: dict[str, Any]
) -> None:
    before = count(sqlite_database, AuditEvent)
    for user in (sqlite_clinic.alice, sqlite_clinic.charlie):
        with pytest.raises(NotAllowed):
            save(sqlite_database, act, by=user, **given)
    assert count(sqlite_database, AuditEvent) == before
    ada = User(sqlite_clinic.charlie.id, "Ada", Role.ADMIN, sqlite_clinic.charlie.team_id)
    save(sqlite_database, act, by=ada, **given)
    assert last_audit(sqlite_database).by_id == ada.id
