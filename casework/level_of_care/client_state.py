"""Where each client stands: the few values that the rules look at, from the assessment and the facts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from itertools import compress
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from casework.frames import NOT_ASKED, Facts
from casework.indicators.chances import Chance
from casework.indicators.screens import COLLECTED, unexpected_opioid
from casework.indicators.use import (
    REGULAR,
    RELAPSE_SIGN,
    SLIP,
    WITHDRAWAL_DAYS,
    has_use_sign,
    tells_of_overdose,
)
from casework.level_of_care import limits
from casework.vocabulary import (
    LEVELS,
    MEDICATIONS,
    SUBSTANCES,
    Band,
    Level,
    Outcome,
    Score,
    mask,
)
from casework.windows import NO_ROW, Bools, Ints, Panel, Window

if TYPE_CHECKING:
    from casework.indicators import Assessment, Reading

_AGONISTS: Final = [n for n, medication in enumerate(MEDICATIONS) if medication.shows_as is not None]
"""Methadone and buprenorphine in any form: the medications that an opioid screen expects."""
_REVIEWED_WITHDRAWAL: Final = mask(SUBSTANCES, ["alcohol", "benzodiazepine"])
_LEVELS: Final = tuple(Level(entry.id) for entry in LEVELS)
ANYTHING: Final = Chance(0.0, np.nan, 1.0)
"""A chance of which nothing is known: no rule reads anything out of it."""


@dataclass(frozen=True)
class ClientState:
    """One client as the rules see them. NaN is unknown, and never reads as good.

    `use`: worst report of 28 days (0 none, 1 slip, 2 regular). `found`: unexpected opioids in the last three due
    screens; `found_lately`: one of them is of the last 28 days. `use_sign`: worst sign of the physical stage in 28 days
    (1 a lapse, 2 a relapse); `overdosed`: told of in 28 days. `clean`: nothing of all that in 90 days;
    `answers`: how many answers about use and collected screens say so. Shares run from 0 to 1.

    What the future may hold is read from the scores: `use_chance` (use in two of the next four weeks) from the use
    score, `contact_chance` (losing contact) from the engagement score, and `signs` are the points of the warning
    signs. `known`: enough was heard to call the risk known.
    """

    client_id: int
    level: Level
    band: Band = Band.LOW
    known: bool = False
    use_chance: Chance = ANYTHING
    contact_chance: Chance = ANYTHING
    signs: int = 0
    use: float = np.nan
    found: float = 0.0
    found_lately: bool = False
    use_sign: int = 0
    overdosed: bool = False
    prescribed: bool = False
    agonist: bool = False
    medication: float = np.nan
    attendance: float = np.nan
    craving: float = np.nan
    clean: bool = False
    answers: int = 0
    days_in_care: int = 0
    tolerance_lowered: bool = False
    naloxone: int = -1
    safety_open: bool = False
    pregnant: bool = False
    pregnancy_asked: bool = False
    co_occurring: int = 0
    withdrawal: float = np.nan
    withdrawal_from: int = 0
    missing_domains: int = 0
    """Bits of `indicators.points.DOMAINS` that apply and were not heard from lately."""

    @property
    def returned_regularly(self) -> bool:
        """Regular use or a relapse was told of, an overdose, or unexpected opioids were found again and again."""
        return (
            self.use >= REGULAR
            or self.use_sign >= REGULAR
            or self.overdosed
            or (self.found_lately and self.found >= limits.REPEATED_FINDINGS)
        )

    @property
    def returned(self) -> bool:
        """Any return to use in the last 28 days."""
        return self.use >= SLIP or self.use_sign >= SLIP or self.overdosed or self.found_lately

    @property
    def losing_contact(self) -> bool:
        """Even the low end of the chance of losing contact is too much."""
        return self.contact_chance.low >= limits.LOSING_CONTACT

    @property
    def in_touch(self) -> bool:
        """Even the high end of the chance of losing contact is small."""
        return self.contact_chance.high < limits.IN_TOUCH

    @property
    def use_likely(self) -> bool:
        """Even the low end of the chance of use is too much."""
        return self.use_chance.low >= limits.USE_LIKELY

    @property
    def use_unlikely(self) -> bool:
        """Even the high end of the chance of use is small."""
        return self.use_chance.high < limits.USE_UNLIKELY

    @property
    def many_signs(self) -> bool:
        """The warning signs add many points."""
        return self.signs >= limits.MANY_SIGNS

    @property
    def urgent(self) -> bool:
        """Use is very likely, and contact is being lost or the medication is hardly taken."""
        very_likely = self.use_chance.low >= limits.USE_VERY_LIKELY
        return very_likely and (self.losing_contact or self.hardly_medicated)

    @property
    def hardly_medicated(self) -> bool:
        """Medication is prescribed and covers less than half of the days."""
        return self.prescribed and self.medication < limits.LITTLE_MEDICATION

    @property
    def medicated_well(self) -> bool:
        """No medication is prescribed, or it covers the days well. Not known is not well."""
        return not self.prescribed or self.medication >= limits.GOOD_MEDICATION

    @property
    def review_today(self) -> bool:
        """Something has to be looked at today, before anything else."""
        return self.safety_open or self.pregnant or self.dangerous_withdrawal

    @property
    def dangerous_withdrawal(self) -> bool:
        """Withdrawal from alcohol or benzodiazepines."""
        return self.withdrawal > 0 and bool(self.withdrawal_from & _REVIEWED_WITHDRAWAL)


def client_states(
    assessment: Assessment, facts: Facts, *, only: Collection[int] | None = None
) -> list[ClientState]:
    """Each client of `facts` (or `only` some), in their order, as the rules see them on the assessment's day."""
    panel = Panel.on(facts, assessment.today)
    columns: dict[str, Any] = {
        "client_id": panel.client_id,
        "level": [_LEVELS[n] for n in facts.clients["level"]],
        **_scores(assessment),
        **_readings(assessment),
        **_from_facts(assessment, facts, panel),
    }
    chosen = np.ones(len(panel), dtype=bool) if only is None else np.isin(panel.client_id, list(only))
    ordered = (_plain(columns[field.name], chosen) for field in fields(ClientState))
    return [ClientState(*row) for row in zip(*ordered, strict=True)]


def _plain(values: Any, chosen: Bools) -> list[Any]:
    if isinstance(values, np.ndarray):
        listed: list[Any] = values[chosen].tolist()
        return listed
    return list(compress(values, chosen))


def _scores(assessment: Assessment) -> dict[str, Any]:
    table = assessment.table
    by_client = np.argsort(table["client_id"].to_numpy())
    return {
        "band": [Band(id_) for id_ in table["band"].to_numpy()[by_client]],
        "known": assessment.known,
        "use_chance": _chances(assessment, Outcome.USE),
        "contact_chance": _chances(assessment, Outcome.DROPOUT),
        "signs": table[Score.SIGNS.value].to_numpy()[by_client],
    }


def _chances(assessment: Assessment, outcome: Outcome) -> list[Chance]:
    limits_of_all = (values.tolist() for values in assessment.chances(outcome))
    return [Chance(*of_one) for of_one in zip(*limits_of_all, strict=True)]


def _readings(assessment: Assessment) -> dict[str, Any]:
    value = {name: reading.value for name, reading in assessment.readings.items()}
    return {
        "use": value["reported_use"],
        "found": np.nan_to_num(value["unexpected_opioids"]),
        "medication": value["medication_coverage"],
        "prescribed": assessment.readings["medication_coverage"].extra["prescribed"] == 1,
        "attendance": _share_of_enough(assessment.readings["attendance_rate"]),
        "craving": value["craving"],
        "withdrawal": value["withdrawal"],
        "tolerance_lowered": value["lowered_tolerance"] > 0,
        "safety_open": value["safety"] > 0,
    }


def _share_of_enough(attendance: Reading) -> Any:
    """The share of sessions kept; unknown when too few sessions counted to speak of a share."""
    return np.where(attendance.extra["of"] >= limits.FEWEST_SESSIONS, attendance.value, np.nan)


def _from_facts(assessment: Assessment, facts: Facts, panel: Panel) -> dict[str, Any]:
    clients = facts.clients
    check_ins = panel.window("check_ins", WITHDRAWAL_DAYS)
    asked = check_ins.last(check_ins.all_of("withdrawal") >= 0)
    screens = panel.window("screens", limits.RETURN_DAYS)
    month = panel.window("check_ins", limits.RETURN_DAYS)
    signs = [month.last(has_use_sign(month)), month.last(has_use_sign(month, RELAPSE_SIGN))]
    found_lately = screens.last(unexpected_opioid(screens)) != NO_ROW
    clean, answers = _clean(panel)
    return {
        "found_lately": found_lately & (assessment.readings["unexpected_opioids"].value > 0),
        "use_sign": sum((rows != NO_ROW).astype(np.int64) for rows in signs),
        "overdosed": assessment.readings["overdose"].value >= 1,
        "clean": clean,
        "answers": answers,
        "agonist": _agonist(panel),
        "days_in_care": panel.as_of - clients["admitted"].to_numpy(),
        "naloxone": clients["naloxone"].to_numpy(),
        "pregnant": clients["pregnant"].to_numpy() == 1,
        "pregnancy_asked": clients["pregnant"].to_numpy() != NOT_ASKED,
        "missing_domains": assessment.missing_domains,
        "co_occurring": clients["co_occurring"].to_numpy(),
        "withdrawal_from": check_ins.at("withdrawal_from", asked, 0),
    }


def _clean(panel: Panel) -> tuple[Bools, Ints]:
    """No use reported or seen by a stage sign, no overdose and no unexpected opioid in 90 days; and how many answers
    and screens say so."""
    check_ins = panel.window("check_ins", limits.STABLE_DAYS)
    screens = panel.window("screens", limits.STABLE_DAYS)
    items = panel.window("safety_items", limits.STABLE_DAYS)
    use = check_ins.all_of("use")
    spoiled = (
        (check_ins, (use >= SLIP) | has_use_sign(check_ins)),
        (screens, unexpected_opioid(screens)),
        (items, tells_of_overdose(items)),
    )
    clean: Bools = np.logical_and.reduce([window.last(where) == NO_ROW for window, where in spoiled])
    return clean, _count(check_ins, use >= 0) + _count(screens, screens.all_of("status") == COLLECTED)


def _count(window: Window, where: Bools) -> Ints:
    found: Ints = window.each(lambda pairs: pairs.total(where[pairs.row]))
    return found


def _agonist(panel: Panel) -> Bools:
    """Methadone or buprenorphine is prescribed on the day."""
    window = panel.window("prescriptions", None)
    holds = np.isin(window.all_of("medication"), _AGONISTS) & (
        window.all_of("until") > panel.as_of.max(initial=0)
    )
    taken: Bools = window.last(holds) != NO_ROW
    return taken
