"""From findings to numbers: the four scores, their sum for the worklist, coverage and bands.

A score is the exact sum of the rows of its table that hold, each with its dated reason. The order of the worklist
follows the *priority*: all points of the early warning and of the signs, and a quarter of those for engagement, because
missed weeks count in the early warning already (`docs/scores.md` has the comparison that set the quarter). Use by
itself has no part in it: it counts in the early warning.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from casework.indicators.fitted import ELEVATED_FROM as ELEVATED_FROM
from casework.indicators.fitted import HIGH_FROM as HIGH_FROM
from casework.indicators.fitted import WATCH_FROM as WATCH_FROM
from casework.indicators.medication import prescribed
from casework.indicators.rules import Readings
from casework.indicators.screens import COLLECTED, MISSED
from casework.indicators.signs import asks_signs
from casework.indicators.tables import TABLE
from casework.indicators.use import REGULAR
from casework.indicators.weeks import between
from casework.vocabulary import Band, Score
from casework.windows import NO_ROW, Bools, Floats, Ints, Panel, bit_count

ENGAGEMENT_SHARE: Final = 4
"""So many points of engagement weigh as much as one of the early warning or of the signs in the priority."""
_WEIGHTS: Final = {Score.EARLY: 1.0, Score.USE: 0.0, Score.ENGAGEMENT: 1 / ENGAGEMENT_SHARE, Score.SIGNS: 1.0}
MIN_COVERAGE: Final = 0.5
"""Heard from fewer than half of the applicable domains, a client is unknown rather than low or watch. So is one of
whom neither a sign nor use was asked, whatever the coverage."""
HEARD_DAYS: Final = 28
"""A domain is heard from when it said something in the last 28 days."""
BANDS: Final = (Band.LOW, Band.WATCH, Band.ELEVATED, Band.HIGH, Band.UNKNOWN)
LOW, WATCH, ELEVATED, HIGH, UNKNOWN = range(len(BANDS))
_ROWS: Final = {one: [row for row, rule in enumerate(TABLE) if rule.score is one] for one in Score}
_POINTS: Final = np.array([rule.points for rule in TABLE], dtype=np.int16)
"""Narrow, because a panel can have a hundred thousand rows; a score stays far below 2**15."""
PRIORITY: Final = np.array([4, 3, 1, 0, 2])
"""By band position: high, elevated, unknown, watch, low. Unknown stands above watch: somebody has to ask."""

LIFT: Final = ELEVATED_FROM - WATCH_FROM
"""So many points of bad findings lift somebody over a band: with fewer, whoever is not known stays unknown."""
ALL_WEEKS: Final = 200
"""So many points of the early warning, or of use, stand for all of the coming four weeks: two for one of a hundred."""


def share_of_weeks(points: int) -> float:
    """The share of the coming four weeks that points of the early warning (with use or not coming) or of use stand
    for."""
    return min(max(points / ALL_WEEKS, 0.0), 1.0)


def weight(score: Score, points: int) -> float:
    """What points of a score add to the priority."""
    return points * _WEIGHTS[score]


_FOR_RISK: Final = np.array(
    [
        weight(rule.score, rule.points) if rule.sign > 0 and rule.indicator_id != "days_unseen" else 0
        for rule in TABLE
    ]
)


READ: Final = frozenset(rule.indicator_id for rule in TABLE) | {
    "attendance_rate",
    "medication_coverage",
    "overdose",
    "reported_use",
    "use_weeks",
}
"""The indicators that `score` reads: for the rows of the tables, the domains and the bands."""


@dataclass(frozen=True)
class Scores:
    """Per panel row: how often each rule counts ([rules, panel]), each score, the priority that they add up to,
    coverage, whether that is enough to call the risk known, band (see `BANDS`), the bits of the `DOMAINS` that
    apply and were not heard from, and of all that were not: a clinic that takes no screens lacks what they say."""

    times: NDArray[np.int8]
    of: dict[Score, Ints]
    points: Ints
    coverage: Floats
    known: Bools
    band: NDArray[np.int8]
    missing_domains: Ints
    all_missing_domains: Ints


def score(panel: Panel, readings: Readings, off: Set[str] = frozenset()) -> Scores:
    """The tables applied to the readings of a panel, without the rules `off`."""
    times = np.zeros((len(TABLE), len(panel)), dtype=np.int8)
    for row, rule in enumerate(TABLE):
        if rule.id not in off:
            times[row] = rule.times(readings)
    of = {one: _added_up(times, rows) for one, rows in _ROWS.items()}
    heard, applicable = domains_heard(panel, readings)
    coverage = bit_count(heard) / bit_count(applicable)
    known = enough_heard(coverage, (heard & _ASKED) != 0)
    points = together(of)
    band = band_of(points, known)
    band[(band == LOW) & _used_lately(readings)] = WATCH
    unsure = np.flatnonzero(~known & (band != UNKNOWN))
    band[unsure[found_against(times[:, unsure]) < LIFT]] = UNKNOWN
    band[_returned(readings) & (band != HIGH)] = ELEVATED
    return Scores(times, of, points, coverage, known, band, applicable & ~heard, _EVERY & ~heard)


def _used_lately(readings: Readings) -> Bools:
    """Opioid use was found or told of in the last two weeks: however good the rest is, that is worth a look."""
    used = readings["use_weeks"].extra["found"] | readings["use_weeks"].extra["told"]
    lately: Bools = (used & between(0, 1)) != 0
    return lately


def _returned(readings: Readings) -> Bools:
    """Regular use of the last two weeks or an overdose of four was told of: elevated at the least, whatever is not
    known beside it."""
    regular = readings["reported_use"].extra["recent"] == REGULAR
    found: Bools = regular | (readings["overdose"].value > 0)
    return found


def _added_up(times: NDArray[np.int8], rows: list[int]) -> Ints:
    """The points of some rules, by panel row."""
    points: Ints = np.einsum("rp,r->p", times[rows].astype(np.int16), _POINTS[rows]).astype(np.int64)
    return points


def together(of: dict[Score, Ints]) -> Ints:
    """The priority: the points by which the worklist is ordered."""
    points: Ints = fitted_together(of) + of[Score.SIGNS]
    return points


def fitted_together(of: Mapping[Score, Any]) -> Any:
    """The part of the priority (numbers or arrays) whose points were fitted, without the signs."""
    return of[Score.EARLY] + of[Score.ENGAGEMENT] // ENGAGEMENT_SHARE


def found_against(times: NDArray[np.int8]) -> Floats:
    """The priority points of what was found and speaks for risk. Everybody starts high and is brought down by good
    facts, so that the total of somebody unknown says little. Silence is left out: it is a signal of its own."""
    points: Floats = _FOR_RISK @ times
    return points


def enough_heard(coverage: Floats, asked: Bools) -> Bools:
    """Whether so much was heard that few points mean low risk: from enough domains, and a sign or use was `asked`
    about. Coming to sessions alone tells nothing of how somebody is."""
    enough: Bools = (coverage >= MIN_COVERAGE) & asked
    return enough


def band_of(points: Ints, known: Bools) -> NDArray[np.int8]:
    """Positions in `BANDS`. What is not `known` is unknown rather than low or watch; enough bad facts (see `LIFT`) stay
    elevated or high, because what is missing cannot make what is known any better."""
    band = np.searchsorted([WATCH_FROM, ELEVATED_FROM, HIGH_FROM], points, side="right").astype(np.int8)
    band[~known & (points < ELEVATED_FROM)] = UNKNOWN
    return band


def band_of_points(points: int) -> Band:
    """The band of so many points, as if enough were known."""
    return BANDS[int(band_of(np.array([points]), np.array([True]))[0])]


DOMAINS: Final = ("signs", "attendance", "use", "screens", "medication")
"""What a client can be heard from about: a warning sign or opioid use was asked about, a session was marked attended,
late or no-show, and a urine screen was collected or missed in the last 28 days; with a prescription, days of medication
are known for the last 14."""
_EVERY: Final = (1 << len(DOMAINS)) - 1
_ASKED: Final = 0b101
"""Bits of the domains that say how somebody is: signs and use."""


def domains_heard(panel: Panel, readings: Readings) -> tuple[Ints, Ints]:
    """Bits of the `DOMAINS` that were heard from recently, and of those that apply.

    Screens apply whether or not a clinic takes any: what they would have said is not known, and the range of every
    stated chance has to say so.
    """
    check_ins = panel.window("check_ins", HEARD_DAYS)
    signs = check_ins.last(asks_signs(check_ins)) != NO_ROW
    attendance = readings["attendance_rate"].extra["of"] > 0
    use = ~np.isnan(readings["reported_use"].value)
    screens = panel.window("screens", HEARD_DAYS)
    status = screens.all_of("status")
    screened = screens.last((status == COLLECTED) | (status == MISSED)) != NO_ROW
    has_prescription = prescribed(panel)
    medication = has_prescription & ~np.isnan(readings["medication_coverage"].value)
    heard, applicable = np.zeros(len(panel), dtype=np.int64), np.full(len(panel), 0b1111, dtype=np.int64)
    for bit, domain in enumerate((signs, attendance, use, screened, medication)):
        heard |= domain.astype(np.int64) << bit
    applicable |= has_prescription.astype(np.int64) << 4
    return heard & applicable, applicable


def priority(safety_open: Bools, band: NDArray[Any], points: Ints, overdue: Ints, client_id: Ints) -> Ints:
    """Positions in the order of the worklist: open safety items, band, points, overdue, and the client's id."""
    return np.lexsort((client_id, -overdue, -points, PRIORITY[band], ~safety_open))
