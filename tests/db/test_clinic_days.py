"""The clinic's weekdays and closed days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from casework.actions.clinic import add_closed_day, set_clinic, take_back_closed_day
from casework.caseload.clinic import clinic_days, closed_days
from casework.clinic_days import ClinicDays
from casework.errors import ChangedMeanwhile, NotAllowed, Refused
from casework.frames import to_day
from casework.users import User
from casework.vocabulary import Role
from tests.support.builders import days_ago, last_audit, save
from tests.support.clinic import NOW, TODAY, SmallClinic
from tests.support.databases import Database

GOOD_FRIDAY = dt.date(2026, 4, 3)


def days(database: Database, day: dt.date = TODAY) -> ClinicDays:
    with database.reading() as session:
        return clinic_days(session, day)


def closed(database: Database, day: dt.date = TODAY) -> list[tuple[dt.date, str | None, str]]:
    with database.reading() as session:
        return [(one.day, one.reason, one.by) for one in closed_days(session, day)]


def close(database: Database, by: User, day: dt.date | None = GOOD_FRIDAY, **more: Any) -> int:
    return save(database, add_closed_day, **{"by": by, "day": day, "reason": "Good Friday"} | more)


def test_a_clinic_works_from_monday_to_friday_and_doses_on_saturday_too_unless_it_says_otherwise(
    database: Database, clinic: SmallClinic
) -> None:
    assert days(database) == ClinicDays()
    save(database, set_clinic, by=None, working_days=[0, 1, 2, 3], dosing_days=range(7))
    assert days(database) == ClinicDays(working=0b0001111, dosing=0b1111111)
    save(database, set_clinic, by=None, name="Harbor House")
    assert days(database).working == 0b0001111
    assert last_audit(database).details == {"fields": ["name"]}


def test_a_database_without_a_clinic_has_the_usual_week(database: Database) -> None:
    assert days(database) == ClinicDays()


@pytest.mark.parametrize("weekdays", [[], [7], [-1, 0]])
def test_a_clinic_opens_on_one_weekday_at_least(
    database: Database, clinic: SmallClinic, weekdays: list[int]
) -> None:
    for field in ("working_days", "dosing_days"):
        with pytest.raises(Refused) as refused:
            save(database, set_clinic, by=None, **{field: weekdays})
        assert refused.value.field == field


def test_on_a_closed_day_nobody_works_or_doses_until_it_is_taken_back(
    database: Database, clinic: SmallClinic
) -> None:
    admin = User(clinic.charlie.id, "Charlie", Role.ADMIN, clinic.charlie.team_id)
    added = close(database, clinic.charlie)
    assert closed(database) == [(GOOD_FRIDAY, "Good Friday", "Charlie")]
    assert not days(database).works_on(to_day(GOOD_FRIDAY))
    assert not days(database).dosing_days(to_day(GOOD_FRIDAY), to_day(GOOD_FRIDAY) + 1)
    save(database, take_back_closed_day, by=admin, closed_day_id=added)
    assert closed(database) == []
    assert days(database) == ClinicDays()
    with pytest.raises(ChangedMeanwhile):
        save(database, take_back_closed_day, by=clinic.charlie, closed_day_id=added)
    close(database, admin)
    assert len(closed(database)) == 1


def test_only_a_supervisor_or_an_administrator_closes_the_clinic(
    database: Database, clinic: SmallClinic
) -> None:
    added = close(database, clinic.charlie)
    with pytest.raises(NotAllowed):
        close(database, clinic.alice, TODAY)
    with pytest.raises(NotAllowed):
        save(database, take_back_closed_day, by=clinic.alice, closed_day_id=added)


@pytest.mark.parametrize("day", [None, days_ago(1), dt.date(2031, 1, 1), GOOD_FRIDAY])
def test_a_closed_day_is_one_to_come_and_in_the_list_once(
    database: Database, clinic: SmallClinic, day: dt.date | None
) -> None:
    close(database, clinic.charlie)
    with pytest.raises(Refused) as refused:
        close(database, clinic.charlie, day)
    assert refused.value.field == "day"


def test_a_past_day_knows_what_was_entered_by_then(database: Database, clinic: SmallClinic) -> None:
    added = close(database, clinic.charlie, now=NOW - dt.timedelta(days=2))
    save(database, take_back_closed_day, by=clinic.charlie, closed_day_id=added)
    assert [len(closed(database, days_ago(back))) for back in (3, 2, 1, 0)] == [0, 1, 1, 0]
