"""Rules that hold for any facts (Hypothesis)."""

from __future__ import annotations

import collections
import dataclasses
import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import frames, wording
from casework.frames import COLUMNS, Facts
from casework.indicators import INDICATORS, TABLE, Assessment, assess, blocks
from casework.indicators.points import WATCH_FROM
from casework.vocabulary import Band, Score
from tests.support import facts as build
from tests.support.facts import TODAY, in_order
from tests.support.histories import ALICE, BOB, DAYS, History, examples, histories, of, random_facts

POINTS = {rule.id: rule.points for rule in TABLE}
PLACE = {"low": 4, "watch": 3, "unknown": 2, "elevated": 1, "high": 0}


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
@examples(20)
def test_the_order_in_which_rows_arrive_changes_nothing(history: History, random: Any) -> None:
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
@examples(20)
def test_what_was_not_known_yet_changes_nothing(history: History, days_back: int) -> None:
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
@examples(20)
def test_other_clients_change_nothing(mine: History, others: History) -> None:
    alone = assess(of(mine), TODAY)
    beside = of(mine, others, clients=[build.client(ALICE), build.client(BOB, caseload=2)])
    same(numbers(alone, ALICE), numbers(assess(beside, TODAY), ALICE))


@pytest.mark.parametrize("block", [blocks.BLOCK, 64])
def test_a_client_among_hundreds_is_what_the_client_is_alone(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many clients some rules are worked out for today alone, and of very many a block at a time."""
    monkeypatch.setattr(blocks, "BLOCK", block)
    many = random_facts(300)
    together = assess(many, TODAY)
    for client_id in many.clients["client_id"].tolist()[::7]:
        alone = assess(many.of_client(client_id), TODAY)
        same(numbers(alone, client_id), numbers(together, client_id))
        assert alone.score_rows(client_id) == together.score_rows(client_id)


@given(histories(ALICE), histories(BOB))
@examples(20)
def test_clients_of_the_same_caseload_change_nothing(mine: History, others: History) -> None:
    alone = numbers(assess(of(mine), TODAY), ALICE)
    beside = of(mine, others, clients=[build.client(ALICE), build.client(BOB)])
    same(alone, numbers(assess(beside, TODAY), ALICE))


@given(histories(ALICE), histories(BOB))
@examples(15)
def test_each_score_is_the_exact_sum_of_its_listed_rows(mine: History, others: History) -> None:
    assessed = assess(of(mine, others, clients=[build.client(ALICE), build.client(BOB)]), TODAY)
    for client_id, total in zip(assessed.table["client_id"], assessed.table["points"], strict=True):
        listed = assessed.score_rows(client_id)
        sums = {score: sum(one.points for one in listed if one.score is score) for score in Score}
        assert sums == {score: assessed.points_of(client_id, score) for score in Score}
        assert total == assessed.points(client_id) == together_of(sums)
        assert all(one.points == one.times * POINTS[one.rule_id] != 0 for one in listed)
        said = [wording.reason(one.reason) for one in listed]
        assert all(words and "{" not in words and "[" not in words for words in said)
        assert len({one.rule_id for one in listed}) == len(listed)


def together_of(sums: dict[Score, int]) -> int:
    """The documented combination, in its own words: early warning and signs in full, a quarter of engagement,
    rounded down."""
    in_full = sums[Score.EARLY] + sums[Score.SIGNS]
    return in_full + math.floor(sums[Score.ENGAGEMENT] / 4)


def test_the_scores_of_1000_random_clients_are_the_exact_sums_of_their_rows() -> None:
    clients = 1_000
    assessed = assess(random_facts(clients), TODAY)
    held = collections.Counter[str]()
    for client_id in range(1, clients + 1):
        listed = assessed.score_rows(client_id)
        held.update(one.rule_id for one in listed)
        for score in Score:
            assert assessed.points_of(client_id, score) == sum(
                one.points for one in listed if one.score is score
            )
    table = assessed.table.set_index("client_id")
    for score in Score:
        assert table[score.value].to_dict() == {
            number: assessed.points_of(number, score) for number in range(1, clients + 1)
        }
    assert len(held) > len(TABLE) * 0.9, "the random clients reach the rows of the tables"


@given(st.lists(histories(), min_size=4, max_size=4))
@examples(15)
def test_the_worklist_puts_safety_first_and_unknown_above_low(several: list[History]) -> None:
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


def without(assessed: Assessment, indicators: set[str]) -> dict[str, int]:
    """The client's points by rule, but for the rows about these indicators."""
    rows = assessed.score_rows(ALICE)
    return {row.rule_id: row.points for row in rows if row.indicator_id not in indicators}


@given(histories(), DAYS, st.booleans())
@examples(25)
def test_a_check_in_that_asked_nothing_never_lowers_risk(history: History, day: int, contact: bool) -> None:
    before = assess(of(history), TODAY)
    asked_nothing = {"check_ins": [build.check_in(day, contact=contact)]}
    after = assess(of(history, asked_nothing), TODAY)
    # That the client was heard from ends silence, and so an absence: the one thing that contact itself says.
    of_contact = {"days_unseen", "lowered_tolerance"} if contact else set()
    assert without(after, of_contact) == without(before, of_contact)
    for id_, one in INDICATORS.items():
        if one.group != "contact" and id_ not in of_contact:
            assert after.level(ALICE, id_) >= before.level(ALICE, id_)
    if before.band(ALICE) is Band.UNKNOWN:
        assert after.band(ALICE) not in (Band.LOW, Band.WATCH)


@given(histories(), DAYS)
@examples(20)
def test_a_session_cancelled_by_the_clinic_changes_no_point(history: History, day: int) -> None:
    cancelled = {"attendance": [build.mark(day, "cancelled_by_clinic")]}
    before, after = assess(of(history), TODAY), assess(of(history, cancelled), TODAY)
    assert after.points(ALICE) == before.points(ALICE)
    assert after.band(ALICE) is before.band(ALICE)


@given(histories())
@examples(20)
def test_removing_strengths_changes_no_point(history: History) -> None:
    without = dict(history)
    without["check_ins"] = [
        row | {"protective_asked": 0, "protective_present": 0} for row in history["check_ins"]
    ]
    assert assess(of(history), TODAY).points(ALICE) == assess(of(without), TODAY).points(ALICE)


@given(histories())
@examples(20)
def test_low_and_watch_are_never_said_of_a_client_of_whom_too_little_is_known(
    history: History,
) -> None:
    assessed = assess(of(history), TODAY)
    row = assessed.table.iloc[0]
    if row["coverage"] < 0.5:
        assert row["band"] not in ("low", "watch")
    if row["band"] == "low":
        assert row["points"] < WATCH_FROM


@given(histories())
@examples(20)
def test_facts_are_never_changed(history: History) -> None:
    whole = of(history)
    copies = {field.name: getattr(whole, field.name).copy() for field in dataclasses.fields(whole)}
    assess(whole, TODAY)
    for name, copy in copies.items():
        pd.testing.assert_frame_equal(getattr(whole, name), copy)
