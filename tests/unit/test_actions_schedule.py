"""On which days a series is held: a pure function of the series."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from casework.vocabulary import SessionKind
from db.queries.schedule import Series, is_held_on, occurrences, starts

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2028, 1, 1))
TUESDAY = dt.date(2026, 3, 3)


def series(first_on: dt.date = TUESDAY, last_on: dt.date | None = None, *, weekly: bool = True) -> Series:
    return Series(
        1, SessionKind.GROUP, "Group", 1, "Alice", 1, first_on, last_on, dt.time(18, 30), 90, weekly
    )


def test_a_weekly_series_is_held_on_its_weekday() -> None:
    march = occurrences(series(), dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    assert [day.day for day in march] == [3, 10, 17, 24, 31]


def test_a_series_is_held_from_its_first_to_its_last_day() -> None:
    assert occurrences(series(last_on=dt.date(2026, 3, 16)), dt.date(2026, 1, 1), dt.date(2026, 12, 31)) == (
        TUESDAY,
        dt.date(2026, 3, 10),
    )


def test_a_single_session_is_held_once() -> None:
    once = series(weekly=False)
    assert occurrences(once, dt.date(2026, 1, 1), dt.date(2026, 12, 31)) == (TUESDAY,)
    assert occurrences(once, TUESDAY + dt.timedelta(days=1), dt.date(2026, 12, 31)) == ()
    assert not is_held_on(once, TUESDAY + dt.timedelta(days=7))


def test_the_hour_on_the_clinics_clock_stays_the_same_over_the_change_to_summer_time() -> None:
    zone = ZoneInfo("America/New_York")  # clocks go forward on 8 March 2026
    before, after = (starts(series(), day, zone) for day in (TUESDAY, dt.date(2026, 3, 10)))
    assert (before.hour, after.hour) == (18, 18)
    apart = after.astimezone(dt.UTC) - before.astimezone(dt.UTC)
    assert apart == dt.timedelta(days=7) - dt.timedelta(hours=1)


@given(DAYS, st.none() | DAYS, DAYS, st.integers(0, 400), st.booleans())
def test_occurrences_are_exactly_the_days_that_a_calendar_would_mark(
    first_on: dt.date, last_on: dt.date | None, start: dt.date, length: int, weekly: bool
) -> None:
    one = series(first_on, last_on, weekly=weekly)
    end = start + dt.timedelta(days=length)
    every_day = (start + dt.timedelta(days=offset) for offset in range(length + 1))
    by_hand = tuple(
        day
        for day in every_day
        if first_on <= day
        and (last_on is None or day <= last_on)
        and ((day - first_on).days % 7 == 0 if weekly else day == first_on)
    )
    assert occurrences(one, start, end) == by_hand
    assert all(is_held_on(one, day) for day in by_hand)
