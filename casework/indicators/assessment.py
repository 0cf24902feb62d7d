"""From facts to an assessment: readings, scores, bands and the order of the worklist, in one vectorised call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from casework.frames import Facts, to_day
from casework.indicators import points as point_table
from casework.indicators.blocks import Block, work_out
from casework.indicators.chances import Chance, Move, applies, chance, ranges
from casework.indicators.points import BANDS, Scores
from casework.indicators.reasons import Reason, reason
from casework.indicators.registry import INDICATORS, Concern, Reading
from casework.indicators.rules import InWeeks, Rule
from casework.indicators.stages import TAGS
from casework.indicators.tables import TABLE
from casework.indicators.tables.signs import STAGE_BITS
from casework.indicators.weeks import week_of
from casework.vocabulary import Band, Outcome, Score, Stage
from casework.windows import Bools, FactRef, Floats, Ints

HISTORY_WEEKS: Final = 12
CHANGE_WEEKS: Final = 4
_BAND_NAMES: Final = pd.array([band.value for band in BANDS], dtype="str")
"""Of pandas' own type, so that it need not look through a column of a hundred thousand names to find that out."""


@dataclass(frozen=True)
class ScoreRow:
    """A row of a point table that holds for a client: `times` as often, for `points` in all. `day`: of the latest row
    that it rests on, or the latest day that it is about (a day without medication), if any."""

    rule_id: str
    score: Score
    indicator_id: str
    times: int
    points: int
    reason: Reason
    day: int | None
    refs: tuple[FactRef, ...] = ()


@dataclass(frozen=True)
class Assessment:
    """What the facts say about each client as of `today` (a day number).

    readings: each indicator's answers for today, in the order of the clients frame.
    """

    today: int
    readings: dict[str, Reading]
    scores: Scores
    clients: Ints
    off: Set[str]
    _blocks: tuple[Block, ...]
    _days: Ints
    _here: Bools
    _burden: Floats
    adjusted: Mapping[Outcome, Move] = field(default_factory=dict)
    """What the clinic's own outcomes make of a published probability; an outcome not here stays as published."""

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a client in priority order: client_id, rank (from 1), band, points (the priority), early, use,
        engagement and signs (the scores), coverage (share of domains heard from), sign_coverage, change (points against
        4 weeks ago, NaN unknown), overdue (days), safety_open."""
        scores, now = self.scores, self._latest
        points, band = scores.points[now], scores.band[now]
        safety_open: Bools = self.readings["safety"].value > 0
        overdue = self.readings["contact_gap"].extra["overdue"]
        order = point_table.priority(safety_open, band, points, overdue, self.clients)
        columns = {
            "client_id": self.clients[order],
            "rank": np.arange(1, len(order) + 1),
            "band": _BAND_NAMES[band[order]],
            "points": points[order],
            **{score.value: of[now][order] for score, of in scores.of.items()},
            "coverage": scores.coverage[now][order],
            "sign_coverage": self.readings["sign_coverage"].value[order],
            "change": self._change[order],
            "overdue": overdue[order],
            "safety_open": safety_open[order],
        }
        return pd.DataFrame(columns, copy=False)

    @property
    def _change(self) -> Floats:
        """Points now less points four weeks ago; NaN when the risk was unknown then, or the client was not here yet."""
        scores, days = self.scores, len(self._days)
        points = scores.points[self._latest]
        if days <= CHANGE_WEEKS:
            return np.full(len(points), np.nan)
        then = slice(days - 1 - CHANGE_WEEKS, None, days)
        stated = (scores.band[then] != point_table.UNKNOWN) & self._here[then]
        return np.where(stated, (points - scores.points[then]).astype(np.float64), np.nan)

    @cached_property
    def history(self) -> pd.DataFrame:
        """client_id, day, points, band, burden, early (the early-warning score): a row a client and week up to today,
        from admission on."""
        here, scores = self._here, self.scores
        columns = {
            "client_id": np.repeat(self.clients, len(self._days))[here],
            "day": np.tile(self._days, len(self.clients))[here],
            "points": scores.points[here],
            "band": _BAND_NAMES[scores.band[here]],
            "burden": self._burden[here],
            "early": scores.of[Score.EARLY][here],
        }
        return pd.DataFrame(columns, copy=False)

    def score_rows(self, client_id: int, *, of: Collection[Rule] | None = None) -> tuple[ScoreRow, ...]:
        """The rows of the four tables that hold for the client, most points first; only those of the rules `of`, when
        that is given. The points of a score's rows add up to the score."""
        position = self.position(client_id)
        held = sorted(self._held(position), key=lambda one: -one[1])
        if of is not None:
            held = [one for one in held if one[0] in of]
        return tuple(self._score_row(rule, points, client_id, position) for rule, points in held)

    def held(self, client_id: int) -> list[tuple[Rule, int]]:
        """The rules that hold for the client and the points that each adds, in the order of the tables."""
        return self._held(self.position(client_id))

    def evidence(self, client_id: int, indicator_id: str) -> tuple[FactRef, ...]:
        """The dated rows behind the client's value of an indicator, by day."""
        block, at = self._block(self.position(client_id))
        return block.rows_behind(indicator_id, at)

    def value(self, client_id: int, indicator_id: str) -> float:
        """The client's value of an indicator; NaN: unknown."""
        return float(self.readings[indicator_id].value[self.position(client_id)])

    def extra(self, client_id: int, indicator_id: str, name: str) -> float:
        """One of the indicator's further numbers (see the docstring of its function)."""
        return float(self.readings[indicator_id].extra[name][self.position(client_id)])

    def level(self, client_id: int, indicator_id: str) -> Concern:
        """How much the client's value asks for attention."""
        return Concern(int(self.readings[indicator_id].level[self.position(client_id)]))

    def band(self, client_id: int) -> Band:
        """The client's overall risk band."""
        return BANDS[self.scores.band[self._panel_row(self.position(client_id))]]

    def points(self, client_id: int) -> int:
        """The client's priority, by which the worklist is ordered (see `points.together`)."""
        return int(self.scores.points[self._panel_row(self.position(client_id))])

    def points_of(self, client_id: int, score: Score) -> int:
        """One score: exactly the sum of its `score_rows`."""
        return int(self.scores.of[score][self._panel_row(self.position(client_id))])

    def chance(self, client_id: int, outcome: Outcome) -> Chance:
        """The calibrated probability of what may happen in the next weeks, with its stated range; adjusted to the
        clinic where it has applied that."""
        at = self._panel_row(self.position(client_id))
        scores = {score: int(points[at]) for score, points in self.scores.of.items()}
        published = chance(outcome, scores, int(self.scores.all_missing_domains[at]))
        return published.moved(self.adjusted[outcome]) if outcome in self.adjusted else published

    def stated_chance(self, client_id: int, outcome: Outcome) -> Chance | None:
        """The `chance` where it was made for such a client (see `chances.applies`), None elsewhere: then what is known
        is said instead."""
        if not applies(outcome, self.readings)[self.position(client_id)]:
            return None
        return self.chance(client_id, outcome)

    def chances(self, outcome: Outcome) -> tuple[Floats, Floats, Floats]:
        """Everybody's `chance`: low, likely and high, each in the order of the clients frame."""
        of = {score: points[self._latest] for score, points in self.scores.of.items()}
        low, likely, high = ranges(outcome, of, self.missing_domains)
        move = self.adjusted.get(outcome)
        return (low, likely, high) if move is None else (move(low), move(likely), move(high))

    @cached_property
    def missing_domains(self) -> Ints:
        """Bits of `points.DOMAINS` that apply and were not heard from, in the order of the clients frame."""
        return self.scores.missing_domains[self._latest]

    @cached_property
    def known(self) -> Bools:
        """Whether enough was heard to call the risk known, in the order of the clients frame."""
        return self.scores.known[self._latest]

    @property
    def _latest(self) -> slice:
        """The panel rows of today, in the order of the clients frame."""
        return slice(len(self._days) - 1, None, len(self._days))

    def stage_tags(self, client_id: int) -> tuple[Stage, ...]:
        """The stages that show, in the source's order."""
        tags = int(self.readings["stage_tags"].extra["tags"][self.position(client_id)])
        return tuple(stage for bit, stage in enumerate(TAGS) if tags >> bit & 1)

    def position(self, client_id: int) -> int:
        """Where the client stands in the clients frame and in the readings; KeyError for somebody else's id."""
        return self._positions[client_id]

    @cached_property
    def _positions(self) -> dict[int, int]:
        return {client_id: at for at, client_id in enumerate(self.clients.tolist())}

    def _panel_row(self, position: int) -> int:
        """The panel row of the client today: the last of the client's days."""
        return (position + 1) * len(self._days) - 1

    def _block(self, position: int) -> tuple[Block, int]:
        """The block that the client is in, and where."""
        number, at = divmod(position, self._blocks[0].clients)
        return self._blocks[number], at

    def _held(self, position: int) -> list[tuple[Rule, int]]:
        """The rules that hold, and the points that each adds."""
        times = self.scores.times[:, self._panel_row(position)].tolist()
        return [(rule, rule.points * often) for rule, often in zip(TABLE, times, strict=True) if often]

    def _score_row(self, rule: Rule, points: int, client_id: int, position: int) -> ScoreRow:
        one, reading = INDICATORS[rule.indicator_id], self.readings[rule.indicator_id]
        block, at = self._block(position)
        refs, among = self.evidence(client_id, rule.indicator_id), -1
        if rule.stage is not None:
            refs = block.rows_of_part(one.id, rule.stage.value, at) or ()
            among = STAGE_BITS[rule.stage]
        if isinstance(rule.times, InWeeks):
            part = block.rows_of_part(one.id, rule.times.name, at)
            refs = refs if part is None else part
            weeks = int(rule.times.bits(self.readings)[position])
            refs = tuple(ref for ref in refs if weeks >> self._week_of(ref, reading, position) & 1)
        if rule.weeks is not None:
            first, last = rule.weeks
            refs = tuple(ref for ref in refs if first <= self._week_of(ref, reading, position) <= last)
        why = reason(rule, one, reading, position, refs, self.today, among=among)
        day = refs[-1].day if refs else None
        if "day" in reading.extra and reading.extra["day"][position] >= 0:
            day = int(reading.extra["day"][position])
        times = points // rule.points
        return ScoreRow(rule.id, rule.score, one.id, times, points, why, day, refs)

    def _week_of(self, ref: FactRef, reading: Reading, position: int) -> int:
        """The bit of the fact's week; of what does not count weeks of care, whole weeks back from today."""
        begun, screened = (int(reading.extra[name][position]) if name in reading.extra else 0
                           for name in ("begun", "screened"))  # fmt: skip
        return int(week_of(self.today - ref.day, begun, screened))


def assess(
    facts: Facts, today: dt.date, *, history_weeks: int = HISTORY_WEEKS, off: Set[str] = frozenset()
) -> Assessment:
    """Assess every client of `facts` as of the end of `today`, and weekly back to `history_weeks` before.

    `off`: ids of rules that the clinic has switched off; they add nothing.

    Pure and vectorised; nothing after a day, and no entry that became known after it, enters that day's numbers. A
    correction, and the stop of a medication, take the place of the entry that they change from the day on which that
    one became known: past weeks show what is now held to be right, and can differ from what was shown then.
    """
    last = to_day(today)
    days = [last - 7 * week for week in range(history_weeks, -1, -1)]
    blocks, found = work_out(facts, days, off)
    return Assessment(
        today=last,
        readings=found.readings,
        scores=found.scores,
        clients=facts.column("clients", "client_id"),
        off=off,
        _blocks=blocks,
        _days=np.asarray(days),
        _here=found.here,
        _burden=found.burden,
    )
