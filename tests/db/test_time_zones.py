"""The same local clock times give the same scores in every time zone, also on days on which clocks change."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from casework.actions import calls, medication, screens
from casework.frames import Facts, to_day
from casework.indicators import INDICATORS, assess
from casework.vocabulary import CallOutcome, Certainty, Score, ScreenStatus, Use
from db.models.staff import Clinic
from db.queries import facts
from tests.support.builders import check_in, save, token
from tests.support.clinic import SmallClinic, add_client
from tests.support.databases import Database

ZONES = (
    "UTC",
    "America/New_York",
    "America/Havana",  # its clocks change at midnight
    "Europe/Berlin",
    "Asia/Kolkata",
    "Australia/Lord_Howe",  # its clocks change by half an hour
    "Pacific/Auckland",
    "Pacific/Kiritimati",
)
ADMITTED = dt.date(2025, 6, 2)
OPIOIDS = ("heroin", "fentanyl")
EVERY_OPIOID = (*OPIOIDS, "methadone", "buprenorphine")


def moment(zone: str, day: dt.date, hour: int, minute: int) -> dt.datetime:
    """That time of the zone's clock; where clocks skip it, the moment to which they skip."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def live_through(database: Database, clinic: SmallClinic, zone: str, today: dt.date) -> int:
    """A client of a clinic in that zone, with facts at the edges of days; returns the client's id."""
    with database.writing() as session:
        session.get_one(Clinic, 1).time_zone = zone
        client_id = add_client(session, f"Of {zone}", counselor=clinic.alice, admitted_on=ADMITTED)

    def day(ago: int) -> dt.date:
        return today - dt.timedelta(days=ago)

    by = clinic.alice
    check_in(database, by, client_id, now=moment(zone, day(70), 12, 0), signs={"isolating": False})
    save(
        database, medication.prescribe, by=by, client_id=client_id, medication="methadone",
        starts_on=day(60), token=token(), now=moment(zone, day(60), 9, 0),
    )  # fmt: skip
    for ago, hour, minute in (
        (28, 0, 5),
        (14, 23, 55),
        (7, 0, 5),
        (6, 23, 55),
        (4, 2, 30),
        (3, 0, 0),
        (2, 3, 5),
    ):
        use = Use.SLIP if ago in (7, 14) else Use.NONE
        check_in(
            database, by, client_id, now=moment(zone, day(ago), hour, minute),
            signs={"isolating": True, "boredom": ago % 2 == 0}, craving=ago % 8, withdrawal=1, use=use,
        )  # fmt: skip
    for ago, found in ((21, ("heroin",)), (8, ())):
        save(
            database, screens.record_screen, by=by, client_id=client_id, status=ScreenStatus.COLLECTED,
            on=day(ago), tested=EVERY_OPIOID, found=found, certainty=Certainty.PRESUMPTIVE, token=token(),
            now=moment(zone, day(ago), 23, 59),
        )  # fmt: skip
    save(
        database, calls.log_call, by=by, client_id=client_id, outcome=CallOutcome.REACHED, token=token(),
        now=moment(zone, today, 0, 1),
    )  # fmt: skip
    return client_id


def said_of(known: Facts, today: dt.date, client_id: int) -> dict[str, object]:
    assessed = assess(known, today)
    said: dict[str, object] = {id_: repr(assessed.value(client_id, id_)) for id_ in INDICATORS}
    said |= {score: assessed.points_of(client_id, score) for score in Score}
    said["rows"] = [
        (row.rule_id, row.times, row.points, row.reason) for row in assessed.score_rows(client_id)
    ]
    history = assessed.history[assessed.history["client_id"] == client_id]
    return said | {"history": repr(history[["day", "points", "band"]].to_numpy().tolist())}


@pytest.mark.parametrize(
    "today",
    [
        dt.date(2026, 3, 11),  # three days after clocks changed in New York and Havana
        dt.date(2026, 4, 1),  # three days after they changed in Berlin
        dt.date(2026, 4, 8),  # three days after they changed back on Lord Howe Island and in Auckland
        dt.date(2025, 11, 5),  # three days after they changed back in New York and Havana
    ],
    ids=str,
)
def test_the_same_local_clock_times_give_the_same_scores_in_every_zone(
    sqlite_database: Database, sqlite_clinic: SmallClinic, today: dt.date
) -> None:
    lived = {zone: live_through(sqlite_database, sqlite_clinic, zone, today) for zone in ZONES}
    with sqlite_database.reading() as session:
        known = facts.read(session, sorted(lived.values()), today)
    first = known.check_ins["client_id"] == lived["UTC"]
    assert (to_day(today) - known.check_ins["day"][first]).tolist() == [70, 28, 14, 7, 6, 4, 3, 2]
    said = {zone: said_of(known, today, client_id) for zone, client_id in lived.items()}
    for zone in ZONES:
        assert said[zone] == said["UTC"], zone
    assert any(id_ == "use.told_1" for id_, *_ in said["UTC"]["rows"])  # type: ignore[attr-defined]
