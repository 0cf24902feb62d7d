"""Laws of where a client stands, over random histories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any, Final

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from casework.caseload.standing import story_of
from casework.clinic_days import ClinicDays
from casework.frames import Facts, to_date
from casework.indicators import assess
from casework.standing import Standing, standings
from casework.standing.over_weeks import groups_by_week
from casework.standing.ranks import RANKS
from casework.standing.without_dose import without_dose
from casework.vocabulary import ActionKind, Flag, Group
from casework.windows import Panel
from tests.support import facts as build
from tests.support import histories
from tests.support.facts import TODAY, TODAY_DAY, Row, facts
from tests.support.histories import ALICE, History, examples
from tests.support.one_rule import assert_one_story

DAYS: Final = ClinicDays()
CALM: Final = (Group.STEADY, Group.NOT_HEARD, Group.LOOKS_WELL, Group.NEW)
"""Groups that ask for less than the first two. Who slips and who needs a plan are both called at once: which of the two
it is says what is done, not how bad it is."""


def of(some: Facts) -> Standing:
    return standings(assess(some, TODAY), some, DAYS)[ALICE]


def known(*parts: History, **more: list[Row]) -> Facts:
    """A client of whom a kit and pregnancy are known, with this history and more rows."""
    return histories.of(*parts, more, clients=[build.client(ALICE, naloxone=TODAY_DAY - 30, pregnant=0)])


BAD_FACTS: Final[dict[str, Callable[[], dict[str, list[Row]]]]] = {
    "overdose told": lambda: {"safety_items": [build.safety_item(0, None, "overdose")]},
    "suicidal thoughts": lambda: {"safety_items": [build.safety_item(0, None, "suicidal_thoughts")]},
    "dangerous withdrawal": lambda: {
        "check_ins": [build.check_in(0, contact=False, withdrawal=3) | {"withdrawal_from": 1 << 8}]
    },
    "use told": lambda: {"check_ins": [build.check_in(0, contact=False, use="regular")]},
    "use found": lambda: {"screens": [build.screen(0, "fentanyl", status="collected")]},
    "no-show": lambda: {"attendance": [build.mark(0, "no_show")]},
}


@given(histories.histories(), st.sampled_from(["", *sorted(BAD_FACTS)]))
@examples(40)
def test_the_groups_by_week_are_the_standings_of_those_days(history: History, which: str) -> None:
    some = known(history, **BAD_FACTS[which]()) if which else known(history)
    found = groups_by_week(assess(some, TODAY), some, 8)
    for day, group in zip(found["day"], found["group"], strict=True):
        then = to_date(day)
        assert standings(assess(some, then), some, DAYS)[ALICE].group == group


@given(histories.histories(), st.sampled_from(sorted(BAD_FACTS)))
@examples(40)
def test_one_more_bad_fact_never_lowers_the_rank_of_the_headline(history: History, which: str) -> None:
    before, after = of(known(history)), of(known(history, **BAD_FACTS[which]()))
    assert RANKS[after.headline[0].id] <= RANKS[before.headline[0].id]
    assert len(after.lane) >= len(before.lane)


@given(histories.histories(), st.sampled_from(sorted(BAD_FACTS)))
@examples(40)
def test_one_more_bad_fact_never_moves_to_a_calmer_group(history: History, which: str) -> None:
    if which == "use found":  # a screen that was taken is a visit, too: it can end a run of missed weeks
        return
    before, after = of(known(history)), of(known(history, **BAD_FACTS[which]()))
    if before.group in (Group.SLIPPING, Group.NEEDS_PLAN):
        assert after.group not in CALM
    assert not (after.group is Group.STEADY and before.group is not Group.STEADY)


@given(histories.histories(), st.sampled_from(sorted(BAD_FACTS)))
@examples(40)
def test_no_flag_goes_with_one_more_bad_fact(history: History, which: str) -> None:
    before, after = of(known(history)), of(known(history, **BAD_FACTS[which]()))
    heard_of = {
        Flag.LOWERED_TOLERANCE,
        Flag.NO_MEDICATION,
    }  # a screen ends an absence: the flag then has an end
    gone = {one.flag for one in before.flags} - {one.flag for one in after.flags}
    assert gone <= (heard_of if which == "use found" else set())


@given(histories.histories(), st.integers(1, 3))
@examples(40)
def test_good_answers_clear_no_flag(history: History, weeks: int) -> None:
    """A score that falls does not clear a flag. A word about the client can raise one: it accounts for days without a
    dose."""
    good = [build.check_in(0, signs="", use="none", craving=0.0, contact=False) for _ in range(weeks)]
    before, after = of(known(history)), of(known(history, check_ins=good))
    assert {one.flag for one in before.flags} <= {one.flag for one in after.flags}


@given(histories.histories(), st.randoms(use_true_random=False))
@examples(40)
def test_the_order_in_which_rows_were_entered_does_not_matter(history: History, random: Any) -> None:
    numbered = {
        name: [{"id": number, **row} for number, row in enumerate(rows, 1)] for name, rows in history.items()
    }
    mixed = {name: random.sample(rows, len(rows)) for name, rows in numbered.items()}
    assert of(known(numbered)) == of(known(mixed))


@given(histories.histories())
@examples(40)
def test_a_client_alone_stands_where_the_client_stands_in_a_caseload(history: History) -> None:
    others = histories.random_facts(5, seed=7)
    mine = known(history)
    rows = {name: getattr(others, name).to_dict("records") for name in history}
    for name in rows:
        rows[name] = [
            row | {"client_id": row["client_id"] + 10, "id": 1000 + row["id"]} for row in rows[name]
        ]
    people = [
        build.client(ALICE, naloxone=TODAY_DAY - 30, pregnant=0),
        *(build.client(11 + n) for n in range(5)),
    ]
    together = facts(clients=people, **{name: [*history[name], *rows[name]] for name in history})
    found = standings(assess(together, TODAY), together, DAYS)[ALICE]
    assert asdict(found) == asdict(of(mine))


@given(histories.histories())
@examples(40)
def test_there_is_always_a_headline_an_action_and_words_for_all_of_it(history: History) -> None:
    one = of(known(history))
    story = story_of(one, "Alice", TODAY)
    assert all(text and text == text.strip() for text in story.texts)
    assert one.action.due >= TODAY_DAY or one.action.task is not None
    kinds = [one.action.kind, *(other.kind for other in one.also)]
    assert len(kinds) == len(set(kinds))
    assert not np.isnan(float(one.action.due))


@given(histories.histories())
@examples(60)
def test_whoever_is_listed_has_a_reason_and_something_to_do(history: History) -> None:
    one = of(known(history))
    if one.group in (Group.SLIPPING, Group.NEEDS_PLAN):
        assert one.headline[0].id not in ("steady", "likely", "not_asked"), one
        assert one.rest is not None or one.action.kind is not ActionKind.KEEP_ON, one
    if one.group in (Group.LOOKS_WELL, Group.NOT_HEARD, Group.NEW):
        assert one.rest is not None or one.action.kind is not ActionKind.KEEP_ON, one


@given(histories.histories(), st.integers(-1, 1))
@examples(60)
def test_group_headline_flags_actions_and_level_of_care_tell_one_story(
    history: History, pregnant: int
) -> None:
    people = [build.client(ALICE, naloxone=TODAY_DAY - 30, pregnant=pregnant)]
    assert_one_story(histories.of(history, clients=people), TODAY, DAYS)


def test_group_headline_flags_actions_and_level_of_care_tell_one_story_over_a_caseload() -> None:
    assert_one_story(histories.random_facts(60), TODAY, DAYS)


@given(histories.histories())
@examples(30)
def test_days_without_medication_do_not_depend_on_which_other_days_are_asked_about(history: History) -> None:
    """Lists of past weeks are made of many days at once; the page asks about one."""
    some, days = known(history), range(TODAY_DAY - 60, TODAY_DAY + 1, 7)
    whole = without_dose(Panel.on(some, *days))
    for at, day in enumerate(days):
        one = without_dose(Panel.on(some, day))
        for name in (field.name for field in fields(one)):
            assert getattr(whole, name)[at] == getattr(one, name)[0], (name, day)
