"""The array mechanics that rules are written on."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from casework.frames import Facts
from casework.indicators.contact import is_kept
from casework.windows import NO_ROW, Panel, bit_count, cached, lowest_bit, ratio
from casework.windows import panel as panels
from casework.windows import window as windows
from tests.support.facts import TODAY_DAY, check_in, client, dose, facts, mark, prescription


def days_of(window: windows.Window, owner: int = 0) -> list[int]:
    return (window.all_of("day")[window.rows_of(owner)] - TODAY_DAY).tolist()


def panel(one: Facts, *days: int) -> Panel:
    return Panel.on(one, *(TODAY_DAY + day for day in days or (0,)))


def test_a_window_holds_the_last_days_up_to_and_including_the_day() -> None:
    one = facts(check_ins=[check_in(day) for day in (-15, -14, -13, 0, 1)])
    assert days_of(panel(one).window("check_ins", 14)) == [-13, 0]
    assert days_of(panel(one).window("check_ins", None)) == [-15, -14, -13, 0]


def test_a_window_can_leave_out_the_latest_days() -> None:
    one = facts(check_ins=[check_in(day) for day in (-30, -28, -27, 0)])
    assert days_of(panel(one).window("check_ins", 98, skip=28)) == [-30, -28]


def test_what_became_known_later_is_not_there_yet() -> None:
    one = facts(check_ins=[check_in(-9, known=-2), check_in(-5)])
    window = panel(one, -3, 0).window("check_ins", 14)
    assert days_of(window, 0) == [-5]
    assert days_of(window, 1) == [-9, -5]
    assert window.last().tolist() == [1, 1]
    assert window.first().tolist() == [1, 0]
    assert window.each(lambda pairs: pairs.count).tolist() == [1, 2]


def test_each_client_and_each_day_is_answered_apart() -> None:
    rows = [check_in(-20, 1), check_in(-2, 1), check_in(-1, 3)]
    one = facts(clients=[client(1), client(2), client(3)], check_ins=rows)
    window = panel(one, -10, 0).window("check_ins", 14)
    assert window.each(lambda pairs: pairs.count).tolist() == [1, 1, 0, 0, 0, 1]
    assert window.last().tolist() == [0, 1, NO_ROW, NO_ROW, NO_ROW, 2]


def test_the_latest_answer_decides_each_bit() -> None:
    rows = [check_in(-3, signs="boredom isolating"), check_in(-1, signs="", asked="isolating")]
    one = facts(check_ins=rows)
    window = panel(one).window("check_ins", 14)
    asked, active = window.latest_answers(window.all_of("signs_asked"), window.all_of("signs_present"))
    assert bit_count(asked).tolist() == [12]
    assert active.tolist() == [0b10]


def test_rows_that_do_not_count_neither_break_nor_lengthen_a_run() -> None:
    marks = ["attended", "no_show", "excused", "no_show", "cancelled_by_clinic"]
    one = facts(attendance=[mark(-9 + day, m) for day, m in enumerate(marks)])
    window = panel(one).window("attendance", 28)
    missed = window.all_of("mark") == 3
    run, begins = window.trailing_run(missed, counts=missed | (window.all_of("mark") == 0))
    assert run.tolist() == [2]
    assert begins.tolist() == [1]
    assert [ref.day - TODAY_DAY for ref in window.evidence(missed, begins=begins).of(0)] == [-8, -6]


def test_the_latest_n_rows_come_latest_first() -> None:
    one = facts(attendance=[mark(day, m) for day, m in ((-9, "late"), (-7, "no_show"), (-5, "late"))])
    window = panel(one).window("attendance", 28)
    assert window.latest(2, window.all_of("mark") == 1).ravel().tolist() == [2, 0]
    assert window.latest(3, window.all_of("mark") == 1).ravel().tolist() == [2, 0, NO_ROW]


def test_overlapping_covers_count_a_day_once() -> None:
    one = facts(doses=[dose(-4, covers=3), dose(-3, covers=1), dose(0, covers=31)])
    window = panel(one).window("doses", 28)
    ends = window.all_of("day") + window.all_of("covers")
    assert window.each(lambda pairs: pairs.days_covered(ends[pairs.row], 14)).tolist() == [0b11101]


def test_a_cover_that_began_long_ago_reaches_into_the_days() -> None:
    one = facts(prescriptions=[prescription(-100, until=-2), prescription(0)])
    window = panel(one).window("prescriptions", None)
    days = window.each(lambda pairs: pairs.days_covered(pairs.column("until"), 5))
    assert days.tolist() == [0b11001]


def test_decay_halves_in_a_half_life() -> None:
    one = facts(check_ins=[check_in(-28), check_in(-14), check_in(0)])
    window = panel(one).window("check_ins", 56)
    assert window.each(lambda pairs: pairs.total(pairs.decay(14))).tolist() == [1.75]


def test_many_clients_in_blocks_are_answered_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = range(1, 30)
    rows = [check_in(-day, number) for number in numbers for day in range(number % 5)]
    one = facts(clients=[client(number) for number in numbers], check_ins=rows)
    whole = panel(one).window("check_ins", 14).each(lambda pairs: pairs.total(pairs.age))
    monkeypatch.setattr(windows, "_BLOCK", 4)
    blocks = panel(one).window("check_ins", 14).each(lambda pairs: pairs.total(pairs.age))
    assert blocks.tolist() == whole.tolist()


def test_a_large_frame_searched_in_part_gives_the_same_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [check_in(-day, number) for number in (1, 2, 4) for day in range(0, 300, 7 * number)]
    one = facts(clients=[client(number) for number in (1, 2, 3, 4)], check_ins=rows)

    def all_rows() -> list[list[int]]:
        asked = panel(one, -20, 0)
        cases = [(14, 0), (98, 0), (98, 28), (None, 0), (120, 0)]
        found = [asked.window("check_ins", days, skip=skip) for days, skip in cases]
        return [window.rows_of(owner).tolist() for window in found for owner in range(len(asked))]

    whole = all_rows()
    for module in (panels, windows):
        monkeypatch.setattr(module, "_LARGE", 1)
    assert all_rows() == whole


def test_a_filler_never_wraps_around_in_a_narrow_column() -> None:
    one = facts(check_ins=[check_in(0)])
    window = panel(one).window("check_ins", 14)
    rows = np.array([NO_ROW])
    assert window.at("day", rows, 2**31).tolist() == [2**31]
    assert window.at("use", rows, 1000).tolist() == [1000]


def test_nobody_and_nothing_are_answered_too() -> None:
    nobody = facts(clients=[])
    assert len(panel(nobody)) == 0
    assert panel(nobody).window("check_ins", 14).each(lambda pairs: pairs.count).tolist() == []
    nothing = facts()
    window = panel(nothing).window("doses", 14)
    assert window.last().tolist() == [NO_ROW]
    assert window.at("day", window.last(), -1).tolist() == [-1]


def test_a_share_of_nothing_is_unknown() -> None:
    np.testing.assert_array_equal(ratio(np.array([1, 0]), np.array([4, 0])), [0.25, np.nan])


def test_the_lowest_bit() -> None:
    assert lowest_bit(np.array([0, 1, 12, 1 << 34])).tolist() == [-1, 0, 2, 34]


def test_the_epoch_is_a_clinic_day() -> None:
    assert dt.date(1970, 1, 1) + dt.timedelta(days=TODAY_DAY) == dt.date(2026, 11, 24)


def test_a_reading_of_a_panel_is_worked_out_once_for_each_set_of_arguments() -> None:
    worked_out = []

    @cached
    def rows_of(asked: Panel, name: str, *, skip: int = 0) -> list[int]:
        worked_out.append((name, skip))
        return asked.window(name, 14, skip=skip).last().tolist()

    asked = panel(facts(check_ins=[check_in(-3), check_in(0)]), -3, 0)
    assert [rows_of(asked, "check_ins") for _ in range(2)] == [[0, 1]] * 2
    assert rows_of(asked, "check_ins", skip=2) == [NO_ROW, 0]
    assert rows_of(asked, "doses") == [NO_ROW, NO_ROW]
    assert rows_of(asked.rows(np.array([1])), "check_ins") == [1], "another panel keeps its own"
    assert worked_out == [("check_ins", 0), ("check_ins", 2), ("doses", 0), ("check_ins", 0)]


def test_windows_over_one_frame_share_what_is_known_of_its_rows() -> None:
    asked = panel(facts(attendance=[mark(-9, "late"), mark(-1, "no_show")]))
    month, week = asked.window("attendance", 28), asked.window("attendance", 7)
    assert is_kept(month) is is_kept(week)
    assert is_kept(month).tolist() == [True, False]
