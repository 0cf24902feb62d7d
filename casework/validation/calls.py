"""Lists of calls on made-up caseloads of the trial's people, made with the very code behind Today.

One list on the last day of each of the weeks `FIRST_LIST` to `LAST_LIST`, from what was known by then.
Nobody was called before the first one, and every listed call counts as one that reached the client and made
no appointment. What Today has beside the day's calls (the lane, the places of those who need a plan) is not
in these lists."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casework.clinic_days import ClinicDays
from casework.errors import ImportRefused
from casework.frames import COLUMNS, KINDS, Facts, frame
from casework.imports.ctn0094.tables import (
    numbers,
    read_csv,
    refuse_where,
    require_columns,
    whole_numbers,
)
from casework.indicators import INDICATORS
from casework.standing.groups import EARLY_FROM, READS, groups
from casework.standing.places import DEALING, NO_PLACE, Dealing, candidates, deal
from casework.standing.rest import REST_DAYS, rests
from casework.validation.trial import day_of
from casework.vocabulary import AnsweredBy, CallOutcome, FactKind, Group
from casework.windows import Ints, Panel

FIRST_LIST: Final = 3
LAST_LIST: Final = 12
EVERY_DAY: Final = ClinicDays(working=0b1111111, dosing=0b1111111)
"""The study's weeks end on any day: no day is closed."""
_DAYS: Final = 100_000
"""More than there are day numbers: a client and a day in one number."""
_REACHED: Final = list(CallOutcome).index(CallOutcome.REACHED)


@dataclass(frozen=True)
class Caseloads:
    """Made-up caseloads of a study's people, who can be on several: a row of `who` and `caseload` for each
    person of each caseload, by caseload and person. `facts` are theirs; a client's id is the number of the
    row, from 1."""

    caseload: Ints
    who: Ints
    facts: Facts

    @classmethod
    def of(cls, facts: Facts, rows: pd.DataFrame) -> Caseloads:
        """`rows`: caseload and who, people of the study, in any order."""
        ordered = rows[["caseload", "who"]].drop_duplicates().sort_values(["caseload", "who"])
        caseload, who = (ordered[name].to_numpy(dtype=np.int64) for name in ("caseload", "who"))
        return cls(caseload, who, _copied(facts, who, caseload))

    def __len__(self) -> int:
        return len(self.who)


def _copied(facts: Facts, who: Ints, caseload: Ints) -> Facts:
    """The facts of `who`, each time anew under the number of the row."""
    made = {}
    for name, columns in COLUMNS.items():
        of = facts.column(name, "client_id")
        first, stop = np.searchsorted(of, who, "left"), np.searchsorted(of, who, "right")
        count = stop - first
        row = np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())
        made[name] = {column: facts.column(name, column)[row] for column in columns}
        made[name]["client_id"] = np.repeat(np.arange(1, len(who) + 1), count)
    made["clients"]["caseload"] = caseload
    return Facts.of(made)


@dataclass(frozen=True)
class ListRule:
    """How lists are made: the rests after a call by group, the dealing, the limit of the early-warning score, and on
    how many days before the end of a week there is a list."""

    rest_days: Mapping[Group, int] = field(default_factory=lambda: REST_DAYS)
    dealing: Dealing = DEALING
    early_from: float = EARLY_FROM
    days_before: tuple[int, ...] = (0,)


TODAYS_RULE: Final = ListRule()


def lists(
    caseloads: Caseloads, scores: pd.DataFrame, calls: int, rule: ListRule = TODAYS_RULE
) -> pd.DataFrame:
    """caseload, week, who: `calls` a caseload and list, in the order of the list.

    `scores`: who, week and `early` (`use` where there is none). ImportRefused where somebody has no score in a week.
    """
    made: list[pd.DataFrame] = []
    called: dict[str, list[NDArray[np.int64]]] = {"client_id": [], "day": []}
    for week, before in itertools.product(range(FIRST_LIST, LAST_LIST + 1), rule.days_before):
        day = day_of(week) - before
        panel = Panel.on(_with_calls(caseloads.facts, called), day)
        readings = {id_: INDICATORS[id_].compute(panel) for id_ in READS}
        early = _early(caseloads, scores, week if before == 0 else week - 1)
        found = groups(panel, readings, early, rule.early_from)
        resting = rests(panel, found, EVERY_DAY, rule.rest_days)
        place = deal(candidates(panel, found, resting, EVERY_DAY), calls, rule.dealing)
        rows = np.flatnonzero(place != NO_PLACE)
        rows = rows[np.lexsort((place[rows], caseloads.caseload[rows]))]
        made.append(
            pd.DataFrame({"caseload": caseloads.caseload[rows], "week": week, "who": caseloads.who[rows]})
        )
        called["client_id"].append(rows + 1)
        called["day"].append(np.full(len(rows), day))
    return pd.concat(made, ignore_index=True)


def read_scores(file: Path) -> pd.DataFrame:
    """who, week and the early-warning score of a CSV file that `score` or `crossvalidate` wrote; FileRefused when it
    is none, a score is no finite number, or somebody has two in a week."""
    given = read_csv(file, ("who", "week"))
    column = "use" if "use" in given.columns and "early" not in given.columns else "early"
    require_columns(file, given, (column,))
    found = given.assign(
        who=whole_numbers(file, given, "who"),
        week=whole_numbers(file, given, "week"),
        **{column: numbers(file, given, column)},
    )[["who", "week", column]]
    twice = found.duplicated(["who", "week"])
    refuse_where(file, twice, "the person has a second score in the week.", column="who, week")
    return found


def _with_calls(facts: Facts, called: dict[str, list[NDArray[np.int64]]]) -> Facts:
    """The facts with one call that reached the client for each of `called`, and no other call. At the end of the day a
    call answers all that became known on it."""
    empty = np.zeros(0, dtype=np.int64)
    client, day = (np.concatenate([empty, *called[name]]) for name in ("client_id", "day"))
    order = np.lexsort((day, client))
    columns = {
        "id": np.arange(1, len(order) + 1),
        "client_id": client[order],
        "day": day[order],
        "known": day[order],
        "reached": np.ones(len(order)),
        "outcome": np.full(len(order), _REACHED),
        "appointment": np.full(len(order), -1),
    }
    return replace(facts, calls=frame("calls", columns), answered=_answers(facts, client[order], day[order]))


def _answers(facts: Facts, client: Ints, day: Ints) -> pd.DataFrame:
    """What the calls of these clients and days have answered."""
    calls = client * _DAYS + day
    parts = []
    for name, kind in KINDS.items():
        who, known = facts.column(name, "client_id"), facts.column(name, "known")
        rows = np.flatnonzero(np.isin(who.astype(np.int64) * _DAYS + known, calls))
        position = np.full(len(rows), list(FactKind).index(kind))
        parts.append(np.stack([who[rows], known[rows], position, facts.column(name, "id")[rows]]))
    who, known, kinds, ids = np.concatenate(parts, axis=1)
    order = np.lexsort((known, who))
    columns = {
        "id": np.arange(1, len(order) + 1),
        "client_id": who[order],
        "day": known[order],
        "known": known[order],
        "by": np.full(len(order), list(AnsweredBy).index(AnsweredBy.CALL)),
        "by_id": np.zeros(len(order)),
        "kind": kinds[order],
        "fact": ids[order],
    }
    return frame("answered", columns)


def _early(caseloads: Caseloads, scores: pd.DataFrame, week: int) -> NDArray[np.float64]:
    """The early-warning score of each row of the caseloads at the end of a week."""
    column = "early" if "early" in scores.columns else "use"
    of_week = scores.loc[scores["week"] == week].set_index("who")[column]
    early = of_week.reindex(caseloads.who).to_numpy(dtype=np.float64)
    if np.isnan(early).any():
        who = int(caseloads.who[np.isnan(early)][0])
        raise ImportRefused(f"The caseloads name person {who}, who has no score in week {week}.")
    return early
