"""Scores of a study's people and weeks: with the shipped weights, and out of fold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casework.errors import TooFewToFit
from casework.indicators import points as point_table
from casework.indicators.chances import READS, Curve, probability, read_score
from casework.indicators.fitted import CURVES
from casework.indicators.rules import Rule
from casework.indicators.tables import CANDIDATES
from casework.validation.calibration import curve
from casework.validation.fitting import CandidateRows, fit_odds, fit_shares
from casework.validation.study import Study
from casework.vocabulary import Outcome, Score
from casework.windows import Ints

FOLDS: Final = 10
FITTED_SCORES: Final = (Score.EARLY, Score.USE, Score.ENGAGEMENT)
PROBABILITIES: Final = {
    Outcome.RELAPSE: "p_a", Outcome.EARLY: "p_e", Outcome.USE: "p_b", Outcome.DROPOUT: "p_d",
}  # fmt: skip
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Fit:
    """Points of all candidate rows by their id, and the calibration curves by outcome."""

    points: dict[str, int]
    curves: dict[Outcome, Curve]


def shipped(study: Study) -> pd.DataFrame:
    """who, week, early, use, engagement, priority and p_a, p_e, p_b, p_d with the shipped weights."""
    scores = point_table.score(study.panel, study.readings)
    curves = {outcome: CURVES[outcome.value] for outcome in Outcome}
    return _frame(study, scores.of, curves)


def out_of_fold(study: Study) -> pd.DataFrame:
    """The same columns; each person's by a fit (weights, selection of rows, calibration) on the other folds.
    TooFewToFit when the study is too small."""
    if len(study.facts.clients) < FOLDS:
        raise TooFewToFit(f"Fitting out of fold needs at least {FOLDS} people.")
    fold = fold_of(study)
    parts = []
    for number in range(FOLDS):
        found = fit(study, fold != number, interval=False)
        parts.append(_frame(study, points_of(study, found.points), found.curves)[fold == number])
    together: pd.DataFrame = pd.concat(parts).sort_values(["who", "week"], ignore_index=True)
    return together


def fold_of(study: Study) -> Ints:
    """The fold of each panel row: people are dealt in turn, all weeks of a person into one fold."""
    return study.panel.client % FOLDS


def fit(study: Study, among: Bools, *, interval: bool) -> Fit:
    """Fit all tables and all curves on the panel rows `among`. TooFewToFit where an outcome happened in none or all."""
    for outcome in READS:
        happened = study.happened[outcome].happened[among]
        if not {0, 1} <= set(happened[~np.isnan(happened)]):
            raise TooFewToFit(f"Nothing can be fitted: {outcome.value} happened to nobody, or to everybody.")
    points: dict[str, int] = {}
    for score in FITTED_SCORES:
        points |= _points(study, score, among)
    of = points_of(study, points)
    curves = {}
    for outcome in READS:
        happened = study.happened[outcome].happened
        rows = among & ~np.isnan(happened)
        people = study.panel.client_id[rows]
        curves[outcome] = curve(read_score(outcome, of)[rows], happened[rows], people, interval=interval)
    return Fit(points, curves)


def _points(study: Study, score: Score, among: Bools) -> dict[str, int]:
    start, *rules = (rule for rule in CANDIDATES if rule.score is score)
    ids = [rule.id for rule in rules]
    candidates = CandidateRows(
        study.times(tuple(rules)),
        np.array([rule.sign for rule in rules]),
        np.array(
            [ids.index(f"{score.value}.{rule.takes_back}") if rule.takes_back else -1 for rule in rules]
        ),
        np.array([rule.most for rule in rules]),
    )
    if score is Score.ENGAGEMENT:
        found = fit_odds(candidates, study.engagement_target(), among)
        begins = -(candidates.times[among] @ found).min()
    else:
        target = study.early_target() if score is Score.EARLY else study.use_target()
        found, begins = fit_shares(candidates, target, among)
    named = {rule.id: int(points) for rule, points in zip(rules, found, strict=True)}
    return {start.id: int(begins)} | named


def points_of(study: Study, points: dict[str, int]) -> dict[Score, Ints]:
    """The fitted scores of each panel row by these points."""
    return {score: _sum(study, score, points) for score in FITTED_SCORES}


def _sum(study: Study, score: Score, points: dict[str, int]) -> Ints:
    rules: tuple[Rule, ...] = tuple(rule for rule in CANDIDATES if rule.score is score)
    weights = np.array([points[rule.id] for rule in rules], dtype=np.float64)
    return np.asarray(np.rint(study.times(rules) @ weights), dtype=np.int64)


def _frame(study: Study, of: Mapping[Score, Ints], curves: Mapping[Outcome, Curve]) -> pd.DataFrame:
    """Scores are never blank. A chance is, where its outcome is not open: a run is complete (a, d), the week is not
    negative (e), use is known from two of the last four weeks or nobody was seen in them (b)."""
    scores = {score.value: of[score] for score in FITTED_SCORES}
    scores["priority"] = read_score(Outcome.RELAPSE, of)
    chances = {
        column: np.where(
            study.happened[outcome].at_risk, probability(curves[outcome], read_score(outcome, of)), np.nan
        )
        for outcome, column in PROBABILITIES.items()
    }
    return pd.DataFrame({"who": study.panel.client_id, "week": study.week, **scores, **chances})
