"""What check-ins say, topic by topic by the latest answers: fine, hard, or neither."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from casework.indicators.contact import is_contact
from casework.indicators.craving import MODERATE, STRONG
from casework.indicators.drift import MIN_ASKED
from casework.indicators.medication import GOOD_COVERAGE, POOR_COVERAGE
from casework.indicators.registry import Concern, graded
from casework.indicators.use import SLIP, USE_SIGNS
from casework.windows import NEVER, NO_ROW, Bools, Evidence, Floats, Ints, Pairs, Panel, Window, cached, ratio

SELF_REPORT_DAYS: Final = 28
FEW_SIGNS: Final = 1
MANY_SIGNS: Final = 5
"""From five active signs on their number is serious (`signs.active_signs`)."""
MILD_WITHDRAWAL, MODERATE_WITHDRAWAL = 1, 2
_LEVELS: Final = 4


@dataclass(frozen=True)
class Topic:
    """Something that check-ins ask. The `value` of a check-in (NaN: not asked) is fine below `some`, hard from `hard`
    on, and neither in between."""

    id: str
    value: Callable[[Pairs], Floats]
    some: float
    hard: float


def _use(pairs: Pairs) -> Floats:
    seen = (pairs.column("stage_present") & USE_SIGNS) != 0
    return np.fmax(_or_nan(pairs, "use"), np.where(seen, SLIP, np.nan))


def _signs(pairs: Pairs) -> Floats:
    asked = pairs.column("signs_asked")
    present = np.bitwise_count(asked & pairs.column("signs_present"))
    enough = (np.bitwise_count(asked) >= MIN_ASKED) | (present >= MANY_SIGNS)
    return np.where(enough, present, np.nan)


def _stage_signs(pairs: Pairs) -> Floats:
    asked = pairs.column("stage_asked") & ~USE_SIGNS
    return np.where(asked != 0, np.bitwise_count(asked & pairs.column("stage_present")), np.nan)


def _craving(pairs: Pairs) -> Floats:
    return pairs.column("craving")


def _withdrawal(pairs: Pairs) -> Floats:
    return _or_nan(pairs, "withdrawal")


def _doses_not_taken(pairs: Pairs) -> Floats:
    of_days = np.nan_to_num(pairs.column("medication_days_of"))
    return 1 - ratio(pairs.column("medication_days_taken"), of_days)


def _suicidal(pairs: Pairs) -> Floats:
    return _or_nan(pairs, "suicidal")


def _overdosed(pairs: Pairs) -> Floats:
    return _or_nan(pairs, "overdosed")


def _or_nan(pairs: Pairs, column: str) -> Floats:
    """A whole-number column, in which not asked is below zero."""
    value = pairs.column(column)
    return np.where(value >= 0, value, np.nan)


TOPICS: Final = (
    Topic("use", _use, SLIP, SLIP),
    Topic("signs", _signs, FEW_SIGNS + 1, MANY_SIGNS),
    Topic("stage_signs", _stage_signs, FEW_SIGNS + 1, MANY_SIGNS),
    Topic("craving", _craving, MODERATE, STRONG),
    Topic("withdrawal", _withdrawal, MILD_WITHDRAWAL, MODERATE_WITHDRAWAL),
    Topic(
        "medication",
        _doses_not_taken,
        np.nextafter(1 - GOOD_COVERAGE, 1),
        np.nextafter(1 - POOR_COVERAGE, 1),
    ),
    # A yes has a route of its own: here it only keeps an answer from being called fine.
    Topic("suicidal", _suicidal, 1, np.inf),
    Topic("overdosed", _overdosed, 1, np.inf),
)
USE, SIGNS, MEDICATION = ([topic.id for topic in TOPICS].index(id_) for id_ in ("use", "signs", "medication"))


@dataclass(frozen=True)
class SelfReport:
    """The latest answers: of topic k for panel row i the check-in ``rows[k, i]`` (NO_ROW: not asked) and how hard it
    is, ``level[k, i]``: UNKNOWN, NONE (fine), SOME (neither) or MARKED (hard)."""

    window: Window
    rows: Ints
    level: Ints

    @cached_property
    def hard(self) -> Bools:
        """[topics, panel rows]: told to be hard."""
        is_hard: Bools = self.level == Concern.MARKED
        return is_hard

    @cached_property
    def any_hard(self) -> Bools:
        """Something was told to be hard."""
        found: Bools = np.logical_or.reduce(self.hard)
        return found

    @cached_property
    def enough(self) -> Bools:
        """Opioid use, or at least half of the signs, was asked about."""
        asked: Bools = (self.level[USE] != Concern.UNKNOWN) | (self.level[SIGNS] != Concern.UNKNOWN)
        return asked

    @cached_property
    def fine(self) -> Bools:
        """Enough was asked, and every answer is fine."""
        all_fine: Bools = self.enough & (self.level <= Concern.NONE).all(axis=0)
        return all_fine

    def day(self, topics: Bools | None = None) -> Ints:
        """The day of the latest answer, of those topics only; NEVER without one."""
        return self.window.at(
            "day", self._rows(topics).max(axis=0), NEVER
        )  # a later row is of no earlier day

    def evidence(self, topics: Bools | None = None) -> Evidence:
        """The check-ins with these answers."""
        return self.window.evidence_at(self._rows(topics))

    def _rows(self, topics: Bools | None) -> Ints:
        return self.rows if topics is None else np.where(topics, self.rows, NO_ROW)


@cached
def self_reports(panel: Panel) -> tuple[SelfReport, SelfReport]:
    """What the client told in the last 28 days, and what others told about the client."""
    window = panel.window("check_ins", SELF_REPORT_DAYS)

    def latest(pairs: Pairs) -> tuple[Ints, ...]:
        """The latest answer to each topic, of the client, then of others: row and level in one number."""
        by_client = is_contact(window)[pairs.row]
        levels = [graded(topic.value(pairs), some=topic.some, marked=topic.hard) for topic in TOPICS]
        answers = [np.where(level >= 0, pairs.row * _LEVELS + level, NO_ROW) for level in levels]
        return tuple(
            pairs.reduce(np.maximum, np.where(side, answer, NO_ROW), NO_ROW)
            for side in (by_client, ~by_client)
            for answer in answers
        )

    found = np.stack(window.fold(latest))
    rows = np.where(found == NO_ROW, NO_ROW, found // _LEVELS)
    levels = np.where(found == NO_ROW, Concern.UNKNOWN, found % _LEVELS)
    client, others = slice(len(TOPICS)), slice(len(TOPICS), None)
    return SelfReport(window, rows[client], levels[client]), SelfReport(window, rows[others], levels[others])
