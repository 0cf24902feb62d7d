"""The door: what text, dates and tokens become before anything is stored."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.actions.entry import check_token, moment_on
from casework.checks.cleaning import MAX_TEXT_BYTES, answered, clean_line, clean_text, in_range, required_line
from casework.checks.days import BEFORE_ADMISSION, CLOCKS_DIFFER, check_day, check_moment
from casework.errors import Refused
from casework.vocabulary import HALT

NEW_YORK = ZoneInfo("America/New_York")
NOW = dt.datetime(2026, 3, 11, 15, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  a  ", "a"),
        ("", None),
        (" \n\t ", None),
        (None, None),
        ("O'Brien", "O'Brien"),
        ("Null", "Null"),
        ("007", "007"),
        ("two\nlines", "two\nlines"),
        ("e\u0301", "\u00e9"),
        ("<b>*x*</b>", "<b>*x*</b>"),
        ("😀", "😀"),
    ],
)
def test_text_is_stored_as_typed_but_trimmed_and_in_one_form(typed: str | None, stored: str | None) -> None:
    assert clean_text(typed, field="note") == stored


@pytest.mark.parametrize("typed", ["\0", "a\0b", "\ud800", "x\udfff", "\ud83d \ude00"])
def test_text_that_no_database_can_hold_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        clean_text(typed, field="note")
    assert refused.value.field == "note"


@given(st.text(alphabet=st.characters(min_codepoint=0, max_codepoint=0x10FFFF), max_size=60))
def test_any_text_is_stored_or_refused(typed: str) -> None:
    try:
        stored = clean_text(typed, field="note")
    except Refused:
        assert "\0" in typed or any("\ud800" <= one <= "\udfff" for one in typed)
        return
    if stored is not None:
        assert "\0" not in stored
        assert stored.encode().decode() == stored


def test_the_longest_text_is_counted_in_bytes() -> None:
    assert clean_text("x" * MAX_TEXT_BYTES, field="note")
    assert clean_text("é" * (MAX_TEXT_BYTES // 2), field="note")
    for too_long in ("x" * (MAX_TEXT_BYTES + 1), "é" * (MAX_TEXT_BYTES // 2 + 1)):
        with pytest.raises(Refused, match="50 kB"):
            clean_text(too_long, field="note")


def test_a_line_is_one_line() -> None:
    assert clean_line(" Ann \n\t Archer ", field="name") == "Ann Archer"
    with pytest.raises(Refused):
        required_line("  ", field="name")
    with pytest.raises(Refused):
        clean_line("right-to-left \u202e override", field="name")


def test_not_asked_is_neither_present_nor_absent() -> None:
    assert answered(HALT, {}, field="halt") == (0, 0)
    assert answered(HALT, {"hungry": False}, field="halt") == (0b1, 0)
    assert answered(HALT, {"hungry": True, "tired": False}, field="halt") == (0b1001, 0b1)


@pytest.mark.parametrize("value", [-1, 11, 2.5, True])
def test_a_number_outside_its_range_is_refused(value: int) -> None:
    with pytest.raises(Refused):
        in_range(value, 0, 10, field="craving")
    assert in_range(None, 0, 10, field="craving") is None
    assert in_range(0, 0, 10, field="craving") == 0


@pytest.mark.parametrize("token", ["", "short", "x" * 49, "with\nbreak", "ümlaut-token"])
def test_a_token_that_no_page_makes_is_a_bug(token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        check_token(token)


@given(st.dates(dt.date(1800, 1, 1), dt.date(2100, 1, 1)))
def test_a_day_is_neither_in_the_future_nor_in_the_distant_past(day: dt.date) -> None:
    right = dt.date(1900, 1, 1) <= day <= NOW.date()
    if right:
        assert check_day(day, today=NOW.date(), field="on") == day
    else:
        with pytest.raises(Refused):
            check_day(day, today=NOW.date(), field="on")


def test_a_day_that_nobody_chose_is_asked_for() -> None:
    with pytest.raises(Refused, match="Say on which day") as refused:
        check_day(None, today=NOW.date(), field="on")
    assert refused.value.field == "on"


def test_a_contact_is_neither_in_the_future_nor_long_before_admission() -> None:
    given: dict[str, Any] = {"now": NOW, "zone": NEW_YORK, "admitted_on": NOW.date()}
    assert check_moment(None, **given) == NOW
    for right in (NOW + CLOCKS_DIFFER, NOW - BEFORE_ADMISSION):
        assert check_moment(right, **given) == right
    for wrong in (NOW + 2 * CLOCKS_DIFFER, NOW - BEFORE_ADMISSION - dt.timedelta(days=1)):
        with pytest.raises(Refused):
            check_moment(wrong, **given)


@pytest.mark.parametrize("day", [dt.date(2026, 3, 8), dt.date(2026, 11, 1)])
def test_the_clinics_hour_holds_on_days_when_the_clock_changes(day: dt.date) -> None:
    for hour in (0, 1, 3, 10, 23):
        local = moment_on(NEW_YORK, day, dt.time(hour)).astimezone(NEW_YORK)
        assert (local.date(), local.hour) == (day, hour)
    skipped = moment_on(NEW_YORK, dt.date(2026, 3, 8), dt.time(2, 30)).astimezone(NEW_YORK)
    assert skipped.date() == dt.date(2026, 3, 8)


@pytest.mark.parametrize(
    "text", ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\U0001f468\u200d\U0001f469", "?", "+"]
)
def test_joiners_inside_text_that_can_be_seen_stay(text: str) -> None:
    assert clean_text(text, field="text") == text
