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
    """With these facts these rows hold, each so many times (`holds`: by the row's id), and no others."""

    title: str
    facts: tuple[Recorded, ...]
    holds: Mapping[str, int]
    client: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[tuple[Rule, int], ...]:
        """The rows in the order of the tables, and how often each holds; a row without points is in no table."""
        return tuple((rule, self.holds[rule.id]) for rule in TABLE if rule.id in self.holds)

    def points(self, score: Score) -> int:
        """The score: the sum of its rows."""
        return sum(rule.points * times for rule, times in self.rows if rule.score is score)


_TEN_WEEKS: Final = {"admitted": -73}
_QUIET: Final = every(range(-70, 1, 7), "check_in", signs="", use="none", withdrawal=0)
_CAME: Final = every(range(-72, 0, 7), "mark", mark="attended")
_EXPECTED: Final = {"found": "buprenorphine", "expected": "buprenorphine"}
_NEGATIVE: Final = every(range(-72, 0, 7), "screen", **_EXPECTED)
_DAILY: Final = (on(-73, "prescription", medication="buprenorphine"), *every(range(-73, 1), "dose"))
_START: Final = {"use.start": 1, "engagement.start": 1}
_NO_SCREENS: Final = {"use.no_screens": 1, "engagement.no_screens": 1}
_NO_WITHDRAWAL: Final = {"use.no_withdrawal": 1, "engagement.no_withdrawal": 1}
_ON_BUPRENORPHINE: Final = {"use.buprenorphine": 1, "engagement.buprenorphine": 1}
_COVERED: Final = {"use.covered": 1, "engagement.covered": 1}
_CLEAN_LATELY: Final = {"use.clean_0": 1, "use.clean_1": 1, "engagement.clean_0": 1, "engagement.clean_1": 1}
_CLEAN_BEFORE: Final = {
    "use.clean_2": 2, "use.clean_4": 4, "use.clean_8": 3, "engagement.clean_2": 2, "engagement.clean_4": 4,
}  # fmt: skip
_UNSEEN_21: Final = {f"use.unseen_{days}": 1 for days in (9, 14, 21)} | {
    f"engagement.unseen_{days}": 1 for days in (7, 9, 11, 14, 18, 21)
}
_SILENT_18: Final = {f"engagement.silent_{days}": 1 for days in (3, 5, 7, 11, 14, 18)}

SCORE_EXAMPLES: Final[tuple[ScoreExample, ...]] = (
    ScoreExample(
        "Nothing is on record since admission three weeks ago",
        (),
        {
            **_START,
            **_NO_SCREENS,
            "engagement.weeks_to_4": 1,
            **_UNSEEN_21,
            **_SILENT_18,
        },
        {"admitted": -21},
    ),
    ScoreExample(
        "Ten weeks in care: every visit, screen and dose as planned",
        (*_DAILY, *_QUIET, *_CAME, *_NEGATIVE),
        {**_START, **_ON_BUPRENORPHINE, **_COVERED, **_NO_WITHDRAWAL, **_CLEAN_LATELY, **_CLEAN_BEFORE},
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
            **_NO_WITHDRAWAL,
            **_CLEAN_BEFORE,
            "use.found_0": 1,
            "use.found_1": 1,
        },
        _TEN_WEEKS,
    ),
    ScoreExample(
        "A slip is told, and the screen of the week found nothing",
        (*_CAME, *every(range(-72, 0, 7), "screen", found=""), on(-1, "check_in", use="slip", signs="")),
        {**_START, "use.told_0": 1, "use.clean_1": 1, "engagement.clean_1": 1, **_CLEAN_BEFORE},
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
            "use.methadone": 1,
            "engagement.methadone": 1,
            **_UNSEEN_21,
            **_SILENT_18,
            **{f"{score}.missed_{week}": 1 for score in ("use", "engagement") for week in (0, 1)},
            **{f"{score}.missed_2_of_4": 1 for score in ("use", "engagement")},
            **{f"{score}.missed_row_2": 1 for score in ("use", "engagement")},
            "engagement.missed_row_3": 1,
            "use.bad_row": 1,
            **{f"use.no_dose_{days}": 1 for days in (1, 9, 14)},
            **{f"engagement.no_dose_{days}": 1 for days in (1, 3, 7, 9, 14)},
            **{f"engagement.methadone_no_dose_{days}": 1 for days in (3, 7)},
            **{f"{score}.uncovered_{days}": 1 for score in ("use", "engagement") for days in (7, 14)},
        },
        _TEN_WEEKS,
    ),
    ScoreExample(
        "A clinic that records neither doses nor screens: screens count as the average",
        (*_CAME, *_QUIET),
        {**_START, **_NO_SCREENS, **_NO_WITHDRAWAL},
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
            **_NO_WITHDRAWAL,
            "signs.active_3": 1,
            "signs.emotional": 1,
            "signs.mental": 1,
            "signs.craving_strong": 1,
        },
        _TEN_WEEKS,
    ),
    ScoreExample(
        "A lapse is told of as a sign of the physical stage",
        (*_CAME, on(-2, "check_in", stages="lapse")),
        {**_START, **_NO_SCREENS, "use.told_0": 1, "signs.physical": 1},
        _TEN_WEEKS,
    ),
    ScoreExample(
        "The same lapse, and the screen shows it: the use score counts the week once",
        (*_CAME, on(-2, "check_in", stages="lapse"), on(-1, "screen", found="heroin")),
        {**_START, "use.found_0": 1, "signs.physical": 1},
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
        {**_START, **_NO_SCREENS, "signs.overdose": 1},
        _TEN_WEEKS,
    ),
)
