"""Each client's maintenance medication: what is prescribed, since when, and the days without it, which
`casework.standing.without_dose` counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from casework.clinic_days import ClinicDays
from casework.frames import COLUMNS
from casework.indicators.absences import days_away
from casework.indicators.medication import LOOK_BACK_DAYS, MISSED_DAYS, days_dosed
from casework.standing.without_dose import (
    ENDED,
    NONE_TAKEN_DAYS,
    NOT_GIVEN,
    REPORT_DAYS,
    REPORTED,
    WHY,
    WithoutDose,
    covered_until,
    last_report,
)
from casework.vocabulary import MEDICATIONS, Medication, ids
from casework.windows import NEVER, FactRef, Panel

if TYPE_CHECKING:
    from casework.indicators import Assessment

_NAMES: Final = ids(MEDICATIONS)
_COVERS: Final = {one.id: one.covers_days for one in MEDICATIONS}


@dataclass(frozen=True)
class MedicationCourse:
    """`medication`: what is prescribed today, or was last; None: none ever. `since`: the first day of the unbroken run
    of prescriptions of it. `gap_from`, `gap_days`, `why`, `stopped`, `none`: the first day without it, the days that
    count, and what that means (`WithoutDose`); `gap_is_news`: it is still said. `missed`: the clinic's dosing days
    among them. `last_dose`: the last day that a dose on record covers, -1 without.
    `back_on`: the first day with it after the latest gap of the last five weeks, `back_after` that gap's days. `whole`:
    every day of the last two weeks that is accounted for was covered. `told`: the latest check-in of two weeks
    that tells of days of medication, the days taken, and out of how many."""

    medication: Medication | None = None
    prescribed: bool = False
    since: int = -1
    gap_from: int | None = None
    gap_days: int = 0
    gap_is_news: bool = False
    missed: int = 0
    why: str = ""
    stopped: bool = False
    none: bool = True
    last_dose: int = -1
    back_on: int | None = None
    back_after: int = 0
    whole: bool = False
    told: tuple[FactRef, int, int] | None = None
    refs: tuple[FactRef, ...] = ()

    @property
    def long_acting(self) -> bool:
        """An injection that covers weeks: the day after its cover is a day without it."""
        return self.medication is not None and _COVERS[self.medication] > 1

    @property
    def opioid(self) -> bool:
        """Methadone or buprenorphine."""
        return self.medication is not None and not self.medication.startswith("naltrexone")


def treatments(
    assessment: Assessment, panel: Panel, clinic_days: ClinicDays, without: WithoutDose
) -> list[MedicationCourse]:
    """Each client's, in the order of the panel, whose rows are the clients on one day. `without`: the days without a
    dose of the same panel, which say whether any was missed."""
    prescriptions, absences = _by_client(panel, "prescriptions"), _by_client(panel, "absences")
    dosed, recorded = days_dosed(panel)
    given = days_away(panel, LOOK_BACK_DAYS, medicated=True)
    doses = panel.window("doses", None)
    last = doses.last()
    columns: dict[str, list[Any]] = {
        "today": panel.as_of.tolist(),
        "prescriptions": [prescriptions[id_] for id_ in panel.client_id.tolist()],
        "absences": [absences[id_] for id_ in panel.client_id.tolist()],
        "dosed": (dosed | given).tolist(),
        "recorded": recorded.tolist(),
        "gap_from": without.since.tolist(),
        "gap_days": without.days.tolist(),
        "news": without.news.tolist(),
        "why": without.why.tolist(),
        "stopped": without.stopped.tolist(),
        "none": without.none.tolist(),
        "covered": np.maximum(covered_until(panel), -1).tolist(),
        "dose": list(zip(doses.at("id", last, -1).tolist(), doses.at("day", last, -1).tolist(), strict=True)),
        "whole": (assessment.readings["medication_coverage"].value == 1).tolist(),
        "report": _reports(panel),
    }
    ordered = (columns[one.name] for one in fields(_Days))
    return [_treatment(_Days(*of_one), clinic_days) for of_one in zip(*ordered, strict=True)]


def _by_client(panel: Panel, name: str) -> dict[int, list[dict[str, int]]]:
    """The few rows of a frame that were known on the day and began by then, by client and day."""
    found: dict[int, list[dict[str, int]]] = defaultdict(list)
    today = panel.as_of.max(initial=0)
    frame = panel.facts
    there = (frame.column(name, "known") <= today) & (frame.column(name, "day") <= today)
    columns = [column for column in COLUMNS[name] if column != "known"]
    values = (frame.column(name, column)[there].tolist() for column in columns)
    for row in zip(*values, strict=True):
        one = dict(zip(columns, row, strict=True))
        found[one["client_id"]].append(one)
    return found


def _reports(panel: Panel) -> list[tuple[int, int, int, int]]:
    """The latest check-in of two weeks that tells of days of medication: id (-1 without), day, days taken, of days."""
    window, rows = panel.window("check_ins", REPORT_DAYS), last_report(panel)
    days = (window.at(f"medication_days_{name}", rows, 0.0).astype(int) for name in ("taken", "of"))
    columns = (window.at("id", rows, -1), window.at("day", rows, -1), *days)
    return list(zip(*(column.tolist() for column in columns), strict=True))


@dataclass(frozen=True)
class _Days:
    """What is on record of one client's days: bits of the last five weeks count from today."""

    today: int
    prescriptions: list[dict[str, int]]
    absences: list[dict[str, int]]
    dosed: int
    recorded: bool
    gap_from: int
    gap_days: int
    news: bool
    why: int
    stopped: bool
    none: bool
    covered: int
    dose: tuple[int, int]
    whole: bool
    report: tuple[int, int, int, int]

    @property
    def not_given(self) -> dict[str, int] | None:
        """The latest absence in which the medication was not given."""
        return next((one for one in reversed(self.absences) if one["medicated"] == 0), None)


def _treatment(days: _Days, clinic_days: ClinicDays) -> MedicationCourse:
    if not days.prescriptions:
        return MedicationCourse()
    holding = [one for one in days.prescriptions if one["until"] > days.today]
    current = (
        holding[-1]
        if holding
        else max(days.prescriptions, key=lambda one: (one["until"], one["day"], one["id"]))
    )
    since = _run_since(days.prescriptions, current)
    first = None if days.gap_from == NEVER else days.gap_from
    back_on, back_after = _back(days, since) if first is None else (None, 0)
    return MedicationCourse(
        medication=Medication(_NAMES[current["medication"]]),
        prescribed=bool(holding),
        since=since,
        gap_from=first,
        gap_days=days.gap_days,
        gap_is_news=days.news,
        missed=0 if first is None else clinic_days.dosing_days(first, first + days.gap_days),
        why=WHY[days.why],
        stopped=days.stopped,
        none=days.none,
        last_dose=days.covered,
        back_on=back_on,
        back_after=back_after,
        whole=days.whole and first is None,
        told=None if days.report[0] < 0 else (FactRef("check_ins", *days.report[:2]), *days.report[2:]),
        refs=_refs(days, current),
    )


def _ref(frame: str, row: dict[str, int]) -> FactRef:
    return FactRef(frame, row["id"], row["day"])


def _run_since(prescriptions: list[dict[str, int]], current: dict[str, int]) -> int:
    """The first day of the prescriptions of the same medication without a break of two weeks between them."""
    since = current["day"]
    same = [one for one in prescriptions if one["medication"] == current["medication"]]
    for one in sorted(same, key=lambda one: -one["day"]):
        if one["until"] >= since - NONE_TAKEN_DAYS:
            since = min(since, one["day"])
    return since


def _refs(days: _Days, current: dict[str, int]) -> tuple[FactRef, ...]:
    """The row that says so: of a stay, a report, the end of the prescription, else the last dose."""
    if days.why == NOT_GIVEN and days.not_given is not None:
        return (_ref("absences", days.not_given),)
    if days.why == REPORTED:
        return (FactRef("check_ins", *days.report[:2]),)
    if days.why == ENDED or days.dose[0] < 0:
        return (_ref("prescriptions", current),)
    return (FactRef("doses", *days.dose),)


def _back(days: _Days, since: int) -> tuple[int | None, int]:
    """The first day with the medication after the latest days without it, and how many those were."""
    stay = days.not_given
    if not days.recorded:
        if stay is not None and days.report[2] and days.report[1] > stay["until"]:
            return stay["until"] + 1, stay["until"] + 1 - stay["day"]
        ended = [one["until"] for one in days.prescriptions if one["until"] < since]
        return (since, since - max(ended)) if ended and since - max(ended) >= MISSED_DAYS else (None, 0)
    if not days.dosed:
        return None, 0
    latest = _lowest(days.dosed)
    start = latest + _lowest(~(days.dosed >> latest)) - 1
    before = days.dosed >> (start + 1)
    if before:
        length = _lowest(before)
        return (days.today - start, length) if length >= MISSED_DAYS else (None, 0)
    first = days.today - start
    if (
        stay is not None
        and stay["day"] < first
        and first - stay["day"] >= MISSED_DAYS
        and start < LOOK_BACK_DAYS - 1
    ):
        return first, first - stay["day"]
    return None, 0


def _lowest(bits: int) -> int:
    """The position of the lowest set bit of a number that has one."""
    return (bits & -bits).bit_length() - 1
