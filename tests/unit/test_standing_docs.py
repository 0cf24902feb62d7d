"""docs/standing.md is the code's."""

from __future__ import annotations

from casework.standing.ranks import RANKS
from casework.vocabulary import ActionKind, LaneReason
from tests.support import standing_docs


def test_the_page_about_standings_is_written_from_the_code() -> None:
    written = standing_docs.PAGE.read_text(encoding="utf-8")
    assert written == standing_docs.page(), "run: python -m tests.support.standing_docs"


def test_the_page_says_when_each_thing_is_said_and_each_action_asked_for() -> None:
    assert set(standing_docs.SAID) == set(RANKS)
    assert set(standing_docs.ASKED) == set(ActionKind)
    assert set(standing_docs.LANE) == set(LaneReason)
