"""A random script of acts over some weeks, done by the real actions: what a clinic's days are made of, for tests.

Each act names its kind and a few numbers; whom and what they mean is read from the database as it stands then, so that
any list of acts is a script. Acts that cannot be (a correction of nothing, a member who is there already) are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from casework.actions import (
    absences,
    attendance,
    calls,
    check_ins,
    clients,
    medication,
    notes,
    placements,
    safety,
    schedule,
    screens,
)
from casework.caseload.level_of_care import recommendation_for
from casework.checks.check_ins import CheckInAnswers
from casework.checks.clients import ClientDetails
from casework.errors import TidelineError
from casework.vocabulary import (
    SUBSTANCES,
    WARNING_SIGNS,
    AbsenceCause,
    CallOutcome,
    Certainty,
    Level,
    Mark,
    Permission,
    ScreenStatus,
    SessionKind,
    Use,
    ids,
)
from db.models import (
    Absence,
    Attendance,
    Call,
    CheckIn,
    Client,
    ClientVersion,
    Dose,
    Note,
    Prescription,
    RosterMember,
    SafetyItem,
    SeriesVersion,
    SessionSeries,
    UrineScreen,
)
from tests.support import script_tasks
from tests.support.builders import at
from tests.support.clinic import SmallClinic
from tests.support.databases import Database

SIGNS: Final = tuple(id_ for id_ in ids(WARNING_SIGNS) if id_ != "not_taking_medication")
WHY: Final = "Typed wrongly."


@dataclass(frozen=True)
class Act:
    """One act: how many days after the one before, its kind, and numbers that choose whom and what."""

    after_days: int
    kind: str
    whom: int
    what: int
    back: int


@dataclass
class Turn:
    """An act under way: who acts, the day, and the rows to choose from."""

    session: Session
    clinic: SmallClinic
    day: dt.date
    act: Act
    number: int

    @property
    def common(self) -> dict[str, Any]:
        """What every action takes."""
        return {"by": self.clinic.charlie, "now": at(self.day, 8 + self.number % 12, self.number % 60)}

    @property
    def token(self) -> str:
        """Tells this act from all others of the script."""
        return f"act-{self.number:05}"

    @property
    def client_id(self) -> int:
        """One of Harbor's clients."""
        team = self.clinic.alice.team_id
        ids_ = self.session.scalars(select(Client.id).where(Client.team_id == team).order_by(Client.id)).all()
        return ids_[self.act.whom % len(ids_)]

    @property
    def then(self) -> dt.date:
        """The day on which it happened: late entries lie back."""
        return self.day - dt.timedelta(days=self.act.back)

    def one_of(self, options: Any) -> Any:
        """One of some options."""
        options = list(options)
        return options[self.act.what % len(options)]

    def row(self, model: Any, *where: Any) -> Any:
        """One row of a table; LookupError when there is none."""
        rows = self.session.scalars(select(model).where(*where).order_by(model.id)).all()
        if not rows:
            raise LookupError
        return rows[self.act.what % len(rows)]

    def held(self, model: Any) -> Any:
        """A fact on the client that no correction has replaced."""
        return self.row(model, model.client_id == self.client_id, model.superseded_on.is_(None))

    def running(self) -> SessionSeries:
        """A series that has not ended."""
        version = self.row(
            SeriesVersion,
            SeriesVersion.superseded_on.is_(None),
            or_(SeriesVersion.last_on.is_(None), SeriesVersion.last_on >= self.day),
        )
        return self.session.get_one(SessionSeries, version.series_id)

    def mine(self, **more: Any) -> dict[str, Any]:
        """What an action on a client takes."""
        return {**self.common, "client_id": self.client_id, "token": self.token, **more}


def perform(database: Database, clinic: SmallClinic, act: Act, day: dt.date, number: int) -> None:
    """Do one act in a transaction of its own; one that cannot be changes nothing."""
    with suppress(TidelineError, LookupError), database.writing(clinic.charlie.acting(day)) as session:
        KINDS[act.kind](Turn(session, clinic, day, act, number))


def _answers(turn: Turn) -> CheckInAnswers:
    n = turn.act.what
    suicidal = turn.one_of([None, False, False, True])
    overdosed = turn.one_of([False, None, True])
    told = bool(overdosed and n % 2)
    use = turn.one_of([None, Use.NONE, Use.SLIP, Use.REGULAR])
    return CheckInAnswers(
        occurred_at=at(turn.then, 9, n % 60) if turn.act.back else None,
        signs={id_: bool((n + place) % 3 == 0) for place, id_ in enumerate(SIGNS) if (n + place) % 4},
        craving=n % 11,
        use=use,
        used_on=turn.then if use is Use.SLIP and n % 2 else None,
        suicidal=suicidal,
        overdosed=overdosed,
        overdosed_on=turn.then if told else None,
        naloxone_used=turn.one_of([None, True, False]) if told else None,
        note=f"Said {n}.",
    )


def _check_in(turn: Turn) -> None:
    check_ins.record_check_in(turn.session, **turn.mine(answers=_answers(turn)))


def _correct_check_in(turn: Turn) -> None:
    old = turn.held(CheckIn)
    check_ins.record_check_in(
        turn.session, **turn.mine(answers=_answers(turn), supersedes=old.id, correction_reason=WHY)
    )


def _call(turn: Turn) -> None:
    outcome = turn.one_of(CallOutcome)
    appointment = turn.then + dt.timedelta(days=5) if outcome is CallOutcome.REACHED else None
    calls.log_call(turn.session, **turn.mine(outcome=outcome, appointment_on=appointment))


def _correct_call(turn: Turn) -> None:
    old = turn.held(Call)
    calls.log_call(
        turn.session,
        **turn.mine(
            outcome=turn.one_of(CallOutcome),
            occurred_at=old.occurred_at,
            supersedes=old.id,
            correction_reason=WHY,
        ),
    )


def _note(turn: Turn) -> None:
    series = turn.one_of([None, *turn.session.scalars(select(SessionSeries.id).order_by(SessionSeries.id))])
    notes.write_note(turn.session, **turn.mine(text=f"Note {turn.act.what}.", series_id=series))


def _correct_note(turn: Turn) -> None:
    old = turn.held(Note)
    notes.write_note(
        turn.session,
        **turn.mine(
            text=f"Rather {turn.act.what}.",
            series_id=old.series_id,
            occurred_at=old.occurred_at,
            supersedes=old.id,
            correction_reason=WHY,
        ),
    )


def _mark(turn: Turn) -> None:
    attendance.record_attendance(
        turn.session,
        **turn.mine(
            kind=turn.one_of(SessionKind),
            mark=turn.one_of(Mark),
            occurred_at=at(turn.then) if turn.act.back else None,
        ),
    )


def _correct_mark(turn: Turn) -> None:
    attendance.correct_attendance(
        turn.session,
        **turn.common,
        attendance_id=turn.held(Attendance).id,
        mark=turn.one_of(Mark),
        reason=WHY,
        token=turn.token,
    )


def _roll_call(turn: Turn) -> None:
    series = turn.running()
    members = turn.session.scalars(
        select(RosterMember.client_id).where(
            RosterMember.series_id == series.id,
            RosterMember.ends_on.is_(None),
            RosterMember.superseded_on.is_(None),
        )
    ).all()
    held_on = turn.day - (turn.day - series.first_on) % dt.timedelta(days=7)
    attendance.take_roll_call(
        turn.session,
        **turn.common,
        series_id=series.id,
        held_on=held_on,
        marks={id_: turn.one_of(Mark) for id_ in members[:2]},
        token=turn.token,
    )


def _plan_screens(turn: Turn) -> None:
    screens.plan(
        turn.session,
        **turn.mine(first_due_on=turn.day + dt.timedelta(days=turn.act.back), times=2, every_weeks=1),
    )


def _screen(turn: Turn, **more: Any) -> None:
    collected = turn.act.what % 2 == 0
    tested, found = ids(SUBSTANCES)[:4], ids(SUBSTANCES)[: turn.act.what % 3]
    result = {"tested": tested, "found": found, "certainty": Certainty.PRESUMPTIVE} if collected else {}
    status = ScreenStatus.COLLECTED if collected else ScreenStatus.MISSED
    screens.record_screen(turn.session, **turn.mine(status=status, on=turn.then, **result, **more))


def _settle_screen(turn: Turn) -> None:
    planned = turn.row(
        UrineScreen,
        UrineScreen.client_id == turn.client_id,
        UrineScreen.status == ScreenStatus.DUE,
        UrineScreen.superseded_on.is_(None),
    )
    _screen(turn, planned_id=planned.id)


def _correct_screen(turn: Turn) -> None:
    _screen(turn, supersedes=turn.held(UrineScreen).id, correction_reason=WHY)


def _prescribe(turn: Turn) -> None:
    what = turn.one_of(["methadone", "buprenorphine"])
    medication.prescribe(turn.session, **turn.mine(medication=what, starts_on=turn.then))


def _stop(turn: Turn) -> None:
    medication.stop(
        turn.session,
        **turn.common,
        prescription_id=turn.held(Prescription).id,
        ends_on=turn.day + dt.timedelta(days=turn.act.what % 9 - 4),
        reason="It ends.",
        token=turn.token,
    )


def _dose(turn: Turn) -> None:
    medication.record_dose(turn.session, **turn.mine(medication="methadone", taken_on=turn.then))


def _correct_dose(turn: Turn) -> None:
    old = turn.held(Dose)
    medication.record_dose(
        turn.session,
        **turn.mine(medication="buprenorphine", taken_on=turn.then, supersedes=old.id, correction_reason=WHY),
    )


def _kit(turn: Turn) -> None:
    clients.record_naloxone_kit(turn.session, **turn.common, client_id=turn.client_id, on=turn.then)


def _away(turn: Turn) -> None:
    cause, medicated = turn.one_of(AbsenceCause), turn.one_of([None, True, False])
    absences.record_absence(turn.session, **turn.mine(cause=cause, starts_on=turn.then, medicated=medicated))


def _back(turn: Turn) -> None:
    old = turn.held(Absence)
    absences.record_absence(
        turn.session,
        **turn.mine(
            cause=old.cause,
            starts_on=old.occurred_on,
            ends_on=turn.day,
            supersedes=old.id,
            correction_reason=WHY,
        ),
    )


def _acknowledge(turn: Turn) -> None:
    item = turn.row(SafetyItem, SafetyItem.acknowledged_at.is_(None))
    safety.acknowledge(
        turn.session, **turn.common, safety_item_id=item.id, steps_taken="Talked.", looks_again="On-call line"
    )


def _decide(turn: Turn) -> None:
    placements.decide(
        turn.session,
        **turn.mine(
            level=turn.one_of([Level.AFTERCARE, Level.OUTPATIENT, Level.INTENSIVE_OUTPATIENT]),
            shown=recommendation_for(turn.session, turn.common["by"], turn.day, turn.client_id),
            accepted=False,
            reason="Asked for.",
            prescriber="Dr. Vera Lind",
            agreed_on=turn.day,
            agreement="As she wishes.",
        ),
    )


def _transfer(turn: Turn) -> None:
    to = turn.one_of([turn.clinic.alice.id, turn.clinic.bob.id])
    clients.assign(turn.session, **turn.common, client_id=turn.client_id, counselor_id=to)


def _admit(turn: Turn) -> None:
    clients.admit(
        turn.session,
        **turn.common,
        details=ClientDetails(f"New {turn.number}", f"N-{turn.number}"),
        counselor_id=turn.one_of([turn.clinic.alice.id, turn.clinic.bob.id]),
        level=Level.OUTPATIENT,
        admitted_on=turn.then,
        token=turn.token,
    )


def _edit(turn: Turn) -> None:
    client = turn.row(
        ClientVersion, ClientVersion.client_id == turn.client_id, ClientVersion.superseded_on.is_(None)
    )
    n = turn.act.what
    pregnant = turn.one_of([None, True, False])
    clients.edit(
        turn.session,
        **turn.common,
        client_id=client.client_id,
        version=client.number,
        details=ClientDetails(
            client.name,
            client.record_number,
            client.phone,
            client.safe_to_call,
            turn.one_of(Permission) if client.phone is None else client.safe_to_leave_message,
            contact_interval_days=turn.one_of([None, 3, 14]),
            pregnant=pregnant,
            pregnancy_due_on=turn.then if pregnant and n % 2 else None,
            pregnancy_ended_on=turn.then if pregnant is False and n % 2 else None,
            co_occurring=frozenset({"depression"}) if n % 2 else frozenset(),
            naloxone_on=turn.then if n % 3 else None,
        ),
    )


def _create_series(turn: Turn) -> None:
    schedule.create_series(
        turn.session,
        **turn.common,
        kind=SessionKind.GROUP,
        title=f"Group {turn.number}",
        first_on=turn.then,
        starts_at=dt.time(10),
        minutes=60,
        weekly=turn.act.what % 3 > 0,
        leader_id=turn.one_of([turn.clinic.alice.id, turn.clinic.bob.id]),
        members=(turn.client_id,),
        token=turn.token,
    )


def _join(turn: Turn) -> None:
    schedule.add_member(turn.session, **turn.common, series_id=turn.running().id, client_id=turn.client_id)


def _leave(turn: Turn) -> None:
    still = or_(RosterMember.ends_on.is_(None), RosterMember.ends_on > turn.day)
    place = turn.row(RosterMember, RosterMember.superseded_on.is_(None), still)
    schedule.remove_member(
        turn.session,
        **turn.common,
        series_id=place.series_id,
        client_id=place.client_id,
        ends_on=turn.day + dt.timedelta(days=turn.act.back),
    )


def _end_series(turn: Turn) -> None:
    last_on = turn.day + dt.timedelta(days=turn.act.what % 5 * 7 - 2)
    schedule.end_series(turn.session, **turn.common, series_id=turn.running().id, last_on=last_on)


KINDS: Final[dict[str, Callable[[Turn], None]]] = {
    "check_in": _check_in,
    "correct_check_in": _correct_check_in,
    "call": _call,
    "correct_call": _correct_call,
    "note": _note,
    "correct_note": _correct_note,
    "mark": _mark,
    "correct_mark": _correct_mark,
    "roll_call": _roll_call,
    "plan_screens": _plan_screens,
    "screen": _screen,
    "settle_screen": _settle_screen,
    "correct_screen": _correct_screen,
    "prescribe": _prescribe,
    "stop": _stop,
    "dose": _dose,
    "correct_dose": _correct_dose,
    "away": _away,
    "back": _back,
    "acknowledge": _acknowledge,
    "decide": _decide,
    "transfer": _transfer,
    "admit": _admit,
    "edit": _edit,
    "kit": _kit,
    "create_series": _create_series,
    "join": _join,
    "leave": _leave,
    "end_series": _end_series,
    **script_tasks.KINDS,
}
