"""Worked examples of the point tables: facts in, the rows that hold and their points out.

An example says by hand which rows hold and how often; the points come from the tables, so that it stays true when the
weights are fitted anew. `tests/spec` checks that these rows and no others hold, and that they add up to the scores;
`docs/indicators.md` shows them with their points. Days and clients are those of `examples`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from casework.indicators.rules import Rule
from casework.indicators.tables import TABLE
from casework.vocabulary import Score
from tests.support.examples.recorded import Recorded, every, on


@dataclass(frozen=True)
class ScoreExample:
    """With these facts these rows hold, each so many times, and no others. `holds`: by the row's id without its score;
    a row that stands in several tables holds in each."""

    title: str
    facts: tuple[Recorded, ...]
    holds: Mapping[str, int]
    client: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[tuple[Rule, int], ...]:
        """The rows in the order of the tables, and how often each holds; a row without points is in no table."""
        return tuple((rule, self.holds[_row(rule)]) for rule in TABLE if _row(rule) in self.holds)

    def points(self, score: Score) -> int:
        """The score: the sum of its rows."""
        return sum(rule.points * times for rule, times in self.rows if rule.score is score)


def _row(rule: Rule) -> str:
    return rule.id.removeprefix(f"{rule.score.value}.")


_TEN_WEEKS: Final = {"admitted": -73}
_QUIET: Final = every(range(-70, 1, 7), "check_in", signs="", use="none", withdrawal=0)
_CAME: Final = every(range(-72, 0, 7), "mark", mark="attended")
_EXPECTED: Final = {"found": "buprenorphine", "expected": "buprenorphine"}
_NEGATIVE: Final = every(range(-72, 0, 7), "screen", **_EXPECTED)
_DAILY: Final = (on(-73, "prescription", medication="buprenorphine"), *every(range(-73, 1), "dose"))
_START: Final = {"start": 1}
_NO_SCREENS: Final = {"no_screens": 1}
_ON_BUPRENORPHINE: Final = {"buprenorphine": 1}
_COVERED: Final = {"covered": 1, "nearly_covered": 3}
_CLEAN_LATELY: Final = {"clean_0": 1, "clean_1": 1}
_CLEAN_SINCE: Final = {f"clean_since_{weeks}": 1 for weeks in (2, 3, 5)}
_CLEAN_BEFORE: Final = {"clean_2": 2, "clean_4": 4, "clean_8": 3}
_UNSEEN_21: Final = {**{f"unseen_{days}": 3 for days in (7, 9, 10, 14, 18)}, "unseen_21": 1}
_SILENT_18: Final = {f"silent_{days}": 3 for days in (3, 6, 11, 14, 18)}

SCORE_EXAMPLES: Final[tuple[ScoreExample, ...]] = (
    ScoreExample(
        "Nothing is on record since admission three weeks ago",
        (),
        {
            **_START,
            **_NO_SCREENS,
            "weeks_to_4": 1,
            **_UNSEEN_21,
            **_SILENT_18,
        },
        {"admitted": -21},
    ),
    ScoreExample(
        "Ten weeks in care: every visit, screen and dose as planned",
        (*_DAILY, *_QUIET, *_CAME, *_NEGATIVE),
        {**_START, **_ON_BUPRENORPHINE, **_COVERED, **_CLEAN_SINCE, **_CLEAN_LATELY, **_CLEAN_BEFORE},
        _TEN_WEEKS,
    ),
    ScoreExample(
        "The same client, and fentanyl in the latest two screens",
        (
            *_DAILY,
            *_QUIET,
            *_CAME,
            *_NEGATIVE[:-2],
            *every(range(-9, 0, 7), "screen", found="fentanyl buprenorphine", expected="buprenorphine"),
        ),
        {
            **_START,
            **_ON_BUPRENORPHINE,
            **_COVERED,
            **_CLEAN_BEFORE,
            "found_0": 1,
            "found_1": 1,
            "bad_weeks": 1,
        },
        _TEN_WEEKS,
    ),
    ScoreExample(
        "A slip is told, and the screen of the week found nothing",
        (*_CAME, *every(range(-72, 0, 7), "screen", found=""), on(-1, "check_in", use="slip", signs="")),
        {**_START, "told_0": 1, "clean_1": 1, **_CLEAN_BEFORE},
        _TEN_WEEKS,
    ),
    ScoreExample(
        "Contact is being lost: three weeks without coming, and no dose since",
        (
            on(-73, "prescription", medication="methadone"),
            *every(range(-73, -20), "dose"),
            *_CAME[:-3],
            *every(range(-16, 0, 7), "mark", mark="no_show"),
        ),
        {
            **_START,
            **_NO_SCREENS,
            "methadone": 1,
            **_UNSEEN_21,
            "unseen_21": 3,
            **_SILENT_18,
            **{f"missed_{week}": 1 for week in (0, 1)},
            "missed_2_of_4": 1,
            **{f"missed_row_{weeks}": 1 for weeks in (2, 3)},
            "bad_row": 1,
            "bad_weeks": 2,
            **{f"no_dose_{days}": 3 for days in (1, 4, 8, 9, 14)},
            **{f"methadone_no_dose_{days}": 5 for days in (1, 6, 12)},
            **{f"uncovered_{days}": 3 for days in (7, 14)},
        },
        _TEN_WEEKS,
    ),
    ScoreExample(
        "A clinic that records neither doses nor screens: screens count as the average",
        (*_CAME, *_QUIET),
        {**_START, **_NO_SCREENS},
        _TEN_WEEKS,
    ),
    ScoreExample(
        "Signs and craving alone",
        (
            *_CAME,
            on(
                -2,
                "check_in",
                signs="isolating boredom glamorizing",
                stages="anger planning",
                use="none",
                craving=8,
                withdrawal=0,
            ),
        ),
        {
            **_START,
            **_NO_SCREENS,
            "active_3": 1,
            "emotional": 1,
            "mental": 1,
            "craving_strong": 1,
        },
        _TEN_WEEKS,
    ),
    ScoreExample(
        "A lapse is told of as a sign of the physical stage",
        (*_CAME, on(-2, "check_in", stages="lapse")),
        {**_START, **_NO_SCREENS, "told_0": 1, "physical": 1},
        _TEN_WEEKS,
    ),
    ScoreExample(
        "The same lapse, and the screen shows it: a score counts the week once",
        (*_CAME, on(-2, "check_in", stages="lapse"), on(-1, "screen", found="heroin")),
        {**_START, "found_0": 1, "confirmed_0": 1, "physical": 1},
        _TEN_WEEKS,
    ),
    ScoreExample(
        "A visit kept in the week of a no-show takes the miss back",
        (*_CAME[:-1], on(-4, "mark", mark="no_show"), on(-2, "mark", mark="attended")),
        {**_START, **_NO_SCREENS},
        _TEN_WEEKS,
    ),
    ScoreExample(
        "An overdose told of",
        (*_CAME, on(-3, "safety_item", concerns="overdose", acknowledged=-2)),
        {**_START, **_NO_SCREENS, "overdose": 1},
        _TEN_WEEKS,
    ),
)
