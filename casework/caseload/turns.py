"""Whose turn it is today: the dealing of the day's places (`casework.standing.places`) for the clients of a caseload.

As of the morning: what was called today changes nobody's turn, so that the list stays as it is for the day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from casework.clinic_days import ClinicDays
from casework.frames import Facts
from casework.indicators import Assessment
from casework.standing.groups import groups
from casework.standing.places import NO_PLACE, candidates, plans, turns
from casework.standing.rest import rests
from casework.standing.standings import early_warning
from casework.windows import Panel


@dataclass(frozen=True)
class CallTurn:
    """`number`: whose turn it is in the caseload, counted from 0; None: takes no place today. `beside`: stands on the
    list beside the day's calls: a place that is kept until a dose is on record, or one of who needs a plan. `rank`: the
    place in the order of the list, from 1."""

    number: int | None
    beside: bool
    rank: int


def turns_of(facts: Facts, assessment: Assessment, clinic_days: ClinicDays) -> dict[int, CallTurn]:
    """The turn of each client of `facts` on the assessment's day, by id."""
    panel = Panel.on(_in_the_morning(facts, assessment.today), assessment.today)
    found = groups(panel, assessment.readings, early_warning(assessment))
    them = candidates(panel, found, rests(panel, found, clinic_days), clinic_days)
    turn, plan = turns(them), plans(them)
    beside = (found.keeps_place & (turn == NO_PLACE)) | (plan != NO_PLACE)
    behind = np.where(turn == NO_PLACE, len(turn), turn)
    order = np.lexsort((them.client_id, -them.early, found.group, behind, ~beside, ~found.keeps_place))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    return {
        client_id: CallTurn(None if number == NO_PLACE else number, one, place)
        for client_id, number, one, place in zip(
            them.client_id.tolist(), turn.tolist(), beside.tolist(), rank.tolist(), strict=True
        )
    }


def _in_the_morning(facts: Facts, today: int) -> Facts:
    """The facts without the calls of today."""
    return replace(facts, calls=facts.calls[facts.calls["day"] < today].reset_index(drop=True))
