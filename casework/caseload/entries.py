"""All that was recorded about a client, entry by entry, with what corrections replaced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from sqlalchemy.orm import Session

from casework import wording
from casework.caseload.kept import keeps
from casework.users import User
from casework.vocabulary import (
    SUBSTANCES,
    AbsenceCause,
    CallOutcome,
    Certainty,
    FactKind,
    Mark,
    Medication,
    ScreenStatus,
    unmask,
)
from casework.wording import Answer
from db.queries import safety
from db.queries.absences import AbsenceRow
from db.queries.attendance import MarkRow
from db.queries.calls import CallRow
from db.queries.check_ins import CheckInRow
from db.queries.medication import DoseRow, PrescriptionRow
from db.queries.notes import NoteRow
from db.queries.placements import PlacementRow
from db.queries.screens import ScreenRow
from db.queries.tasks import TaskRow
from db.queries.versions import RowT, Version, history

_CHECK_IN_TOPICS = ("signs", "halt", "craving", "use", "suicidal", "overdosed")
"""What of a check-in stands in its line; the rest is told when it is opened."""


@dataclass(frozen=True)
class StoredCall:
    """A call as it is stored."""

    outcome: CallOutcome
    appointment_on: dt.date | None


@dataclass(frozen=True)
class StoredDose:
    """A dose as it is stored."""

    medication: Medication
    milligrams: float | None
    covers_days: int


@dataclass(frozen=True)
class StoredScreen:
    """A screen as it is stored; `tested` and `found` are identifiers of SUBSTANCES."""

    status: ScreenStatus
    tested: tuple[str, ...]
    found: tuple[str, ...]
    certainty: Certainty | None


@dataclass(frozen=True)
class StoredAbsence:
    """An absence as it is stored; `ends_on` is its last day (None: it still goes on)."""

    cause: AbsenceCause
    ends_on: dt.date | None
    medicated: bool | None


Stored: TypeAlias = Mark | StoredCall | StoredDose | StoredScreen | StoredAbsence


@dataclass(frozen=True)
class RecordEntry:
    """One recorded entry. `said` is our own wording, `text` what somebody typed. `old`: a correction has replaced it.

    `late`: the clinic came to know of it after its day. `planned`: it lies ahead, or waits for its result.
    """

    kind: FactKind
    id: int
    on: dt.date
    said: str
    text: str | None
    recorded_by: str
    recorded_at: dt.datetime | None
    late: bool
    old: bool = False
    supersedes_id: int | None = None
    correction_reason: str | None = None
    planned: bool = False
    fields: Mapping[str, Answer] = field(default_factory=dict)
    """Every answer of a check-in by its identifier, for reading it whole and for telling what a correction changed."""
    stored: Stored | None = None
    """What a correction starts from, beside the day and the text; None for kinds that have a form of their own."""

    @property
    def key(self) -> str:
        """Tells the entry from all others of the client."""
        return f"{self.kind}-{self.id}"


@keeps
def entries(
    session: Session, user: User, client_id: int, today: dt.date, *, weeks: int
) -> tuple[RecordEntry, ...]:
    """The entries of the last `weeks` weeks and those planned, the latest first. Raises NotYours.

    The number of SQL statements is constant.
    """
    since = today - dt.timedelta(weeks=weeks)
    asked = (session, user, client_id, today)

    def versions(row: type[RowT], since: dt.date | None = since) -> tuple[RowT, ...]:
        return history(row, *asked, since=since, superseded_too=True)

    found = [
        *(replace(_fact(FactKind.CHECK_IN, row, today, _check_in(row), row.note),
                  fields=wording.check_in_answers(row))
          for row in versions(CheckInRow)),
        *(_fact(FactKind.SESSION, row, today, wording.session(row.kind, row.mark, row.title or ""), None, row.mark)
          for row in versions(MarkRow)),
        *(_screen(row, today) for row in versions(ScreenRow)),
        *(_fact(FactKind.NOTE, row, today, wording.note(row.title), row.text)
          for row in versions(NoteRow)),
        *(_fact(FactKind.CALL, row, today, wording.call(row.outcome, row.appointment_on), None,
                StoredCall(row.outcome, row.appointment_on))
          for row in versions(CallRow)),
        *(_task(row, today) for row in versions(TaskRow)),
        *(_fact(FactKind.ABSENCE, row, today, wording.absence(row.cause, row.ends_on, row.medicated), None,
                StoredAbsence(row.cause, row.ends_on, row.medicated))
          for row in versions(AbsenceRow, since=None)),
        *(_fact(FactKind.DOSE, row, today, _dose(row), None,
                StoredDose(row.medication, row.milligrams, row.covers_days))
          for row in versions(DoseRow)),
        *(_fact(FactKind.PRESCRIPTION, row, today, _prescription(row), None)
          for row in versions(PrescriptionRow, since=None)),
        *(_safety(row) for row in safety.items_of(*asked)),
        *(_placement(row) for row in history(PlacementRow, *asked)),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.on, one.recorded_at or _LONG_AGO, one.id), reverse=True))


def chain(all_entries: Sequence[RecordEntry], one: RecordEntry) -> tuple[RecordEntry, ...]:
    """The versions that `one` replaced, the latest first."""
    by_id = {other.id: other for other in all_entries if other.kind == one.kind}
    found, next_id = [], one.supersedes_id
    while next_id is not None and next_id in by_id:
        found.append(by_id[next_id])
        next_id = by_id[next_id].supersedes_id
    return tuple(found)


def changed(old: RecordEntry, new: RecordEntry) -> str:
    """What a correction changed: "Tired: present → absent"."""
    if not (old.fields or new.fields):
        return "" if old.said == new.said else f"{old.said} → {new.said}"
    said = []
    for id_ in dict.fromkeys((*old.fields, *new.fields)):
        was, now = old.fields.get(id_), new.fields.get(id_)
        if was != now:
            name, *_ = was or now or ("",)
            said.append(
                f"{name}: {was.said if was else wording.NOT_ASKED} → {now.said if now else wording.NOT_ASKED}"
            )
    return "; ".join(said + ([wording.THE_NOTE] if old.text != new.text else []))


_LONG_AGO = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)


def _fact(
    kind: FactKind, row: Version, today: dt.date, said: str, text: str | None, stored: Stored | None = None
) -> RecordEntry:
    return RecordEntry(
        kind,
        row.id,
        row.occurred_on,
        wording.sentence(said),
        text,
        row.recorded_by,
        row.recorded_at,
        row.late,
        old=row.superseded_on is not None and row.superseded_on <= today,
        supersedes_id=row.supersedes_id,
        correction_reason=row.correction_reason,
        planned=row.occurred_on > today,
        stored=stored,
    )


def _check_in(row: CheckInRow) -> str:
    said = wording.check_in(row, _CHECK_IN_TOPICS) or wording.NOTHING_ASKED
    return f"{wording.label(row.contact)}: {said}"


def _screen(row: ScreenRow, today: dt.date) -> RecordEntry:
    said = wording.screen(
        row.status, tested=row.tested, found=row.found, expected=row.expected, certainty=row.certainty
    )
    tested, found = unmask(SUBSTANCES, row.tested), unmask(SUBSTANCES, row.found)
    stored = StoredScreen(row.status, tested, found, row.certainty)
    one = _fact(FactKind.SCREEN, row, today, said, None, stored)
    return replace(one, planned=one.planned or row.status is ScreenStatus.DUE)


def _task(row: TaskRow, today: dt.date) -> RecordEntry:
    said = wording.task(
        row.kind, owner=row.owner, due_on=row.due_on, done_on=row.done_on, prescriber=row.prescriber
    )
    typed = [one for one in (row.what, row.later_reason, row.outcome) if one]
    return _fact(FactKind.TASK, row, today, said, "\n".join(typed) or None)


def _dose(row: DoseRow) -> str:
    return wording.dose(row.medication, milligrams=row.milligrams, covers_days=row.covers_days)


def _prescription(row: PrescriptionRow) -> str:
    return wording.prescription(row.medication, milligrams=row.milligrams, until=row.ends_on)


def _safety(row: safety.SafetyRow) -> RecordEntry:
    return RecordEntry(
        FactKind.SAFETY,
        row.id,
        row.raised_on,
        wording.safety_item(row.concerns, open_=row.open, by=row.acknowledged_by),
        "\n".join(one for one in (row.steps_taken, row.looks_again) if one) or None,
        row.acknowledged_by or "",
        row.acknowledged_at,
        late=False,
    )


def _placement(row: PlacementRow) -> RecordEntry:
    said = wording.placement(row.level, next_level=row.next_level, accepted=row.accepted)
    return RecordEntry(
        FactKind.LEVEL, row.id, row.occurred_on, said, row.reason, row.recorded_by, row.recorded_at, row.late
    )
