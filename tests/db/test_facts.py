"""Reading the facts: as known on a day, by a constant number of SELECTs, the same on both databases."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy.orm import Session

from casework import frames
from casework.actions import (
    absences,
    attendance,
    calls,
    check_ins,
    clients,
    medication,
    safety,
)
from casework.actions.tasks import do_task
from casework.checks.check_ins import CheckInAnswers
from casework.checks.clients import ClientDetails
from casework.frames import FAR, to_day
from casework.vocabulary import (
    LEVELS,
    AbsenceCause,
    ActionKind,
    CallOutcome,
    ContactKind,
    InformationSource,
    Level,
    Mark,
    Permission,
    ScreenStatus,
    SessionKind,
    Use,
    ids,
)
from casework.windows import FactRef
from db.models import Dose, UrineScreen
from db.queries import facts
from tests.support.builders import (
    AGREED,
    at,
    call,
    check_in,
    count_statements,
    days_ago,
    decide,
    group,
    prescription,
    roll_call,
    save,
    token,
)
from tests.support.clinic import NOW, TODAY, SmallClinic, add_client, build_clinic
from tests.support.databases import Database, open_database


def read(database: Database, *client_ids: int, as_of: dt.date = TODAY, weeks: int = 26) -> frames.Facts:
    with database.reading() as session:
        return facts.read(session, client_ids, as_of, weeks=weeks)


def test_every_frame_has_its_statement_in_order() -> None:
    assert tuple(facts._ROWS) == tuple(frames.COLUMNS)
    for name, statement in facts._ROWS.items():
        assert len(statement.selected_columns) == len(frames.COLUMNS[name]), name


def test_nothing_recorded_gives_empty_frames(database: Database, clinic: SmallClinic) -> None:
    found = read(database, clinic.ann)
    assert len(found.clients) == 1
    assert {name: len(getattr(found, name)) for name in frames.COLUMNS if len(getattr(found, name))} == {
        "clients": 1,
        "placements": 1,
    }, "of the admission"
    assert len(read(database).clients) == 0


def test_clients_come_with_caseload_level_and_interval(database: Database, clinic: SmallClinic) -> None:
    with database.writing() as session:
        after = add_client(session, "Eve End", counselor=clinic.bob, level=Level.AFTERCARE)
    clients = read(database, after, clinic.ann).clients.set_index("client_id")
    assert clients.loc[clinic.ann, "caseload"] == clinic.alice.id
    assert clients.loc[[clinic.ann, after], "interval"].tolist() == [7, 30]
    assert clients.loc[after, "level"] == ids(LEVELS).index("aftercare")
    assert [clients.loc[after, column] for column in ("pregnant", "naloxone")] == [-1, -1]


def test_a_check_in_comes_as_recorded_and_not_asked_stays_unknown(
    database: Database, clinic: SmallClinic
) -> None:
    check_in(database, clinic.alice, clinic.ann, on=days_ago(8), craving=0, use=Use.NONE, suicidal=False)
    check_in(
        database,
        clinic.alice,
        clinic.ann,
        signs={"boredom": True, "isolating": False},
        use=Use.REGULAR,
        use_days=3,
        other_substances=frozenset(),
        withdrawal=3,
    )
    rows = read(database, clinic.ann).check_ins
    assert rows["day"].tolist() == [to_day(days_ago(8)), to_day(TODAY)]
    assert rows["known"].tolist() == [to_day(TODAY)] * 2
    assert (rows["signs_asked"].tolist(), rows["signs_present"].tolist()) == ([0, 0b10010], [0, 0b10])
    np.testing.assert_array_equal(rows["craving"], [0, np.nan])
    np.testing.assert_array_equal(rows["use_days"], [np.nan, 3])
    assert rows["use"].tolist() == [0, 2]
    assert rows["other_substances"].tolist() == [-1, 0]
    assert rows["withdrawal"].tolist() == [-1, 3]
    assert rows["suicidal"].tolist() == [0, -1]


def test_the_days_of_use_and_overdose_come_as_told(database: Database, clinic: SmallClinic) -> None:
    check_in(
        database,
        clinic.alice,
        clinic.ann,
        use=Use.SLIP,
        used_on=days_ago(3),
        suicidal=False,
        overdosed=True,
        overdosed_on=days_ago(2),
        naloxone_used=True,
    )
    check_in(database, clinic.alice, clinic.amir, overdosed=True)
    rows = read(database, clinic.ann, clinic.amir).check_ins
    days = ["suicidal", "overdosed", "used_on", "overdosed_on", "naloxone_used"]
    assert rows[days].to_numpy().tolist() == [
        [0, 1, to_day(days_ago(3)), to_day(days_ago(2)), 1],
        [-1, 1, -1, -1, -1],
    ]


def test_a_pregnancy_counts_from_the_day_on_which_it_was_recorded_until_its_end_is(
    database: Database, clinic: SmallClinic
) -> None:
    def edit(version: int, on: dt.date, **changed: Any) -> None:
        now, client_id = at(on), clinic.ann
        details = ClientDetails("Ann Archer", "R-ann-archer", safe_to_call=Permission.NO, **changed)
        given = {"client_id": client_id, "version": version, "details": details}
        save(database, clients.edit, by=clinic.alice, now=now, **given)

    def told(on: dt.date) -> list[int]:
        (row,) = read(database, clinic.ann, as_of=on).clients.to_dict("records")
        return [int(row[name]) for name in ("pregnant", "pregnant_since", "pregnancy_ended")]

    birth = days_ago(11)
    edit(1, days_ago(40), pregnant=True)
    edit(2, days_ago(30), pregnant=True, pregnancy_due_on=days_ago(10))
    edit(3, days_ago(9), pregnant=False, pregnancy_ended_on=birth)
    edit(4, days_ago(2), pregnant=True)
    assert told(days_ago(41)) == [-1, -1, -1]
    assert told(days_ago(40)) == told(days_ago(12)) == told(birth) == [1, to_day(days_ago(40)), -1]
    assert told(days_ago(9)) == [0, -1, to_day(birth)]
    assert told(TODAY) == [1, to_day(days_ago(2)), -1]
    assert read(database, clinic.ann).clients["safe_to_call"].tolist() == [
        list(Permission).index(Permission.NO)
    ]


def test_a_client_who_was_admitted_pregnant_is_so_since_the_admission_until_it_was_recorded(
    database: Database, clinic: SmallClinic
) -> None:
    details = ClientDetails("New Person", "N-1", pregnant=True)
    given: dict[str, Any] = {"counselor_id": clinic.alice.id, "level": Level.OUTPATIENT}
    given |= {"admitted_on": days_ago(5), "details": details, "token": token()}
    new = save(database, clients.admit, by=clinic.alice, **given)
    since = [
        read(database, new.id, as_of=day).clients["pregnant_since"].tolist() for day in (days_ago(3), TODAY)
    ]
    assert since == [[to_day(days_ago(5))], [to_day(TODAY)]]


def test_an_item_has_the_day_of_its_overdose_in_the_version_that_was_known(
    database: Database, clinic: SmallClinic
) -> None:
    told: dict[str, Any] = {"overdosed": True, "overdosed_on": days_ago(5), "now": at(days_ago(4))}
    first = check_in(database, clinic.alice, clinic.ann, suicidal=True, **told)
    check_in(database, clinic.alice, clinic.amir, now=told["now"], suicidal=True)
    corrected = {"supersedes": first.id, "correction_reason": "Typing error", "token": token()}
    answers = CheckInAnswers(occurred_at=told["now"], suicidal=True, overdosed=True, overdosed_on=days_ago(6))
    given: dict[str, Any] = {"client_id": clinic.ann, "now": at(days_ago(2)), "answers": answers}
    save(database, check_ins.record_check_in, by=clinic.alice, **corrected, **given)
    events = [
        read(database, clinic.ann, clinic.amir, as_of=day).safety_items["event"].tolist()
        for day in (days_ago(3), days_ago(2))
    ]
    assert events == [[to_day(days_ago(5)), -1], [to_day(days_ago(6)), -1]]


def test_an_absence_says_whether_medication_was_given_and_a_call_how_it_ended(
    database: Database, clinic: SmallClinic
) -> None:
    one: dict[str, Any] = {"by": clinic.alice, "client_id": clinic.ann}
    for ago, medicated in ((30, None), (20, False), (10, True)):
        given = {"cause": AbsenceCause.TRAVEL, "starts_on": days_ago(ago), "ends_on": days_ago(ago - 2)}
        save(database, absences.record_absence, **one, **given, medicated=medicated, token=token())
    for outcome in CallOutcome:
        save(database, calls.log_call, **one, outcome=outcome, token=token())
    found = read(database, clinic.ann)
    assert found.absences["medicated"].tolist() == [-1, 0, 1]
    assert set(found.absences["cause"]) == {list(AbsenceCause).index(AbsenceCause.TRAVEL)}
    assert found.calls["outcome"].tolist() == list(range(len(CallOutcome)))
    assert found.calls["reached"].tolist() == [1, 0, 0, 0]


def test_what_became_known_later_is_invisible_before(database: Database, clinic: SmallClinic) -> None:
    check_in(database, clinic.alice, clinic.ann, on=days_ago(10))
    assert len(read(database, clinic.ann, as_of=days_ago(1)).check_ins) == 0
    assert len(read(database, clinic.ann).check_ins) == 1


def test_a_loader_says_when_it_was_known(database: Database, clinic: SmallClinic) -> None:
    save(
        database,
        check_ins.record_check_in,
        by=clinic.alice,
        client_id=clinic.ann,
        answers=CheckInAnswers(occurred_at=at(days_ago(10)), craving=0),
        token=token(),
        known_on=days_ago(9),
    )
    assert len(read(database, clinic.ann, as_of=days_ago(10)).check_ins) == 0
    assert len(read(database, clinic.ann, as_of=days_ago(9)).check_ins) == 1


def test_decisions_on_the_level_come_with_the_admission_first_however_long_ago(
    database: Database, clinic: SmallClinic
) -> None:
    for on, level, next_level in (
        (50, Level.DETOX, Level.INTENSIVE_OUTPATIENT),
        (3, Level.INTENSIVE_OUTPATIENT, None),
    ):
        decide(
            database,
            clinic.alice,
            clinic.ann,
            level,
            now=NOW - dt.timedelta(days=on),
            next_level=next_level,
            **(AGREED | {"agreed_on": days_ago(on)}),
        )
    rows = read(database, clinic.ann, weeks=4).placements
    level_of = {id_: n for n, id_ in enumerate(ids(LEVELS))}
    assert rows["level"].tolist()[-2:] == [level_of["detox"], level_of["intensive_outpatient"]]
    assert rows["next_level"].tolist()[-2:] == [level_of["intensive_outpatient"], -1]
    assert rows["day"].tolist()[-1] == to_day(days_ago(3))
    before = read(database, clinic.ann, as_of=days_ago(4), weeks=4).placements
    assert len(before) == len(rows) - 1


def test_a_correction_replaces_the_entry_from_its_day_on_and_keeps_its_place_in_history(
    database: Database, clinic: SmallClinic
) -> None:
    then = NOW - dt.timedelta(days=10)
    first = check_in(database, clinic.alice, clinic.ann, on=days_ago(12), now=then, craving=1)
    second = _correct(database, clinic, first.id, now=NOW - dt.timedelta(days=5), craving=5)
    third = _correct(database, clinic, second.id, now=NOW, craving=9)
    for as_of, expected in ((days_ago(11), []), (days_ago(6), [1]), (days_ago(5), [5]), (TODAY, [9])):
        assert read(database, clinic.ann, as_of=as_of).check_ins["craving"].tolist() == expected
    row = read(database, clinic.ann).check_ins.iloc[0]
    assert row["id"] == third.id
    assert row["known"] == to_day(days_ago(10)), "history counts a corrected entry from its first version on"


def test_the_window_ends_on_the_day_and_holds_whole_weeks(database: Database, clinic: SmallClinic) -> None:
    for days in (0, 6, 7, 13, 14):
        check_in(database, clinic.alice, clinic.ann, on=days_ago(days))
    assert len(read(database, clinic.ann, weeks=1).check_ins) == 2
    assert len(read(database, clinic.ann, weeks=2).check_ins) == 4


def test_what_began_before_the_window_and_still_holds_is_there(
    database: Database, clinic: SmallClinic
) -> None:
    prescription(database, clinic.alice, clinic.ann, since=days_ago(400))
    ended = prescription(database, clinic.alice, clinic.amir, since=days_ago(400))
    save(
        database,
        medication.stop,
        by=clinic.alice,
        prescription_id=ended,
        ends_on=days_ago(300),
        reason="x",
        token=token(),
    )
    dose = {"by": clinic.alice, "client_id": clinic.ann}
    save(
        database,
        medication.record_dose,
        **dose,
        medication="buprenorphine_xr",
        taken_on=days_ago(200),
        covers_days=180,
        token=token(),
    )
    save(
        database,
        medication.record_dose,
        **dose,
        medication="methadone",
        taken_on=days_ago(200),
        token=token(),
    )
    save(
        database,
        absences.record_absence,
        **dose,
        cause=AbsenceCause.CUSTODY,
        starts_on=days_ago(300),
        token=token(),
    )
    found = read(database, clinic.ann, clinic.amir)
    assert found.prescriptions[["client_id", "until"]].to_numpy().tolist() == [[clinic.ann, FAR]]
    assert found.doses["covers"].tolist() == [180]
    assert found.absences["until"].tolist() == [FAR]


def test_a_safety_item_is_open_until_the_day_of_its_acknowledgement(
    database: Database, clinic: SmallClinic
) -> None:
    then = NOW - dt.timedelta(days=5)
    item = check_in(database, clinic.alice, clinic.ann, now=then, suicidal=True).safety_item_id
    save(database, safety.acknowledge, by=clinic.alice, safety_item_id=item, steps_taken="Called.")
    assert len(read(database, clinic.ann, as_of=days_ago(6)).safety_items) == 0
    assert read(database, clinic.ann, as_of=days_ago(1)).safety_items["acknowledged"].tolist() == [FAR]
    assert read(database, clinic.ann).safety_items["acknowledged"].tolist() == [to_day(TODAY)]


def test_an_open_safety_item_is_read_whatever_its_age(database: Database, clinic: SmallClinic) -> None:
    check_in(database, clinic.alice, clinic.ann, now=NOW - dt.timedelta(days=190), suicidal=True)
    found = read(database, clinic.ann, weeks=2)
    assert (len(found.check_ins), len(found.safety_items)) == (0, 1)


@pytest.mark.parametrize(
    ("contact", "source", "heard"),
    [
        (ContactKind.VISIT, InformationSource.CLIENT, 1),
        (ContactKind.MESSAGE, InformationSource.CLIENT, 1),
        (ContactKind.VISIT, InformationSource.STAFF, 1),
        (ContactKind.PHONE, InformationSource.STAFF, 1),
        (ContactKind.VIDEO, InformationSource.STAFF, 1),
        (ContactKind.MESSAGE, InformationSource.STAFF, 0),
        (ContactKind.PHONE, InformationSource.COLLATERAL, 0),
        (ContactKind.VISIT, InformationSource.COLLATERAL, 0),
        (ContactKind.COLLATERAL, InformationSource.CLIENT, 0),
        (ContactKind.COLLATERAL, InformationSource.STAFF, 0),
    ],
)
def test_only_a_talk_with_the_client_is_contact_with_the_client(
    sqlite_database: Database,
    sqlite_clinic: SmallClinic,
    contact: ContactKind,
    source: InformationSource,
    heard: int,
) -> None:
    check_in(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, contact=contact, source=source)
    assert read(sqlite_database, sqlite_clinic.ann).check_ins["contact"].tolist() == [heard]


def test_the_order_is_by_client_and_day_whatever_the_order_of_saving(
    database: Database, clinic: SmallClinic
) -> None:
    for days in (3, 9, 1, 9):
        for client_id in (clinic.amir, clinic.ann):
            check_in(database, clinic.alice, client_id, on=days_ago(days), craving=days)
    found = read(database, clinic.amir, clinic.ann).check_ins
    assert found["client_id"].tolist() == sorted([clinic.ann, clinic.amir] * 4)
    assert found["craving"].tolist() == [9, 9, 3, 1] * 2


def test_the_last_entry_of_a_day_comes_last(database: Database, clinic: SmallClinic) -> None:
    for hour, craving in ((9, 1), (10, 5), (8, 7)):
        moment = at(days_ago(1), hour)
        check_in(database, clinic.alice, clinic.ann, occurred_at=moment, craving=craving)
    assert read(database, clinic.ann).check_ins["craving"].tolist() == [7, 1, 5]


def test_the_number_of_selects_does_not_grow_with_the_caseload(
    database: Database, clinic: SmallClinic
) -> None:
    with database.writing() as session:
        many = [add_client(session, f"Client {number}", counselor=clinic.alice) for number in range(40)]
    for client_id in many[:10]:
        check_in(database, clinic.alice, client_id)
    with database.reading() as session:
        few = count_statements(session, lambda: facts.read(session, [clinic.ann], TODAY))
        all_of_them = count_statements(session, lambda: facts.read(session, many, TODAY))
        assert few == all_of_them == 1


@pytest.mark.postgres
def test_both_databases_give_the_same_facts(sqlite_url: str, postgres_url: str) -> None:
    read_twice = [_fill_and_read(url) for url in (sqlite_url, postgres_url)]
    for name in frames.COLUMNS:
        one, other = (getattr(found, name) for found in read_twice)
        assert len(one), name
        pd.testing.assert_frame_equal(one, other)


def _fill_and_read(url: str) -> frames.Facts:
    database = open_database(url)
    try:
        with database.writing() as session:
            clinic = build_clinic(session)
        prescription(database, clinic.alice, clinic.ann)
        for days in (40, 12, 5):
            check_in(
                database,
                clinic.alice,
                clinic.ann,
                on=days_ago(days),
                signs={"boredom": days > 10, "not_taking_medication": True},
                craving=days % 10,
                suicidal=days == 5,
            )
        series = group(database, clinic.alice, (clinic.ann, clinic.amir))
        roll_call(database, clinic.alice, series, {clinic.ann: Mark.LATE, clinic.amir: Mark.EXCUSED})
        save(
            database,
            attendance.record_attendance,
            by=clinic.alice,
            client_id=clinic.amir,
            kind=SessionKind.OUTSIDE_MEETING,
            mark=Mark.ATTENDED,
            token=token(),
        )
        call(database, clinic.alice, clinic.amir)
        reviewed = {"kind": ActionKind.PLAN_REVIEW, "outcome": "Agreed.", "facts": [FactRef("calls", 1, 0)]}
        save(database, do_task, by=clinic.alice, client_id=clinic.amir, token=token(), **reviewed)
        with database.writing() as session:
            _add_rows(session, clinic)
        return read(database, clinic.ann, clinic.amir, clinic.ben)
    finally:
        database.close()


def _add_rows(session: Session, clinic: SmallClinic) -> None:
    """What no act of these tests writes."""
    save_as = {"occurred_at": NOW, "recorded_at": NOW, "recorded_by_id": clinic.alice.id}
    save_as |= {"occurred_on": TODAY, "known_on": TODAY, "client_id": clinic.ann}
    session.add(UrineScreen(**save_as, entry_token="s", status=ScreenStatus.COLLECTED, tested=3, found=1))
    session.add(Dose(**save_as, entry_token="d", medication="naltrexone_xr", covers_days=31))
    absences.record_absence(
        session,
        by=clinic.alice,
        now=NOW,
        client_id=clinic.ann,
        cause=AbsenceCause.HOSPITAL,
        starts_on=days_ago(9),
        ends_on=days_ago(4),
        token=token(),
    )


def _correct(
    database: Database, clinic: SmallClinic, of: int, *, now: dt.datetime, craving: int
) -> check_ins.RecordedCheckIn:
    return save(
        database,
        check_ins.record_check_in,
        by=clinic.alice,
        now=now,
        client_id=clinic.ann,
        answers=CheckInAnswers(occurred_at=at(days_ago(12)), craving=craving),
        token=token(),
        supersedes=of,
        correction_reason="Typing error",
    )
