"""The trial data as a clinic: a small made-up folder of the same shape always, the real one where it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import func, select

from casework.actions.sign_in import sign_in
from casework.caseload.assessment import assess_for
from casework.errors import ImportRefused, Refused
from casework.frames import to_date, to_day
from casework.imports.ctn0094 import ACCOUNTS, DAY_ZERO, load, read_folder, study_day
from casework.imports.ctn0094.__main__ import main
from casework.imports.ctn0094.facts import week_of
from casework.imports.ctn0094.files import CONDITION_COLUMNS, Trial
from casework.imports.ctn0094.mapping import SUBSTANCES_OF_TRIAL
from casework.users import User
from casework.vocabulary import CO_OCCURRING, SUBSTANCES, ClinicKind, Mark, Role, ScreenStatus, Use, ids, mask
from db.models import (
    Assignment,
    Attendance,
    AuditEvent,
    CheckIn,
    Client,
    ClientVersion,
    Clinic,
    Dose,
    Fact,
    Placement,
    Prescription,
    Staff,
    Team,
    UrineScreen,
)
from db.queries import facts
from db.session import migrate
from tests.support.clinic import NOW
from tests.support.databases import Database, open_database
from tests.support.fills import fill_nothing

CONDITIONS = dict.fromkeys(CONDITION_COLUMNS, "0")
PEOPLE = (
    {"who": 3, "drug": "methadone", "sex": "female", "site": "7", "last_week": 4, "has_major_dep": "1"},
    {
        "who": 8,
        "drug": "naltrexone",
        "sex": "male",
        "site": "7",
        "last_week": 3,
        "has_alcol_dx": "",
        "pain": "2",
    },
    {"who": 11, "drug": "buprenorphine", "sex": "male", "site": "12", "last_week": 2},
)
# (who, day, known_day, kind, value); day 7k ends study week k.
EVENTS = (
    (3, -5, -5, "visit", ""),
    (3, 2, 2, "visit", ""),
    (3, 2, 2, "uds", "Methadone|Opioid"),
    (3, 5, 5, "visit", ""),
    (3, 8, 20, "selfreport", "Heroin|Cocaine"),
    (3, 9, 20, "selfreport", "Methadone"),
    (3, 10, 20, "selfreport", "Heroin"),
    (3, 11, 20, "selfreport", "Opioid"),
    (3, 12, 20, "selfreport", "Heroin"),
    (3, 20, 20, "visit", ""),
    (3, 20, 20, "uds", "neg"),
    (3, 20, 20, "withdrawal", "2"),
    (3, 25, None, "selfreport", "Heroin"),
    (3, 1, 1, "dose", "80"),
    (3, 2, 5, "dose", "80"),
    (8, 1, 1, "dose", "1"),
    (8, 1, 1, "visit", ""),
    (8, 1, 1, "uds", "Buprenorphine"),
    (8, 9, 9, "uds", "neg"),
    (11, 26, None, "dose", "16"),
)


def write_folder(folder: Path, people=PEOPLE, events=EVENTS) -> Path:
    pd.DataFrame([{**CONDITIONS, **person} for person in people]).to_csv(
        folder / "people_dev.csv", index=False
    )
    frame = pd.DataFrame(events, columns=["who", "day", "known_day", "kind", "value"])
    frame = frame.astype({"who": "int16", "day": "int16", "known_day": "Int16", "kind": "category"})
    frame.astype({"value": "category"}).to_parquet(folder / "events_dev.parquet")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three made-up people in files of the trial data's shape."""
    return write_folder(tmp_path_factory.mktemp("trial"))


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def loaded(
    request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """The made-up folder, loaded once on each engine: for tests that change nothing."""
    templates = request.getfixturevalue(
        "sqlite_templates" if request.param == "sqlite" else "postgres_templates"
    )
    own = (tmp_path_factory.mktemp("loaded"),) if request.param == "sqlite" else ()
    with templates.copy("empty", fill_nothing, *own) as url:
        database = open_database(url)
        load(database, read_folder(folder), now=NOW)
        yield database
        database.close()


def rows_of(database: Database, model: type[Fact], who: int, *columns: Any) -> list[tuple]:
    with database.reading() as session:
        query = (
            select(*columns)
            .join(ClientVersion, ClientVersion.client_id == model.client_id)
            .where(ClientVersion.record_number == f"CTN-{who:04d}")
            .order_by(model.occurred_on, model.id)
        )
        return [tuple(row) for row in session.execute(query)]


def day(date: dt.date) -> int:
    return (date - DAY_ZERO).days


def test_day_zero_is_a_monday_and_week_k_ends_on_day_7k():
    assert DAY_ZERO.weekday() == 0
    assert [week_of(number) for number in (-1, 0, 1, 7, 8, 14, 15)] == [0, 0, 1, 1, 2, 2, 3]


def test_visits_are_attendance_and_a_missed_week_is_known_on_its_last_day(loaded: Database):
    marks = rows_of(loaded, Attendance, 3, Attendance.occurred_on, Attendance.known_on, Attendance.mark)
    assert [(day(at), day(known), mark) for at, known, mark in marks] == [
        (-5, -5, Mark.ATTENDED),
        (2, 2, Mark.ATTENDED),
        (5, 5, Mark.ATTENDED),
        (14, 14, Mark.NO_SHOW),
        (20, 20, Mark.ATTENDED),
        (28, 28, Mark.NO_SHOW),
    ]
    assert [day(at) for at, mark in rows_of(loaded, Attendance, 11, Attendance.occurred_on, Attendance.mark)] == [
        7, 14,
    ]  # fmt: skip


def test_a_missed_week_is_a_missed_screen_too_unless_one_was_collected(loaded: Database):
    columns = (UrineScreen.occurred_on, UrineScreen.known_on, UrineScreen.status)
    assert [
        (day(at), day(known), status) for at, known, status in rows_of(loaded, UrineScreen, 8, *columns)
    ] == [
        (1, 1, ScreenStatus.COLLECTED),
        (9, 9, ScreenStatus.COLLECTED),
        (21, 21, ScreenStatus.MISSED),
    ]


def test_the_study_medication_in_a_screen_is_expected_and_its_absence_says_nothing(loaded: Database):
    columns = (UrineScreen.tested, UrineScreen.found, UrineScreen.expected)
    with_it, _, without, _ = rows_of(loaded, UrineScreen, 3, *columns)
    methadone = mask(SUBSTANCES, ["methadone"])
    assert with_it[1:] == (mask(SUBSTANCES, ["methadone", "other_opioid"]), methadone)
    assert with_it[0] & methadone
    assert without[1:] == (0, methadone)
    assert not without[0] & methadone
    injected = rows_of(loaded, UrineScreen, 8, *columns)[0]
    assert injected[1:] == (mask(SUBSTANCES, ["buprenorphine"]), 0)


def test_doses_cover_a_day_and_an_injection_31(loaded: Database):
    columns = (Dose.occurred_on, Dose.known_on, Dose.medication, Dose.covers_days)
    assert [
        (day(at), day(known), drug, covers) for at, known, drug, covers in rows_of(loaded, Dose, 3, *columns)
    ] == [
        (1, 1, "methadone", 1),
        (2, 5, "methadone", 1),
    ]
    (injection,) = rows_of(loaded, Dose, 8, Dose.medication, Dose.milligrams, Dose.covers_days)
    assert (injection[0], float(injection[1]), injection[2]) == ("naltrexone_xr", 380.0, 31)
    assert rows_of(loaded, Prescription, 8, Prescription.medication, Prescription.occurred_on) == [
        ("naltrexone_xr", DAY_ZERO)
    ]


def test_a_reported_day_is_a_check_in_of_that_day_known_when_the_clinic_was_told(loaded: Database):
    columns = (CheckIn.occurred_on, CheckIn.known_on, CheckIn.use, CheckIn.use_days, CheckIn.other_substances)
    told = [
        (day(at), day(known), *rest)
        for at, known, *rest in rows_of(loaded, CheckIn, 3, *columns)
        if rest[0] is not None
    ]
    cocaine = mask(SUBSTANCES, ["cocaine"])
    assert told == [
        (8, 20, Use.SLIP, 1, cocaine),
        (9, 20, Use.NONE, 0, 0),  # the person's own methadone is no use of theirs
        (10, 20, Use.SLIP, 1, 0),
        (11, 20, Use.SLIP, 1, 0),
        (12, 20, Use.REGULAR, 1, 0),  # the fourth day of seven
    ]
    assert rows_of(loaded, CheckIn, 3, CheckIn.occurred_on, CheckIn.withdrawal)[-1] == (study_day(20), 2)


def test_what_the_clinic_never_came_to_know_is_counted_and_left_out(folder: Path):
    trial = read_folder(folder)
    assert trial.never_known == {"dose": 1, "selfreport": 1}
    assert len(trial.events) == len(EVENTS) - 2


def test_sites_are_teams_and_co_occurring_conditions_are_kept(loaded: Database):
    with loaded.reading() as session:
        assert set(session.scalars(select(Team.name))) == {"Site 7", "Site 12"}
        conditions = dict(
            session.execute(select(ClientVersion.record_number, ClientVersion.co_occurring)).all()
        )
        clinic = session.get_one(Clinic, 1)
        assert (clinic.kind, clinic.time_zone, clinic.opens_on) == (ClinicKind.STUDY, "UTC", study_day(84))
        assert session.scalar(select(func.count()).select_from(Placement)) == 3
    assert conditions == {
        "CTN-0003": mask(CO_OCCURRING, ["depression"]),
        "CTN-0008": mask(CO_OCCURRING, ["chronic_pain"]),
        "CTN-0011": 0,
    }


def test_a_client_leaves_the_caseload_when_the_study_has_ended_for_them(loaded: Database):
    with loaded.reading() as session:
        ends = dict(
            session.execute(
                select(ClientVersion.record_number, Assignment.ends_on).join(
                    Assignment, Assignment.client_id == ClientVersion.client_id
                )
            ).all()
        )
    assert ends == {"CTN-0003": study_day(29), "CTN-0008": study_day(22), "CTN-0011": study_day(15)}


def test_the_import_is_one_audit_event_with_counts_and_digest(loaded: Database, folder: Path):
    with loaded.reading() as session:
        (event,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "import_ctn0094"))
        assert event.details["digest"] == read_folder(folder).digest
        assert event.details["never_known"] == {"dose": 1, "selfreport": 1}
        for model, name in ((Attendance, "attendance"), (UrineScreen, "screens"), (CheckIn, "check_ins")):
            assert event.details["rows"][name] == session.scalar(select(func.count()).select_from(model))


def test_a_second_load_is_refused_and_changes_nothing(loaded: Database, folder: Path):
    with pytest.raises(Refused):
        load(loaded, read_folder(folder), now=NOW)
    with loaded.reading() as session:
        assert session.scalar(select(func.count()).select_from(Client)) == 3


@pytest.mark.parametrize(
    ("people", "events", "message"),
    [
        (PEOPLE, ((3, 1, 1, "uds", "Moonshine"),), "Moonshine"),
        (PEOPLE, ((3, 1, 1, "selfreport", "Heroin|Stardust"),), "Stardust"),
        (PEOPLE, ((3, 1, 1, "telegram", ""),), "telegram"),
        (PEOPLE, ((99, 1, 1, "visit", ""),), "not in people_dev.csv"),
        (PEOPLE, ((3, 5, 1, "visit", ""),), "before it happened"),
        (PEOPLE, ((3, 5, 5, "dose", "-4"),), "milligrams"),
        (PEOPLE, ((3, 5, 5, "withdrawal", "7"),), "withdrawal"),
        (PEOPLE, ((3, 1, 1, "visit", ""), (3, 1, 1, "visit", "")), "two events"),
        (({**PEOPLE[0], "drug": "aspirin"},), ((3, 1, 1, "visit", ""),), "aspirin"),
        ((PEOPLE[0], PEOPLE[0]), ((3, 1, 1, "visit", ""),), "twice"),
    ],
)
def test_files_that_say_something_unknown_are_refused(tmp_path: Path, people, events, message: str):
    with pytest.raises(ImportRefused, match=message):
        read_folder(write_folder(tmp_path, people, events))


def test_a_folder_without_the_files_is_refused(tmp_path: Path):
    with pytest.raises(ImportRefused, match=r"events_dev\.parquet"):
        read_folder(tmp_path)


def test_the_command_prints_counts_and_accounts_and_ends_with_1_when_refused(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("TIDELINE_DATABASE_URL", f"sqlite:///{tmp_path / 'study.db'}")
    monkeypatch.setattr("sys.argv", ["ctn0094", "--dir", str(folder)])
    assert main() == 0
    said = capsys.readouterr().out
    assert "attendance" in said
    assert ACCOUNTS[0][0] in said
    assert main() == 1
    assert "empty database" in capsys.readouterr().err


def test_every_substance_of_the_trial_stands_on_our_list():
    assert set(SUBSTANCES_OF_TRIAL.values()) <= set(ids(SUBSTANCES))


# The whole trial data


@pytest.fixture(scope="module")
def trial(trial_data: Path) -> Trial:
    """The trial data as the loader reads it."""
    return read_folder(trial_data)


@pytest.fixture(scope="module")
def raw(trial_data: Path) -> pd.DataFrame:
    """The events as they stand in the file."""
    events = pd.read_parquet(trial_data / "events_dev.parquet")
    return events.astype({"who": "int64", "day": "int64", "kind": str, "value": str})


@pytest.fixture(scope="module")
def people(trial_data: Path) -> pd.DataFrame:
    """The people as they stand in the file."""
    return pd.read_csv(trial_data / "people_dev.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def study(trial: Trial, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The whole trial in an embedded database."""
    url = f"sqlite:///{tmp_path_factory.mktemp('study') / 'study.db'}"
    migrate(url)
    database = open_database(url)
    load(database, trial, now=NOW)
    yield database
    database.close()


def count(database: Database, model: type[Fact], *where) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def test_the_whole_trial_is_there_row_for_row(study: Database, raw: pd.DataFrame, people: pd.DataFrame):
    check_counts(study, raw, people)


@pytest.mark.postgres
@pytest.mark.long
def test_the_trial_is_there_on_postgresql_too(
    postgres_url: str, trial: Trial, raw: pd.DataFrame, people: pd.DataFrame, long: bool
):
    """In the short form every thirteenth person; the whole trial with `make test-long`."""
    some = people if long else people.iloc[::13]
    whos = set(some["who"].astype(int))
    part = Trial(
        trial.people[trial.people["who"].isin(whos)].reset_index(drop=True),
        trial.events[trial.events["who"].isin(whos)].reset_index(drop=True),
        trial.never_known,
        trial.digest,
    )
    database = open_database(postgres_url)
    load(database, part, now=NOW)
    check_counts(database, raw[raw["who"].isin(whos)], some)
    database.close()


def test_the_trial_has_1323_people_and_1167_events_that_nobody_came_to_know(trial: Trial):
    assert len(trial.people) == 1323
    assert sum(trial.never_known.values()) == 1167


def check_counts(database: Database, raw: pd.DataFrame, people: pd.DataFrame) -> None:
    known = raw[raw["known_day"].notna()]
    of = {kind: known[known["kind"] == kind] for kind in known["kind"].unique()}
    due = int(people["last_week"].astype(int).sum())
    last_week = dict(zip(people["who"].astype(int), people["last_week"].astype(int), strict=True))

    def weeks(events: pd.DataFrame) -> set[tuple[int, int]]:
        week = np.ceil(events["day"] / 7).astype(int)
        return {(w, k) for w, k in zip(events["who"], week, strict=True) if 1 <= k <= last_week[w]}

    assert count(database, Attendance, Attendance.mark == Mark.ATTENDED) == len(of["visit"])
    assert count(database, Attendance, Attendance.mark == Mark.NO_SHOW) == due - len(weeks(of["visit"]))
    assert count(database, UrineScreen, UrineScreen.status == ScreenStatus.COLLECTED) == len(of["uds"])
    seen = weeks(of["visit"]) | weeks(of["uds"])
    assert count(database, UrineScreen, UrineScreen.status == ScreenStatus.MISSED) == due - len(seen)
    assert count(database, Dose) == len(of["dose"])
    assert count(database, CheckIn, CheckIn.withdrawal.is_not(None)) == len(of["withdrawal"])
    assert count(database, CheckIn, CheckIn.use.is_not(None)) == len(of["selfreport"])
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Client)) == len(people)
        assert session.scalar(select(func.count()).select_from(Team)) == people["site"].nunique()
        largest = (
            select(func.count().label("n")).select_from(Assignment).group_by(Assignment.staff_id).subquery()
        )
        assert (session.scalar(select(func.max(largest.c.n))) or 99) <= 45
    for model, kind in ((Dose, "dose"), (UrineScreen, "uds")):
        late = int((of[kind]["known_day"] > of[kind]["day"]).sum())
        assert count(database, model, model.known_on > model.occurred_on) == late


def test_nothing_is_visible_before_it_was_known(study: Database, raw: pd.DataFrame):
    """A caseload read as of a day holds exactly the file's rows with known_day up to it (26 weeks back)."""
    with study.reading() as session:
        counselor = session.scalars(select(Staff).where(Staff.username == ACCOUNTS[0][0])).one()
        chosen = session.execute(
            select(ClientVersion.client_id, ClientVersion.record_number)
            .join(Assignment, Assignment.client_id == ClientVersion.client_id)
            .where(Assignment.staff_id == counselor.id)
            .order_by(ClientVersion.client_id)
        ).all()
        whos = {int(number.removeprefix("CTN-")) for _, number in chosen}
        for as_of in (30, 84):
            read = facts.read(session, [client_id for client_id, _ in chosen], study_day(as_of))
            mine = raw[raw["who"].isin(whos) & (raw["known_day"] <= as_of).fillna(False)]
            mine = mine[mine["day"] > as_of - 182]
            assert len(read.doses) == (mine["kind"] == "dose").sum()
            assert len(read.check_ins) == mine["kind"].isin(["selfreport", "withdrawal"]).sum()
            assert (read.screens["known"] <= to_day(study_day(as_of))).all()


@pytest.mark.parametrize("week", [1, 12, 20, 24])
def test_every_study_week_has_its_ranked_caseload(study: Database, week: int):
    today = study_day(7 * week)
    with study.reading() as session:
        staff = session.scalars(select(Staff).where(Staff.username == ACCOUNTS[0][0])).one()
        user = User(staff.id, staff.name, Role.COUNSELOR, staff.team_id)
        read, assessment = assess_for(session, user, today)
    assert len(assessment.table) == len(read.clients) > 20
    assert sorted(assessment.table["rank"]) == list(assessment.table["rank"])
    assert to_date(int(read.attendance["known"].max())) <= today


def test_the_study_accounts_sign_in(study: Database):
    for username, password, _ in ACCOUNTS:
        assert sign_in(study, username=username, password=password, now=NOW).user.role in Role
