"""Where a client's word and the record differ, in either direction. Neither side is proof, and neither adds points."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.indicators.craving import MODERATE, STRONG
from casework.indicators.records import NEAR_DAYS, OPIOIDS, VISITS, Found, on_record
from casework.indicators.registry import NextStep, Reading, comparison, graded
from casework.indicators.self_report import FEW_SIGNS, MANY_SIGNS, TOLD_DAYS, Told, told
from casework.windows import NEVER, NO_ROW, Bools, Evidence, Ints, Panel

_EXTRAS: Final = (
    ("word", "bits of the topics that were told, where the two differ"),
    ("record", "bits of the kinds of record, where the two differ"),
)
_SOURCE: Final = (
    "Self-report of drug use is mostly, not always, borne out by urine (Darke, Drug Alcohol Depend 1998;51:253); a "
    "test result is for talking about, not for punishing (ASAM appropriate use of drug testing, 2017)"
)


def near(one: Ints, other: Ints) -> Bools:
    """Both days are known and speak of about the same time."""
    close: Bools = (one != NEVER) & (other != NEVER) & (np.abs(one - other) <= NEAR_DAYS)
    return close


@comparison(
    id="says_fine",
    label="Says fine, the record differs",
    definition=(
        f"The client's latest answers of {TOLD_DAYS} days are all fine (no opioid use, at most {FEW_SIGNS} sign, "
        f"craving below {MODERATE}, no withdrawal, medication taken), and within {NEAR_DAYS} days of them something "
        "else is on record: an opioid in the latest screen that the client has not told of, two missed screens, two "
        "no-shows in a row, doses for fewer than half of the days said to be taken, or something hard that others "
        "told. It counts these."
    ),
    window_days=TOLD_DAYS,
    unit="findings",
    source=_SOURCE,
    limits=(
        "No judgement of the client. A quick (presumptive) screen can be wrong, and fentanyl shows only where it "
        "was tested for; a no-show can be a missed bus, and a dose can go unrecorded. Shame and fear of consequences "
        "keep people from telling. Unknown when neither use nor half of the signs was asked about, or nothing near "
        "it is on record."
    ),
    levels="some from 1, marked from 2",
    next_step=NextStep(
        "Say calmly what both sides show, ask how it fits together, and confirm a result before acting on it",
        "counselor",
        7,
    ),
    extras=_EXTRAS,
)
def says_fine(panel: Panel) -> Reading:
    (client, _), record = told(panel), on_record(panel)
    together = np.array([near(client.day(), found.day) for found in record])
    comparable = np.any(together & [found.known for found in record], axis=0)
    differs = client.fine & together & [found.against for found in record]
    value = np.where(client.enough & comparable, differs.sum(axis=0), np.nan)
    answered = (client.rows != NO_ROW) & differs.any(axis=0)
    return Reading(
        value,
        graded(value, some=1, marked=2),
        _evidence(client, record, answered, differs),
        {"word": _bits(answered), "record": _bits(differs)},
    )


@comparison(
    id="says_hard",
    label="Says it is hard, the record looks fine",
    definition=(
        f"Of the client's latest answers of {TOLD_DAYS} days at least one is hard (opioid use, {MANY_SIGNS} signs or "
        f"more, craving from {STRONG}, moderate withdrawal, medication taken on fewer than half of the days), and "
        f"nothing on record shows it: within {NEAR_DAYS} days a screen without an unexpected opioid or a kept "
        "session, and no missed screen, no-show at the end, missing dose or other word against it. It counts the "
        "hard answers."
    ),
    window_days=TOLD_DAYS,
    unit="answers",
    source=_SOURCE,
    limits=(
        "No judgement of the client. An honest early word often comes before anything else shows: a "
        "screen sees a few days, fentanyl only where it was tested for, and people come to sessions while they "
        "struggle. Unknown when nothing was answered, or neither a screen nor a session near it is on record."
    ),
    levels="some from 1",
    next_step=NextStep(
        "Thank the client for telling early, take their word as it is, and act on it: medication, steps, support",
        "counselor",
        3,
    ),
    extras=_EXTRAS,
)
def says_hard(panel: Panel) -> Reading:
    (client, _), record = told(panel), on_record(panel)
    day = np.where(client.any_hard, client.day(client.hard), client.day())
    # Only a clean screen and kept sessions show that things go well; the others can merely say that they don't.
    together = np.array([near(day, found.day) for found in record])
    together[[source for source in range(len(record)) if source not in (OPIOIDS, VISITS)]] = False
    comparable = np.any(together & [found.known for found in record], axis=0)
    nothing_against = np.all([found.fine | ~found.known for found in record], axis=0)
    fine = together & [found.fine for found in record]
    holds = client.any_hard & nothing_against & fine.any(axis=0)
    hard = client.hard & holds
    value = np.where((client.enough | client.any_hard) & comparable, hard.sum(axis=0), np.nan)
    return Reading(
        value,
        graded(value, some=1),
        _evidence(client, record, hard, fine & holds),
        {"word": _bits(hard), "record": _bits(fine & holds)},
    )


def _bits(several: Bools) -> Ints:
    """[k, panel rows] as a bitmask a panel row."""
    bits: Ints = (several.astype(np.int64) << np.arange(len(several))[:, None]).sum(axis=0)
    return bits


def _evidence(client: Told, record: tuple[Found, ...], topics: Bools, sources: Bools) -> Evidence:
    """The rows of both sides: the check-ins that answered `topics`, and those of `sources` ([k, panel rows] both)."""
    of_record = (found.evidence.only(where) for found, where in zip(record, sources, strict=True))
    return sum(of_record, client.evidence(topics))
