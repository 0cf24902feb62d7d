"""What the catalogue has to know of a client, and how the days to come look when nothing new happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from casework.frames import Facts
from casework.vocabulary import MEDICATIONS, SUBSTANCES, WARNING_SIGNS, Mark, mask, unmask

if TYPE_CHECKING:
    from casework.indicators import Assessment

WEEK: Final = 7
LONGEST_WEEKS: Final = 4
"""How far ahead anything is looked for. What takes longer is for the next look at the plan."""
_CANCELLED: Final = list(Mark).index(Mark.CANCELLED_BY_CLINIC)


@dataclass(frozen=True)
class WhatIfClient:
    """One client on the day `today`.

    `active`: bits of the active warning signs. `medication`: position in MEDICATIONS of what is prescribed, None
    without a prescription. `by_doses`: doses are on record, rather than days told of at check-ins. `steady`: the days
    to come that doses cover when medication goes on as in the last week that is known. `expected`: bits of the
    substances that the prescription explains. `screened`: screens are part of the care.
    """

    id: int
    today: int
    active: int
    medication: int | None
    by_doses: bool
    steady: frozenset[int]
    expected: int
    screened: bool

    @property
    def active_signs(self) -> tuple[str, ...]:
        """Identifiers of the active signs, in the order of the vocabulary."""
        return unmask(WARNING_SIGNS, self.active)

    @property
    def long_acting(self) -> bool:
        """One dose of what is prescribed covers weeks."""
        return self.medication is not None and MEDICATIONS[self.medication].covers_days > 1


def client_of(facts: Facts, assessment: Assessment, client_id: int) -> WhatIfClient:
    """The client as the catalogue sees them on the assessment's day. KeyError for an id that is not there."""
    today = assessment.today
    prescriptions = _known(facts.prescriptions, client_id, today)
    holding = prescriptions[prescriptions["until"].to_numpy() > today]
    dosed = _days_dosed(_known(facts.doses, client_id, today))
    medication = int(holding["medication"].iloc[-1]) if len(holding) else None
    steady: frozenset[int] = frozenset()
    if medication is not None and dosed:
        began = int(holding["day"].min())
        steady = _going_on(dosed, today, _last_word(facts, client_id, today), began)
    return WhatIfClient(
        id=client_id,
        today=today,
        active=int(assessment.extra(client_id, "active_signs", "mask")),
        medication=medication,
        by_doses=bool(dosed),
        steady=steady,
        expected=_expected(holding["medication"].tolist()),
        screened=bool(len(_known(facts.screens, client_id, today))),
    )


def _known(frame: pd.DataFrame, client_id: int, today: int) -> pd.DataFrame:
    """The client's rows that had happened and were known on the day."""
    start, stop = np.searchsorted(frame["client_id"].to_numpy(), [client_id, client_id + 1])
    mine = frame.iloc[start:stop]
    return mine[(mine["day"].to_numpy() <= today) & (mine["known"].to_numpy() <= today)]


def _days_dosed(doses: pd.DataFrame) -> set[int]:
    return {
        day
        for begin, covers in zip(doses["day"].tolist(), doses["covers"].tolist(), strict=True)
        for day in range(begin, begin + covers)
    }


def _last_word(facts: Facts, client_id: int, today: int) -> int:
    """The last day of the last week on which anything was heard of the client; a week ago when nothing was.

    Take-home doses become known at the next contact: days after the last word are open rather than missed.
    """
    days = [today - WEEK]
    for name in ("check_ins", "attendance", "doses"):
        rows = _known(getattr(facts, name), client_id, today)
        if name == "attendance":
            rows = rows[rows["mark"].to_numpy() != _CANCELLED]
        days += rows["day"].tolist()
    return max(days)


def _going_on(dosed: set[int], today: int, last_word: int, began: int) -> frozenset[int]:
    """The days after `last_word`, up to the furthest day ahead, that are covered when each is like the same weekday
    of the week before (like the day before, while the prescription is younger than a week)."""
    covered = set(dosed)
    ahead = range(last_word + 1, today + LONGEST_WEEKS * WEEK + 1)
    for day in ahead:
        if (day - WEEK if day - WEEK >= began else day - 1) in covered:
            covered.add(day)
    return frozenset(day for day in ahead if day in covered and day not in dosed)


def _expected(medications: list[int]) -> int:
    shown = {MEDICATIONS[n].shows_as for n in medications}
    return mask(SUBSTANCES, [name for name in shown if name is not None])
