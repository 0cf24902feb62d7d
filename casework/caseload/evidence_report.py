"""The evidence behind the scores: what `make validate` measured on the trial data, as the Evidence page shows it.

The figures stand in the file beside this module; `casework.validation.report` writes it and nobody edits it by hand.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, Self, TypeVar, get_args, get_type_hints

from casework import wording
from casework.vocabulary import OUTCOMES

Figures = TypeVar("Figures")
FILE: Final = Path(__file__).with_suffix(".json")
LANDMARK: Final = "landmark"
"""The published question of Luo et al. (2024): seen from the end of week 3, a relapse within weeks 3 to 12."""
FLAGGED: Final = 0.2
"""The share of the caseload that is flagged each week where groups are compared."""
NEAR: Final = 0.07
"""A stated chance so near to what happened holds well enough to be said of people in that situation."""
OFTEN: Final = 1.25
LABELS: Final = {
    **{one.id: wording.label(one) for one in OUTCOMES},
    LANDMARK: "Four weeks with use or not coming in weeks 3 to 12, seen from week 3",
}


@dataclass(frozen=True)
class Interval:
    """A figure with the limits of its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Data:
    """What was measured on. `digest` is the SHA-256 of the two data files one after the other."""

    packages: str
    digest: str
    people: int
    folds: int
    resamples: int
    variants: int


@dataclass(frozen=True)
class Discrimination:
    """How well a score tells who is next: area under the ROC curve, average precision, and the share of all events
    that are caught when 10% or 20% of the caseload is flagged each week. `rows` are person-weeks."""

    outcome: str
    score: str
    people: int
    rows: int
    events: int
    auc: Interval
    precision: Interval
    caught_10: Interval
    caught_20: Interval


@dataclass(frozen=True)
class ByScore:
    """What every score, also one that is not meant for it, says of an outcome."""

    outcome: str
    score: str
    auc: Interval


@dataclass(frozen=True)
class RuleComparison:
    """A simple rule beside our score. `ahead` is our area under the curve minus the rule's, on the same people."""

    outcome: str
    rule: str
    auc: Interval
    precision: float
    caught_20: float
    ahead: Interval


@dataclass(frozen=True)
class Bin:
    """A tenth of the person-weeks, by the chance that was stated."""

    stated: float
    observed: Interval
    rows: int


@dataclass(frozen=True)
class Calibration:
    """Whether stated chances hold. `slope` 1, `intercept` 0 and `ratio` (observed to expected) 1 are perfect."""

    outcome: str
    slope: Interval
    intercept: Interval
    ratio: Interval
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class InSituation:
    """One outcome for the people in a situation: what was stated of them and what happened. None: too few rows."""

    outcome: str
    situation: str
    people: int
    rows: int
    stated: float | None
    observed: Interval | None

    @property
    def holds(self) -> bool:
        """The stated chance lies within `NEAR` of what happened, or inside its interval, or too few rows say."""
        if self.stated is None or self.observed is None:
            return True
        return (
            abs(self.stated - self.observed.value) <= NEAR
            or self.observed.low <= self.stated <= self.observed.high
        )


@dataclass(frozen=True)
class Lead:
    """How early an event is flagged when `flagged` of the caseload is, for events from week 8 on.

    `caught` was flagged in any of the four weeks before. The lead is the number of weeks in a row up to the event in
    which the client was flagged, 0 when not in the last one.
    """

    outcome: str
    flagged: float
    events: int
    caught: float
    median: float
    mean: float
    two_weeks: float
    four_weeks: float


@dataclass(frozen=True)
class RiskGroup:
    """One outcome in one group of people, flagged with everybody else. None: too few events to say."""

    outcome: str
    by: str
    group: str
    people: int
    rows: int
    events: int
    flagged: float
    auc: Interval | None
    caught_20: Interval | None
    ratio: Interval | None

    def less_right(self, overall: float) -> bool:
        """The whole interval of the area under the curve lies below that of everybody."""
        return self.auc is not None and self.auc.high < overall

    @property
    def flagged_often(self) -> bool:
        """They take up so much more than their share of the flags that it has to be said."""
        return self.flagged >= OFTEN * FLAGGED

    @property
    def chance_too_high(self) -> bool:
        """It happened less often than stated, by more than chance would bring."""
        return self.ratio is not None and self.ratio.high < 1

    @property
    def chance_too_low(self) -> bool:
        """It happened more often than stated, by more than chance would bring."""
        return self.ratio is not None and self.ratio.low > 1


@dataclass(frozen=True)
class Report:
    """All figures of the validation report."""

    data: Data
    discrimination: tuple[Discrimination, ...]
    by_score: tuple[ByScore, ...]
    comparisons: tuple[RuleComparison, ...]
    calibration: tuple[Calibration, ...]
    situations: tuple[InSituation, ...]
    leads: tuple[Lead, ...]
    groups: tuple[RiskGroup, ...]

    def as_json(self) -> str:
        """The file's text."""
        return as_text(self)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `as_json` wrote."""
        return from_text(cls, text)

    def calibration_of(self, outcome: str) -> Calibration:
        """The calibration of one outcome's chance."""
        return next(one for one in self.calibration if one.outcome == outcome)

    def discrimination_of(self, outcome: str) -> Discrimination:
        """How well the score that is read for an outcome tells who is next."""
        return next(one for one in self.discrimination if one.outcome == outcome)

    def uneven(self) -> tuple[RiskGroup, ...]:
        """The groups that are flagged often, or in which a score is less right or its chances are off by more than
        chance would bring."""
        overall = {one.outcome: one.auc.value for one in self.discrimination}
        return tuple(
            one
            for one in self.groups
            if one.less_right(overall[one.outcome])
            or one.flagged_often
            or one.chance_too_high
            or one.chance_too_low
        )


@cache
def read_report() -> Report:
    """The committed figures."""
    return Report.from_json(FILE.read_text(encoding="utf-8"))


def as_text(figures: Any) -> str:
    """Figures (a dataclass) as JSON: a row of a table on a line of its own, an interval as three numbers."""
    parts = []
    for name, content in asdict(figures, dict_factory=_short).items():
        rows = [json.dumps(row) for row in content] if isinstance(content, tuple) else None
        text = json.dumps(content) if rows is None else "[\n  " + ",\n  ".join(rows) + "\n ]"
        parts.append(f' "{name}": {text}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def from_text(kind: type[Figures], text: str) -> Figures:
    """What `as_text` wrote."""
    found = _built(kind, json.loads(text))
    assert isinstance(found, kind)  # noqa: S101 - for the type checker
    return found


_INTERVAL: Final = [field.name for field in fields(Interval)]


def _short(pairs: list[tuple[str, Any]]) -> Any:
    found = dict(pairs)
    return [found[name] for name in _INTERVAL] if list(found) == _INTERVAL else found


def _built(kind: Any, raw: Any) -> Any:
    """A value of the type `kind` (a dataclass, a tuple of one, or one or None) from what JSON holds."""
    if raw is None or kind in (str, int, float):
        return raw
    if kind is Interval:
        return Interval(*raw)
    if get_args(kind):
        inner = get_args(kind)[0]
        return tuple(_built(inner, one) for one in raw) if get_args(kind)[-1] is ... else _built(inner, raw)
    hints = get_type_hints(kind)
    return kind(**{name: _built(hints[name], value) for name, value in raw.items()})
