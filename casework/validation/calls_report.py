"""The figures of the day's list (`casework.caseload.calls_report`), measured on a study with out-of-fold scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from casework.caseload.calls_report import TIDELINE, TURNS, Ahead, CallList, CallsReport
from casework.caseload.evidence_report import Interval
from casework.standing.groups import EARLY_FROM
from casework.standing.places import DEALING
from casework.standing.rest import REST_DAYS
from casework.validation.calls import TODAYS_RULE, Caseloads, ListRule, lists
from casework.validation.drawing import interval_of
from casework.validation.measures import Floats, Ints
from casework.validation.reach import AHEAD, MEASURES, ROUND_ROBINS, Reach, Shares
from casework.validation.simple_rules import days_since_visit, rolling_opus
from casework.validation.study import Study
from casework.vocabulary import Group

CALLS: Final = (5, 2)
SIMPLE: Final = {"days_since_visit": days_since_visit, "rolling_opus": rolling_opus}
WORKING_DAYS: Final = (4, 3, 2, 1, 0)
"""Five days a week, counted back from its end."""


def variants() -> Iterator[tuple[str, ListRule]]:
    """The rule with one thing changed, by what was changed."""
    for slipping, well in ((7, 7), (21, 14), (28, 28)):
        yield f"rest {slipping} {well}", replace(TODAYS_RULE, rest_days=_rests(slipping, well))
    no_turns = replace(DEALING, turn_days=0)
    for slipping, well in ((7, 14), (28, 28)):
        yield f"no turns, rest {slipping} {well}", ListRule(_rests(slipping, well), no_turns)
    for days in (14, 21, 35):
        yield f"turns {days}", replace(TODAYS_RULE, dealing=replace(DEALING, turn_days=days))
    for share in (0.4, 0.8):
        dealing = replace(DEALING, slipping_share=share)
        yield f"share {share:g}", replace(TODAYS_RULE, dealing=dealing)
    for limit in (0, EARLY_FROM + 30):
        yield f"early from {limit}", replace(TODAYS_RULE, early_from=limit)


def _rests(slipping: int, well: int) -> dict[Group, int]:
    return {**REST_DAYS, Group.SLIPPING: slipping, Group.LOOKS_WELL: well}


def calls_report(
    study: Study, scores: pd.DataFrame, rows: pd.DataFrame, *, resamples: int, with_variants: bool = True
) -> CallsReport:
    """Measure everything. `scores`: out of fold; `rows`: caseload and who."""
    caseloads = Caseloads.of(study.facts, rows)
    reach = Reach(study, caseloads)
    made: list[CallList] = []
    ahead: list[Ahead] = []
    for calls in CALLS:
        ours, turns = _measured(reach, scores, calls, TODAYS_RULE), reach.by_turns(calls)
        made += [_listed(TIDELINE, calls, [ours]), _listed(TURNS, calls, turns)]
        made += [_listed(name, calls, [reach.by_rule(rule(study), calls)]) for name, rule in SIMPLE.items()]
        ahead += _ahead(calls, ours, turns, caseloads.who, resamples)
    counts = np.unique(caseloads.caseload, return_counts=True)[1]
    return CallsReport(
        people=len(study.facts.clients),
        caseloads=len(counts),
        size=int(counts.max()),
        starts=ROUND_ROBINS,
        lists=tuple(made),
        ahead=tuple(ahead),
        variants=tuple(_variants(reach, scores)) if with_variants else (),
    )


def _variants(reach: Reach, scores: pd.DataFrame) -> Iterator[CallList]:
    for calls in CALLS:
        for name, rule in variants():
            yield _listed(name, calls, [_measured(reach, scores, calls, rule)])
    by_day = replace(TODAYS_RULE, days_before=WORKING_DAYS)
    for a_day in (1, 5):
        name = f"{a_day} a day on five days"
        yield _listed(name, 5 * a_day, [_measured(reach, scores, a_day, by_day)])


def _measured(reach: Reach, scores: pd.DataFrame, calls: int, rule: ListRule) -> Shares:
    return reach.measured(reach.grid(lists(reach.caseloads, scores, calls, rule)))


def _listed(name: str, calls: int, measured: Sequence[Shares]) -> CallList:
    shares = np.mean([one.shares() for one in measured], axis=0)
    each = float(np.mean([one.calls_each for one in measured]))
    told = {measure: round(float(share), 4) for measure, share in zip(MEASURES, shares, strict=True)}
    return CallList(name=name, calls=calls, each=round(each, 1), **told)


def _ahead(calls: int, ours: Shares, turns: Sequence[Shares], who: Ints, resamples: int) -> Iterator[Ahead]:
    def difference(weight: Floats) -> Floats:
        found: Floats = ours.shares(weight) - np.mean([one.shares(weight) for one in turns], axis=0)
        return found

    stated = difference(np.ones(len(ours.hits)))
    low, high = interval_of(who, difference, resamples)
    for measure in AHEAD:
        at = MEASURES.index(measure)
        yield Ahead(calls, measure, Interval(*(round(float(one[at]), 4) for one in (stated, low, high))))
