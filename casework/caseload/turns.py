"""Whose turn it is today: the dealing of the day's places (`casework.standing.places`) for the clients of a caseload.

As of the morning: what was called today changes nobody's turn, so that the list stays as it is for the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy.orm import Session

from casework.caseload.kept import working
from casework.caseload.standing import KnownCaseload
from casework.clinic_days import ClinicDays
from casework.frames import Facts
from casework.indicators import INDICATORS, Assessment
from casework.standing import Standing
from casework.standing.groups import READS, groups
from casework.standing.look_again import follow_ups
from casework.standing.places import NO_PLACE, candidates, plans, turns
from casework.standing.rest import rests
from casework.standing.standings import early_warning
from casework.users import User
from casework.windows import Panel


@dataclass(frozen=True)
class CallTurn:
    """`number`: whose turn it is in the caseload, counted from 0; None: takes no place today. `lane`: comes before all
    groups, outside the places. `beside`: stands on the list beside the places: one that is kept until a dose is on
    record, one of who needs a plan, or one whose safety answer is looked at again by the next working day or was
    today. `rank`: the place in the order of the list, from 1."""

    number: int | None
    lane: bool
    beside: bool
    rank: int


def turns_for(session: Session, user: User, read: KnownCaseload, today: dt.date) -> dict[int, CallTurn]:
    """The turn of each client of the caseloads that were read for the user."""

    def compute() -> dict[int, CallTurn]:
        return turns_of(read.facts, read.assessment, read.standings, read.days)

    return working(session, user, today, ("turns", *read.assessment.clients.tolist()), compute)


def turns_of(
    facts: Facts, assessment: Assessment, standings: Mapping[int, Standing], days: ClinicDays
) -> dict[int, CallTurn]:
    """The turn of each client of `facts` on the assessment's day, by id."""
    panel = Panel.on(_in_the_morning(facts, assessment.today), assessment.today)
    readings = {id_: INDICATORS[id_].compute(panel) for id_ in READS}
    found = groups(panel, readings, early_warning(assessment))
    them = candidates(panel, found, rests(panel, found, days), days)
    turn, plan = turns(them), plans(them)
    lane = np.array([bool(standings[client_id].lane) for client_id in them.client_id.tolist()], dtype=bool)
    soon = days.working_day_after(assessment.today)
    looked = _looked_today(facts, days, assessment.today)
    again = np.array(
        [id_ in looked or _looks_again(standings[id_], soon) for id_ in them.client_id.tolist()], dtype=bool
    )
    beside = ~lane & ((found.keeps_place & (turn == NO_PLACE)) | (plan != NO_PLACE))
    behind = np.where(turn == NO_PLACE, len(turn), turn)
    first = again & them.before_closed
    keys = (them.client_id, -them.early, found.group, behind, ~beside, ~found.keeps_place, ~first, ~lane)
    order = np.lexsort(keys)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    columns = (them.client_id, turn, lane, beside | (again & ~lane), rank)
    return {
        client_id: CallTurn(None if number == NO_PLACE else number, *more)
        for client_id, number, *more in zip(*(column.tolist() for column in columns), strict=True)
    }


def _looks_again(one: Standing, by: int) -> bool:
    """Whether a safety answer was acknowledged, and somebody looks again by the day `by`."""
    states = (line.values for line in one.headline if line.id in ("overdose", "self_harm"))
    return any(not state["open"] and state["again"] is not None and state["again"] <= by for state in states)


def _looked_today(facts: Facts, days: ClinicDays, today: int) -> set[int]:
    """Whose safety answer somebody has looked at again today: that call was for safety, and takes no place."""
    found = follow_ups(facts, days)
    return {
        client_id
        for client_id, items in found.items()
        if any(look.done == today for item in items for look in item.looks)
    }


def _in_the_morning(facts: Facts, today: int) -> Facts:
    """The facts without the calls of today."""
    return replace(facts, calls=facts.calls[facts.calls["day"] < today].reset_index(drop=True))
