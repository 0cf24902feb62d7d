"""Acknowledging a safety answer: the steps, and before a day on which the clinic is closed, who looks again."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from casework.actions.clinic import add_closed_day
from casework.actions.safety import acknowledge
from casework.caseload.clinic import asks_who_looks_again
from casework.errors import Refused
from db.models import SafetyItem
from db.queries import safety
from tests.support.builders import check_in, save
from tests.support.clinic import NOW, TODAY, SmallClinic
from tests.support.databases import Database

FRIDAY = NOW + dt.timedelta(days=2)


@pytest.fixture
def item(database: Database, clinic: SmallClinic) -> int:
    check_in(database, clinic.alice, clinic.ann, suicidal=True)
    with database.reading() as session:
        return session.scalars(select(SafetyItem.id)).one()


def close(
    database: Database,
    clinic: SmallClinic,
    item: int,
    *,
    now: dt.datetime = NOW,
    looks_again: str | None = None,
) -> None:
    save(
        database,
        acknowledge,
        by=clinic.alice,
        now=now,
        safety_item_id=item,
        steps_taken="Stayed with her.",
        looks_again=looks_again,
    )


def looks_again(database: Database, clinic: SmallClinic, day: dt.date) -> str | None:
    with database.reading() as session:
        (row,) = safety.items_of(session, clinic.alice, clinic.ann, day)
    return row.looks_again


def test_on_the_eve_of_a_working_day_nobody_has_to_be_named(
    database: Database, clinic: SmallClinic, item: int
) -> None:
    close(database, clinic, item)
    assert looks_again(database, clinic, TODAY) is None


def test_before_a_closed_day_it_asks_who_looks_again(
    database: Database, clinic: SmallClinic, item: int
) -> None:
    with pytest.raises(Refused) as refused:
        close(database, clinic, item, now=FRIDAY, looks_again="  ")
    assert refused.value.field == "looks_again"
    close(database, clinic, item, now=FRIDAY, looks_again="On-call line")
    assert looks_again(database, clinic, FRIDAY.date()) == "On-call line"
    assert looks_again(database, clinic, TODAY) is None  # on that day nobody had acknowledged it


def test_a_day_that_was_entered_as_closed_is_one(database: Database, clinic: SmallClinic, item: int) -> None:
    save(database, add_closed_day, by=clinic.charlie, day=TODAY + dt.timedelta(days=1))
    with pytest.raises(Refused):
        close(database, clinic, item)
    with database.reading() as session:
        asks = [
            asks_who_looks_again(session, clinic.alice, TODAY + dt.timedelta(days=days)) for days in range(6)
        ]
    assert asks == [
        True,
        False,
        True,
        True,
        False,
        False,
    ]  # Thursday is closed; Friday and Saturday end the week
