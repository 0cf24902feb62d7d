"""A client's scores as the pages tell them: a chance is about what may come, not about what has come already."""

from __future__ import annotations

import pytest

from casework import wording
from casework.caseload.scores import CHECKED_WEEKS, accounts
from casework.indicators import assess
from casework.indicators.points import share_of_weeks
from casework.validation.report import FIRST_WEEK
from casework.validation.study import WEEKS
from casework.vocabulary import Band, Score
from pages.client.scores import meaning
from tests.support.facts import TODAY, client, facts, mark, prescription


@pytest.mark.parametrize(("missed", "told"), [(3, 0), (4, 4), (6, 6)])
def test_four_missed_weeks_are_told_as_lost_contact_and_no_longer_as_a_chance(missed: int, told: int) -> None:
    weeks = [mark(-7 * week, "no_show" if week < missed else "attended") for week in range(12)]
    of = accounts(assess(facts(attendance=weeks), TODAY), 1)
    (engagement,) = [one for one in of.scores if one.score is Score.ENGAGEMENT]
    assert (engagement.weeks_on, of.weeks_on) == (told, told)
    said = meaning(engagement, Band.HIGH)
    assert (f"{told} weeks in a row without coming already" in said) is bool(told)
    assert ("reach a fourth week" in said) is not bool(told)


@pytest.mark.parametrize(
    ("admitted", "ways"),
    [
        (-3 * 7 + 1, ("the first three weeks of care",)),
        (-3 * 7, ()),
        (-20 * 7, ()),
        (-20 * 7 - 1, ("more than 20 weeks of care",)),
    ],
)
def test_chances_of_weeks_that_were_not_judged_are_to_be_read_with_care(
    admitted: int, ways: tuple[str, ...]
) -> None:
    known = facts(clients=[client(admitted=admitted)], prescriptions=[prescription(admitted)])
    assert accounts(assess(known, TODAY), 1).unchecked == ways


def test_so_are_those_of_a_client_without_maintenance_medication() -> None:
    known = facts(clients=[client(admitted=-70)])
    assert accounts(assess(known, TODAY), 1).unchecked == ("clients without a maintenance medication",)


def test_the_weeks_that_were_judged_are_those_of_the_validation() -> None:
    assert (FIRST_WEEK, WEEKS) == CHECKED_WEEKS


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (-20, "None or hardly any of the next 4 weeks"),
        (24, "None or hardly any of the next 4 weeks"),
        (26, "About 1 of the next 4 weeks"),
        (100, "About 2 of the next 4 weeks"),
        (150, "About 3 of the next 4 weeks"),
        (194, "About all of the next 4 weeks"),
        (260, "About all of the next 4 weeks"),
    ],
)
def test_the_early_warning_says_how_many_of_the_next_weeks(points: int, said: str) -> None:
    words = wording.coming_weeks(share_of_weeks(points))
    assert words == f"{said} with use or not coming."
