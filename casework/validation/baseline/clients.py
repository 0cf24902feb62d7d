"""Made-up clients whose warning signs are steady, or change on a known day, as facts that the real chart reads.

Nobody has published how signs move from week to week in a steady client, and the trial data has no sign items. So the
model is plain and its range wide: every client has their own likely signs, signs of one day go together, and a sign
tends to stay from one check-in to the next.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np

from casework.frames import (
    CHECK_IN_COLUMNS,
    CLIENT_COLUMNS,
    FAR,
    PRESCRIPTION_COLUMNS,
    Facts,
)
from casework.vocabulary import LEVELS, WARNING_SIGNS, ids
from casework.windows import Array, Bools, Floats, Ints

SIGNS: Final = len(WARNING_SIGNS)
TOGETHER: Final = 0.2
"""Correlation between two signs of one check-in, on the latent scale."""
PERSONAL: Final = 0.7
"""Standard deviation of a sign's latent threshold between clients: each has signs that are their own."""
KEPT: Final = 0.9
"""Share of planned check-ins that take place."""
FEWEST_ASKED: Final = 6
RATES: Final = {"few": 0.05, "some": 0.15, "many": 0.35}
"""Chance that a sign is present: about 0.6, 1.8 and 4.2 of twelve signs at a check-in."""


GAPS: Final = {
    "weekly": (7,),
    "fortnightly": (14,),
    "twice a week": (3, 4),
    "monthly": (30,),
    "in bursts": (1, 1, 1, 11),
}
"""Days from one planned check-in to the next, over and over again."""


@dataclass(frozen=True)
class Setting:
    """How clients are seen: how often (see `GAPS`), all twelve signs asked or 6 to 12 of them, and how far the signs
    resemble those of the week before (correlation on the latent scale)."""

    often: str = "weekly"
    all_asked: bool = True
    stay: float = 0.3

    @property
    def every(self) -> float:
        """Days between planned check-ins, on average."""
        gaps = GAPS[self.often]
        return sum(gaps) / len(gaps)

    def days(self, check_ins: int) -> Ints:
        """The days of so many planned check-ins, the first of them 0."""
        gaps = np.resize(GAPS[self.often], check_ins - 1)
        return np.append(0, np.cumsum(gaps)).astype(np.int64)


@dataclass(frozen=True)
class Cohort:
    """Facts, the days of planned check-ins, each client's rate (position in `RATES`), and who came:
    [clients, planned check-ins]."""

    facts: Facts
    days: Ints
    rate: Ints
    came: Bools


def cohort(
    setting: Setting,
    clients: int,
    check_ins: int,
    chance: np.random.Generator,
    *,
    signs_more: int = 0,
    after: int = 0,
) -> Cohort:
    """`clients` of every rate in turn over `check_ins` planned check-ins.

    From the planned check-in `after` (counted from 0) on, the `signs_more` signs that were least likely in a client
    are present each time.
    """
    rate = np.arange(clients) % len(RATES)
    likely = _thresholds(rate, chance)
    days = setting.days(check_ins)
    present = _present(likely, setting.stay ** (np.diff(days, prepend=0) / 7), chance)
    if signs_more:
        new = np.argsort(likely, axis=1)[:, :signs_more]
        present[np.arange(clients)[:, None], after:, new] = True
    asked = _asked(clients, check_ins, chance) if not setting.all_asked else np.ones_like(present)
    came = chance.random((clients, check_ins)) < KEPT
    return Cohort(_facts(asked, present & asked, came, days), days, rate, came)


def _thresholds(rate: Ints, chance: np.random.Generator) -> Floats:
    """A latent threshold for each client and sign, so that a sign is present with the client's rate on average."""
    level = np.array([NormalDist().inv_cdf(one) for one in RATES.values()]) * math.sqrt(1 + PERSONAL**2)
    found: Floats = level[rate][:, None] + PERSONAL * chance.standard_normal((len(rate), SIGNS))
    return found


def _present(threshold: Floats, stays: Floats, chance: np.random.Generator) -> Bools:
    """[clients, check-ins, signs]: latent values, normal and stationary, that lie below their thresholds. `stays`: the
    correlation of each check-in with the one before it."""
    clients = len(threshold)
    found = np.zeros((clients, len(stays), SIGNS), dtype=bool)
    latent = np.zeros((clients, SIGNS))
    for number, stay in enumerate(stays.tolist()):
        common = chance.standard_normal((clients, 1))
        fresh = math.sqrt(TOGETHER) * common + math.sqrt(1 - TOGETHER) * chance.standard_normal(
            (clients, SIGNS)
        )
        latent = fresh if not number else stay * latent + math.sqrt(1 - stay**2) * fresh
        found[:, number] = latent < threshold
    return found


def _asked(clients: int, check_ins: int, chance: np.random.Generator) -> Bools:
    """[clients, check-ins, signs]: 6 to 12 signs, any of them."""
    number = chance.integers(FEWEST_ASKED, SIGNS + 1, (clients, check_ins, 1))
    place: Array = np.argsort(chance.random((clients, check_ins, SIGNS)), axis=2)
    return np.asarray(place < number)


def _facts(asked: Bools, present: Bools, came: Bools, days: Ints) -> Facts:
    """Everybody has a prescription, so that all twelve signs can be asked."""
    bit = 1 << np.arange(SIGNS)
    client, number = np.nonzero(came)
    everybody = np.arange(len(came))
    people = _filled(
        CLIENT_COLUMNS,
        client_id=everybody + 1,
        level=np.full(len(came), ids(LEVELS).index("outpatient")),
    )
    check_ins = _filled(
        CHECK_IN_COLUMNS,
        id=np.arange(1, len(client) + 1),
        client_id=client + 1,
        day=days[number],
        known=days[number],
        signs_asked=(asked @ bit)[came],
        signs_present=(present @ bit)[came],
    )
    prescriptions = _filled(
        PRESCRIPTION_COLUMNS, id=everybody + 1, client_id=everybody + 1, until=np.full(len(came), FAR)
    )
    return Facts.of({"clients": people, "check_ins": check_ins, "prescriptions": prescriptions})


def _filled(spec: dict[str, str], **columns: Array) -> dict[str, Array]:
    """The columns given, and 0 in every other one of `spec`: the chart does not read those."""
    rows = len(next(iter(columns.values())))
    return {name: columns.get(name, np.zeros(rows)) for name in spec}
