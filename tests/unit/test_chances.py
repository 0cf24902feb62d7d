"""Probabilities and their stated range: more missing is a wider range, never a narrower one."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from casework.indicators import assess
from casework.indicators.chances import READS, chance, read_score
from casework.indicators.fitted import CURVES, SWING
from casework.indicators.points import DOMAINS
from casework.vocabulary import Outcome, Score
from tests.support.facts import TODAY, Row, check_in, dose, facts, mark, prescription, screen

SCORES = [
    {Score.EARLY: early, Score.USE: early // 2, Score.ENGAGEMENT: engagement, Score.SIGNS: 20}
    for early in range(0, 221, 20)
    for engagement in range(0, 121, 20)
]
NOTHING_MISSING = 0


def test_every_curve_rises_and_so_does_its_range() -> None:
    assert set(CURVES) == {outcome.value for outcome in Outcome}
    for knots in CURVES.values():
        assert (np.diff(np.array(knots), axis=0) >= 0).all()
        assert all(0 <= low <= likely <= high <= 1 for _, low, likely, high in knots)


def test_every_score_that_is_read_says_how_much_each_domain_moves_it() -> None:
    assert set(SWING) >= set(READS.values())
    assert all(len(sizes) == len(DOMAINS) and min(sizes) >= 0 for sizes in SWING.values())


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_domain_that_was_not_heard_from_widens_the_range_and_never_narrows_it(outcome: Outcome) -> None:
    for of, bit in itertools.product(SCORES, range(len(DOMAINS))):
        for missing_domains in (NOTHING_MISSING, 0b01010):
            before, after = (
                chance(outcome, of, missing_domains),
                chance(outcome, of, missing_domains | 1 << bit),
            )
            assert after.low <= before.low <= before.likely <= before.high <= after.high
            assert after.likely == before.likely


@pytest.mark.parametrize("outcome", list(Outcome))
def test_unvalidated_signs_enter_no_probability(outcome: Outcome) -> None:
    for of in SCORES:
        assert chance(outcome, of, 0) == chance(outcome, of | {Score.SIGNS: 200}, 0)


def test_each_outcome_reads_its_own_score() -> None:
    of = {Score.EARLY: 100, Score.USE: 31, Score.ENGAGEMENT: 54, Score.SIGNS: 30}
    assert {outcome: read_score(outcome, of) for outcome in Outcome} == {
        Outcome.RELAPSE: 113, Outcome.EARLY: 100, Outcome.USE: 31, Outcome.DROPOUT: 54,
    }  # fmt: skip


WEEKS = range(-70, 0, 7)
EVERYTHING: dict[str, list[Row]] = {
    "check_ins": [check_in(day, signs="", use="none", withdrawal=0) for day in WEEKS],
    "attendance": [mark(day) for day in WEEKS],
    "screens": [screen(day) for day in WEEKS],
    "prescriptions": [prescription(-90)],
    "doses": [dose(day) for day in range(-90, 1)],
}


@pytest.mark.parametrize(
    ("missing", "about"),
    [
        ("screens", {"use_weeks", "clean_weeks", "stimulants", "medication_absent", "unexpected_opioids"}),
        ("doses", {"days_without_dose", "medication_coverage"}),
    ],
)
def test_in_a_clinic_that_does_not_record_it_no_finding_is_about_it_and_less_is_sure(
    missing: str, about: set[str]
) -> None:
    whole = assess(facts(**EVERYTHING), TODAY)
    without = assess(facts(**{name: rows for name, rows in EVERYTHING.items() if name != missing}), TODAY)
    rows = [row for row in without.score_rows(1) if row.indicator_id in about]
    assert not [row for row in rows if not row.rule_id.endswith(".no_screens")]
    assert without.table["coverage"].iloc[0] < whole.table["coverage"].iloc[0]
    for outcome in Outcome:
        before, after = whole.chance(1, outcome), without.chance(1, outcome)
        assert after.high - after.low > before.high - before.low
    assert without.band(1) is whole.band(1)


# --- for whom a chance is stated ----------------------------------------------------------------------------------


def test_no_chance_of_use_is_stated_where_use_is_known_or_nobody_saw_the_client() -> None:
    came = [mark(-day) for day in range(1, 60, 7)]
    for found, stated in (((), True), ((-3,), True), ((-3, -10), False), ((-38, -45), True)):
        screens = [screen(day, "heroin") for day in found]
        assessed = assess(facts(attendance=came, screens=screens), TODAY)
        assert (assessed.stated_chance(1, Outcome.USE) is not None) is stated, found
    away = assess(facts(attendance=[mark(-40), *(mark(-day, "no_show") for day in (3, 10, 17, 24))]), TODAY)
    assert away.stated_chance(1, Outcome.USE) is None


def test_no_early_warning_is_stated_where_weeks_of_use_or_absence_have_begun() -> None:
    came = [mark(-day) for day in range(1, 60, 7)]
    for found, stated in (((), True), ((-3,), False), ((-24,), True), ((-24, -31, -38, -45), False)):
        screens = [screen(day, "heroin") for day in found]
        assessed = assess(facts(attendance=came, screens=screens), TODAY)
        assert (assessed.stated_chance(1, Outcome.EARLY) is not None) is stated, found


def test_no_chance_of_losing_contact_is_stated_of_somebody_lost() -> None:
    for weeks, stated in ((3, True), (4, False)):
        gone = [mark(-7 * week - 3, "no_show") for week in range(weeks)]
        assessed = assess(facts(attendance=[*gone, mark(-7 * weeks - 3)]), TODAY)
        assert (assessed.stated_chance(1, Outcome.DROPOUT) is not None) is stated, weeks
