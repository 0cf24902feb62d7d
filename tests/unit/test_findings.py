"""Findings: what the rows of the four tables say, each said once."""

from __future__ import annotations

from collections import Counter

import pytest

from casework import wording
from casework.indicators import Assessment, assess, findings
from casework.vocabulary import Band, Score
from tests.support.facts import TODAY, check_in, client, facts, mark, screen

NO_SHOWS = [mark(-day, "no_show") for day in (2, 9, 16, 23)]
NEGATIVE = [screen(-30), screen(-37)]
CHECKED = check_in(-29, asked="isolating boredom")


def missed_weeks() -> Assessment:
    """Four missed weeks in a row after two negative screens: every table has something to say."""
    return assess(facts(attendance=NO_SHOWS, screens=NEGATIVE, check_ins=[CHECKED]), TODAY)


def test_a_missed_week_that_counts_in_two_scores_is_one_finding():
    found = findings(missed_weeks(), 1)
    assert max(Counter(one.name for one in found).values()) == 1
    missed = next(one for one in found if one.name == "missed")
    assert {Score.EARLY, Score.ENGAGEMENT} <= set(missed.points)
    assert len(missed.refs) == len(NO_SHOWS)


@pytest.mark.parametrize("score", list(Score))
def test_the_findings_of_a_score_add_up_to_it(score: Score):
    assessed = missed_weeks()
    found = findings(assessed, 1, score=score)
    assert sum(one.points[score] for one in found) == assessed.points_of(1, score)


def test_a_length_of_time_has_no_day_of_its_own():
    unseen = next(one for one in findings(missed_weeks(), 1) if one.name == "unseen")
    assert wording.reason(unseen.reason) == "Not seen for 29 days"
    assert unseen.day is None


@pytest.mark.parametrize("days", [3, 40, 180])
def test_of_whom_nothing_is_known_is_unknown_however_long_in_care(days: int):
    assessed = assess(facts(clients=[client(admitted=-days)]), TODAY)
    assert assessed.band(1) is Band.UNKNOWN


def test_missed_weeks_stay_elevated_or_high_although_nobody_was_asked():
    silent = assess(facts(attendance=NO_SHOWS), TODAY)
    assert silent.band(1) in (Band.ELEVATED, Band.HIGH)


def test_the_days_of_a_missed_week_are_those_of_weeks_in_which_nobody_came():
    """A no-show in a week with a kept session is no missed week, and is not named as one."""
    came_once = [mark(-15, "no_show"), mark(-16, "attended"), mark(-22, "no_show")]
    missed = next(
        one for one in findings(assess(facts(attendance=came_once), TODAY), 1) if one.name == "missed"
    )
    assert [ref.day for ref in missed.refs] == [facts(attendance=came_once).attendance["day"].min()]
