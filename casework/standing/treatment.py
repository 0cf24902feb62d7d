"""Each client's maintenance medication: what is prescribed, since when, and the days without it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from casework.clinic_days import ClinicDays
from casework.frames import COLUMNS
from casework.indicators.medication import LOOK_BACK_DAYS, MISSED_DAYS, days_dosed
from casework.standing.without_dose import WithoutDose
from casework.vocabulary import MEDICATIONS, Medication, ids
from casework.windows import NEVER, FactRef, Panel

if TYPE_CHECKING:
    from casework.indicators import Assessment

NONE_TAKEN_DAYS: Final = 14
"""After two weeks without a dose nobody counts as taking the medication, whatever is prescribed; a clinic's medical
director signs it."""
_NAMES: Final = ids(MEDICATIONS)
_COVERS: Final = {one.id: one.covers_days for one in MEDICATIONS}


@dataclass(frozen=True)
class MedicationCourse:
    """`medication`: what is prescribed today, or was last; None: none ever. `since`: the first day of the unbroken run
    of prescriptions of it. `gap_from`: the first day without it, while that lasts (None: it is taken, or never was
    prescribed), `gap_days` the days up to yesterday, `missed` the clinic's dosing days among them; `why` is
    "missed", "ended", "not_given" or "reported". `last_dose`: the last day that a dose on record covers, -1 without.
    `back_on`: the first day with it after the latest gap of the last five weeks, `back_after` that gap's days. `whole`:
    every day of the last two weeks that is accounted for was covered. `told`: the latest check-in of two weeks
    that tells of days of medication, the days taken, and out of how many."""

    medication: Medication | None = None
    prescribed: bool = False
    since: int = -1
    gap_from: int | None = None
    gap_days: int = 0
    missed: int = 0
    why: str = ""
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

    @property
    def stopped(self) -> bool:
        """So long without it that tolerance may be lost, that the cover has ended, or that it is not prescribed."""
        if self.gap_from is None:
            return False
        naltrexone_ended = self.long_acting and not self.opioid
        return self.why != "missed" or self.gap_days >= (0 if naltrexone_ended else MISSED_DAYS)

    @property
    def none(self) -> bool:
        """No medication holds: none is prescribed, it was not given, or none was taken for two weeks."""
        if self.gap_from is not None and (self.why != "missed" or self.gap_days >= NONE_TAKEN_DAYS):
            return True
        return not self.prescribed


def treatments(
    assessment: Assessment, panel: Panel, clinic_days: ClinicDays, without: WithoutDose
) -> list[MedicationCourse]:
    """Each client's, in the order of the panel, whose rows are the clients on one day. `without`: the days without a
    dose of the same panel, which say whether any was missed."""
    prescriptions, absences = _by_client(panel, "prescriptions"), _by_client(panel, "absences")
    dosed, recorded = days_dosed(panel)
    doses = panel.window("doses", None)
    ends = doses.all_of("day") + doses.all_of("covers") - 1
    last = doses.last()
    columns: dict[str, list[Any]] = {
        "today": panel.as_of.tolist(),
        "prescriptions": [prescriptions[id_] for id_ in panel.client_id.tolist()],
        "absences": [absences[id_] for id_ in panel.client_id.tolist()],
        "dosed": dosed.tolist(),
        "recorded": recorded.tolist(),
        "missed": (without.since != NEVER).tolist(),
        "covered": doses.each(lambda pairs: pairs.reduce(np.maximum, ends[pairs.row], -1)).tolist(),
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
    window = panel.window("check_ins", NONE_TAKEN_DAYS)
    rows = window.last(window.all_of("medication_days_of") > 0)
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
    missed: bool
    covered: int
    dose: tuple[int, int]
    whole: bool
    report: tuple[int, int, int, int]

    @property
    def not_given(self) -> dict[str, int] | None:
        """The latest absence in which the medication was not given."""
        return next((one for one in reversed(self.absences) if one["medicated"] == 0), None)

    @property
    def covered_until(self) -> int:
        """The last day that a dose covers, on record or given where the client was."""
        given = [min(one["until"], self.today) for one in self.absences if one["medicated"] == 1]
        return max([self.covered, *given])


def _treatment(days: _Days, clinic_days: ClinicDays) -> MedicationCourse:
    if not days.prescriptions:
        return MedicationCourse()
    holding = [one for one in days.prescriptions if one["until"] > days.today]
    current = holding[-1] if holding else max(days.prescriptions, key=lambda one: one["until"])
    since = _run_since(days.prescriptions, current)
    first, why, ref = _gap(days, current, since)
    dosed = () if days.dose[0] < 0 else (FactRef("doses", *days.dose),)
    back_on, back_after = _back(days, since) if first is None else (None, 0)
    return MedicationCourse(
        medication=Medication(_NAMES[current["medication"]]),
        prescribed=bool(holding),
        since=since,
        gap_from=first,
        gap_days=0 if first is None else days.today - first,
        missed=0 if first is None else clinic_days.dosing_days(first, days.today),
        why=why,
        last_dose=days.covered,
        back_on=back_on,
        back_after=back_after,
        whole=days.whole and first is None,
        told=None if days.report[0] < 0 else (FactRef("check_ins", *days.report[:2]), *days.report[2:]),
        refs=(ref,) if ref is not None else dosed or (_ref("prescriptions", current),),
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


def _gap(days: _Days, current: dict[str, int], since: int) -> tuple[int | None, str, FactRef | None]:
    """The first day without the medication, while that lasts; why, and the row that says so, where it is no dose."""
    until, covered, stay = current["until"], days.covered_until, days.not_given
    if until <= days.today:
        first = max(until, covered + 1)
        return (first, "ended", _ref("prescriptions", current)) if first <= days.today else (None, "", None)
    if days.recorded:
        first = max(covered + 1, since)
        if not (first <= days.today if _lasts(current) else days.missed):
            return None, "", None
        inside = stay is not None and stay["day"] <= first <= stay["until"]
        return first, "not_given" if inside else "missed", _ref("absences", stay) if stay and inside else None
    report_id, told_on, taken, of = days.report
    if stay is not None and since < stay["day"] and not (taken and told_on > stay["until"]):
        return stay["day"], "not_given", _ref("absences", stay)
    if report_id >= 0 and of >= MISSED_DAYS and not taken:
        return told_on - of + 1, "reported", FactRef("check_ins", report_id, told_on)
    return None, "", None


def _lasts(current: dict[str, int]) -> bool:
    """An injection that covers weeks: its cover's end is known on the day."""
    return _COVERS[_NAMES[current["medication"]]] > 1


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
