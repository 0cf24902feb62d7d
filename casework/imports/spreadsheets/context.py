"""What the rows of a file are checked against: the act, the clients that the user may see, and what is stored of them.

Nothing here knows of any other client: a row about one is told as a row about nobody is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from casework.actions.entry import Act, moment_on
from casework.checks.days import check_day, check_moment
from casework.errors import Refused
from casework.prescriptions import PrescriptionPeriod
from casework.vocabulary import Mark, SessionKind
from db import locks
from db.models import Client
from db.queries import imports as queries
from db.queries.medication import expected_in_screens
from db.queries.record_numbers import visible_holders

IMPORTED: Final = "import-"
"""Begins the entry token of each imported row."""
Values = dict[str, Any]
"""A row's cells as values, by column; None for an empty cell."""


@dataclass
class Context:
    """The stored state is read once for the whole file; `seen` remembers what earlier rows of it said."""

    act: Act
    clients: dict[str, Client]
    prescriptions: dict[int, list[PrescriptionPeriod]]
    counselors: dict[str, int]
    marks: dict[tuple[int, dt.datetime, SessionKind], Mark]
    check_ins: set[tuple[int, dt.datetime]]
    screens: set[tuple[int, dt.date]]
    check_in_days: dict[int, set[dt.date]] = field(default_factory=dict)
    """The days of the check-ins by client: those that are stored, and those of the file (see `reads`)."""
    seen: dict[Any, int] = field(default_factory=dict)

    def reads(self, rows: Iterable[Values]) -> None:
        """Note the days of the file's check-ins: a row is checked against those before it, wherever they stand."""
        for client_id, at in self.check_ins:
            self.check_in_days.setdefault(client_id, set()).add(at.astimezone(self.act.zone).date())
        for values in rows:
            if (client := self.clients.get(values["record_number"])) is not None:
                self.check_in_days.setdefault(client.id, set()).add(values["date"])

    def last_check_in(self, client: Client, day: dt.date) -> dt.date | None:
        """The day of the client's last check-in before `day`."""
        return max((one for one in self.check_in_days.get(client.id, ()) if one < day), default=None)

    def client(self, record_number: str) -> Client:
        """The client of that record number among those that the user may see."""
        found = self.clients.get(record_number)
        if found is None:
            raise Refused(
                "There is no client with this record number among those that you can see.",
                field="record_number",
            )
        return found

    def moment(self, client: Client, day: dt.date, at: dt.time | None) -> dt.datetime:
        """When it happened, checked: not in the future and not long before admission.

        A row without a time is of noon on every day, today's included: the same row is then the same entry whenever
        it is imported.
        """
        # The day first: of one at the calendar's end, no moment can be counted out.
        check_day(day, today=self.act.today, field="date", admitted_on=client.admitted_on)
        if at is None:
            return moment_on(self.act.zone, day)
        return check_moment(
            moment_on(self.act.zone, day, at),
            now=self.act.now,
            zone=self.act.zone,
            admitted_on=client.admitted_on,
            field="date",
        )

    def known_on(self, day: dt.date, known_on: dt.date | None) -> dt.date:
        """The first day on which the clinic knew it: the given one, else the day itself."""
        if known_on is None:
            return day
        if known_on < day:
            raise Refused("The clinic cannot have known it before it happened.", field="known_on")
        return check_day(known_on, today=self.act.today, field="known_on")

    def prescribed(self, client: Client, day: dt.date) -> tuple[str, ...]:
        """The maintenance medications prescribed on `day`."""
        held = self.prescriptions.get(client.id, [])
        return tuple({one.medication for one in held if one.holds_on(day)})

    def expected(self, client: Client, day: dt.date) -> int:
        """The substances that a urine screen of `day` shows because they are prescribed."""
        return expected_in_screens(self.prescribed(client, day))

    def refuse_repeated(self, key: Any, line: int, message: str, *, field: str) -> None:
        """Refused when an earlier row of the file said `key` already."""
        first = self.seen.setdefault(key, line)
        if first != line:
            raise Refused(f"{message} (line {first}).", field=field)


def read_context(act: Act, record_numbers: Collection[str]) -> Context:
    """Read what the rows about these record numbers have to be checked against."""
    clients = visible_holders(act.session, act.by, record_numbers, act.today)
    client_ids = [client.id for client in clients.values()]
    locks.take_clients(act.session, client_ids)
    return Context(
        act=act,
        clients=clients,
        prescriptions=queries.prescriptions(act.session, client_ids, act.today),
        counselors=queries.counselors(act.session, act.by.team_id),
        marks=queries.marks(act.session, client_ids),
        check_ins=queries.check_in_moments(act.session, client_ids),
        screens=queries.screen_days(act.session, client_ids),
    )
