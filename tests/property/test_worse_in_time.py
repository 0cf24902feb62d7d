"""Worse never reads as better, in time: over any history and spacing of check-ins (Hypothesis).

Of two records that differ in one check-in's answers the worse one never has a lower score, a calmer band or a later
rank. A further check-in with the same or worse answers lowers no row but those about contact: it says that the client
was heard.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.indicators import INDICATORS, Assessment, assess
from casework.indicators.points import BANDS, PRIORITY
from casework.indicators.signs import ALL_SIGNS
from casework.vocabulary import STAGE_SIGNS, WARNING_SIGNS, Score, ids
from tests.support import facts as build
from tests.support.facts import TODAY, TODAY_DAY, Row
from tests.support.histories import ALICE, BOB, History, examples, histories, of

CONTACT: Final = ("days_unseen", "contact_gap")
AVERAGES: Final = ("sign_burden",)
"""The mean of what was answered, which an answer better than the mean lowers; it is in no table."""
IN_FORCE_DAYS: Final = 14
"""So long an answer stands as the latest, whatever it is about."""
EVERY_SIGN: Final = ids(WARNING_SIGNS)
SPACINGS: Final = ((7,), (14,), (3, 4), (1, 1, 1, 11), (1, 6, 30, 2), (1,))


@st.composite
def paced(draw: st.DrawFn) -> History:
    """A history whose check-ins come at some pace: few signs, then more of them."""
    gaps, history = draw(st.sampled_from(SPACINGS)), draw(histories())
    day, rows = -draw(st.integers(0, 10)), []
    for number in range(draw(st.integers(4, 24))):
        most = 6 if number < draw(st.integers(0, 6)) else 1
        signs = " ".join(EVERY_SIGN[: draw(st.integers(0, most))])
        rows.append(
            build.check_in(
                day, signs=signs, craving=draw(st.integers(0, 10)), use=draw(st.sampled_from(["none", "slip"])),
                withdrawal=draw(st.integers(-1, 3)), known=day + draw(st.sampled_from([0, 0, 2])),
            )
        )  # fmt: skip
        day -= gaps[number % len(gaps)]
    return history | {"check_ins": rows[::-1]}


HISTORIES: Final = st.one_of(histories(), paced())


def worse(row: Row, draw: Any) -> Row:
    """The check-in with some of its answers worse; what was not asked stays so."""

    def more(asked: str, present: str, bits: int) -> Row:
        return {present: row[present] | (draw(st.integers(0, bits)) & row[asked])}

    def higher(name: str, most: int) -> Row:
        return {name: draw(st.integers(int(row[name]), most))} if row[name] >= 0 else {}

    stage_bits = (1 << len(STAGE_SIGNS)) - 1
    changes: tuple[Row, ...] = (
        more("signs_asked", "signs_present", ALL_SIGNS),
        more("halt_asked", "halt_present", 0b1111),
        more("stage_asked", "stage_present", stage_bits),
        higher("use", 2),
        higher("withdrawal", 3),
        higher("suicidal", 1),
        higher("overdosed", 1),
        {} if np.isnan(row["craving"]) else higher("craving", 10),
        {} if np.isnan(row["medication_days_taken"]) else {"medication_days_taken": 0.0},
    )
    return row | {name: value for change in changes for name, value in change.items()}


def together(one: Row, other: Row) -> Row:
    """The worse of each answer of two check-ins; asked is what the first asked."""
    found = dict(one)
    for name in ("signs", "halt", "stage"):
        found[f"{name}_present"] |= other[f"{name}_present"] & found[f"{name}_asked"]
    for name in ("use", "withdrawal", "suicidal", "overdosed", "craving"):
        if found[name] >= 0 and other[name] >= 0:
            found[name] = max(found[name], other[name])
    return found


def both(first: History, second: History) -> Assessment:
    """Two clients with these histories on one caseload: Alice with the first, Bob with the second."""
    owned = [
        {name: [row | {"client_id": client_id} for row in rows] for name, rows in history.items()}
        for client_id, history in ((ALICE, first), (BOB, second))
    ]
    return assess(of(*owned, clients=[build.client(ALICE), build.client(BOB)]), TODAY, history_weeks=0)


def with_check_in(history: History, at: int, row: Row) -> History:
    rows = list(history["check_ins"])
    rows[at] = row
    return history | {"check_ins": rows}


@given(HISTORIES, st.data())
@examples(60)
def test_of_two_records_that_differ_in_one_check_in_the_worse_never_reads_as_better(
    history: History, data: st.DataObject
) -> None:
    if not history["check_ins"]:
        return
    at = data.draw(st.integers(0, len(history["check_ins"]) - 1))
    changed = with_check_in(history, at, worse(history["check_ins"][at], data.draw))
    # Of two clients who are alike the one with the lower id comes first: so has the worse one here.
    assessed = both(changed, history)
    for score in Score:
        assert assessed.points_of(ALICE, score) >= assessed.points_of(BOB, score), score
    assert assessed.points(ALICE) >= assessed.points(BOB)
    places = [PRIORITY[BANDS.index(assessed.band(client))] for client in (ALICE, BOB)]
    assert places[0] <= places[1], (assessed.band(ALICE), assessed.band(BOB))
    assert assessed.table["client_id"].tolist() == [ALICE, BOB]


def by_indicator(assessed: Assessment, client_id: int) -> dict[tuple[Score, str], int]:
    """The points of all rows of a score that rest on one indicator: of the steps of a row one takes another's place."""
    found: dict[tuple[Score, str], int] = {}
    for rule, points in assessed.held(client_id):
        key = (rule.score, rule.indicator_id)
        found[key] = found.get(key, 0) + points
    return found


def in_force(history: History) -> list[int]:
    """The check-ins of the last two weeks that are known by now."""
    return [
        at
        for at, row in enumerate(history["check_ins"])
        if TODAY_DAY - IN_FORCE_DAYS < row["day"] <= row["known"] <= TODAY_DAY
    ]


@given(HISTORIES, st.data())
@examples(60)
def test_a_further_check_in_with_the_same_or_worse_answers_lowers_nothing_but_rows_about_contact(
    history: History, data: st.DataObject
) -> None:
    if not (mine := in_force(history)):
        return
    rows = history["check_ins"]
    before = rows[data.draw(st.sampled_from(mine))]
    day = data.draw(st.integers(before["day"], TODAY_DAY))
    found = before
    for later in rows:  # as bad as what stands by then, and as what comes after it
        if later["day"] >= before["day"]:
            found = together(found, later)
    added = worse(found, data.draw) | {"day": day, "known": TODAY_DAY}
    ordered = [*(row for row in rows if row["day"] <= day), added, *(row for row in rows if row["day"] > day)]
    assessed = both(history, history | {"check_ins": ordered})
    was, is_now = by_indicator(assessed, ALICE), by_indicator(assessed, BOB)
    for row in was | is_now:
        if row[1] not in CONTACT:
            assert is_now.get(row, 0) >= was.get(row, 0), row
    for id_, one in INDICATORS.items():
        if one.group in ("risk", "safety") and id_ not in (*CONTACT, *AVERAGES):
            assert assessed.level(BOB, id_) >= assessed.level(ALICE, id_), id_


def said(assessed: Assessment, client_id: int) -> dict[Score, int]:
    return {score: assessed.points_of(client_id, score) for score in Score}


def test_a_second_check_in_a_day_later_with_a_sign_more_and_a_slip_never_reads_as_better() -> None:
    steady = [build.check_in(day, signs="isolating", craving=4, use="none") for day in range(-57, -2, 7)]
    first = build.check_in(-1, signs="isolating boredom", craving=6, use="none", suicidal=0)
    second = build.check_in(0, signs="isolating boredom glamorizing", craving=6, use="slip", suicidal=1)
    one = {"check_ins": [*steady, first]}
    assessed = both(one, {"check_ins": [*steady, first, second]})
    before, after = said(assessed, ALICE), said(assessed, BOB)
    assert all(after[score] >= before[score] for score in Score), (before, after)


@pytest.mark.parametrize("further", [1, 3, 6])
def test_further_bad_check_ins_never_become_the_usual_level(further: int) -> None:
    quiet = [build.check_in(day, signs="") for day in range(-84, -13, 7)]
    bad = [build.check_in(-day, signs="isolating boredom glamorizing old_places") for day in range(further)]
    assessed = both({"check_ins": [*quiet, *bad[:1]]}, {"check_ins": [*quiet, *bad[::-1]]})
    assert assessed.extra(BOB, "drift", "center") == assessed.extra(ALICE, "drift", "center") == 0
    assert assessed.value(BOB, "drift") >= assessed.value(ALICE, "drift") - 1e-9
