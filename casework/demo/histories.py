"""One made-up client's half year, day by day, from one hidden cause.

The causal model: strain brings warning signs at once, missed sessions about ten days later, and use about three weeks
later, which urine screens then show. So a client who drifts is seen first in the check-ins, then in the attendance,
then in the screens, and a reader can watch the indicators follow.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from casework.actions import bulk
from casework.checks.placements import check_level
from casework.demo import answers
from casework.demo.archetypes import Archetype
from casework.vocabulary import (
    MEDICATIONS,
    SUBSTANCES,
    CallOutcome,
    Certainty,
    ContactKind,
    Level,
    MaintenanceMedication,
    Mark,
    Permission,
    ScreenStatus,
    SessionKind,
    Use,
    mask,
    term,
)

ZONE = ZoneInfo("America/New_York")
HISTORY_DAYS = 182
ATTENDANCE_LAG_DAYS = 10
USE_LAG_DAYS = 20
AFTERCARE_EVERY_DAYS = 14
ALL_TESTED = mask(SUBSTANCES, [one.id for one in SUBSTANCES if one.id not in ("alcohol", "other")])
OTHERS = ("cocaine", "benzodiazepine", "cannabis", "alcohol")
MILLIGRAMS = {"methadone": 80, "buprenorphine": 16, "buprenorphine_xr": 300, "naltrexone_xr": 380}


@dataclass(frozen=True)
class Slot:
    """A weekly session that the client is expected at: `offset` is how many days before today it was last held."""

    series_id: int
    kind: SessionKind
    offset: int
    at: dt.time
    cancelled: frozenset[int] = frozenset()
    """Days before today on which the clinic cancelled it."""


@dataclass(frozen=True)
class DemoClient:
    """Who the history is about, and what they are expected at."""

    client_id: int
    by_id: int
    archetype: Archetype
    medication: str | None
    habit: str
    """The second substance, if any is used."""
    slots: tuple[Slot, ...]
    seed: str


@dataclass
class DemoRows:
    """Table rows by table, as `casework.actions.bulk` takes them."""

    check_ins: list[dict[str, Any]] = field(default_factory=list)
    attendance: list[dict[str, Any]] = field(default_factory=list)
    screens: list[dict[str, Any]] = field(default_factory=list)
    doses: list[dict[str, Any]] = field(default_factory=list)
    prescriptions: list[dict[str, Any]] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    placements: list[dict[str, Any]] = field(default_factory=list)
    absences: list[dict[str, Any]] = field(default_factory=list)


class History:
    """Writes the history of one person into `rows`; the same seed and day write the same."""

    def __init__(self, person: DemoClient, today: dt.date, rows: DemoRows) -> None:
        self.person = person
        self.today = today
        self.rows = rows
        self.chance = random.Random(person.seed)
        self.used_on: list[int] = []
        self.asked_until = min(person.archetype.admitted, HISTORY_DAYS)
        self.last_taken = 10_000
        self.supplied_days = 0
        self.missed = 0
        self.last_screen = self.asked_until + self.chance.randrange(person.archetype.screen_every)
        self._count = 0

    def write(self) -> None:
        """The whole course: admission, every day until yesterday, and what is planned."""
        self._admission()
        first = min(self.person.archetype.admitted, HISTORY_DAYS)
        for ago in range(first, 0, -1):
            self._day(ago)
        self._plan_screen()

    # The hidden cause

    def strain(self, ago: int, *, lag: int = 0) -> float:
        """The strain `lag` days before the day `ago`, by the archetype's curve."""
        ago = ago + lag
        curve = self.person.archetype.curve
        for (older, before), (newer, after) in pairwise(curve):
            if newer <= ago <= older:
                share = (older - ago) / (older - newer)
                return before + share * (after - before)
        return curve[0][1]

    def _away(self, ago: int) -> bool:
        stay = self.person.archetype.absence
        return stay is not None and stay[2] <= ago <= stay[1]

    # Day by day

    def _day(self, ago: int) -> None:
        archetype = self.person.archetype
        wants_to_use = max(0.0, self.strain(ago, lag=USE_LAG_DAYS) - 0.6)
        draw = self.chance.random()
        if (draw < 1.3 * wants_to_use and not self._away(ago)) or ago in archetype.slips:
            self.used_on.append(ago)
        self._daily_dose(ago)
        if ago <= archetype.silent_for or self._away(ago):
            self._unheard(ago)
            return
        kept = [self._session(slot, ago) for slot in self.person.slots if self._is_held(slot, ago)]
        if self._level(ago) is Level.AFTERCARE:
            if ago % AFTERCARE_EVERY_DAYS == 9:
                self._check_in(ago, ContactKind.VISIT)
                self._dispense(ago, supply=AFTERCARE_EVERY_DAYS)
                self._screen_if_due(ago, kept=True, excused=False)
            if ago % 7 == 3 and self.chance.random() < 0.8:
                self._outside_meeting(ago)
        elif any(kept):
            self._seen(ago)

    def _level(self, ago: int) -> Level:
        level = self.person.archetype.first_level
        for since, chosen in self.person.archetype.levels:
            if ago <= since:
                level = chosen
        return level

    @staticmethod
    def _is_held(slot: Slot, ago: int) -> bool:
        return ago % 7 == slot.offset % 7

    def _unheard(self, ago: int) -> None:
        """A silent or absent client's day: marked as no-show, called in vain."""
        for slot in self.person.slots:
            if self._is_held(slot, ago):
                mark = Mark.EXCUSED if self._away(ago) else Mark.NO_SHOW
                self._mark(slot, ago, Mark.CANCELLED_BY_CLINIC if ago in slot.cancelled else mark)
                if slot.kind is SessionKind.INDIVIDUAL and not self._away(ago):
                    self._call(ago, self.chance.choice([CallOutcome.NO_ANSWER, CallOutcome.LEFT_MESSAGE]))

    def _session(self, slot: Slot, ago: int) -> bool:
        """Mark one session; True when the client's own individual session was kept, so that a check-in follows."""
        chance = self.chance.random()
        strain = self.strain(ago, lag=ATTENDANCE_LAG_DAYS)
        misses = 0.03 + 0.95 * self.person.archetype.stays_away * max(0.0, strain - 0.38)
        if ago in slot.cancelled:
            mark = Mark.CANCELLED_BY_CLINIC
        elif chance < misses:
            mark = Mark.NO_SHOW
        elif chance < misses + 0.04:
            mark = Mark.EXCUSED
        elif chance < misses + 0.11:
            mark = Mark.LATE
        else:
            mark = Mark.ATTENDED
        self._mark(slot, ago, mark)
        kept = mark in (Mark.ATTENDED, Mark.LATE)
        if kept and (slot.kind is SessionKind.MEDICATION_VISIT or self._is_out(ago)):
            self._dispense(ago)
        if slot.kind is SessionKind.INDIVIDUAL:
            self._screen_if_due(ago, kept=kept, excused=mark in (Mark.EXCUSED, Mark.CANCELLED_BY_CLINIC))
            if mark is Mark.NO_SHOW:
                self._after_no_show(ago)
        return kept and slot.kind is SessionKind.INDIVIDUAL

    def _after_no_show(self, ago: int) -> None:
        next_day = max(1, ago - 1)
        draw = self.chance.random()
        if draw < 0.35:
            self._call(next_day, CallOutcome.REACHED, appointment=ago - 7)
            self._check_in(next_day, ContactKind.PHONE)
        elif draw < 0.8:
            self._call(next_day, CallOutcome.NO_ANSWER if draw < 0.6 else CallOutcome.LEFT_MESSAGE)

    def _seen(self, ago: int) -> None:
        """The individual session was kept: a check-in, and now and then a note."""
        if self.chance.random() < 0.96 and ago > self.person.archetype.unasked_for:
            self._check_in(ago, ContactKind.VISIT if self.chance.random() < 0.9 else ContactKind.VIDEO)
        if self.chance.random() < 0.22:
            self._add(
                self.rows.notes,
                ago,
                dt.time(16, 40),
                text=answers.note(self.chance, self.strain(ago)),
                series_id=None,
            )

    def _check_in(self, ago: int, contact: ContactKind) -> None:
        since = [day for day in self.used_on if ago < day <= self.asked_until]
        told = answers.check_in(
            self.chance,
            strain=self.strain(ago),
            contact=contact,
            days_used=len(since),
            days_since=max(1, self.asked_until - ago),
            honest=self.person.archetype.honest,
            habit=self.person.habit,
            prescribed=self.person.medication is not None,
            days_taken=self._days_taken(ago),
            after_care=self._level(ago) is Level.AFTERCARE,
        )
        if told["use"] in (Use.SLIP, Use.REGULAR):
            told["used_on"] = self._date(min(since))
        late = 1 if ago > 3 and self.chance.random() < 0.06 else 0
        self.asked_until = ago
        self._add(self.rows.check_ins, ago, dt.time(11, self.chance.randrange(60)), late=late, **told)

    # Medication and screens

    @property
    def _medicine(self) -> MaintenanceMedication | None:
        name = self.person.medication
        found = None if name is None else term(MEDICATIONS, name)
        return found if isinstance(found, MaintenanceMedication) else None

    def _stopped(self, ago: int) -> bool:
        archetype = self.person.archetype
        return ago <= max(archetype.medication_gap, archetype.silent_for)

    def _daily_dose(self, ago: int) -> None:
        """Methadone, and whatever is given daily, is seen being taken; other medication is dispensed at visits."""
        if self.person.medication != "methadone" or self._stopped(ago) or self._away(ago):
            return
        missed = 0.02 + 0.5 * max(0.0, self.strain(ago, lag=ATTENDANCE_LAG_DAYS) - 0.45)
        if self.chance.random() >= missed:
            self._dose(ago, covers=1)

    def _dispense(self, ago: int, *, supply: int = 0) -> None:
        """Hand out what is due: `supply` days of a daily medication (0: as usual), or the next injection."""
        medicine = self._medicine
        if medicine is None or self._stopped(ago):
            return
        if medicine.covers_days == 1:
            self._dose(ago, covers=supply or self.person.archetype.supply_days)
        elif self.last_taken - ago >= medicine.covers_days - 3:
            self._dose(ago, covers=medicine.covers_days)

    def _dose(self, ago: int, *, covers: int) -> None:
        medication = self.person.medication
        if medication is None:
            return
        self.last_taken, self.supplied_days = ago, covers
        self._add(
            self.rows.doses,
            ago,
            dt.time(8, 15),
            medication=medication,
            milligrams=MILLIGRAMS[medication],
            covers_days=covers,
        )

    def _is_out(self, ago: int) -> bool:
        """Whether the supply of a medication for at home is used up since yesterday or longer: a medication visit was
        missed."""
        return self.person.medication == "buprenorphine" and self.last_taken - ago > self.supplied_days

    def _days_taken(self, ago: int) -> int | None:
        """How many of the last seven days the client would say that the medication was taken; nobody asks about the
        days of an injection."""
        if self._stopped(ago) or self.person.medication is None:
            return 0
        strain = self.strain(ago)
        taken = max(0, 7 - int(self.chance.random() < strain) - int(4 * max(0.0, strain - 0.45)))
        return taken if self._medicine is not None and self._medicine.covers_days == 1 else None

    def _expected(self) -> int:
        shows = self._medicine.shows_as if self._medicine is not None else None
        return 0 if shows is None else mask(SUBSTANCES, [shows])

    def _screen_if_due(self, ago: int, *, kept: bool, excused: bool) -> None:
        archetype = self.person.archetype
        if self.last_screen - ago < archetype.screen_every or excused or ago <= archetype.unasked_for:
            return
        self.last_screen = ago
        found = 0
        if kept:
            recently = self.last_taken - ago <= 31 and not self._stopped(ago)
            found = self._expected() if recently else 0
            if any(ago <= day < ago + 4 for day in self.used_on):
                found |= mask(
                    SUBSTANCES, self.chance.choice([["fentanyl"], ["heroin", "fentanyl"], ["heroin"]])
                )
            if self.chance.random() < 0.04 + 0.3 * self.strain(ago):
                found |= mask(SUBSTANCES, [self.person.habit]) & ALL_TESTED
        self._add(
            self.rows.screens,
            ago,
            dt.time(10, 30),
            status=ScreenStatus.COLLECTED if kept else ScreenStatus.MISSED,
            due_on=self._date(ago),
            tested=ALL_TESTED if kept else 0,
            found=found,
            expected=self._expected(),
            certainty=(Certainty.CONFIRMED if self.chance.random() < 0.3 else Certainty.PRESUMPTIVE)
            if kept
            else None,
        )

    def _plan_screen(self) -> None:
        """The next screen: due today, overdue since a few days, or still ahead."""
        if self._level(0) is Level.AFTERCARE:
            return
        due_in = self.chance.choice([0, 0, -2, 2, 5, 7])
        planned = 9 if self.person.archetype.admitted > 9 else 1
        row = self._fact(planned, dt.time(9, 5)) | {
            "occurred_on": self.today + dt.timedelta(days=due_in),
            "status": ScreenStatus.DUE,
            "due_on": self.today + dt.timedelta(days=due_in),
            "tested": 0,
            "found": 0,
            "expected": self._expected(),
            "certainty": None,
        }
        row["occurred_at"] = moment(row["occurred_on"], dt.time(9))
        self.rows.screens.append(row)

    # Admission

    def _admission(self) -> None:
        archetype = self.person.archetype
        for since, level in archetype.levels or ((archetype.admitted, Level.OUTPATIENT),):
            first = since == archetype.admitted
            check_level(level, None)
            self._add(
                self.rows.placements,
                since,
                dt.time(13),
                level=level,
                local_code=None,
                next_level=None,
                accepted=None,
                reason=None if first else "Decided in the team's weekly review.",
            )
        if self.person.medication is not None:
            self._add(
                self.rows.prescriptions,
                archetype.admitted,
                dt.time(14),
                medication=self.person.medication,
                milligrams=MILLIGRAMS[self.person.medication],
                ends_on=None,
            )
        if archetype.absence is not None:
            cause, first_day, last_day, medicated = archetype.absence
            self._add(
                self.rows.absences,
                first_day,
                dt.time(12),
                late=2,
                cause=cause,
                ends_on=self._date(last_day),
                medicated=medicated,
            )

    # Rows

    def _mark(self, slot: Slot, ago: int, mark: Mark) -> None:
        self._add(self.rows.attendance, ago, slot.at, kind=slot.kind, mark=mark, series_id=slot.series_id)

    def _outside_meeting(self, ago: int) -> None:
        self._add(
            self.rows.attendance,
            ago,
            dt.time(19),
            kind=SessionKind.OUTSIDE_MEETING,
            mark=Mark.ATTENDED,
            series_id=None,
        )

    def _call(self, ago: int, outcome: CallOutcome, appointment: int | None = None) -> None:
        """A call; `appointment`: made for that day, the next session."""
        on = None if appointment is None else self._date(appointment)
        self._add(self.rows.calls, ago, dt.time(14, 5), outcome=outcome, appointment_on=on)

    def _date(self, ago: int) -> dt.date:
        return self.today - dt.timedelta(days=ago)

    def _fact(self, ago: int, at: dt.time, *, late: int = 0) -> dict[str, Any]:
        self._count += 1
        happened = moment(self._date(ago), at)
        known = self._date(ago - late)
        return bulk.fact(
            client_id=self.person.client_id,
            by_id=self.person.by_id,
            occurred_at=happened,
            token=f"{self.person.seed}-{self._count}",
            zone=ZONE,
            known_on=known,
            recorded_at=moment(known, dt.time(17, 45)) if late else happened + dt.timedelta(minutes=12),
        )

    def _add(
        self, rows: list[dict[str, Any]], ago: int, at: dt.time, *, late: int = 0, **columns: Any
    ) -> None:
        rows.append(self._fact(ago, at, late=late) | columns)


def moment(date: dt.date, at: dt.time) -> dt.datetime:
    """That time of day at the clinic, in UTC."""
    return dt.datetime.combine(date, at, tzinfo=ZONE).astimezone(dt.UTC)


def safe_to_call(chance: random.Random) -> tuple[Permission, Permission]:
    """Whether it is safe to call, and to leave a message."""
    call = chance.choices([Permission.YES, Permission.UNKNOWN, Permission.NO], [8, 1, 1])[0]
    leave = chance.choices([Permission.YES, Permission.NO, Permission.UNKNOWN], [5, 3, 2])[0]
    return call, leave if call is Permission.YES else Permission.NO
