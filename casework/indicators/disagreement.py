"""Where a client's word and the record differ, in either direction. Neither side is proof, and neither adds points."""

from __future__ import annotations

import numpy as np

from casework.indicators.records import NEAR_DAYS, OPIOIDS, VISITS, Found, records_found
from casework.indicators.registry import NextStep, Reading, comparison, graded
from casework.indicators.self_report import SELF_REPORT_DAYS, SelfReport, self_reports
from casework.windows import NEVER, NO_ROW, Bools, Evidence, Ints, Panel


def near(one: Ints, other: Ints) -> Bools:
    """Both days are known and speak of about the same time."""
    close: Bools = (one != NEVER) & (other != NEVER) & (np.abs(one - other) <= NEAR_DAYS)
    return close


@comparison(
    id="says_fine",
    window_days=SELF_REPORT_DAYS,
    next_step=NextStep("say_what_both_sides_show", "counselor", 7),
)
def says_fine(panel: Panel) -> Reading:
    """Beside the value: `word`, bits of the topics that were told, where the two differ; `record`, bits of the kinds
    of record, where the two differ."""
    (client, _), record = self_reports(panel), records_found(panel)
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
    window_days=SELF_REPORT_DAYS,
    next_step=NextStep("thank_for_telling", "counselor", 3),
)
def says_hard(panel: Panel) -> Reading:
    """Beside the value: `word`, bits of the topics that were told, where the two differ; `record`, bits of the kinds
    of record, where the two differ."""
    (client, _), record = self_reports(panel), records_found(panel)
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


def _evidence(client: SelfReport, record: tuple[Found, ...], topics: Bools, sources: Bools) -> Evidence:
    """The rows of both sides: the check-ins that answered `topics`, and those of `sources` ([k, panel rows] both)."""
    of_record = (found.evidence.only(where) for found, where in zip(record, sources, strict=True))
    return sum(of_record, client.evidence(topics))
