"""Bad facts never lower a score, good ones never raise it; the exceptions, each with its reason, at the end.

A fact is made worse *in its place* where adding another one would also say that the client came: contact itself speaks
for somebody, whatever it shows (see the exceptions).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.indicators import assess
from casework.vocabulary import STAGE_SIGNS, SUBSTANCES, Score, ScreenStatus, mask
from tests.support import facts as build
from tests.support.facts import TODAY, Row
from tests.support.histories import ALICE, DAYS, History, examples, histories, of

COLLECTED, MISSED = (list(ScreenStatus).index(one) for one in (ScreenStatus.COLLECTED, ScreenStatus.MISSED))
HEROIN = mask(SUBSTANCES, ["heroin"])


def with_row(history: History, name: str, row: Row) -> History:
    return history | {name: [*history[name], row]}


def changed(history: History, name: str, at: int, **columns: Any) -> History:
    rows = list(history[name])
    rows[at] = rows[at] | columns
    return history | {name: rows}


def scores(*several: History) -> list[dict[Score, int]]:
    """The scores of clients with these histories."""
    owned = []
    for number, history in enumerate(several, ALICE):
        owned.append({name: [row | {"client_id": number} for row in rows] for name, rows in history.items()})
    people = [build.client(number) for number in range(ALICE, ALICE + len(several))]
    assessed = assess(of(*owned, clients=people), TODAY, history_weeks=0)
    return [
        {score: assessed.points_of(int(person["client_id"]), score) for score in Score} for person in people
    ]


def never_falls(before: History, after: History) -> None:
    was, is_now = scores(before, after)
    assert all(is_now[score] >= was[score] for score in Score), (was, is_now)


# --- bad facts ------------------------------------------------------------------------------------------------------

BAD: dict[str, tuple[str, Callable[[int], Row]]] = {
    "a no-show": ("attendance", lambda day: build.mark(day, "no_show")),
    "a missed screen": ("screens", lambda day: build.screen(day, status="missed")),
    "a planned screen without a result": ("screens", lambda day: build.screen(day, status="due")),
    "an overdose told of": ("safety_items", lambda day: build.safety_item(day, concerns="overdose")),
}


@pytest.mark.parametrize("kind", BAD)
@given(history=histories(), day=DAYS)
@examples(12)
def test_a_further_bad_fact_never_lowers_a_score(kind: str, history: History, day: int) -> None:
    name, row = BAD[kind]
    never_falls(history, with_row(history, name, row(day)))


@given(histories(), st.data())
@examples(12)
def test_a_screen_that_finds_an_opioid_never_lowers_a_score(history: History, data: st.DataObject) -> None:
    taken = [at for at, row in enumerate(history["screens"]) if row["status"] == COLLECTED]
    if taken:
        at = data.draw(st.sampled_from(taken))
        found = history["screens"][at]["found"] | HEROIN
        never_falls(history, changed(history, "screens", at, found=found))


@given(histories(), st.data())
@examples(12)
def test_a_screen_that_was_missed_instead_never_lowers_a_score(history: History, data: st.DataObject) -> None:
    negative = [
        at for at, row in enumerate(history["screens"]) if row["status"] == COLLECTED and not row["found"]
    ]
    if negative:
        at = data.draw(st.sampled_from(negative))
        worse = changed(history, "screens", at, status=MISSED, tested=0, found=0, expected=0)
        never_falls(history, worse)


WORSE_ANSWERS: dict[str, Callable[[Row], Row]] = {
    "a slip instead of none": lambda row: {"use": max(row["use"], 1)},
    "regular use instead of less": lambda row: {"use": 2},
    "a sign of the physical stage": lambda row: {
        "stage_asked": row["stage_asked"] | mask(STAGE_SIGNS, ["lapse"]),
        "stage_present": row["stage_present"] | mask(STAGE_SIGNS, ["lapse"]),
    },
    "a sign of the mental stage": lambda row: {
        "stage_asked": row["stage_asked"] | mask(STAGE_SIGNS, ["planning"]),
        "stage_present": row["stage_present"] | mask(STAGE_SIGNS, ["planning"]),
    },
    "worse withdrawal": lambda row: {"withdrawal": 3},
    "a part of HALT": lambda row: {"halt_asked": 0b1111, "halt_present": 0b1111},
}


@pytest.mark.parametrize("kind", WORSE_ANSWERS)
@given(history=histories(), data=st.data())
@examples(12)
def test_a_worse_answer_never_lowers_a_score(kind: str, history: History, data: st.DataObject) -> None:
    if history["check_ins"]:
        at = data.draw(st.integers(0, len(history["check_ins"]) - 1))
        worse = WORSE_ANSWERS[kind](history["check_ins"][at])
        never_falls(history, changed(history, "check_ins", at, **worse))


@given(histories(), st.data())
@examples(12)
def test_a_dose_that_was_not_taken_never_lowers_a_score(history: History, data: st.DataObject) -> None:
    doses = [row | {"covers": 1} for row in history["doses"]]
    recorded = [
        build.dose(-98, 1),
        build.dose(-97, 1),
        build.dose(-1, 1),
        *doses,
    ]  # some always stays on record
    at = data.draw(st.integers(2, len(recorded) - 1))
    without = recorded[:at] + recorded[at + 1 :]
    never_falls(history | {"doses": recorded}, history | {"doses": without})


# --- good facts -----------------------------------------------------------------------------------------------------

GOOD: dict[str, tuple[str, Callable[[int], Row]]] = {
    "a kept visit": ("attendance", lambda day: build.mark(day, "attended")),
    "a visit that began late": ("attendance", lambda day: build.mark(day, "late")),
    "a call that reached them": ("calls", lambda day: build.call(day, True)),
    "a check-in that asked nothing": ("check_ins", lambda day: build.check_in(day)),
    "no use reported": ("check_ins", lambda day: build.check_in(day, use="none")),
    "a sign asked and not present": (
        "check_ins", lambda day: build.check_in(day, signs="", asked="isolating"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", GOOD)
@given(history=histories(), day=DAYS)
@examples(12)
def test_a_further_good_fact_never_raises_a_score(kind: str, history: History, day: int) -> None:
    name, row = GOOD[kind]
    never_falls(with_row(history, name, row(day)), history)


@given(histories(), st.integers(-97, 0))
@examples(12)
def test_a_negative_screen_never_raises_a_score_of_somebody_who_is_screened(
    history: History, day: int
) -> None:
    screened = with_row(history, "screens", build.screen(-97, status="missed"))
    never_falls(with_row(screened, "screens", build.screen(day)), screened)


@given(histories(), DAYS, st.sampled_from([1, 7, 28]))
@examples(12)
def test_a_dose_never_raises_a_score_of_somebody_whose_doses_are_recorded(
    history: History, day: int, covers: int
) -> None:
    # An older one is on record for a few days more only, and so few days without a dose count.
    recorded = with_row(history, "doses", build.dose(-60))
    never_falls(with_row(recorded, "doses", build.dose(day, covers)), recorded)


@given(histories(), st.data())
@examples(12)
def test_less_withdrawal_never_raises_a_score(history: History, data: st.DataObject) -> None:
    rated = [at for at, row in enumerate(history["check_ins"]) if row["withdrawal"] >= 0]
    if rated:
        at = data.draw(st.sampled_from(rated))
        never_falls(changed(history, "check_ins", at, withdrawal=0), history)


# --- exceptions -----------------------------------------------------------------------------------------------------

CAME_TODAY = {"attendance": [build.mark(0)]}
MISSED_TWO = {"attendance": [build.mark(-9, "no_show"), build.mark(-2, "no_show")]}
ON_MEDICATION = {"prescriptions": [build.prescription(-90)]}


def ratings(*craving: int) -> History:
    """Weekly ratings of craving, the last one today."""
    days = range(-7 * (len(craving) - 1), 1, 7)
    return {
        "check_ins": [build.check_in(day, craving=of_day) for day, of_day in zip(days, craving, strict=True)]
    }


EXCEPTIONS: dict[str, tuple[Score, History, History]] = {
    "a screen that finds an opioid says that the client came: contact speaks for them, whatever it shows": (
        Score.EARLY,
        MISSED_TWO | {"screens": [build.screen(-16, status="missed")]},
        MISSED_TWO | {"screens": [build.screen(-16, status="missed"), build.screen(-1, "heroin")]},
    ),
    "a check-in that tells of use says that the client was seen": (
        Score.ENGAGEMENT,
        MISSED_TWO,
        MISSED_TWO | {"check_ins": [build.check_in(0, use="slip")]},
    ),
    "a moderate answer later than a worse one: the latest answer counts": (
        Score.SIGNS,
        ratings(9),
        ratings(9, 5),
    ),
}  # fmt: skip
RAISED_BY_GOOD: dict[str, tuple[Score, History, History]] = {
    "the first screen in 14 weeks, in a week long past: screens are known now, no longer the average": (
        Score.USE,
        CAME_TODAY,
        CAME_TODAY | {"screens": [build.screen(-20)]},
    ),
    "the first dose on record: the days without one are now known": (
        Score.ENGAGEMENT,
        CAME_TODAY | ON_MEDICATION,
        CAME_TODAY | ON_MEDICATION | {"doses": [build.dose(-20)]},
    ),
}


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_the_listed_exceptions_are_those_in_which_a_bad_fact_lowers_a_score(name: str) -> None:
    score, without, with_it = EXCEPTIONS[name]
    before, after = scores(without, with_it)
    assert after[score] < before[score]


@pytest.mark.parametrize("name", RAISED_BY_GOOD)
def test_the_listed_exceptions_are_those_in_which_a_good_fact_raises_a_score(name: str) -> None:
    score, without, with_it = RAISED_BY_GOOD[name]
    before, after = scores(without, with_it)
    assert after[score] > before[score]
