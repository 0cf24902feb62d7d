"""What would change this: the catalogue, the days to come, and the answers."""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import partial
from typing import Any

import pandas as pd
import pytest

from casework import frames
from casework.frames import COLUMNS, FAR, Facts, to_date, to_day
from casework.indicators import Concern, assess
from casework.vocabulary import WARNING_SIGNS, Band, Level, Use, mask
from casework.what_if import (
    BETTER,
    WORSE,
    Goal,
    NewFact,
    Reached,
    WhatIfAnswer,
    WhatIfChange,
    what_would_change,
)
from casework.what_if import rows as new_rows
from casework.what_if.client import LONGEST_WEEKS, WEEK, WhatIfClient, client_of
from casework.what_if.goal import reaches
from casework.what_if.scenarios import Scenario, changed, copies
from casework.what_if.search import Candidate, Search, candidates, happened
from casework.wording import what_if as words_of
from tests.support import facts as build
from tests.support.facts import TODAY, TODAY_DAY, facts
from tests.support.server import ROOT

ALICE, BOB = 1, 2
STEADY = [build.mark(-7 * week) for week in range(12)]
ASKED = [build.check_in(-7 * week - 1, signs="", use="none", craving=1) for week in range(13)]


def answer(known: Facts, goal: Goal) -> WhatIfAnswer:
    return what_would_change(assess(known, TODAY), known, ALICE, goal)


def seen(known: Facts) -> WhatIfClient:
    return client_of(known, assess(known, TODAY), ALICE)


def steps_of(known: Facts, kinds: Any = BETTER) -> dict[str, tuple[str, ...]]:
    client = seen(known)
    return {kind.id: tuple(words_of.new_fact(step.what) for step in kind.steps(client)) for kind in kinds}


# --- the catalogue --------------------------------------------------------------------------------------------------


def test_screens_and_medication_are_plausible_only_where_they_are_part_of_the_care() -> None:
    without = facts(attendance=STEADY, check_ins=ASKED)
    for kinds in (BETTER, WORSE):
        assert steps_of(without, kinds)["screens"] == ()
        assert steps_of(without, kinds)["medication"] == ()
    beside = facts(
        attendance=STEADY,
        check_ins=ASKED,
        screens=[build.screen(-9)],
        prescriptions=[build.prescription(-90)],
    )
    for kinds in (BETTER, WORSE):
        assert len(steps_of(beside, kinds)["screens"]) == 3
        assert len(steps_of(beside, kinds)["medication"]) == 2


def test_an_injection_is_one_fact_and_cannot_be_left_out_for_three_days() -> None:
    known = facts(
        prescriptions=[build.prescription(-90, medication="buprenorphine_xr")],
        doses=[build.dose(-10, 28, "buprenorphine_xr")],
    )
    assert steps_of(known)["medication"] == ("the next injection on record",)
    assert steps_of(known, WORSE)["medication"] == ()


@pytest.mark.parametrize(
    ("signs", "offered"),
    [
        ("", 1),
        ("isolating boredom", 1),
        ("isolating boredom glamorizing", 2),
    ],
)
def test_two_signs_gone_is_offered_only_when_there_are_more(signs: str, offered: int) -> None:
    ids = {one.id for one in WARNING_SIGNS}
    assert set(signs.split()) <= ids, "the vocabulary's own names"
    known = facts(check_ins=[build.check_in(-1, signs=signs)])
    assert len(steps_of(known)["signs"]) == offered


def test_signs_that_are_gone_are_named() -> None:
    known = facts(check_ins=[build.check_in(-1, signs="isolating boredom glamorizing")])
    first, _ = steps_of(known)["signs"]
    assert first.count("“") == 2
    assert first.endswith("are gone")


def test_three_more_signs_are_signs_that_are_not_active_yet() -> None:
    known = facts(check_ins=[build.check_in(-1, signs="isolating boredom")])
    [step] = next(kind for kind in WORSE if kind.id == "signs").steps(seen(known))
    [(_, row)] = step.news(TODAY_DAY + 7).rows
    active = mask(WARNING_SIGNS, ["isolating", "boredom"])
    assert row["signs_present"] & active == active
    assert (row["signs_present"] & ~active).bit_count() == 3


@pytest.mark.parametrize("kinds", [BETTER, WORSE])
def test_no_entry_of_the_catalogue_touches_safety_stays_prescriptions_or_calls(kinds: Any) -> None:
    known = facts(
        check_ins=ASKED,
        screens=[build.screen(-9)],
        prescriptions=[build.prescription(-90)],
        doses=[build.dose(-1)],
    )
    client = seen(known)
    touched = {
        name
        for kind in kinds
        for step in kind.steps(client)
        for name, _ in happened(client, TODAY_DAY + 28, [step.news(TODAY_DAY + 28)])
    }
    assert touched <= {"attendance", "screens", "doses", "check_ins"}
    for kind in kinds:
        for step in kind.steps(client):
            for name, row in step.news(TODAY_DAY + 28).rows:
                assert name != "check_ins" or (
                    row["suicidal"] == row["overdosed"] == -1 and row["stage_asked"] == 0
                )


@pytest.mark.parametrize("kinds", [BETTER, WORSE])
def test_all_that_is_new_happens_after_today_and_by_the_day_asked_about(kinds: Any) -> None:
    known = facts(
        check_ins=ASKED,
        screens=[build.screen(-9)],
        prescriptions=[build.prescription(-90)],
        doses=[build.dose(-1)],
    )
    client = seen(known)
    for kind in kinds:
        for step in kind.steps(client):
            for weeks in range(step.weeks, LONGEST_WEEKS + 1):
                day = TODAY_DAY + WEEK * weeks
                news = step.news(day)
                days = {row["day"] for _, row in news.rows} | news.medicated | news.unmedicated
                assert TODAY_DAY < min(days) <= max(days) <= day


def test_the_catalogue_is_in_the_documentation() -> None:
    page = " ".join((ROOT / "docs" / "what_would_change.md").read_text(encoding="utf-8").split())
    for kinds, words in ((BETTER, words_of.BETTER), (WORSE, words_of.WORSE)):
        assert [kind.id for kind in kinds] == list(words)
        for what, plausible in words.values():
            assert f"| {what} | {plausible} |" in page


def test_sets_come_by_week_then_those_of_fewer_kinds_then_in_the_order_of_the_catalogue() -> None:
    known = facts(check_ins=[build.check_in(-1, signs="")])
    steps = [kind.steps(seen(known)) for kind in BETTER]
    two = list(candidates(steps, 2))
    assert all(sum(step.facts for step in one.steps) == 2 for one in two)
    assert [one.weeks for one in two] == sorted(one.weeks for one in two)
    in_two_weeks = [
        tuple(words_of.new_fact(step.what) for step in one.steps) for one in two if one.weeks == 2
    ]
    assert in_two_weeks[0] == ("two kept visits",)
    assert [len(one) for one in in_two_weeks] == sorted(len(one) for one in in_two_weeks)


# --- the days to come -----------------------------------------------------------------------------------------------


def doses_ahead(known: Facts, weeks: int = 1) -> list[int]:
    """The days to come (from 1) with a dose when nothing new happens."""
    made = happened(seen(known), TODAY_DAY + WEEK * weeks, [])
    return [row["day"] - TODAY_DAY for name, row in made if name == "doses"]


def test_medication_goes_on_as_in_the_last_week() -> None:
    every_day = [build.dose(-day) for day in range(14)]
    known = facts(prescriptions=[build.prescription(-90)], doses=every_day)
    assert doses_ahead(known) == [1, 2, 3, 4, 5, 6, 7]
    without_one = [dose for dose in every_day if dose["day"] != TODAY_DAY - 3]
    known = facts(prescriptions=[build.prescription(-90)], doses=without_one)
    assert doses_ahead(known, 2) == [1, 2, 3, 5, 6, 7, 8, 9, 10, 12, 13, 14]


def test_days_after_the_last_word_are_open_and_follow_the_week_before_it() -> None:
    known = facts(prescriptions=[build.prescription(-90)], doses=[build.dose(-day) for day in range(4, 30)])
    assert doses_ahead(known) == [-3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7]


def test_a_week_without_medication_goes_on_without_it() -> None:
    known = facts(
        prescriptions=[build.prescription(-90)],
        doses=[build.dose(-day) for day in range(8, 30)],
        attendance=[build.mark(0)],
    )
    assert doses_ahead(known) == []


def test_no_doses_come_without_a_prescription_or_where_none_are_recorded() -> None:
    assert doses_ahead(facts(doses=[build.dose(-1)])) == []
    assert doses_ahead(facts(prescriptions=[build.prescription(-90)])) == []


def test_days_without_medication_take_doses_out_of_the_days_to_come() -> None:
    known = facts(prescriptions=[build.prescription(-90)], doses=[build.dose(-day) for day in range(14)])
    client = seen(known)
    three, _ = next(kind for kind in WORSE if kind.id == "medication").steps(client)
    made = happened(client, TODAY_DAY + 7, [three.news(TODAY_DAY + 7)])
    assert [row["day"] - TODAY_DAY for _, row in made] == [1, 2, 3, 4]


def test_a_new_screen_settles_the_earliest_planned_one() -> None:
    known = facts(screens=[build.screen(-3, status="due"), build.screen(-1, status="due"), build.screen(-20)])
    row = new_rows.screen(TODAY_DAY + 7, found=0, expected=0)
    after = frames.check(changed(known, ALICE, [row])).screens
    assert (after["day"] - TODAY_DAY).tolist() == [-20, -1, 7]


def test_new_rows_leave_other_clients_and_the_given_facts_as_they_were() -> None:
    known = facts(
        clients=[build.client(ALICE), build.client(BOB)],
        check_ins=[*ASKED, build.check_in(-1, BOB, signs="isolating")],
        screens=[build.screen(-2, client_id=BOB, status="due")],
    )
    before = {name: getattr(known, name).copy() for name in COLUMNS}
    new = [new_rows.screen(TODAY_DAY + 7, found=0, expected=0), new_rows.use(TODAY_DAY + 7, Use.NONE)]
    after = frames.check(changed(known, ALICE, new))
    for name in COLUMNS:
        pd.testing.assert_frame_equal(getattr(known, name), before[name])
        then: pd.DataFrame = getattr(after, name)
        mine = then[then["client_id"] == BOB].reset_index(drop=True)
        pd.testing.assert_frame_equal(
            mine, before[name][before[name]["client_id"] == BOB].reset_index(drop=True)
        )


def test_every_column_with_a_day_is_set_back_with_its_world() -> None:
    known = facts(
        clients=[build.client(naloxone=TODAY_DAY - 5)],
        check_ins=ASKED,
        prescriptions=[build.prescription(-90), build.prescription(-200, -100)],
        absences=[build.away(-20, -10)],
        safety_items=[build.safety_item(-30, -29)],
    )
    search = Search.of(assess(known, TODAY), known, ALICE, Goal.LOWER_BAND, rules=record_facts)
    RECORDED.clear()
    search._screened([Candidate((), 2)])
    [made] = RECORDED
    for name in COLUMNS:
        for column in ("admitted", "naloxone", "day", "known", "until", "acknowledged"):
            if column in COLUMNS[name]:
                then, now = getattr(made, name)[column].to_numpy(), getattr(known, name)[column].to_numpy()
                fixed = (now == FAR) | (now == -1)
                assert (then == now - 14 * ~fixed).all(), f"{name}.{column}"


RECORDED: list[Facts] = []


def record_facts(known: Facts, today: dt.date) -> Any:
    RECORDED.append(known)
    return assess(known, today, history_weeks=0)


# --- answers --------------------------------------------------------------------------------------------------------


def test_nothing_is_looked_for_while_a_safety_item_is_open() -> None:
    known = facts(check_ins=ASKED, attendance=STEADY, safety_items=[build.safety_item(-1)])
    for goal in Goal:
        found = answer(known, goal)
        assert found.safety_open
        assert found.found is None
        assert found.by_time is None
        assert "named person acknowledges" in words_of.answered(found)[0]


def test_nothing_lies_below_low_risk_or_below_aftercare() -> None:
    known = facts(check_ins=ASKED, attendance=STEADY)
    assert assess(known, TODAY).band(ALICE) is Band.LOW
    assert words_of.answered(answer(known, Goal.LOWER_BAND)) == ()
    in_aftercare = facts(clients=[build.client(level=0)], check_ins=ASKED, attendance=STEADY)
    found = answer(in_aftercare, Goal.LOWER_LEVEL)
    assert found.now.level is Level.AFTERCARE
    assert not found.possible


@pytest.mark.parametrize(
    ("goal", "now", "then", "expected"),
    [
        (Goal.LOWER_BAND, Band.HIGH, Band.WATCH, True),
        (Goal.LOWER_BAND, Band.WATCH, Band.WATCH, False),
        (Goal.LOWER_BAND, Band.WATCH, Band.UNKNOWN, False),
        (Goal.HIGHER_BAND, Band.WATCH, Band.UNKNOWN, False),
        (Goal.HIGHER_BAND, Band.WATCH, Band.HIGH, True),
        (Goal.LOWER_BAND, Band.UNKNOWN, Band.WATCH, True),
        (Goal.HIGHER_BAND, Band.UNKNOWN, Band.WATCH, False),
        (Goal.HIGHER_BAND, Band.UNKNOWN, Band.ELEVATED, True),
    ],
)
def test_unknown_is_left_in_both_directions_and_never_reached(
    goal: Goal, now: Band, then: Band, expected: bool
) -> None:
    assert reaches(goal, Reached(now), Reached(then)) is expected


def test_detox_is_never_what_a_change_leads_to() -> None:
    for goal in (Goal.LOWER_LEVEL, Goal.HIGHER_LEVEL):
        assert not reaches(goal, Reached(Band.LOW, Level.OUTPATIENT), Reached(Band.LOW, Level.DETOX))


def test_a_client_of_whom_too_little_is_known_becomes_known_by_asking() -> None:
    known = facts(attendance=STEADY)
    assert assess(known, TODAY).band(ALICE) is Band.UNKNOWN
    found = answer(known, Goal.LOWER_BAND).found
    assert found is not None
    assert all("check-in" in one or "use" in one for one in map(words_of.new_fact, found.what))


def test_one_fact_would_raise_the_recommended_level() -> None:
    known = facts(
        check_ins=ASKED,
        attendance=STEADY,
        screens=[build.screen(-7 * week) for week in range(12)],
        prescriptions=[build.prescription(-200)],
        doses=[build.dose(day, covers=28) for day in (-85, -57, -29, -1)],
    )
    found = answer(known, Goal.HIGHER_LEVEL)
    assert found.found is not None
    assert found.found.then.level is not None


class Counted:
    """Stands for an assessment: points for each answer of three weeks and each visit of two; from 10 on elevated."""

    def __init__(self, known: Facts, today: dt.date, points: dict[str, int]) -> None:
        self.known, self.today, self.points = known, to_day(today), points

    def recent(self, name: str, client_id: int, days: int) -> pd.DataFrame:
        frame: pd.DataFrame = getattr(self.known, name)
        young = (frame["day"] > self.today - days) & (frame["day"] <= self.today)
        return frame[young & (frame["client_id"] == client_id)]

    def band(self, client_id: int) -> Band:
        use = self.recent("check_ins", client_id, 21)["use"]
        marks = self.recent("attendance", client_id, 14)["mark"]
        found = {"slip": (use == 1).sum(), "none": (use == 0).sum(), "kept": (marks == 0).sum()}
        total = sum(self.points.get(name, 0) * int(count) for name, count in found.items())
        return Band.ELEVATED if total >= 10 else Band.WATCH

    def extra(self, *_: Any) -> int:
        return 0

    def level(self, *_: Any) -> Concern:
        return Concern.NONE


@pytest.mark.parametrize(
    ("slip", "points", "by_time", "found"),
    [
        # one fact is enough; of two that are, the first of the catalogue
        (0, {"slip": 10, "kept": -1, "none": -1}, 3, (("one kept visit",), 1)),
        (0, {"slip": 10, "none": -1}, 3, (("a check-in with no use reported",), 1)),
        # one is not enough: two of one kind take two weeks, two of different kinds are there sooner
        (0, {"slip": 11, "kept": -1}, 3, (("two kept visits",), 2)),
        (
            0,
            {"slip": 11, "kept": -1, "none": -1},
            3,
            (("one kept visit", "a check-in with no use reported"), 1),
        ),
        # what time has done by then is not credited to new facts
        (0, {"slip": 12, "kept": -1}, 3, None),
        (-15, {"slip": 10, "kept": -1}, 1, None),
    ],
)
def test_the_smallest_set_is_found_that_is_sooner_than_time(
    slip: int, points: dict[str, int], by_time: int, found: tuple[tuple[str, ...], int] | None
) -> None:
    known = facts(check_ins=[build.check_in(slip, use="slip")])
    rules: Any = partial(Counted, points=points)
    given = what_would_change(rules(known, TODAY), known, ALICE, Goal.LOWER_BAND, rules=rules)
    assert given.by_time is not None
    assert given.by_time.weeks == by_time
    assert (given.found and (tuple(map(words_of.new_fact, given.found.what)), given.found.weeks)) == found


def test_lowered_tolerance_stands_beside_every_answer_toward_less_risk() -> None:
    known = facts(
        attendance=STEADY,
        check_ins=[*ASKED, build.check_in(0, signs="isolating boredom glamorizing", use="slip", craving=8)],
        absences=[build.away(-20, -10)],
    )
    found = answer(known, Goal.LOWER_BAND)
    assert found.tolerance_until == to_date(TODAY_DAY - 10 + 28)
    assert "lowered tolerance stands at least until" in words_of.answered(found)[-1]
    assert not any("tolerance" in line for line in words_of.answered(answer(known, Goal.HIGHER_BAND)))


CHANGE = WhatIfChange(
    (NewFact("kept_visits", 2), NewFact("negative_screens")), 2, dt.date(2026, 12, 8), Reached(Band.WATCH)
)
NOW = Reached(Band.ELEVATED)


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        (
            WhatIfAnswer(Goal.LOWER_BAND, NOW, found=CHANGE),
            ("Two kept visits and one negative screen would bring this to watch by Dec 8.",),
        ),
        (
            WhatIfAnswer(Goal.LOWER_BAND, NOW),
            ("No small set of new facts would change this within four weeks.",),
        ),
        (
            WhatIfAnswer(Goal.LOWER_BAND, NOW, by_time=dataclasses.replace(CHANGE, what=())),
            (
                "No small set of new facts would change this sooner than time alone.",
                "Time alone, with nothing new on record, would bring this to watch by Dec 8: entries grow older. "
                "That is silence, not a change for the better.",
            ),
        ),
        (
            WhatIfAnswer(
                Goal.HIGHER_LEVEL,
                NOW,
                found=dataclasses.replace(
                    CHANGE, what=(NewFact("no_shows"),), then=Reached(Band.HIGH, Level.INTENSIVE_OUTPATIENT)
                ),
            ),
            ("One no-show would make Intensive outpatient the first option by Dec 8.",),
        ),
    ],
)
def test_an_answer_is_said_as_facts_about_the_world(given: WhatIfAnswer, lines: tuple[str, ...]) -> None:
    assert words_of.answered(given) == lines


def test_the_words_never_advise_and_never_speak_of_ending_treatment() -> None:
    known = facts(
        check_ins=ASKED,
        screens=[build.screen(-9)],
        prescriptions=[build.prescription(-90)],
        doses=[build.dose(-1)],
    )
    words = [line for kinds in (BETTER, WORSE) for lines in steps_of(known, kinds).values() for line in lines]
    for line in [*words, words_of.MEANING]:
        for never in ("should", "must", "try to", "enter a", "discharge", "failed", "fail"):
            assert never not in line.lower()
    assert "never a reason to enter something that did not happen" in words_of.MEANING


def test_a_client_seen_some_weeks_earlier_has_every_day_set_back() -> None:
    """A day that stayed where it is would lie ahead of the day that is asked about."""
    days = {"pregnant_since": TODAY_DAY - 90, "pregnancy_ended": TODAY_DAY - 3, "naloxone": TODAY_DAY - 5}
    told: dict[str, Any] = {"use": "slip", "used_on": -2, "overdosed": 1, "overdosed_on": -3}
    known = facts(
        clients=[build.client(ALICE) | days],
        check_ins=[build.check_in(-1, **told)],
        attendance=[build.mark(-1)],
        screens=[build.screen(-1)],
        prescriptions=[build.prescription(-9, -1)],
        doses=[build.dose(-1)],
        calls=[build.call(-1, appointment=3)],
        absences=[build.away(-9, -2)],
        safety_items=[build.safety_item(-1, 0, "overdose", event=-3)],
        placements=[build.placement(-9, "outpatient")],
        tasks=[build.task(-1, due=2, done=0)],
        answered=[build.answered(-1, "call", 1)],
    )
    earlier = copies(known, [Scenario(1, ())])
    for name, columns in COLUMNS.items():
        (before,), (after,) = (getattr(one, name).to_dict("records") for one in (known, earlier))
        days_of = {column for column in columns if before[column] > EARLIEST}
        assert {column: before[column] - after[column] for column in days_of} == dict.fromkeys(days_of, WEEK)
        assert days_of


EARLIEST = TODAY_DAY - 10_000
