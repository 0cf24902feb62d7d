"""The own baseline on the Client page: too little on record, enough, and somebody else's client."""

from __future__ import annotations

import datetime as dt

from casework.figures.baseline import KEY as BASELINE_KEY
from casework.figures.baseline import NOTE as BASELINE_NOTE
from casework.vocabulary import MEDICATION_SIGN, WARNING_SIGNS, ids
from pages.shared.widgets.components import CLIENT
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.clinic import NOW, SmallClinic
from tests.support.databases import Database
from tests.support.pages import said


def weekly(database: Database, clinic: SmallClinic, *present: int) -> None:
    """Weekly check-ins, the last one now, that asked all signs but that of medication and found so many."""
    for ago, found in zip(range(len(present) - 1, -1, -1), present, strict=True):
        signs = {sign: at < found for at, sign in enumerate(ids(WARNING_SIGNS)) if sign != MEDICATION_SIGN}
        now = NOW - dt.timedelta(weeks=ago)
        builders.check_in(database, clinic.alice, clinic.ann, now=now, signs=signs)


def words(open_page: OpenPage, clinic: SmallClinic, client_id: int) -> str:
    app = open_page("client", as_user=clinic.alice, state={CLIENT: client_id, f"baseline-{client_id}": True})
    assert not app.exception
    return said(app)


def test_a_client_without_check_ins_is_told_how_many_are_needed(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    shown = words(open_page, sqlite_clinic, sqlite_clinic.ann)
    assert (
        "check-ins that ask at least six signs are needed in three weeks before the last three weeks" in shown
    )
    assert BASELINE_NOTE not in shown


def test_an_alarm_says_what_is_compared_and_how_often_the_chart_is_wrong(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    weekly(sqlite_database, sqlite_clinic, 0, 0, 0, 0, 0, 0, 4, 5)
    shown = words(open_page, sqlite_clinic, sqlite_clinic.ann)
    assert "More signs than in their own earlier check-ins: above the alarm limit" in shown
    assert BASELINE_NOTE in shown
    assert BASELINE_KEY in shown


def test_somebody_elses_client_shows_no_chart(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    assert "earlier check-ins" not in words(open_page, sqlite_clinic, sqlite_clinic.ben)
