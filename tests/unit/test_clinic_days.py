"""The clinic's working, dosing and closed days."""

from __future__ import annotations

import datetime as dt

import pytest

from casework.clinic_days import ClinicDays
from casework.frames import to_day

WEDNESDAY = to_day(dt.date(2026, 3, 11))
SUNDAY = WEDNESDAY + 4


def test_by_default_staff_work_from_monday_to_friday_and_doses_are_given_on_saturdays_too():
    days = ClinicDays()
    week = range(WEDNESDAY - 2, WEDNESDAY + 5)
    assert [days.works_on(day) for day in week] == [True] * 5 + [False] * 2
    assert [days.dosing_days(day, day + 1) for day in week] == [1] * 6 + [0]


def test_the_next_working_day_leaves_out_weekends_and_closed_days():
    friday = WEDNESDAY + 2
    assert ClinicDays().working_day_after(friday) == friday + 3
    assert ClinicDays(closed=frozenset({friday + 3})).working_day_after(friday) == friday + 4
    assert ClinicDays().working_day_after(SUNDAY) == SUNDAY + 1
    assert ClinicDays().working_day_after(WEDNESDAY, 2) == friday


def test_the_first_working_day_from_a_day_on_can_be_the_day_itself():
    assert ClinicDays().working_day_from(WEDNESDAY) == WEDNESDAY
    assert ClinicDays().working_day_from(SUNDAY) == SUNDAY + 1
    assert not ClinicDays(closed=frozenset({WEDNESDAY})).works_on(WEDNESDAY)


def test_a_clinic_that_never_opens_is_refused():
    with pytest.raises(ValueError, match="one weekday"):
        ClinicDays(working=0)
