"""In which group each client stood at the ends of the last weeks, by the rules of today's groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from casework.indicators import INDICATORS
from casework.indicators.use import tells_of_overdose
from casework.standing.flags import SAFETY_ANSWER_DAYS
from casework.standing.groups import GROUPS, LOOKS_WELL, READS, STEADY, groups
from casework.standing.look_again import OVERDOSE_DAYS
from casework.windows import NEVER, Bools, Panel

if TYPE_CHECKING:
    from casework.frames import Facts
    from casework.indicators import Assessment


def groups_by_week(assessment: Assessment, facts: Facts, weeks: int) -> pd.DataFrame:
    """client_id, day (the last of a week), group: a row a client and week from admission on, the latest week ending
    today. As `standings` says it on that day from what is now held to be right (see `assess`). `weeks` at most those of
    the assessment's history."""
    history = assessment.history
    recent = history[history["day"].to_numpy() > assessment.today - 7 * weeks]
    client_id, day = recent["client_id"].to_numpy(), recent["day"].to_numpy()
    panel = Panel.of(facts, client_id, day)
    readings = {id_: INDICATORS[id_].compute(panel) for id_ in READS}
    group = groups(panel, readings, recent["early"].to_numpy()).group
    group = np.where(_safety_stands(panel) & (group == STEADY), LOOKS_WELL, group)
    names = np.array([one.value for one in GROUPS], dtype=object)
    return pd.DataFrame({"client_id": client_id, "day": day, "group": names[group]})


def _safety_stands(panel: Panel) -> Bools:
    """Whether the flag of an overdose or of a safety answer stands (`casework.standing.flags`)."""
    items = panel.window("safety_items", None)
    overdose = items.last(tells_of_overdose(items))
    told = items.at("day", overdose, NEVER)
    event = items.at("event", overdose, NEVER)
    of_overdose = np.where(event >= 0, event, told)
    answer = items.last(items.all_of("concerns") != 0)
    answered = items.at("acknowledged", answer, NEVER) <= panel.as_of
    until = items.at("day", answer, NEVER) + SAFETY_ANSWER_DAYS - 1
    stands: Bools = ((told != NEVER) & (panel.as_of <= of_overdose + OVERDOSE_DAYS)) | (
        (items.at("day", answer, NEVER) != NEVER) & (~answered | (panel.as_of <= until))
    )
    return stands
