"""How each rule of the point table has done in this clinic: how often it fired, and what followed.

A rule *fires* in the week in which it begins to hold; weeks in which it goes on holding are not counted again. It was
*followed* when the outcome of its score happened within the outcome's weeks (four for all that are asked about here).
Firings of clients who were not at risk, or of whom it cannot be said, leave the share (see `casework.outcomes`).

That an outcome follows a rule doesn't mean that the rule was right to fire, nor that nothing was done about it: a call
that helped looks like a false alarm. The figures compare, they don't judge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from casework.indicators import INDICATORS, TABLE
from casework.intervals import wilson
from casework.outcomes import Happened
from casework.vocabulary import Outcome, Score
from casework.windows import Bools, Ints, Panel

MIN_FOLLOWED_UP: Final = 20
"""With fewer firings that could be followed up a share says next to nothing, and none is given (Tideline's own)."""
OUTCOME_OF: Final = {
    Score.EARLY: Outcome.EARLY,
    Score.USE: Outcome.USE,
    Score.ENGAGEMENT: Outcome.DROPOUT,
    Score.SIGNS: Outcome.RELAPSE,
}
"""What the rules of a score are held against."""
FINDINGS: Final = tuple(rule for rule in TABLE if rule.sign)
"""The rules that say something about how a client is. The others (where a score starts, time in care, the medication)
hold of whole groups, fire at nothing, and carry the scale of the chances."""
PROTECTED: Final = frozenset(
    rule.id
    for rule in FINDINGS
    if rule.indicator_id == "overdose" or INDICATORS[rule.indicator_id].group == "safety"
)
"""Rules that nobody can switch off. An overdose is the strongest warning of dying there is, and what is about safety
or lowered tolerance warns of death, not of a return to use: how often the outcome followed cannot speak against it."""

COLUMNS: Final = (
    "rule_id", "outcome", "fired", "clients", "followed_up", "followed", "ratio", "low", "high", "lead_days",
    "otherwise_weeks", "otherwise",
)  # fmt: skip


def report_card(
    rules: Sequence[tuple[str, Outcome]], holds: Bools, panel: Panel, happened: Mapping[Outcome, Happened]
) -> pd.DataFrame:
    """A row a rule, in the order of `rules`, each with the outcome that it is held against.

    `holds`: [rules, panel rows]. `panel`: the same ascending weekly days for every client. `happened`: what followed
    each panel row. The columns:

    * fired: how often the rule began to hold; clients: of how many clients.
    * followed_up: firings of clients at risk whose outcome is known; followed: those after which it happened.
    * ratio, low, high: followed of followed_up with its 95% interval (Wilson 1927); NaN below `MIN_FOLLOWED_UP`.
    * lead_days: the median of days from the firing to the outcome; NaN when it never happened.
    * otherwise_weeks, otherwise: client-weeks in which the rule did not hold, and the share of them that the outcome
      followed; NaN below `MIN_FOLLOWED_UP`.
    """
    fired = _begins(holds, panel)
    rows = [
        (id_, outcome.value, *_row(holds[at], fired[at], panel, happened[outcome]))
        for at, (id_, outcome) in enumerate(rules)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _begins(holds: Bools, panel: Panel) -> Bools:
    """Where a rule holds and did not in the week before. Of a client's first panel day that is not known."""
    begins = holds.copy()
    begins[:, 1:] &= ~holds[:, :-1]
    first = np.r_[True, panel.client[1:] != panel.client[:-1]] if len(panel) else np.zeros(0, dtype=bool)
    begins[:, first] = False
    return begins


def _row(
    holds: Bools, fired: Bools, panel: Panel, found: Happened
) -> tuple[int, int, int, int, float, float, float, float, int, float]:
    known = ~np.isnan(found.happened)
    counted = fired & known
    hits = counted & (found.happened == 1)
    followed_up, followed = int(counted.sum()), int(hits.sum())
    enough = followed_up >= MIN_FOLLOWED_UP
    low, high = wilson(followed, followed_up) if enough else (np.nan, np.nan)
    lead: Ints = found.day[hits] - panel.as_of[hits]
    elsewhere = known & ~holds
    weeks = int(elsewhere.sum())
    return (
        int(fired.sum()),
        len(np.unique(panel.client[fired])),
        followed_up,
        followed,
        followed / followed_up if enough else np.nan,
        low,
        high,
        float(np.median(lead)) if followed else np.nan,
        weeks,
        float(found.happened[elsewhere].mean()) if weeks >= MIN_FOLLOWED_UP else np.nan,
    )
