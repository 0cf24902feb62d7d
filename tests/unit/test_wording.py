"""Dates, spans and numbers in words."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from casework import wording

TODAY = dt.date(2026, 3, 11)


def days(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def test_a_date_is_said_in_full_with_its_weekday():
    assert wording.full_date(TODAY) == "Wednesday, March 11, 2026"


def test_a_short_date_names_the_year_only_when_it_is_another_one():
    assert wording.short_date(TODAY, TODAY) == "Mar 11"
    assert wording.short_date(dt.date(2025, 12, 31), TODAY) == "Dec 31, 2025"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "today"),
        (-1, "yesterday"),
        (1, "tomorrow"),
        (-3, "3 days ago"),
        (-27, "27 days ago"),
        (-28, "4 weeks ago"),
        (-91, "13 weeks ago"),
        (-92, "3 months ago"),
        (-800, "2 years ago"),
        (4, "in 4 days"),
    ],
)
def test_a_day_is_said_in_the_unit_that_reads_well(number: int, said: str):
    assert wording.ago(days(number), TODAY) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "today"),
        (1, "by tomorrow"),
        (2, "by Friday"),
        (6, "by Tuesday"),
        (7, "by Mar 18"),
        (-2, "by Mar 9"),
    ],
)
def test_a_deadline_within_the_week_is_a_weekday(number: int, said: str):
    assert wording.by_when(days(number), TODAY) == said


def test_one_of_something_is_singular():
    assert wording.count(1, "day") == "1 day"
    assert wording.count(0, "day") == "0 days"
    assert wording.count(1323, "person", "people") == "1,323 people"
    assert wording.counted(3, "client") == "three clients"


def test_a_share_is_all_or_nothing_only_when_it_is():
    assert [wording.percent(share) for share in (0, 0.001, 0.5, 0.999, 1)] == [
        "0%",
        "1%",
        "50%",
        "99%",
        "100%",
    ]


def test_what_is_not_known_is_not_zero():
    assert wording.percent(math.nan) == "not known"
    assert wording.decimal(math.nan) == "not known"
    assert wording.change(math.nan, "4 weeks") == "no score 4 weeks ago"


def test_a_number_has_no_needless_zeros_and_a_real_minus():
    assert [wording.decimal(value) for value in (12.0, 3.5, -0.4, -0.01)] == ["12", "3.5", "−0.4", "0"]


def test_a_change_says_its_direction_in_words():
    assert wording.change(3, "4 weeks") == "up 3 points in 4 weeks"
    assert wording.change(-1, "4 weeks") == "down 1 point in 4 weeks"
    assert wording.change(0.2, "4 weeks") == "no change in 4 weeks"


@pytest.mark.parametrize(
    ("hour", "said"), [(0, "12:05 am"), (9, "9:05 am"), (12, "12:05 pm"), (23, "11:05 pm")]
)
def test_a_time_of_day_is_on_the_twelve_hour_clock(hour: int, said: str):
    assert wording.clock(dt.time(hour, 5)) == said


def test_a_list_reads_as_a_sentence():
    assert [wording.listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize(
    ("low", "likely", "high", "said"),
    [
        (0.21, 0.31, 0.49, "about 3 in 10 (2 to 5 in 10)"),
        (0.28, 0.3, 0.33, "about 3 in 10"),
        (0.03, 0.05, 0.08, "about 5 in 100 (3 to 8 in 100)"),
        (0.01, 0.13, 0.57, "about 1 in 10 (fewer than 1 to 6 in 10)"),
        (0.0, 0.002, 0.004, "fewer than 1 in 100"),
        (0.9, 0.97, 1.0, "about 9 in 10"),
    ],
)
def test_a_chance_is_said_as_people_out_of_a_group_with_its_range(
    low: float, likely: float, high: float, said: str
):
    assert wording.chance(low, likely, high) == said


def test_points_carry_their_sign():
    assert [wording.signed(points) for points in (24, -12, 0.2)] == ["+24", f"{wording.MINUS}12", "0"]


def test_more_than_three_days_are_said_briefly() -> None:
    today = dt.date(2026, 11, 24)
    days = [today - dt.timedelta(days=ago) for ago in (0, 1, 2, 3, 4)]
    assert wording.weekday_dates(days, today) == "Sun, Nov 22; Mon, Nov 23; Tue, Nov 24; and 2 earlier"
    assert wording.weekday_dates([], today) == ""
