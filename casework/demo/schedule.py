"""The demo clinic's weekly sessions: individual ones, medication visits, and three groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from casework.actions import bulk
from casework.demo.archetypes import Archetype
from casework.demo.histories import Slot, moment
from casework.vocabulary import SessionKind
from db.models import RosterMember, SeriesVersion, SessionSeries, Staff

GROUP_SIZES = (15, 12, 11)
FIRST_DAYS_AGO = 52 * 7
"""Series begin a year before today, so that their weekday is the one they were last held on."""

MEDICINES = ("methadone", "buprenorphine", "buprenorphine", "methadone", "buprenorphine_xr", "naltrexone_xr")
DAILY = ("methadone", "buprenorphine")
WEEK_DAYS = 7


@dataclass(frozen=True)
class Cast:
    """One client before the history: who, whose, and of which kind."""

    index: int
    client_id: int
    counselor: int
    archetype: Archetype

    @property
    def medication(self) -> str | None:
        """The maintenance medication; where days of it are missed, or handed out, it is no injection, which goes on
        working."""
        if not self.archetype.medication:
            return None
        medicine = MEDICINES[self.index % len(MEDICINES)]
        needs_daily = self.archetype.medication_gap or self.archetype.supply_days > WEEK_DAYS
        return "buprenorphine" if needs_daily and medicine not in DAILY else medicine


class Schedule:
    """The weekly sessions. Their weekdays are counted from today, so that each counselor has some today."""

    def __init__(self, session: Session, today: dt.date) -> None:
        self.session = session
        self.today = today
        self.workdays = [ago for ago in range(1, 7) if (today - dt.timedelta(days=ago)).weekday() < 5]

    def build(self, cast: Sequence[Cast], counselors: Sequence[Staff]) -> dict[int, list[Slot]]:
        """Make all series and rosters; returns each client's slots."""
        slots: dict[int, list[Slot]] = {member.client_id: [] for member in cast}
        for number, counselor in enumerate(counselors):
            own = [member for member in cast if member.counselor == number and not _is_on_aftercare(member)]
            self._individual(own, counselor, slots)
            self._medication(own, counselor, slots)
            self._group(number, _group_members(cast, own, number), counselor, slots)
        return slots

    def _individual(self, members: Sequence[Cast], counselor: Staff, slots: dict[int, list[Slot]]) -> None:
        days = [0, *self.workdays]
        for place, member in enumerate(members):
            hour, half = divmod(place // len(days), 2)
            slot = self._series(
                counselor,
                SessionKind.INDIVIDUAL,
                "Individual session",
                offset=days[place % len(days)],
                at=dt.time(11 + 2 * hour, 30 * half),
                minutes=50,
            )
            self._roster(counselor, slot, [member], slots)

    def _medication(self, members: Sequence[Cast], counselor: Staff, slots: dict[int, list[Slot]]) -> None:
        prescribed = [member for member in members if member.medication not in (None, "methadone")]
        slot = self._series(
            counselor,
            SessionKind.MEDICATION_VISIT,
            "Medication visits",
            offset=self.workdays[0],
            at=dt.time(9),
            minutes=90,
        )
        self._roster(counselor, slot, prescribed, slots)

    def _group(
        self, number: int, members: Sequence[Cast], counselor: Staff, slots: dict[int, list[Slot]]
    ) -> None:
        title, ago, at = (
            ("Relapse prevention group", 0, dt.time(10)),
            ("Early recovery group", self.workdays[1], dt.time(17, 30)),
            ("Coping skills group", 0, dt.time(16)),
        )[number]
        cancelled = frozenset({ago + 7 * (6 + number)})
        slot = self._series(
            counselor, SessionKind.GROUP, title, offset=ago, at=at, minutes=90, cancelled=cancelled
        )
        self._roster(counselor, slot, members, slots)

    def _series(
        self,
        counselor: Staff,
        kind: SessionKind,
        title: str,
        *,
        offset: int,
        at: dt.time,
        minutes: int,
        cancelled: frozenset[int] = frozenset(),
    ) -> Slot:
        first_on = self.today - dt.timedelta(days=FIRST_DAYS_AGO + offset)
        series = {
            "kind": kind,
            "team_id": counselor.team_id,
            "first_on": first_on,
            "weekly": True,
            "entry_token": f"demo-series-{counselor.id}-{kind}-{offset}-{at:%H%M}",
        }
        (series_id,) = bulk.add_returning_ids(self.session, SessionSeries, [series])
        planned = _planned(counselor, first_on) | {
            "series_id": series_id,
            "title": title,
            "leader_id": counselor.id,
            "last_on": None,
            "starts_at": at,
            "minutes": minutes,
        }
        bulk.add(self.session, SeriesVersion, [planned])
        return Slot(series_id, kind, offset, at, cancelled)

    def _roster(
        self, counselor: Staff, slot: Slot, members: Sequence[Cast], slots: dict[int, list[Slot]]
    ) -> None:
        first_on = self.today - dt.timedelta(days=FIRST_DAYS_AGO + slot.offset)
        rows = []
        for member in members:
            admitted_on = self.today - dt.timedelta(days=member.archetype.admitted)
            starts_on = max(first_on, admitted_on)
            rows.append(
                _planned(counselor, starts_on)
                | {
                    "series_id": slot.series_id,
                    "client_id": member.client_id,
                    "starts_on": starts_on,
                    "ends_on": None,
                }
            )
            slots[member.client_id].append(slot)
        bulk.add(self.session, RosterMember, rows)


def _planned(counselor: Staff, day: dt.date) -> dict[str, Any]:
    """Known from its first day on."""
    return bulk.version(by_id=counselor.id, known_on=day, recorded_at=moment(day, dt.time(8)))


def _is_on_aftercare(member: Cast) -> bool:
    return bool(member.archetype.levels) and member.archetype.levels[-1][1].value == "aftercare"


def _group_members(cast: Sequence[Cast], own: Sequence[Cast], number: int) -> list[Cast]:
    """A group is the counselor's own clients; Alice's has three of Bob's too, as groups of a team do."""
    guests = [member for member in cast if member.counselor == 1][5:8] if number == 0 else []
    guests = [member for member in guests if not _is_on_aftercare(member)]
    return [*own[: GROUP_SIZES[number] - len(guests)], *guests]
