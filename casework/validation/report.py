"""The validation report: out-of-fold scores of the trial's people against what happened to them.

The figures go into the file that the Evidence page reads (`casework.caseload.evidence_report`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casework.caseload.evidence_report import (
    FLAGGED,
    LANDMARK,
    Bin,
    ByScore,
    Calibration,
    Data,
    Discrimination,
    InSituation,
    Interval,
    Lead,
    Report,
    RiskGroup,
    RuleComparison,
)
from casework.imports.ctn0094 import Trial
from casework.indicators.chances import READS
from casework.indicators.weeks import between, weeks
from casework.outcomes import NO_DAY, RUN_WEEKS
from casework.validation.drawing import interval_of
from casework.validation.measures import (
    RESAMPLES,
    RankedRows,
    Rows,
    caught,
    flagged,
    interval,
    leads,
    logistic,
    ratio,
)
from casework.validation.scores import FOLDS, PROBABILITIES, out_of_fold
from casework.validation.simple_rules import SIMPLE_RULES
from casework.validation.situations import FEWEST_ROWS, SITUATIONS
from casework.validation.study import Study
from casework.validation.trial import day_of
from casework.vocabulary import Outcome
from casework.windows import Panel

PACKAGES: Final = "public.ctn0094data 1.0.6 and public.ctn0094extra 1.0.4"
VARIANTS: Final = 360
"""About so many variants of rows, targets, ridge and rounding were tried on these people before these were kept."""
FIRST_WEEK: Final = 3
"""Scores are judged from the end of the third week on, as in the published work."""
LANDMARK_WEEKS: Final = (3, 12)
SCORES: Final = ("early", "use", "engagement", "priority")
SHARES: Final = (0.1, FLAGGED)
FEWEST_EVENTS: Final = 20
"""A group with fewer events is counted, and nothing is said of how well the score does in it."""
_BINS: Final = 10
_AGES: Final = ((18, "18 to 25"), (26, "26 to 35"), (36, "36 to 45"), (46, "46 and older"))
_GROUP_RESAMPLES: Final = 200


@dataclass(frozen=True)
class _Part:
    """An outcome: its person-weeks, and their places in the study's panel."""

    outcome: str
    rows: Rows
    place: NDArray[np.int64]


@dataclass(frozen=True)
class _Measured:
    """A study with its out-of-fold scores, row by row of its panel."""

    study: Study
    scores: pd.DataFrame
    trial: Trial

    @cached_property
    def parts(self) -> dict[str, _Part]:
        """The person-weeks of each outcome and of the landmark."""
        found = {}
        late = self.study.week >= FIRST_WEEK
        for outcome, what in self.study.happened.items():
            found[outcome.value] = self._part(outcome.value, np.where(late, what.happened, np.nan))
        found[LANDMARK] = self._part(
            LANDMARK, np.where(self.study.week == FIRST_WEEK, _landmark(self.study), np.nan)
        )
        return found

    def _part(self, outcome: str, happened: NDArray[np.float64]) -> _Part:
        place = np.flatnonzero(~np.isnan(happened))
        who, week = self.study.panel.client_id[place], self.study.week[place]
        return _Part(outcome, Rows(who, week, happened[place]), place)

    def score(self, part: _Part, name: str) -> NDArray[np.generic]:
        """The column `name` of the scores on the part's rows."""
        return self.scores[name].to_numpy()[part.place]

    def read(self, part: _Part) -> NDArray[np.generic]:
        """The score from which the part's outcome is read."""
        return self.score(part, _reads(part.outcome))

    def stated(self, part: _Part) -> NDArray[np.float64]:
        """The chance stated for the part's outcome."""
        return self.scores[PROBABILITIES[Outcome(part.outcome)]].to_numpy()[part.place]


def report(trial: Trial, *, resamples: int = RESAMPLES) -> Report:
    """Measure everything. `resamples` draws of people stand behind each interval."""
    study = Study.of(trial)
    measured = _Measured(study, out_of_fold(study), trial)
    data = Data(PACKAGES, trial.digest, len(trial.people), FOLDS, resamples, VARIANTS)
    parts = measured.parts.values()
    return Report(
        data,
        tuple(_discrimination(measured, part, resamples) for part in parts),
        tuple(_by_score(measured, resamples)),
        tuple(_comparisons(measured, resamples)),
        tuple(_calibration(measured, measured.parts[outcome.value], resamples) for outcome in Outcome),
        tuple(_situations(measured, resamples)),
        tuple(_leads(measured)),
        tuple(_groups(measured, min(resamples, _GROUP_RESAMPLES))),
    )


def _reads(outcome: str) -> str:
    return "priority" if outcome == LANDMARK else READS[Outcome(outcome)]


def _landmark(study: Study) -> NDArray[np.float64]:
    """Whether four bad weeks in a row lie within the landmark's weeks, for each panel row."""
    first, last = LANDMARK_WEEKS
    found = weeks(Panel.on(study.facts, day_of(last)))
    row = (found.found | found.missed) & between(0, last - first)
    for _ in range(RUN_WEEKS - 1):
        row = row & (row >> 1)  # each time a week stays only if its neighbor is still there
    happened: NDArray[np.float64] = (row != 0).astype(np.float64)
    return happened[study.panel.client]


def _discrimination(measured: _Measured, part: _Part, resamples: int) -> Discrimination:
    rows, score = part.rows, measured.read(part)
    ranked = RankedRows(rows, score)
    caught_10, caught_20 = (
        interval(rows, caught(rows, flagged(rows, score, share)), resamples) for share in SHARES
    )
    return Discrimination(
        part.outcome,
        _reads(part.outcome),
        rows.people,
        len(rows.who),
        rows.events,
        interval(rows, ranked.auc, resamples),
        interval(rows, ranked.average_precision, resamples),
        caught_10,
        caught_20,
    )


def _by_score(measured: _Measured, resamples: int) -> Iterator[ByScore]:
    for part in measured.parts.values():
        for name in SCORES:
            ranked = RankedRows(part.rows, measured.score(part, name))
            yield ByScore(part.outcome, name, interval(part.rows, ranked.auc, resamples))


def _comparisons(measured: _Measured, resamples: int) -> Iterator[RuleComparison]:
    rules = {name: rule(measured.study) for name, rule in SIMPLE_RULES.items()}
    for part in measured.parts.values():
        rows, ours = part.rows, RankedRows(part.rows, measured.read(part))
        everybody = np.ones(len(rows.who))
        for name, values in rules.items():
            theirs = RankedRows(rows, values[part.place])

            def ahead(
                weight: NDArray[np.float64], theirs: RankedRows = theirs, ours: RankedRows = ours
            ) -> float:
                return ours.auc(weight) - theirs.auc(weight)

            yield RuleComparison(
                part.outcome,
                name,
                interval(rows, theirs.auc, resamples),
                _rounded(theirs.average_precision(everybody)),
                _rounded(caught(rows, flagged(rows, values[part.place], FLAGGED))(everybody)),
                interval(rows, ahead, resamples),
            )


def _calibration(measured: _Measured, part: _Part, resamples: int) -> Calibration:
    rows, stated = part.rows, measured.stated(part)
    fitted = logistic(rows, stated)
    low, high = interval_of(rows.who, fitted, resamples)
    intercept, slope = (
        Interval(_rounded(value), _rounded(low[n]), _rounded(high[n]))
        for n, value in enumerate(fitted(np.ones(len(stated))))
    )
    order = np.argsort(stated, kind="stable")
    bins = tuple(_bin(rows, stated, some, resamples) for some in np.array_split(order, _BINS))
    return Calibration(part.outcome, slope, intercept, interval(rows, ratio(rows, stated), resamples), bins)


def _bin(rows: Rows, stated: NDArray[np.float64], some: NDArray[np.int64], resamples: int) -> Bin:
    inside = np.zeros(len(stated))
    inside[some] = 1

    def observed(weight: NDArray[np.float64]) -> float:
        return float((weight * inside * rows.happened).sum() / max((weight * inside).sum(), 1e-9))

    return Bin(_rounded(float(stated[some].mean())), interval(rows, observed, resamples), len(some))


def _situations(measured: _Measured, resamples: int) -> Iterator[InSituation]:
    for name, holds in SITUATIONS.items():
        inside = holds(measured.study)
        for outcome in Outcome:
            part = measured.parts[outcome.value]
            some = inside[part.place]
            every = part.rows
            if not some.any():
                continue
            rows = Rows(every.who[some], every.week[some], every.happened[some])
            stated, observed = None, None
            if len(rows.who) >= FEWEST_ROWS:
                stated = _rounded(float(measured.stated(part)[some].mean()))
                observed = interval(rows, _observed(rows), resamples)
            yield InSituation(outcome.value, name, rows.people, len(rows.who), stated, observed)


def _observed(rows: Rows) -> Callable[[NDArray[np.float64]], float]:
    return lambda weight: float((weight * rows.happened).sum() / max(weight.sum(), 1e-9))


def _leads(measured: _Measured) -> Iterator[Lead]:
    for outcome in (Outcome.RELAPSE, Outcome.DROPOUT):
        part, what = measured.parts[outcome.value], measured.study.happened[outcome]
        day = np.where(what.day == NO_DAY, day_of(0), what.day)[part.place]
        confirmed = np.zeros(part.rows.people, dtype=np.int64)
        np.maximum.at(confirmed, part.rows.person, (day - day_of(0)) // 7)
        for share in SHARES:
            found, lengths = leads(part.rows, measured.read(part), share, confirmed)
            yield Lead(
                outcome.value,
                share,
                len(found),
                _rounded(found.mean()),
                float(np.median(lengths)),
                _rounded(lengths.mean()),
                _rounded((lengths >= 2).mean()),
                _rounded((lengths >= 4).mean()),
            )


def _groups(measured: _Measured, resamples: int) -> Iterator[RiskGroup]:
    client = measured.study.panel.client
    for by, labels in groups_of(measured.trial.people).items():
        for outcome in Outcome:
            part = measured.parts[outcome.value]
            flags = flagged(part.rows, measured.read(part), FLAGGED)
            of_row = labels[client[part.place]]
            for group in sorted(set(labels)):
                yield _group(measured, part, flags, np.flatnonzero(of_row == group), (by, group), resamples)


def groups_of(people: pd.DataFrame) -> dict[str, NDArray[np.object_]]:
    """What the report tells people apart by; no score reads any of it but the medication. One label a person."""
    ages = people["age"].astype(int).to_numpy()
    band = np.searchsorted([start for start, _ in _AGES], ages, side="right") - 1
    return {
        "Sex": people["sex"].str.capitalize().to_numpy(dtype=object),
        "Race and ethnicity": people["race_ethnicity"].to_numpy(dtype=object),
        "Age": np.array([_AGES[number][1] for number in band], dtype=object),
        "Trial": ("CTN-00" + people["trial"]).to_numpy(dtype=object),
        "Medication": people["drug"].str.capitalize().to_numpy(dtype=object),
    }


def _group(
    measured: _Measured,
    part: _Part,
    flags: NDArray[np.float64],
    inside: NDArray[np.int64],
    named: tuple[str, str],
    resamples: int,
) -> RiskGroup:
    every = part.rows
    rows = Rows(every.who[inside], every.week[inside], every.happened[inside])
    auc, found, expected = None, None, None
    if rows.events >= FEWEST_EVENTS:
        auc = interval(rows, RankedRows(rows, measured.read(part)[inside]).auc, resamples)
        found = interval(rows, caught(rows, flags[inside]), resamples)
        expected = interval(rows, ratio(rows, measured.stated(part)[inside]), resamples)
    return RiskGroup(
        part.outcome,
        *named,
        people=rows.people,
        rows=len(inside),
        events=rows.events,
        flagged=_rounded(flags[inside].mean()),
        auc=auc,
        caught_20=found,
        ratio=expected,
    )


def _rounded(value: float) -> float:
    return round(float(value), 4)
