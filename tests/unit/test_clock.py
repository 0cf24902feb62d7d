"""What time it is for the pages."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import streamlit as st

from casework.caseload.clinic import ClinicInfo
from casework.errors import LookingBack, TidelineError
from casework.vocabulary import ClinicKind
from pages.shared import clock

NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    """Say which clinic it is."""
    monkeypatch.delenv(clock.OVERRIDE, raising=False)

    def here(kind: ClinicKind, opens_on: dt.date | None = None) -> None:
        info = ClinicInfo("Harbor Clinic", kind, "America/New_York", "", opens_on)
        monkeypatch.setattr(clock, "clinic", lambda: info)

    return here


@pytest.mark.parametrize("kind", [ClinicKind.REAL, ClinicKind.DEMO])
def test_the_day_is_the_clinics_own(at, kind: ClinicKind):
    at(kind)
    assert clock.now().tzinfo == NEW_YORK
    assert abs(clock.now() - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=5)
    assert clock.today() == clock.now().date()


def test_a_demos_clock_can_be_turned(at, monkeypatch: pytest.MonkeyPatch):
    at(ClinicKind.DEMO)
    monkeypatch.setenv(clock.OVERRIDE, "2026-03-12T03:30:00+00:00")
    assert clock.now() == dt.datetime(2026, 3, 11, 23, 30, tzinfo=NEW_YORK)
    assert clock.today() == dt.date(2026, 3, 11)
    monkeypatch.setenv(clock.OVERRIDE, "2026-03-11T09:30")
    assert clock.now() == dt.datetime(2026, 3, 11, 9, 30, tzinfo=NEW_YORK)


def test_a_real_clinics_clock_cannot(at, monkeypatch: pytest.MonkeyPatch):
    at(ClinicKind.REAL)
    monkeypatch.setenv(clock.OVERRIDE, "2026-03-11T09:30")
    with pytest.raises(TidelineError, match="real clinic"):
        clock.today()


@pytest.mark.parametrize("text", ["today", "11.3.2026", "2026-02-30T00:00", "٢٠٢٦-٠٣-١١"])
def test_a_turned_clock_is_a_strict_date(at, monkeypatch: pytest.MonkeyPatch, text: str):
    at(ClinicKind.DEMO)
    monkeypatch.setenv(clock.OVERRIDE, text)
    with pytest.raises(TidelineError, match="not a date"):
        clock.now()


def test_a_study_opens_on_its_own_day(at):
    at(ClinicKind.STUDY, dt.date(2015, 6, 1))
    assert clock.now() == dt.datetime(2015, 6, 1, 12, tzinfo=NEW_YORK)


def test_a_study_shows_the_day_that_its_reader_chose(at, monkeypatch: pytest.MonkeyPatch):
    at(ClinicKind.STUDY, dt.date(2015, 6, 1))
    monkeypatch.setattr(st, "session_state", {clock.AS_OF: dt.date(2015, 8, 3)})
    assert clock.today() == dt.date(2015, 8, 3)


@pytest.mark.parametrize("kind", [ClinicKind.REAL, ClinicKind.DEMO])
def test_in_the_past_there_is_a_day_to_show_and_no_moment_to_record(
    at, monkeypatch: pytest.MonkeyPatch, kind: ClinicKind
):
    at(kind)
    present = clock.present_day()
    day = present - dt.timedelta(days=30)
    monkeypatch.setattr(st, "session_state", {clock.AS_OF: day})
    assert (clock.today(), clock.past(), clock.ahead()) == (day, day, None)
    assert clock.present_day() in (present, present + dt.timedelta(days=1))
    with pytest.raises(LookingBack):
        clock.now()


def test_a_day_ahead_is_not_shown_and_today_is_not_the_past(at, monkeypatch: pytest.MonkeyPatch):
    at(ClinicKind.DEMO)
    monkeypatch.setenv(clock.OVERRIDE, "2026-03-11T09:30")
    for day, ahead in ((dt.date(2026, 3, 12), True), (dt.date(2026, 3, 11), False)):
        monkeypatch.setattr(st, "session_state", {clock.AS_OF: day})
        assert (clock.today(), clock.past()) == (dt.date(2026, 3, 11), None)
        assert (clock.ahead() is not None) is ahead
        assert clock.now().date() == dt.date(2026, 3, 11)
