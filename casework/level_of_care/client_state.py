"""Where each client stands: the few values that the rules look at, from the assessment and the facts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from itertools import compress
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from casework.frames import NOT_ASKED, Facts
from casework.indicators.chances import Chance
from casework.indicators.medication import GOOD_COVERAGE, POOR_COVERAGE
from casework.indicators.screens import COLLECTED, REPEATED_FINDINGS, unexpected_opioid
from casework.indicators.use import (
    CAN_KILL,
    REGULAR,
    RELAPSE_SIGN,
    SLIP,
    WITHDRAWAL_DAYS,
    has_use_sign,
    overdosed_on,
    tells_of_overdose,
    used_on,
)
from casework.level_of_care import limits
from casework.level_of_care.decisions import Decisions, decisions
from casework.standing.bad_weeks import early_until
from casework.standing.lane import BY_A_PHYSICIAN, BY_THE_PRESCRIBER
from casework.standing.without_dose import ENDED, without_dose
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
from casework.windows import NEVER, NO_ROW, Bools, Ints, Pairs, Panel, Window

if TYPE_CHECKING:
    from casework.indicators import Assessment, Reading

_AGONISTS: Final = [n for n, medication in enumerate(MEDICATIONS) if medication.shows_as is not None]
"""Methadone and buprenorphine in any form: the medications that an opioid screen expects."""
_LONG_ACTING: Final = [n for n, medication in enumerate(MEDICATIONS) if medication.covers_days > 1]
_NALTREXONE: Final = [n for n, medication in enumerate(MEDICATIONS) if medication.shows_as is None]
_CAN_KILL: Final = mask(SUBSTANCES, CAN_KILL)
_LEVELS: Final = tuple(Level(entry.id) for entry in LEVELS)
ANYTHING: Final = Chance(0.0, np.nan, 1.0)
"""A chance of which nothing is known: no rule reads anything out of it."""


@dataclass(frozen=True)
class Return:
    """What tells of a return to use in 28 days, by its own day, whenever it was told. `use`: worst report (0 none, 1
    slip, 2 regular; NaN unknown). `use_sign`: worst sign of the physical stage (1 a lapse, 2 a relapse). `overdosed`:
    an overdose was told of. `found`: unexpected opioids in the last three due screens, where one of them is of the 28
    days."""

    use: float = np.nan
    use_sign: int = 0
    overdosed: bool = False
    found: int = 0

    @property
    def any(self) -> bool:
        """Any return to use."""
        return self.use >= SLIP or self.use_sign >= SLIP or self.overdosed or self.found > 0

    @property
    def regular(self) -> bool:
        """Regular use or a relapse was told of, an overdose, or unexpected opioids were found again and again."""
        return (
            self.use >= REGULAR
            or self.use_sign >= REGULAR
            or self.overdosed
            or self.found >= REPEATED_FINDINGS
        )


NOTHING: Final = Return()


@dataclass(frozen=True)
class ClientState:
    """One client as the rules see them. NaN is unknown, and never reads as good.

    `new` tells of a return to use that no decision has answered, `answered` of one that the decision of the day
    `decided_on` has (-1: no decision is on trial). `at_level_days`: so long at the level now; `next_level`: the rung
    that was named to follow detox. `clean`: no return to use in 90 days; `answers`: how many answers about use and
    collected screens say so; `screens_missed`: of the last three due. `missed_doses`: days in a row up to
    now without a dose, `misses_doses`: too many of them (`casework.standing.without_dose`, as for the group);
    `cover_ended`: they are the days after a long-acting injection. `medication`: the
    share of two weeks that was covered; `none_taken`: none holds (`WithoutDose.none`); `stopped`: one was
    prescribed until lately. Shares run from 0 to 1.

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
    new: Return = NOTHING
    answered: Return = NOTHING
    decided_on: int = -1
    at_level_days: int = 0
    next_level: Level | None = None
    prescribed: bool = False
    agonist: bool = False
    naltrexone: bool = False
    """Naltrexone is prescribed, or was the last that was."""
    medication: float = np.nan
    missed_doses: int = 0
    misses_doses: bool = False
    cover_ended: bool = False
    none_taken: bool = False
    stopped: bool = False
    attendance: float = np.nan
    craving: float = np.nan
    clean: bool = False
    answers: int = 0
    screens_missed: float = np.nan
    days_in_care: int = 0
    days_away: int = 0
    tolerance_lowered: bool = False
    naloxone: int = -1
    safety_open: bool = False
    pregnant: bool = False
    pregnancy_asked: bool = False
    housing_unsafe: bool = False
    co_occurring: int = 0
    withdrawal: float = np.nan
    withdrawal_from: int = 0
    withdrawal_answered: bool = False
    """A decision has answered it, or the prescriber; where it can kill, medical care for it."""
    missing_domains: int = 0
    """Bits of `indicators.points.DOMAINS` that apply and were not heard from lately."""

    @property
    def returned(self) -> bool:
        """Any return to use in the last 28 days, answered or not."""
        return self.new.any or self.answered.any

    @property
    def uses_regularly(self) -> bool:
        """Regular use was reported in the last 28 days."""
        return self.new.use >= REGULAR or self.answered.use >= REGULAR

    @property
    def overdosed(self) -> bool:
        """An overdose was told of in the last 28 days, answered or not."""
        return self.new.overdosed or self.answered.overdosed

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
        return self.signs >= limits.MANY_SIGN_POINTS

    @property
    def unmedicated(self) -> bool:
        """No maintenance medication is prescribed, or none was taken for two weeks."""
        return self.none_taken or not self.prescribed

    @property
    def hardly_medicated(self) -> bool:
        """Medication is prescribed, and doses are missed in a row or cover less than half of the days."""
        return self.misses_doses or (self.prescribed and self.medication < POOR_COVERAGE)

    @property
    def medicated_well(self) -> bool:
        """Medication is prescribed and covers the days well up to now. Not known is not well."""
        return self.prescribed and self.medication >= GOOD_COVERAGE and not self.misses_doses

    @property
    def withdrawal_on_medication(self) -> bool:
        """Withdrawal although methadone or buprenorphine is prescribed, that nobody has answered."""
        waits = self.withdrawal > 0 and not self.withdrawal_answered
        return self.agonist and waits and not self.withdrawal_can_kill

    @property
    def asks_for_medication(self) -> bool:
        """What is prescribed or taken needs looking at: after a return to use, when it is missed or has stopped, with
        withdrawal, and in detox unless it goes well."""
        in_detox = self.level is Level.DETOX and not self.medicated_well
        ends = self.hardly_medicated or self.stopped
        return self.returned or ends or in_detox or self.withdrawal_on_medication

    @property
    def tried_intensive(self) -> bool:
        """Intensive outpatient care has had its trial."""
        return self.level is Level.INTENSIVE_OUTPATIENT and self.at_level_days >= limits.TRIAL_DAYS

    @property
    def review_today(self) -> bool:
        """Something has to be looked at today, before anything else."""
        return self.safety_open or self.dangerous_withdrawal

    @property
    def dangerous_withdrawal(self) -> bool:
        """Withdrawal from alcohol or benzodiazepines that nobody has answered."""
        return self.withdrawal_can_kill and not self.withdrawal_answered

    @property
    def withdrawal_can_kill(self) -> bool:
        """Withdrawal from alcohol or benzodiazepines."""
        return self.withdrawal > 0 and bool(self.withdrawal_from & _CAN_KILL)


def client_states(
    assessment: Assessment, facts: Facts, *, only: Collection[int] | None = None
) -> list[ClientState]:
    """Each client of `facts` (or `only` some), in their order, as the rules see them on the assessment's day."""
    panel = Panel.on(facts, assessment.today)
    decided = decisions(panel)
    columns: dict[str, Any] = {
        "client_id": panel.client_id,
        "level": [_LEVELS[n] for n in facts.clients["level"]],
        **_scores(assessment),
        **_readings(assessment),
        **_medication(panel),
        **_returns(assessment, panel, decided),
        **_from_facts(assessment, facts, panel),
        **_withdrawal(panel, decided),
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
        "medication": value["medication_coverage"],
        "prescribed": assessment.readings["medication_coverage"].extra["prescribed"] == 1,
        "attendance": _share_of_enough(assessment.readings["attendance_rate"]),
        "craving": value["craving"],
        "withdrawal": value["withdrawal"],
        "tolerance_lowered": value["lowered_tolerance"] > 0,
        "safety_open": value["safety"] > 0,
        "screens_missed": value["missed_screens"],
    }


def _share_of_enough(attendance: Reading) -> Any:
    """The share of sessions kept; unknown when too few sessions counted to speak of a share."""
    return np.where(attendance.extra["of"] >= limits.FEWEST_SESSIONS, attendance.value, np.nan)


def _from_facts(assessment: Assessment, facts: Facts, panel: Panel) -> dict[str, Any]:
    clients = facts.clients
    clean, answers = _clean(panel)
    return {
        "clean": clean,
        "answers": answers,
        "days_in_care": panel.as_of - clients["admitted"].to_numpy(),
        "days_away": _days_away(panel),
        "naloxone": clients["naloxone"].to_numpy(),
        "pregnant": clients["pregnant"].to_numpy() == 1,
        "pregnancy_asked": clients["pregnant"].to_numpy() != NOT_ASKED,
        "housing_unsafe": clients["safe_housing"].to_numpy() == 0,
        "missing_domains": assessment.missing_domains,
        "co_occurring": clients["co_occurring"].to_numpy(),
    }


# --- a return to use, and what a decision has answered --------------------------------------------------------------


def _withdrawal(panel: Panel, decided: Decisions) -> dict[str, Any]:
    """What the latest answer about withdrawal says it comes from, and whether it was answered."""
    check_ins = panel.window("check_ins", WITHDRAWAL_DAYS)
    asked = check_ins.last(check_ins.all_of("withdrawal") >= 0)
    can_kill = (check_ins.all_of("withdrawal_from") & _CAN_KILL) != 0
    answered = np.where(
        can_kill,
        decided.answered_by_action(check_ins, *BY_A_PHYSICIAN),
        decided.answered_by_action(check_ins, *BY_THE_PRESCRIBER),
    )
    return {
        "withdrawal_from": check_ins.at("withdrawal_from", asked, 0),
        "withdrawal_answered": np.append(answered, False)[asked],
    }


def _returns(assessment: Assessment, panel: Panel, decided: Decisions) -> dict[str, Any]:
    """The return to use that is new and the one that is answered, and the decision that answered it."""
    new, answered = (_return(assessment, panel, decided, answered=which) for which in (False, True))
    asked = assessment.readings["reported_use"].value >= 0
    new["use"] = np.where(asked, np.maximum(new["use"], 0), np.nan)
    return {
        "new": _rows(new),
        "answered": _rows(answered),
        "decided_on": decided.on,
        "at_level_days": panel.as_of - decided.level_since,
        "next_level": [None if n < 0 else _LEVELS[n] for n in decided.next_level.tolist()],
    }


def _rows(columns: dict[str, Any]) -> list[Return]:
    ordered = (columns[field.name].tolist() for field in fields(Return))
    return [Return(*row) for row in zip(*ordered, strict=True)]


def _return(assessment: Assessment, panel: Panel, decided: Decisions, *, answered: bool) -> dict[str, Any]:
    """The columns of `Return`, from the facts that a decision has answered or from those that none has."""
    month = panel.window("check_ins", limits.USE_IS_CURRENT_DAYS)
    screens, items = (panel.window(name, limits.USE_IS_CURRENT_DAYS) for name in ("screens", "safety_items"))
    counts = {one.name: decided.answers(one) == answered for one in (month, screens, items)}
    told, collected, raised = (counts[one.name] for one in (month, screens, items))
    since = panel.as_of.max(initial=0) - limits.USE_IS_CURRENT_DAYS
    told, raised = told & (used_on(month) > since), raised & (overdosed_on(items) > since)
    use = np.where(told, month.all_of("use"), NOT_ASKED).astype(np.int64)
    signs = [month.last(has_use_sign(month) & told), month.last(has_use_sign(month, RELAPSE_SIGN) & told)]
    found_on = screens.at("day", screens.last(unexpected_opioid(screens) & collected), NEVER)
    found = found_on >= early_until(panel)
    in_last_due = assessment.readings["unexpected_opioids"].value
    return {
        "use": month.each(lambda pairs: pairs.reduce(np.maximum, use[pairs.row], NOT_ASKED)).astype(
            np.float64
        ),
        "use_sign": sum((rows != NO_ROW).astype(np.int64) for rows in signs),
        "overdosed": items.last(tells_of_overdose(items) & raised) != NO_ROW,
        "found": np.where(found, np.nan_to_num(in_last_due), 0).astype(np.int64),
    }


# --- what is prescribed, and what is taken --------------------------------------------------------------------------


def _medication(panel: Panel) -> dict[str, Any]:
    """What of `ClientState` is about medication, but for the share that is covered."""
    prescriptions = panel.window("prescriptions", None)
    medication = prescriptions.all_of("medication")
    holds = prescriptions.all_of("until") > panel.as_of.max(initial=0)
    latest = prescriptions.last()
    without = without_dose(panel)
    long_acting = prescriptions.last(np.isin(medication, _LONG_ACTING) & holds) != NO_ROW
    return {
        "agonist": prescriptions.last(np.isin(medication, _AGONISTS) & holds) != NO_ROW,
        "naltrexone": np.isin(prescriptions.at("medication", latest, NOT_ASKED), _NALTREXONE),
        "missed_doses": without.days,
        "misses_doses": without.missed,
        "cover_ended": long_acting & without.missed,
        "none_taken": without.none,
        "stopped": (without.why == ENDED) & without.news,
    }


def _days_away(panel: Panel) -> Ints:
    """Days of the last 90 that lie in dated absences."""

    def away(pairs: Pairs) -> Ints:
        today = pairs.of_owner(panel.as_of)
        begin = np.maximum(pairs.column("day"), today - limits.STABLE_DAYS + 1)
        return pairs.total(np.maximum(np.minimum(pairs.column("until"), today) - begin + 1, 0))

    days: Ints = panel.window("absences", None).each(away)
    return np.minimum(days, limits.STABLE_DAYS)


def _clean(panel: Panel) -> tuple[Bools, Ints]:
    """No use reported or seen by a stage sign, no overdose and no unexpected opioid in 90 days; and how many answers
    and screens say so."""
    check_ins = panel.window("check_ins", limits.STABLE_DAYS)
    screens = panel.window("screens", limits.STABLE_DAYS)
    items = panel.window("safety_items", limits.STABLE_DAYS)
    use, since = check_ins.all_of("use"), panel.as_of.max(initial=0) - limits.STABLE_DAYS
    spoiled = (
        (check_ins, ((use >= SLIP) | has_use_sign(check_ins)) & (used_on(check_ins) > since)),
        (screens, unexpected_opioid(screens)),
        (items, tells_of_overdose(items) & (overdosed_on(items) > since)),
    )
    clean: Bools = np.logical_and.reduce([window.last(where) == NO_ROW for window, where in spoiled])
    return clean, _count(check_ins, use >= 0) + _count(screens, screens.all_of("status") == COLLECTED)


def _count(window: Window, where: Bools) -> Ints:
    found: Ints = window.each(lambda pairs: pairs.total(where[pairs.row]))
    return found
