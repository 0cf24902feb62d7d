"""Findings: what the rows of the four tables say, each said once.

A missed week counts in the use score and in the engagement score, and three weeks without a visit hold in six rows:
that is right for a sum and wrong for a reader. A *finding* joins the rows about one thing, whatever their table.
"""

from __future__ import annotations

from dataclasses import dataclass

from casework.indicators.assessment import Assessment
from casework.indicators.points import weight
from casework.indicators.reasons import Reason, reason
from casework.indicators.registry import INDICATORS
from casework.indicators.rules import Basis, Rule
from casework.vocabulary import Score
from casework.windows import FactRef

Held = list[tuple[Rule, int]]
"""Rules that hold, and the points that each adds."""


@dataclass(frozen=True)
class Finding:
    """Rows about one thing. `points` of each score that counts it; `sign` as of its rules; `day`: of the latest row
    that it rests on, None for a length of time (days unseen, missed weeks in a row); `refs`: those rows, by day.
    `names_day`: its words say that day."""

    name: str
    indicator_id: str
    sign: int
    reason: Reason
    points: dict[Score, int]
    day: int | None
    names_day: bool
    refs: tuple[FactRef, ...]
    basis: Basis

    @property
    def weight(self) -> float:
        """The points that it adds to the priority, by which the worklist is ordered."""
        return sum(weight(score, points) for score, points in self.points.items())


def findings(assessment: Assessment, client_id: int, *, score: Score | None = None) -> tuple[Finding, ...]:
    """All that the tables (or the one of `score`) say of the client, the heaviest first and of equal ones the newest;
    those that speak for the client (negative points) come last, the heaviest of them at the very end."""
    held = [one for one in assessment.held(client_id) if score in (None, one[0].score)]
    found = [_finding(assessment, client_id, same) for same in _by_name(held).values()]
    return tuple(sorted(found, key=lambda one: (-one.weight, -(one.day or 0))))


def _by_name(held: Held) -> dict[str, Held]:
    names: dict[str, Held] = {}
    for rule, points in held:
        names.setdefault(rule.name, []).append((rule, points))
    return names


def _finding(assessment: Assessment, client_id: int, held: Held) -> Finding:
    """The rules of one name as a finding. Only the rows that its reason needs are worked out."""
    points: dict[Score, int] = {}
    for rule, adds in held:
        points[rule.score] = points.get(rule.score, 0) + adds
    furthest = max((rule for rule, _ in held), key=lambda rule: rule.step or 0)
    dated = furthest.dated
    rows = assessment.score_rows(client_id, of=[rule for rule, _ in held] if dated else [furthest])
    refs = tuple(
        sorted({ref for row in rows for ref in row.refs}, key=lambda ref: (ref.day, ref.frame, ref.id))
    )
    why = rows[0].reason if len(rows) == 1 else _reason(assessment, client_id, furthest, refs)
    days = [row.day for row in rows if row.day is not None and (dated or not furthest.fitted)]
    day = max(days, default=None)
    return Finding(
        name=furthest.name,
        indicator_id=furthest.indicator_id,
        sign=furthest.sign,
        reason=why,
        points=points,
        day=day,
        names_day=dated and why.days[-1:] == (day,),
        refs=refs,
        basis=furthest.basis,
    )


def _reason(assessment: Assessment, client_id: int, rule: Rule, refs: tuple[FactRef, ...]) -> Reason:
    """The rule's reason with the days of all rows that it is said for."""
    one = INDICATORS[rule.indicator_id]
    reading, position = assessment.readings[one.id], assessment.position(client_id)
    return reason(rule, one, reading, position, refs, assessment.today)
