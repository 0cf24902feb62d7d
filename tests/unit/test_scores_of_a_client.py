"""A client's scores as the pages tell them: a chance is about what may come, not about what has come already."""

from __future__ import annotations

import pytest

from casework.caseload.scores import accounts
from casework.indicators import assess
from casework.vocabulary import Band, Score
from pages.client_parts.scores import meaning
from tests.support.facts import TODAY, facts, mark


@pytest.mark.parametrize(("missed", "told"), [(3, 0), (4, 4), (6, 6)])
def test_four_missed_weeks_are_told_as_lost_contact_and_no_longer_as_a_chance(missed: int, told: int) -> None:
    weeks = [mark(-7 * week, "no_show" if week < missed else "attended") for week in range(12)]
    of = accounts(assess(facts(attendance=weeks), TODAY), 1)
    (engagement,) = [one for one in of.scores if one.score is Score.ENGAGEMENT]
    assert (engagement.weeks_on, of.weeks_on) == (told, told)
    said = meaning(engagement, Band.HIGH)
    assert (f"{told} weeks in a row without coming already" in said) is bool(told)
    assert ("reach a fourth week" in said) is not bool(told)
