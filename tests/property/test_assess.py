"""Rules that hold for any facts (Hypothesis)."""

from __future__ import annotations

import dataclasses
import os
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from casework import frames
from casework.frames import COLUMNS, Facts
from casework.indicators import INDICATORS, TABLE, Assessment, assess
from casework.indicators.points import WATCH_FROM
from casework.vocabulary import MEDICATIONS, STAGE_SIGNS, WARNING_SIGNS, Band, ids
from tests.support import facts as build
from tests.support.facts import TODAY, Row, facts, in_order

ALICE, BOB = 1, 2
TIMES = 20 if os.environ.get("TIDELINE_LONG") == "1" else 1
DAYS = st.integers(-120, 0)
LATE = st.one_of(st.just(0), st.integers(0, 20))
POINTS = {rule.id: rule.points for rule in TABLE}
PLACE = {"low": 4, "watch": 3, "unknown": 2, "elevated": 1, "high": 0}


def examples(number: int) -> settings:
    return settings(max_examples=number * TIMES, deadline=None)


def some_of(entries: Any) -> st.SearchStrategy[str | None]:
    chosen = st.lists(st.sampled_from(ids(entries)), max_size=4, unique=True).map(" ".join)
    return st.one_of(st.none(), chosen)


@st.composite
def check_ins(draw: st.DrawFn, client_id: int = ALICE) -> Row:
    day = draw(DAYS)
    return build.check_in(
        day,
        client_id,
        signs=draw(some_of(WARNING_SIGNS)),
        halt=draw(st.sampled_from([None, "", "angry tired hungry"])),
        stages=draw(some_of(STAGE_SIGNS)),
        protective=draw(st.sampled_from([None, "", "meetings"])),
        craving=draw(st.one_of(st.just(np.nan), st.integers(0, 10))),
        use=draw(st.sampled_from([None, "none", "slip", "regular"])),
        withdrawal=draw(st.integers(-1, 3)),
        taken=draw(st.sampled_from([None, (7, 7), (2, 7), (0, 7)])),
        contact=draw(st.booleans()),
        known=day + draw(LATE),
    )


@st.composite
def histories(draw: st.DrawFn, client_id: int = ALICE) -> dict[str, list[Row]]:
    """Rows of every frame for one client; some of them became known late."""

    def rows(one: st.SearchStrategy[Row], most: int = 12) -> list[Row]:
        return draw(st.lists(one, max_size=most))

    marks = st.sampled_from(["attended", "late", "excused", "no_show", "cancelled_by_clinic"])
    statuses = st.sampled_from(["due", "collected", "missed", "excused"])
    found = st.sampled_from(["", "fentanyl", "methadone", "cocaine buprenorphine"])
    medication = st.sampled_from(ids(MEDICATIONS))

    def dated(day: int, late: int) -> dict[str, Any]:
        return {"client_id": client_id, "known": day + late}

    return {
        "check_ins": rows(check_ins(client_id)),
        "attendance": rows(
            st.builds(lambda day, late, m: build.mark(day, m, **dated(day, late)), DAYS, LATE, marks)
        ),
        "screens": rows(
            st.builds(
                lambda day, late, status, f: build.screen(
                    day, f if status == "collected" else "", status=status, **dated(day, late)
                ),
                DAYS,
                LATE,
                statuses,
                found,
            ),
            6,
        ),
        "prescriptions": rows(
            st.builds(
                lambda day, length, m: build.prescription(
                    day, None if length > 90 else day + length, m, **dated(day, 0)
                ),
                DAYS,
                st.integers(1, 120),
                medication,
            ),
            2,
        ),
        "doses": rows(
            st.builds(
                lambda day, late, covers: build.dose(day, covers, **dated(day, late)),
                DAYS,
                LATE,
                st.sampled_from([1, 1, 7, 28, 31]),
            )
        ),
        "calls": rows(st.builds(lambda day, r: build.call(day, r, **dated(day, 0)), DAYS, st.booleans()), 4),
        "tolerance_events": rows(
            st.builds(lambda day, n: build.away(day, day + n, **dated(day, 0)), DAYS, st.integers(0, 60)), 2
        ),
        "safety_items": rows(
            st.builds(
                lambda day, n: build.safety_item(day, None if n > 20 else day + n, **dated(day, 0)),
                DAYS,
                st.integers(0, 40),
            ),
            2,
        ),
    }


def of(*given_histories: dict[str, list[Row]], clients: list[Row] | None = None) -> Facts:
    together: dict[str, list[Row]] = {}
    for history in given_histories:
        for name, rows in history.items():
            together.setdefault(name, []).extend(rows)
    return facts(clients=clients or [build.client(ALICE)], **together)


def numbers(assessed: Assessment, client_id: int) -> dict[str, Any]:
    """Everything that is said about a client."""
    said: dict[str, Any] = {id_: assessed.value(client_id, id_) for id_ in INDICATORS}
    for id_, one in assessed.readings.items():
        said |= {f"{id_}.{name}": assessed.extra(client_id, id_, name) for name in one.extra}
        said[f"{id_}.level"] = assessed.level(client_id, id_)
        said[f"{id_}.rows"] = [(ref.frame, ref.day) for ref in assessed.evidence(client_id, id_)]
    said["points"] = assessed.points(client_id)
    said["band"] = assessed.band(client_id)
    mine = assessed.history[assessed.history["client_id"] == client_id]
    said["history"] = mine[["day", "points", "band", "burden"]].to_numpy().tolist()
    return said


def same(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert repr(one) == repr(other)  # repr, because NaN is not equal to itself


@given(histories(), st.randoms(use_true_random=False))
@examples(40)
def test_the_order_in_which_rows_arrive_changes_nothing(history: dict[str, list[Row]], random: Any) -> None:
    whole = of(history)
    shuffled = {}
    for name in COLUMNS:
        frame: pd.DataFrame = getattr(whole, name)
        order = list(range(len(frame)))
        random.shuffle(order)
        shuffled[name] = in_order(name, frame.iloc[order])
    again = frames.check(Facts(**shuffled))
    same(numbers(assess(whole, TODAY), ALICE), numbers(assess(again, TODAY), ALICE))


@given(histories(), st.integers(0, 60))
@examples(40)
def test_what_was_not_known_yet_changes_nothing(history: dict[str, list[Row]], days_back: int) -> None:
    then = build.TODAY_DAY - days_back
    whole = of(history)
    known = {}
    for name in COLUMNS:
        frame: pd.DataFrame = getattr(whole, name)
        if name != "clients":
            frame = frame[(frame["known"] <= then) & (frame["day"] <= then)].reset_index(drop=True)
        known[name] = frame
    day = frames.to_date(then)
    same(numbers(assess(whole, day), ALICE), numbers(assess(Facts(**known), day), ALICE))


@given(histories(ALICE), histories(BOB))
@examples(40)
def test_other_clients_change_nothing(mine: dict[str, list[Row]], others: dict[str, list[Row]]) -> None:
    alone = assess(of(mine), TODAY)
    beside = of(mine, others, clients=[build.client(ALICE), build.client(BOB, caseload=2)])
    same(numbers(alone, ALICE), numbers(assess(beside, TODAY), ALICE))


@given(histories(ALICE), histories(BOB))
@examples(40)
def test_clients_of_the_same_caseload_change_nothing(
    mine: dict[str, list[Row]], others: dict[str, list[Row]]
) -> None:
    alone = numbers(assess(of(mine), TODAY), ALICE)
    beside = of(mine, others, clients=[build.client(ALICE), build.client(BOB)])
    same(alone, numbers(assess(beside, TODAY), ALICE))


@given(histories(ALICE), histories(BOB))
@examples(60)
def test_a_score_is_the_exact_sum_of_its_listed_rows(
    mine: dict[str, list[Row]], others: dict[str, list[Row]]
) -> None:
    assessed = assess(of(mine, others, clients=[build.client(ALICE), build.client(BOB)]), TODAY)
    for client_id, points in zip(assessed.table["client_id"], assessed.table["points"], strict=True):
        listed = assessed.score_rows(client_id)
        assert points == sum(one.points for one in listed) == assessed.points(client_id)
        assert all(one.points == POINTS[one.rule_id] > 0 for one in listed)
        assert all(one.reason and "{" not in one.reason and "[" not in one.reason for one in listed)
        assert len({one.rule_id for one in listed}) == len(listed)


@given(st.lists(histories(), min_size=4, max_size=4))
@examples(30)
def test_the_worklist_puts_safety_first_and_unknown_above_low(several: list[dict[str, list[Row]]]) -> None:
    people = [build.client(number) for number in range(1, len(several) + 1)]
    for number, history in enumerate(several, 1):
        for rows in history.values():
            for row in rows:
                row["client_id"] = number
    table = assess(of(*several, clients=people), TODAY).table
    columns = (~table["safety_open"], table["band"].map(PLACE), -table["points"])
    places = list(zip(*columns, strict=True))
    assert places == sorted(places)
    assert list(table["rank"]) == list(range(1, len(several) + 1))


@given(histories(), DAYS, st.booleans())
@examples(60)
def test_a_check_in_that_asked_nothing_never_lowers_risk(
    history: dict[str, list[Row]], day: int, contact: bool
) -> None:
    before = assess(of(history), TODAY)
    asked_nothing = {"check_ins": [build.check_in(day, contact=contact)]}
    after = assess(of(history, asked_nothing), TODAY)
    assert after.points(ALICE) >= before.points(ALICE)
    for id_, one in INDICATORS.items():
        # That the client was heard from ends silence, and so an absence: the one thing that contact itself says.
        if one.group != "contact" and not (contact and id_ == "lowered_tolerance"):
            assert after.level(ALICE, id_) >= before.level(ALICE, id_)
    if before.band(ALICE) is Band.UNKNOWN:
        assert after.band(ALICE) not in (Band.LOW, Band.WATCH)


@given(histories(), DAYS)
@examples(40)
def test_a_session_cancelled_by_the_clinic_changes_no_point(history: dict[str, list[Row]], day: int) -> None:
    cancelled = {"attendance": [build.mark(day, "cancelled_by_clinic")]}
    before, after = assess(of(history), TODAY), assess(of(history, cancelled), TODAY)
    assert after.points(ALICE) == before.points(ALICE)
    assert after.band(ALICE) is before.band(ALICE)


@given(histories())
@examples(40)
def test_removing_strengths_changes_no_point(history: dict[str, list[Row]]) -> None:
    without = dict(history)
    without["check_ins"] = [
        row | {"protective_asked": 0, "protective_present": 0} for row in history["check_ins"]
    ]
    assert assess(of(history), TODAY).points(ALICE) == assess(of(without), TODAY).points(ALICE)


@given(histories())
@examples(40)
def test_low_and_watch_are_never_said_of_a_client_of_whom_too_little_is_known(
    history: dict[str, list[Row]],
) -> None:
    assessed = assess(of(history), TODAY)
    row = assessed.table.iloc[0]
    if row["coverage"] < 0.5:
        assert row["band"] not in ("low", "watch")
    if row["band"] == "low":
        assert row["points"] < WATCH_FROM


@given(histories())
@examples(20)
def test_facts_are_never_changed(history: dict[str, list[Row]]) -> None:
    whole = of(history)
    copies = {field.name: getattr(whole, field.name).copy() for field in dataclasses.fields(whole)}
    assess(whole, TODAY)
    for name, copy in copies.items():
        pd.testing.assert_frame_equal(getattr(whole, name), copy)
