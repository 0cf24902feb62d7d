"""Rules of outcomes that hold for any weeks (Hypothesis)."""

from __future__ import annotations

import dataclasses

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from casework.frames import Facts
from casework.outcomes import Happened, outcomes
from casework.vocabulary import Outcome
from casework.windows import Panel
from tests.support.facts import TODAY_DAY, facts, in_order
from tests.support.weeks import rows, weeks

STATES = st.text("-+*oucnxme.", min_size=8, max_size=8)
LINES = st.builds("{}|{}".format, STATES, STATES)
UNTIL = TODAY_DAY + 56


def after_today(given_facts: Facts, until: int = UNTIL) -> dict[Outcome, Happened]:
    return outcomes(Panel.on(given_facts, TODAY_DAY), until=until)


def as_lists(found: dict[Outcome, Happened]) -> dict[Outcome, list[list[float | None]]]:
    """NaN as None, so that answers can be compared."""
    return {
        outcome: [
            [None if value != value else value for value in getattr(happened, field.name).tolist()]
            for field in dataclasses.fields(Happened)
        ]
        for outcome, happened in found.items()
    }


@given(LINES)
def test_what_happened_is_a_yes_a_no_or_unknown_and_only_a_yes_has_a_day(line: str):
    for outcome, found in after_today(weeks(line)).items():
        happened, day = float(found.happened[0]), int(found.day[0])
        assert np.isnan(happened) or found.at_risk[0], outcome
        assert (happened == 1) == (day > TODAY_DAY), outcome
        assert (day - TODAY_DAY) % 7 == 0 or day == -1


@given(LINES, LINES)
def test_another_client_changes_nothing(mine: str, theirs: str):
    alone = after_today(weeks(mine))
    other = rows(theirs, client_id=2)
    own = rows(mine)
    both = facts(**{name: own.get(name, []) + other.get(name, []) for name in own.keys() | other.keys()})
    together = after_today(both)
    first = {
        outcome: Happened(found.at_risk[:1], found.happened[:1], found.day[:1])
        for outcome, found in together.items()
    }
    assert as_lists(first) == as_lists(alone)


@given(LINES, st.randoms(use_true_random=False))
def test_rows_of_a_day_may_stand_in_any_order_and_twice(line: str, random):
    made = weeks(line)
    order = random.sample(range(len(made.attendance)), len(made.attendance))
    shuffled = made.attendance.iloc[order + order]
    twice = dataclasses.replace(made, attendance=in_order("attendance", shuffled))
    assert as_lists(after_today(twice)) == as_lists(after_today(made))


@given(STATES, st.integers(0, 7))
def test_longer_observation_takes_nothing_back(line: str, week: int):
    made = weeks(f"--------|{line}")
    short, long = after_today(made, TODAY_DAY + 7 * week), after_today(made)
    for outcome in Outcome:
        was = float(short[outcome].happened[0])
        assert np.isnan(was) or was == long[outcome].happened[0]


@given(STATES, st.integers(0, 3))
def test_another_missed_week_never_undoes_a_row_of_missed_weeks(line: str, week: int):
    made = f"--------|{line}"
    changed = f"--------|{line[:week]}o{line[week + 1 :]}"
    before = after_today(weeks(made))[Outcome.DROPOUT].happened[0]
    assert before != 1 or after_today(weeks(changed))[Outcome.DROPOUT].happened[0] == 1


@given(STATES)
def test_who_left_treatment_had_bad_weeks(line: str):
    """Four weeks without coming are four weeks with use or not coming, unless they were already complete."""
    found = after_today(weeks(f"--------|{line}"))
    if found[Outcome.DROPOUT].happened[0] == 1:
        assert found[Outcome.RELAPSE].happened[0] == 1
        assert found[Outcome.EARLY].happened[0] == 1
