"""One client's timeline: which mark stands for which fact, where, in which words, and which entry it is."""

from __future__ import annotations

from typing import Any, Final

import plotly.graph_objects as go
import pytest

from casework.caseload.client_timeline import Timeline, TimelineRow, screen_outcome, timeline_of
from casework.caseload.evidence import EvidenceReader
from casework.figures.template import DARK, GLYPHS, LIGHT, key_of
from casework.figures.timeline import _looks
from casework.indicators import FactRef
from casework.vocabulary import MEDICATION_SIGN, WARNING_SIGNS
from casework.wording import charts
from tests.support.facts import (
    TODAY,
    TODAY_DAY,
    away,
    call,
    check_in,
    dose,
    facts,
    mark,
    placement,
    prescription,
    safety_item,
    screen,
)

WEEKS: Final = 12
ROWS: Final[dict[str, Any]] = {
    "check_ins": [
        check_in(-20, signs="isolating", craving=6.0, taken=(5, 7), use="slip"),
        check_in(-3, signs="", craving=2.0, taken=(7, 7), use="none"),
    ],
    "attendance": [mark(-3), mark(-10, "no_show"), mark(-12, "cancelled_by_clinic", kind="individual")],
    "screens": [
        screen(-1, "heroin", expected="buprenorphine"),
        screen(-8),
        screen(-15, status="missed"),
        screen(-20, status="excused"),
    ],
    "prescriptions": [prescription(-60)],
    "doses": [dose(-60, 28), dose(-20, 28)],
    "calls": [call(-5), call(-6, reached=False)],
    "absences": [away(-30, -26)],
    "placements": [placement(-40, "outpatient")],
    "safety_items": [safety_item(-9)],
}
"""Something of each kind that the timeline shows."""


def timeline(**rows: Any) -> Timeline:
    return timeline_of(facts(**rows), TODAY, WEEKS)


def lane(of: Timeline, name: str) -> list[TimelineRow]:
    return [row for row in of.rows if row.lane == name]


def drawn(of: Timeline, *, dark: bool = False) -> go.Figure:
    """The figure after Plotly's own check of every property, which is off while pages draw."""
    return go.Figure(of.chart("timeline", dark=dark).figure.to_dict())


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("rows", [{}, ROWS], ids=["nothing", "everything"])
def test_the_figure_is_valid_with_rows_and_without(rows: dict[str, Any], dark: bool) -> None:
    found = drawn(timeline(**rows), dark=dark)
    assert found.layout.showlegend is False
    assert found.layout.xaxis.range[1] > TODAY_DAY


def test_a_lane_without_a_mark_says_that_nothing_is_on_record() -> None:
    said = [one.text for one in drawn(timeline()).layout.annotations]
    assert said == [words for name, words in charts.timeline.EMPTY.items() if name != "away"]
    assert drawn(timeline(**ROWS)).layout.annotations == ()


def test_every_kind_of_fact_has_its_lane() -> None:
    found = timeline(**ROWS)
    assert list(dict.fromkeys(row.lane for row in found.rows)) == list(charts.timeline.LANES)
    assert found.lanes == tuple(charts.timeline.LANES.values())
    assert "Away" not in timeline().lanes


def test_every_mark_is_explained_in_a_key_and_told_apart_by_its_shape() -> None:
    found = drawn(timeline(**ROWS))
    explained = {one.words for one in key_of(found)}
    assert explained == {one.name for one in found.data if one.type == "bar" or "markers" in one.mode}
    assert explained <= set(charts.timeline.MARKS.values())


@pytest.mark.parametrize("colors", [LIGHT, DARK])
def test_no_two_meanings_differ_in_color_alone(colors: Any) -> None:
    looks = _looks(colors, colors is DARK)
    assert {look.symbol for look in looks.values()} <= set(GLYPHS)
    assert set(looks) == set(charts.timeline.MARKS)
    marks = [look.symbol for name, look in looks.items() if name not in ("level", "covered", "gap", "away")]
    assert len(set(marks)) == len(marks), "level is a line of its own; the others are stretches of days"


def test_a_mark_carries_the_entry_and_says_what_the_rows_behind_an_indicator_say() -> None:
    reader, found = EvidenceReader(facts(**ROWS)), timeline(**ROWS)
    boxes = {
        (entry, text.partition("<br>")[0])
        for one in drawn(found).data
        if one.customdata is not None
        for entry, text in zip(one.customdata, one.hovertext, strict=True)
    }
    for frame in ("attendance", "screens", "doses", "calls", "placements", "safety_items", "absences"):
        some = getattr(facts(**ROWS), frame)
        for id_, day in zip(some["id"].tolist(), some["day"].tolist(), strict=True):
            (row,) = reader.rows((FactRef(frame, id_, day),))
            if day >= TODAY_DAY - 7 * WEEKS:
                assert (row.key, row.text[0].upper() + row.text[1:]) in boxes, frame


def test_asked_and_absent_is_not_the_same_as_not_asked() -> None:
    found = timeline(check_ins=[check_in(-9, signs="isolating"), check_in(-5, signs=""), check_in(-1)])
    asked = lane(found, "signs")
    assert [(row.mark, (TODAY - row.on).days) for row in asked] == [("grave", 9), ("nothing", 5)]
    assert asked[0].height > asked[1].height == 0


def test_the_medication_sign_does_not_count_without_a_prescription() -> None:
    every = " ".join(sign.id for sign in WARNING_SIGNS)
    told = {"check_ins": [check_in(-1, signs=MEDICATION_SIGN, asked=every)]}
    (without,), (prescribed,) = (
        lane(timeline(**told, prescriptions=rows), "signs") for rows in ([], [prescription(-60)])
    )
    assert (without.mark, without.words) == ("nothing", "0 of 11 signs present")
    assert prescribed.mark == "grave"


def test_use_that_nobody_asked_about_has_no_mark() -> None:
    found = timeline(check_ins=[check_in(-9, use="none"), check_in(-5), check_in(-1, use="regular")])
    assert [row.mark for row in lane(found, "use")] == ["nothing", "grave"]


def test_craving_that_was_not_asked_for_long_breaks_the_line() -> None:
    rows = [check_in(-60, craving=3.0), check_in(-55, craving=4.0), check_in(-30), check_in(-1, craving=5.0)]
    found = timeline(check_ins=rows)
    (line,) = [one for one in drawn(found).data if one.mode == "lines"]
    assert list(line.x).count(None) == 1
    assert line.connectgaps is False
    assert [row.height for row in lane(found, "craving")] == [0.3, 0.4, 0.5]


def test_sessions_that_the_clinic_cancelled_and_excused_ones_are_no_misses() -> None:
    found = timeline(attendance=[mark(-1), mark(-8, "cancelled_by_clinic"), mark(-15, "excused")])
    assert (found.counts.missed, found.counts.sessions) == (0, 1)
    assert found.chart("t", dark=False).finding.title.endswith("no session missed")


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        (screen(-1, "heroin"), "grave"),
        (screen(-1, "methadone", expected="methadone"), "good"),
        (screen(-1, expected="methadone"), "absent"),
        (screen(-1, "cocaine"), "other"),
        (screen(-1, status="missed"), "missed"),
        (screen(-1, status="due"), "due"),
        (screen(-1, status="excused"), "excused"),
    ],
)
def test_a_screens_mark_shows_its_most_serious_outcome(row: Any, outcome: str) -> None:
    assert screen_outcome(row["status"], row["tested"], row["found"], row["expected"]) == outcome


def test_an_injection_before_the_weeks_shown_still_covers_days_inside_them() -> None:
    found = timeline(prescriptions=[prescription(-200)], doses=[dose(-90, 28)])
    stretches = {row.mark: row.days for row in lane(found, "doses")}
    assert stretches == {"covered": 22 - 1, "gap": 7 * WEEKS - (22 - 1)}


def test_an_absence_is_cut_to_the_weeks_and_lies_behind_all_lanes() -> None:
    (cut,) = lane(timeline(absences=[away(-100, -80)]), "away")
    assert (TODAY - cut.on).days == 7 * WEEKS - 1
    assert cut.days == 4
    bands = [one for one in drawn(timeline(absences=[away(-9, -5)])).layout.shapes if one.type == "rect"]
    assert [(band.y0, band.y1) for band in bands] == [(0, 1)]
    assert lane(timeline(absences=[away(-200, -100)]), "away") == []


def test_what_lies_before_the_weeks_or_ahead_is_not_on_it() -> None:
    found = timeline(attendance=[mark(-7 * WEEKS), mark(-7 * WEEKS + 1)], screens=[screen(3, status="due")])
    assert [row.lane for row in found.rows] == ["sessions"]


def test_the_title_states_what_was_found_and_the_alternative_tells_each_lane() -> None:
    finding = timeline(**ROWS).chart("t", dark=False).finding
    assert finding.title == (
        "In 12 weeks: use told once, an opioid in 1 of two urine screens and 1 of two sessions missed"
    )
    for name in charts.timeline.LANES.values():
        assert f"{name}: " in finding.alt
    assert finding.alt.endswith(".")
