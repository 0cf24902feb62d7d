"""The five made-up clients of the vignettes, as facts in a database, and one more of each kind that a test wants.

Today is Wednesday, March 11, 2026; the clinic works Monday to Friday and doses Monday to Saturday. Every fact is typed
on its own day, at ten o'clock, unless a test says otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from casework.actions import (
    absences,
    attendance,
    calls,
    check_ins,
    clients,
    medication,
    safety,
    screens,
    tasks,
)
from casework.checks.check_ins import CheckInAnswers
from casework.checks.clients import ClientDetails
from casework.checks.tasks import PRESCRIBERS
from casework.users import User
from casework.vocabulary import (
    OPIOIDS,
    WARNING_SIGNS,
    AbsenceCause,
    ActionKind,
    CallOutcome,
    Certainty,
    ContactKind,
    InformationSource,
    Mark,
    Permission,
    ScreenStatus,
    SessionKind,
    Use,
    ids,
)
from casework.windows import FactRef
from db.models import ClientVersion, SafetyItem
from tests.support.builders import at, token
from tests.support.clinic import SmallClinic, add_client
from tests.support.databases import Database

SUNDAY = 6
NO_SIGNS = dict.fromkeys(ids(WARNING_SIGNS), False)
ASKED_AND_FINE: dict[str, Any] = {"signs": NO_SIGNS, "use": Use.NONE, "suicidal": False, "overdosed": False}
"""A check-in with all twelve signs asked and none present, no use, and no to both safety questions."""


def day(month: int, day_of_month: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, day_of_month)


def days(first: dt.date, last: dt.date, *, step: int = 1) -> Iterator[dt.date]:
    """From the first to the last, both included."""
    return (first + dt.timedelta(n) for n in range(0, (last - first).days + 1, step))


@dataclass(frozen=True)
class Person:
    """A client whose story is told by the real actions: each method records one fact, typed on its day."""

    database: Database
    by: User
    id: int

    def does(self, act: Callable[..., Any], typed: dt.date, /, **arguments: Any) -> Any:
        """One act about the client, at ten o'clock on the day, or at `now`."""
        with self.database.writing() as session:
            return self._do(session, act, typed, **arguments)

    def _do(self, session: Session, act: Callable[..., Any], typed: dt.date, /, **arguments: Any) -> Any:
        given = {"by": self.by, "now": at(typed), "client_id": self.id, "token": token(), **arguments}
        return act(session, **given)

    def prescribed(
        self, what: str, since: dt.date, mg: float, until: dt.date | None = None, typed: dt.date | None = None
    ) -> None:
        """`until`: the first day without it."""
        more = {"medication": what, "starts_on": since, "milligrams": mg, "ends_on": until}
        self.does(medication.prescribe, typed or since, **more)

    def doses(self, what: str, on: Iterable[dt.date], mg: float | None = None, covers: int = 1) -> None:
        with self.database.writing() as session:
            for one in on:
                self._dose(session, what, one, mg, covers)

    def doses_with_take_home(self, what: str, first: dt.date, last: dt.date) -> None:
        """Every day of the clinic's dosing; Saturday's covers Sunday, too."""
        with self.database.writing() as session:
            for one in days(first, last):
                if one.weekday() != SUNDAY:
                    self._dose(session, what, one, None, 2 if one.weekday() == SUNDAY - 1 else 1)

    def _dose(self, session: Session, what: str, on: dt.date, mg: float | None, covers: int) -> None:
        more = {"medication": what, "taken_on": on, "milligrams": mg, "covers_days": covers}
        self._do(session, medication.record_dose, on, **more)

    def sessions(
        self, on: Iterable[dt.date], mark: Mark = Mark.ATTENDED, kind: SessionKind = SessionKind.GROUP
    ) -> None:
        with self.database.writing() as session:
            for one in on:
                more = {"kind": kind, "mark": mark, "occurred_at": at(one, 9)}
                self._do(session, attendance.record_attendance, one, **more)

    def urine(self, on: Iterable[dt.date], *found: str) -> None:
        with self.database.writing() as session:
            for one in on:
                result = {"tested": (*OPIOIDS, "benzodiazepine"), "found": found}
                settled = {"status": ScreenStatus.COLLECTED, "certainty": Certainty.CONFIRMED, "on": one}
                self._do(session, screens.record_screen, one, **settled, **result)

    def checked_in(self, on: dt.date, typed: dt.date | None = None, **answers: Any) -> Any:
        """A check-in of the day; `answers` beside or instead of those of one in which all is fine."""
        given = CheckInAnswers(**{**ASKED_AND_FINE, "occurred_at": at(on), **answers})
        return self.does(check_ins.record_check_in, typed or on, answers=given)

    def told_by_others(self, on: dt.date, **answers: Any) -> Any:
        """What somebody else told about the client."""
        by_others: dict[str, Any] = {
            "contact": ContactKind.COLLATERAL,
            "source": InformationSource.COLLATERAL,
        }
        given = CheckInAnswers(**by_others, occurred_at=at(on), **answers)
        return self.does(check_ins.record_check_in, on, answers=given)

    def called(self, on: dt.date, outcome: CallOutcome = CallOutcome.NO_ANSWER, **more: Any) -> Any:
        """A call of the day, from the page that showed the person's story then: one that reached answers its facts."""
        return self.does(calls.log_call, on, outcome=outcome, **more)

    def did(self, on: dt.date, kind: ActionKind, facts: Collection[FactRef] = (), **more: Any) -> Any:
        """An action that is done, and the facts that the page showed for it."""
        if kind in PRESCRIBERS:
            more = {"prescriber": "Dr. Ames", "answered_on": on, "outcome": "Looked at it."} | more
        return self.does(tasks.do_task, on, kind=kind, facts=facts, **more)

    def away(
        self,
        cause: AbsenceCause,
        first: dt.date,
        last: dt.date | None,
        typed: dt.date,
        **more: Any,
    ) -> Any:
        return self.does(absences.record_absence, typed, cause=cause, starts_on=first, ends_on=last, **more)

    def details(self, on: dt.date, **changed: Any) -> None:
        """Change some of the client's details."""
        with self.database.writing() as session:
            versions = session.query(ClientVersion).filter_by(client_id=self.id)
            old = max(versions, key=lambda one: one.number)
            kept = {name: getattr(old, name) for name in ("name", "record_number", "phone")}
            permissions = {
                name: getattr(old, name)
                for name in ("safe_to_call", "safe_to_leave_message", "pregnant", "naloxone_on")
            }
            given = replace(ClientDetails(**kept, **permissions), **changed)
            clients.edit(
                session, by=self.by, now=at(on), client_id=self.id, version=old.number, details=given
            )

    @property
    def safety_item(self) -> int:
        """The latest safety item's id."""
        with self.database.reading() as session:
            items = session.query(SafetyItem).filter_by(client_id=self.id)
            return max(one.id for one in items)

    def acknowledged(self, on: dt.date, item: int, steps: str = "Talked it through.", **more: Any) -> None:
        with self.database.writing() as session:
            done = {"safety_item_id": item, "steps_taken": steps, **more}
            safety.acknowledge(session, by=self.by, now=at(on), **done)


def admitted(
    database: Database,
    clinic: SmallClinic,
    name: str,
    on: dt.date,
    naloxone_on: dt.date | None = None,
    *,
    safe_to_call: Permission = Permission.YES,
    pregnant: bool | None = False,
) -> Person:
    """An outpatient of Alice, safe to call, asked about pregnancy; `naloxone_on`: the last kit."""
    with database.writing() as session:
        client_id = add_client(session, name, counselor=clinic.alice, admitted_on=on)
        version = session.query(ClientVersion).filter_by(client_id=client_id).one()
        version.pregnant, version.naloxone_on, version.safe_to_call = pregnant, naloxone_on, safe_to_call
    return Person(database, clinic.alice, client_id)


def marcus(database: Database, clinic: SmallClinic) -> Person:
    """H1: a slip told early, on a full dose."""
    he = admitted(database, clinic, "Marcus Bell", day(5, 12, 2025), naloxone_on=day(1, 14, 2025))
    he.prescribed("methadone", day(7, 1, 2025), 90)
    he.doses_with_take_home("methadone", day(11, 1, 2025), day(3, 11))
    he.sessions(days(day(12, 2, 2025), day(3, 10), step=7))
    he.sessions(days(day(12, 2, 2025), day(3, 10), step=7), kind=SessionKind.INDIVIDUAL)
    he.urine([day(1, 6), day(2, 3), day(3, 3)], "methadone")
    he.checked_in(
        day(3, 10),
        signs=NO_SIGNS | {"old_places": True},
        use=Use.SLIP,
        use_days=1,
        used_on=day(3, 8),
        craving=6,
        craving_causes=frozenset({"triggers"}),
        withdrawal=0,
        medication_days_taken=7,
        medication_days_of=7,
        note="Smoked on Sunday, bought as heroin.",
    )
    return he


def luis(database: Database, clinic: SmallClinic) -> Person:
    """H2: no methadone for five days, and nobody knows why."""
    he = admitted(database, clinic, "Luis Ortega", day(9, 2, 2025))
    he.prescribed("methadone", day(9, 2, 2025), 110)
    he.doses_with_take_home("methadone", day(11, 1, 2025), day(3, 5))
    he.urine([day(2, 10), day(2, 24)], "methadone")
    he.sessions([day(3, 3)])
    he.sessions([day(3, 10)], Mark.NO_SHOW)
    he.checked_in(day(3, 3), craving=2)
    return he


def renee(database: Database, clinic: SmallClinic) -> Person:
    """H3: five weeks away, and her sister tells of an overdose."""
    she = admitted(database, clinic, "Renee Fox", day(7, 7, 2025), naloxone_on=day(10, 6, 2025))
    she.prescribed("buprenorphine", day(7, 7, 2025), 16, until=day(2, 4))
    she.urine([day(1, 20), day(1, 27)], "fentanyl")
    she.sessions([day(2, 3)])
    she.sessions([day(2, 10), day(2, 17), day(2, 24), day(3, 3), day(3, 10)], Mark.NO_SHOW)
    she.called(day(2, 17))
    she.called(day(2, 24))
    she.told_by_others(
        day(3, 10),
        overdosed=True,
        overdosed_on=day(3, 8),
        naloxone_used=True,
        note="Her sister: treated in an emergency room, home again.",
    )
    return she


def aisha(database: Database, clinic: SmallClinic) -> Person:
    """H4: pregnant, steady, and evening withdrawal."""
    she = admitted(database, clinic, "Aisha Grant", day(2, 3, 2025), naloxone_on=day(11, 3, 2025))
    she.prescribed("methadone", day(2, 3, 2025), 85)
    she.doses_with_take_home("methadone", day(11, 1, 2025), day(3, 11))
    she.details(day(1, 12), pregnant=True, pregnancy_due_on=day(7, 14))
    she.did(day(1, 13), ActionKind.PREGNANCY_REVIEW, outcome="Seen; prenatal care at the county clinic.")
    she.urine(days(day(11, 25, 2025), day(3, 3), step=14), "methadone")
    she.sessions(days(day(12, 2, 2025), day(3, 10), step=7))
    she.checked_in(
        day(3, 10),
        signs=NO_SIGNS | {"no_self_care": True},
        halt={"tired": True, "hungry": False, "angry": False, "lonely": False},
        craving=2,
        withdrawal=1,
        withdrawal_from=frozenset({"methadone"}),
        medication_days_taken=7,
        medication_days_of=7,
        note="Withdrawal in the evenings.",
    )
    return she


def tom(database: Database, clinic: SmallClinic) -> Person:
    """H5: out of jail for two days."""
    he = admitted(database, clinic, "Tom Weaver", day(6, 2, 2025))
    he.prescribed("buprenorphine", day(6, 2, 2025), 24)
    he.urine(days(day(12, 2, 2025), day(1, 27), step=14), "buprenorphine")
    stay = he.away(AbsenceCause.CUSTODY, day(2, 2), None, typed=day(2, 4))
    released = {"medicated": False, "supersedes": stay.id, "correction_reason": "Released."}
    he.away(AbsenceCause.CUSTODY, day(2, 2), day(3, 9), typed=day(3, 10), **released)
    he.sessions([day(3, 10)], kind=SessionKind.INDIVIDUAL)
    he.checked_in(day(3, 10), craving=3, withdrawal=0, medication_days_taken=0, medication_days_of=14)
    return he
