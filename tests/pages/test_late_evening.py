"""An entry of a late evening is of that day, although it is tomorrow already where the server's clock stands."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from casework.actions.calls import log_call
from casework.actions.clients import record_naloxone_kit
from casework.vocabulary import AbsenceCause, CallOutcome, Mark, ScreenStatus, Use
from db.models import Absence, Attendance, Call, CheckIn, Dose, Note, Prescription, UrineScreen
from pages.shared.client_dialog import OPEN, Opened
from pages.shared.widgets.components import CLIENT
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.clinic import TIME_ZONE, TODAY, SmallClinic
from tests.support.databases import Database
from tests.support.pages import answer, button, field, said

EVENING: Final = dt.datetime.combine(TODAY, dt.time(23, 30), ZoneInfo(TIME_ZONE)).astimezone(dt.UTC)
assert EVENING.date() > TODAY

FORMS: Final[dict[str, tuple[str, dict[str, Any], type[Any]]]] = {
    "note": ("note", {"text": "Met at the market."}, Note),
    "mark": ("session", {"mark": Mark.ATTENDED}, Attendance),
    "absence": ("absence", {"cause": AbsenceCause.TRAVEL}, Absence),
    "screen": ("screen", {"status": ScreenStatus.MISSED}, UrineScreen),
    "dose": ("medication", {"medication": "methadone"}, Dose),
    "prescription": ("medication", {"medication": "naltrexone_xr"}, Prescription),
}
"""The forms of the Client page that record something: dialog, what is typed, and the row that comes of it."""


@pytest.mark.parametrize("form", FORMS)
def test_what_is_recorded_late_in_the_evening_is_of_that_day(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database, form: str
) -> None:
    dialog, typed, model = FORMS[form]
    state = {CLIENT: sqlite_clinic.ann, OPEN: Opened(sqlite_clinic.ann, dialog)}
    app = open_page("client", as_user=sqlite_clinic.alice, now=EVENING, state=state)
    for name, value in typed.items():
        field(app, form, name).set_value(value).run()
    button(app, form).click().run()
    assert not app.exception
    assert _days(sqlite_database, model) == [(TODAY, TODAY)]


def test_a_check_in_of_a_late_evening_may_tell_of_that_day_and_of_no_later_one(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    state = {CLIENT: sqlite_clinic.ann}
    app = open_page("check_in", as_user=sqlite_clinic.alice, now=EVENING, state=state)
    field(app, "check_in", "use").set_value(Use.SLIP).run()
    last_day = field(app, "check_in", "used_on")
    assert last_day.max == TODAY
    last_day.set_value(TODAY).run()
    button(app, "check_in").click().run()
    assert not app.exception
    assert _days(sqlite_database, CheckIn) == [(TODAY, TODAY)]
    with sqlite_database.reading() as session:
        assert session.scalars(select(CheckIn.used_on)).all() == [TODAY]


def test_a_kit_of_a_late_evening_and_a_call_are_of_that_day(
    sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    one: dict[str, Any] = {"by": sqlite_clinic.alice, "now": EVENING, "client_id": sqlite_clinic.ann}
    assert builders.save(sqlite_database, record_naloxone_kit, **one) == TODAY
    given = {"outcome": CallOutcome.REACHED, "token": builders.token()}
    builders.save(sqlite_database, log_call, **one, **given)
    assert _days(sqlite_database, Call) == [(TODAY, TODAY)]


def test_a_mark_that_was_entered_late_in_an_evening_was_entered_on_that_day(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    alice = sqlite_clinic.alice
    series = builders.group(sqlite_database, alice, (sqlite_clinic.ann,), first_on=days_ago(28))
    state = {"series_id": series, "held_on": days_ago(7)}
    app = open_page("attendance", as_user=alice, now=EVENING, state=state)
    rows = f"roll_call:session-{series}-{days_ago(7).isoformat()}:0:marks"
    answer(app, rows, {str(sqlite_clinic.ann): Mark.ATTENDED.value})
    button(app, "roll_call").click().run()
    assert "entered later" in said(app)
    assert "tomorrow" not in said(app)
    assert _days(sqlite_database, Attendance) == [(days_ago(7), TODAY)]


def _days(database: Database, model: type[Any]) -> list[tuple[dt.date, dt.date]]:
    """When each row happened, and since when it is known."""
    with database.reading() as session:
        return [tuple(row) for row in session.execute(select(model.occurred_on, model.known_on))]
