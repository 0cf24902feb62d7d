"""What happened after a day, week by week: facts in, outcomes out."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from casework.frames import Facts
from casework.outcomes import LOOK_BACK_WEEKS, NO_DAY, Happened, outcomes
from casework.vocabulary import OUTCOMES, Outcome, ids
from casework.windows import Panel
from tests.support import facts as build
from tests.support.facts import TODAY_DAY, facts
from tests.support.weeks import rows, weeks

YES, NO, UNKNOWN = 1.0, 0.0, np.nan
FAR_AHEAD = TODAY_DAY + 100


def after_today(given: Facts, until: int = FAR_AHEAD) -> dict[Outcome, Happened]:
    return outcomes(Panel.on(given, TODAY_DAY), until=until)


def of(line: str, outcome: Outcome, until: int = FAR_AHEAD) -> float:
    return float(after_today(weeks(line), until)[outcome].happened[0])


RELAPSE = {
    "four missed weeks": ("----|oooo", YES),
    "four weeks of unexpected opioids": ("----|++++", YES),
    "use and absence mixed": ("----|+o*o", YES),
    "a row that began before today": ("--oo|oo--", YES),
    "three bad weeks": ("----|ooo-", NO),
    "a good week between": ("----|oo-o", NO),
    "reported use alone, as in the trials": ("----|uuuu", NO),
    "already complete: not at risk": ("oooo|oooo", UNKNOWN),
    "complete some weeks ago: not at risk": ("-oooo---|oooo", UNKNOWN),
    "a positive screen in a week of a no-show": ("----|*oo*", YES),
}
EARLY = {
    "a row begins within four weeks and is complete within seven": ("----|---oooo", YES),
    "a row begins in the fifth week": ("----|----ooo", NO),
    "today's week is bad: not at risk": ("---o|oooooo-", UNKNOWN),
    "complete before today: not at risk": ("oooo-|ooooooo", UNKNOWN),
}
USE = {
    "use in two weeks": ("----|+-u-", YES),
    "use in one week": ("----|+---", NO),
    "one missed week is allowed": ("----|+u-o", YES),
    "two missed weeks are not ascertainable": ("----|++oo", UNKNOWN),
    "already using: not at risk": ("--+u|++++", UNKNOWN),
    "nobody came in four weeks: not at risk": ("-oooo|++++", UNKNOWN),
    "use in one of the last weeks: still at risk": ("---+|--++", YES),
    "every other week, both with use": ("-.-.|+.+.", YES),
    "seen once in four weeks is not enough": ("-.-.|+...", UNKNOWN),
}
DROPOUT = {
    "four missed weeks": ("----|oooo", YES),
    "a row that began before today": ("-ooo|o---", YES),
    "positive weeks are attended": ("----|+oo+", NO),
    "three missed weeks": ("----|ooo-", NO),
    "already gone: not at risk": ("oooo|oooo", UNKNOWN),
}
BY_OUTCOME = {
    Outcome.RELAPSE: RELAPSE,
    Outcome.EARLY: EARLY,
    Outcome.USE: USE,
    Outcome.DROPOUT: DROPOUT,
}


@pytest.mark.parametrize(
    ("outcome", "line", "expected"),
    [
        pytest.param(outcome, line, expected, id=f"{outcome}: {name}")
        for outcome, table in BY_OUTCOME.items()
        for name, (line, expected) in table.items()
    ],
)
def test_what_happened_after_today(outcome: Outcome, line: str, expected: float):
    np.testing.assert_equal(of(line, outcome), expected)


@pytest.mark.parametrize(
    ("line", "expected", "why"),
    [
        ("-.-.|o.o.", YES, "sessions every other week: missed, and nobody saw the client in between"),
        ("-.-.|-.o.", NO, "seen once: no four weeks without coming"),
        ("-.-.|-.-.", NO, "weeks in which nothing was due are no absence"),
        ("----|....", UNKNOWN, "nothing was due and nobody was seen: it cannot be said"),
        ("----|oeoo", UNKNOWN, "an excused week could have decided it"),
        ("-ooo|eo--", YES, "an excused week neither breaks nor lengthens the row"),
        ("----|xxxx", YES, "where sessions are missed, sessions decide"),
        ("----|cccc", NO, "without sessions a check-in is coming"),
        ("----|nnnn", NO, "without sessions a collected screen is coming"),
        ("----|mmmm", YES, "a missed screen and no contact at all"),
        ("----|mm.c", NO, "a contact ends the absence"),
    ],
)
def test_absence_in_clinics_without_weekly_sessions(line: str, expected: float, why: str):
    np.testing.assert_equal(of(line, Outcome.DROPOUT), expected, why)


def test_the_day_is_the_last_day_of_the_week_that_completes_it():
    found = after_today(weeks("--oo|+o--"))
    assert found[Outcome.RELAPSE].day[0] == TODAY_DAY + 14
    assert found[Outcome.DROPOUT].day[0] == NO_DAY
    assert after_today(weeks("----|-+-+"))[Outcome.USE].day[0] == TODAY_DAY + 28


def test_what_lies_beyond_the_observation_is_not_ascertained_even_if_it_has_happened_already():
    assert of("--oo|oo--", Outcome.RELAPSE, until=TODAY_DAY + 28) == YES
    np.testing.assert_equal(of("--oo|oo--", Outcome.RELAPSE, until=TODAY_DAY + 27), UNKNOWN)
    np.testing.assert_equal(of("----|oooo---", Outcome.EARLY, until=TODAY_DAY + 48), UNKNOWN)
    assert of("----|oooo---", Outcome.EARLY, until=TODAY_DAY + 49) == YES


def test_a_client_who_has_left_is_not_at_risk():
    found = after_today(weeks("----|----"), until=TODAY_DAY - 1)
    assert not any(happened.at_risk[0] for happened in found.values())


def test_weeks_before_admission_are_neither_absence_nor_risk():
    given = rows("----|ooo-")
    given["attendance"] += [build.mark(day, "no_show") for day in (-24, -17, -10, -3)]
    given["attendance"] = [row for row in given["attendance"] if row["day"] > TODAY_DAY or row["mark"] == 3]
    admitted_this_week = facts(**given | {"clients": [build.client(1, admitted=-6)]})
    assert not after_today(admitted_this_week)[Outcome.DROPOUT].at_risk[0]  # no whole week in treatment yet
    given["attendance"] = [row for row in given["attendance"] if row["day"] != TODAY_DAY - 3]
    admitted_a_week_ago = facts(**given | {"clients": [build.client(1, admitted=-7)]})
    assert after_today(admitted_a_week_ago)[Outcome.DROPOUT].at_risk[0]
    np.testing.assert_equal(after_today(admitted_a_week_ago)[Outcome.DROPOUT].happened[0], UNKNOWN)
    kept = facts(**given | {"clients": [build.client(1, admitted=-7)], "calls": [build.call(-3)]})
    assert after_today(kept)[Outcome.DROPOUT].happened[0] == NO


def test_a_row_that_lies_further_back_than_half_a_year_takes_nobody_out_of_those_at_risk():
    just_inside = "oooo" + "-" * (LOOK_BACK_WEEKS - 1)
    assert not after_today(weeks(f"{just_inside}|----"))[Outcome.RELAPSE].at_risk[0]
    assert after_today(weeks(f"{just_inside}-|----"))[Outcome.RELAPSE].at_risk[0]


def test_use_told_later_counts_for_what_happened_but_not_for_who_was_at_risk():
    given = rows("----|----")
    given["check_ins"] = [build.check_in(day, use="slip", known=60) for day in (-20, -13, 3, 10)]
    found = after_today(facts(**given))[Outcome.USE]
    assert found.at_risk[0]
    assert found.happened[0] == YES
    told_at_once = [build.check_in(day, use="slip") for day in (-20, -13, 3, 10)]
    assert not after_today(facts(**{**given, "check_ins": told_at_once}))[Outcome.USE].at_risk[0]


def test_an_opioid_that_the_prescription_explains_is_no_use():
    given = rows("----|----")
    given["screens"] = [build.screen(day, "methadone", expected="methadone") for day in (2, 9, 16, 23)]
    found = after_today(facts(**given))
    assert found[Outcome.RELAPSE].happened[0] == found[Outcome.USE].happened[0] == NO


def test_a_planned_screen_without_a_result_is_missed_only_when_it_is_overdue():
    given = rows("----|....")
    given["screens"] = [build.screen(day, "", status="due") for day in (2, 9, 16, 25)]
    assert after_today(facts(**given), until=TODAY_DAY + 29)[Outcome.DROPOUT].happened[0] == YES
    given["screens"][-1] = build.screen(27, "", status="due")
    # The last one may still be collected; but the week goes on after a missed one only when nothing was due.
    assert after_today(facts(**given), until=TODAY_DAY + 29)[Outcome.DROPOUT].happened[0] == YES
    given["screens"] = [build.screen(27, "", status="due")]
    assert np.isnan(after_today(facts(**given), until=TODAY_DAY + 29)[Outcome.DROPOUT].happened[0])


def test_days_of_a_panel_may_fall_on_different_weekdays():
    given = weeks("--------|oooo----")
    together = outcomes(Panel.on(given, TODAY_DAY - 8, TODAY_DAY - 3, TODAY_DAY), until=FAR_AHEAD)
    for at, day in enumerate((TODAY_DAY - 8, TODAY_DAY - 3, TODAY_DAY)):
        alone = outcomes(Panel.on(given, day), until=FAR_AHEAD)
        for outcome in Outcome:
            for field in dataclasses.fields(Happened):
                np.testing.assert_equal(
                    getattr(together[outcome], field.name)[at], getattr(alone[outcome], field.name)[0]
                )


def test_nothing_is_asked_of_a_clinic_without_clients():
    empty = facts(clients=[])
    found = outcomes(Panel.on(empty, TODAY_DAY), until=TODAY_DAY)
    assert all(len(happened.at_risk) == 0 for happened in found.values())


def test_every_outcome_has_plain_words():
    assert ids(OUTCOMES) == tuple(outcome.value for outcome in Outcome)
