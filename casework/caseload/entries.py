"""All that was recorded about a client, entry by entry, with what corrections replaced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from casework import wording
from casework.caseload.evidence import named, screen_words, spoken
from casework.users import User
from casework.vocabulary import (
    CRAVING_CAUSES,
    CRAVING_MAX,
    HALT,
    LEVELS,
    MEDICATIONS,
    PROTECTIVE_FACTORS,
    SAFETY_CONCERNS,
    STAGE_SIGNS,
    SUBSTANCES,
    WARNING_SIGNS,
    ScreenStatus,
    Use,
    term,
)
from db.queries import safety
from db.queries.attendance import MarkRow
from db.queries.calls import CallRow
from db.queries.check_ins import CheckInRow
from db.queries.medication import DoseRow, PrescriptionRow
from db.queries.notes import NoteRow
from db.queries.placements import PlacementRow
from db.queries.screens import ScreenRow
from db.queries.tolerance import ToleranceRow
from db.queries.versions import RowT, Version, history

CHECK_IN, SESSION, SCREEN, NOTE, CALL, DOSE, PRESCRIPTION, TOLERANCE, SAFETY, LEVEL = (
    "Check-in",
    "Session",
    "Urine screen",
    "Note",
    "Call",
    "Dose",
    "Prescription",
    "Time away from opioids",
    "Safety",
    "Level of care",
)
KINDS = (CHECK_IN, NOTE, CALL, SESSION, SCREEN, PRESCRIPTION, DOSE, TOLERANCE, SAFETY, LEVEL)


@dataclass(frozen=True)
class RecordEntry:
    """One recorded entry. `said` is our own wording, `text` what somebody typed. `old`: a correction has replaced it.

    `late`: the clinic came to know of it after its day. `planned`: it lies ahead, or waits for its result.
    """

    kind: str
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
    fields: Mapping[str, str] = field(default_factory=dict)
    """Every answer of a check-in by its label, for reading it whole and for telling what a correction changed."""

    @property
    def key(self) -> str:
        """Tells the entry from all others of the client."""
        return f"{self.kind}-{self.id}"


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
        *(replace(_fact(CHECK_IN, row, today, _check_in(row), row.note), fields=_answers(row))
          for row in versions(CheckInRow)),
        *(_fact(SESSION, row, today, f"{row.title or spoken(row.kind)}: {spoken(row.mark)}", None)
          for row in versions(MarkRow)),
        *(_fact(SCREEN, row, today, _screen(row), None) for row in versions(ScreenRow)),
        *(_fact(NOTE, row, today, f"Note of {row.title}" if row.title else "Note", row.text)
          for row in versions(NoteRow)),
        *(_fact(CALL, row, today, spoken(row.outcome), None) for row in versions(CallRow)),
        *(_fact(TOLERANCE, row, today, _away(row), None) for row in versions(ToleranceRow, since=None)),
        *(_fact(DOSE, row, today, _dose(row), None) for row in versions(DoseRow)),
        *(_fact(PRESCRIPTION, row, today, _prescription(row), None)
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
    labels = dict.fromkeys((*old.fields, *new.fields))
    pairs = [
        (label, old.fields.get(label, _NOT_ASKED), new.fields.get(label, _NOT_ASKED)) for label in labels
    ]
    said = [f"{label}: {was} → {now}" for label, was, now in pairs if was != now]
    return "; ".join(said + (["the note"] if old.text != new.text else []))


_NOT_ASKED = "not asked"
_LONG_AGO = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)


def _fact(kind: str, row: Version, today: dt.date, said: str, text: str | None) -> RecordEntry:
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
        planned=row.occurred_on > today or said == spoken(ScreenStatus.DUE),
    )


def _check_in(row: CheckInRow) -> str:
    asked, present = row.signs_asked.bit_count(), row.signs_present.bit_count()
    said = [spoken(row.contact), f"{present} of {asked} signs present" if asked else "no sign asked"]
    if present:
        said[-1] += f" ({named(tuple(WARNING_SIGNS), row.signs_present)})"
    if row.halt_present:
        said.append(f"HALT: {named(HALT, row.halt_present)}")
    if row.craving is not None:
        said.append(f"craving {row.craving} of {CRAVING_MAX}")
    if row.use is not None:
        said.append("no opioid use" if row.use is Use.NONE else f"opioid use: {row.use.value}")
    if row.safety:
        said.append("safety question answered yes")
    return ", ".join(said)


def _answers(row: CheckInRow) -> dict[str, str]:
    """All that was asked, by label, in the order of the form."""
    said = {"Contact": spoken(row.contact), "Said by": spoken(row.source)}
    for entries_, asked, present in (
        (WARNING_SIGNS, row.signs_asked, row.signs_present),
        (HALT, row.halt_asked, row.halt_present),
        (STAGE_SIGNS, row.stage_asked, row.stage_present),
        (PROTECTIVE_FACTORS, row.protective_asked, row.protective_present),
    ):
        for bit, one in enumerate(entries_):
            if asked >> bit & 1:
                said[wording.label(one)] = "present" if present >> bit & 1 else "absent"
    days = "" if row.use_days is None else f" on {wording.count(row.use_days, 'day')}"
    taken, of = row.medication_days_taken, row.medication_days_of
    answers: dict[str, str | None] = {
        "Craving": None if row.craving is None else f"{row.craving} of {CRAVING_MAX}",
        "Craving from": named(CRAVING_CAUSES, row.craving_causes),
        "Opioid use": None if row.use is None else f"{row.use.value}{days}",
        "Other substances": None
        if row.other_substances is None
        else named(SUBSTANCES, row.other_substances) or "none",
        "Withdrawal": None if row.withdrawal is None else _WITHDRAWAL[row.withdrawal],
        "Withdrawal from": named(SUBSTANCES, row.withdrawal_from),
        "Medication taken": None if taken is None else f"{taken} of {wording.count(of or 0, 'day')}",
        "Safety question": None if row.safety is None else ("yes" if row.safety else "no"),
        "Safety": named(SAFETY_CONCERNS, row.safety_concerns),
    }
    return said | {label: answer for label, answer in answers.items() if answer}


_WITHDRAWAL = ("none", "mild", "moderate", "severe")


def _screen(row: ScreenRow) -> str:
    if row.status is not ScreenStatus.COLLECTED:
        return spoken(row.status)
    result = screen_words(row.tested, row.found, row.expected)
    return f"{result} ({row.certainty.value})" if row.certainty else result


def _away(row: ToleranceRow) -> str:
    until = "still going on" if row.ends_on is None else f"until {wording.long_date(row.ends_on)}"
    return f"{row.cause.value}, {until}"


def _label(medication_id: str) -> str:
    return wording.label(term(MEDICATIONS, medication_id))


def _mg(milligrams: float | None) -> str:
    return "" if milligrams is None else f" {wording.decimal(float(milligrams), 2)} mg"


def _dose(row: DoseRow) -> str:
    return f"{_label(row.medication)}{_mg(row.milligrams)}, covers {wording.count(row.covers_days, 'day')}"


def _prescription(row: PrescriptionRow) -> str:
    until = "" if row.ends_on is None else f" until {wording.long_date(row.ends_on)}"
    return f"{_label(row.medication)}{_mg(row.milligrams)}{until}"


def _safety(row: safety.SafetyRow) -> RecordEntry:
    concerns = named(SAFETY_CONCERNS, row.concerns) or "Safety question answered yes"
    said = f"{concerns}: {'open' if row.open else f'acknowledged by {row.acknowledged_by}'}"
    return RecordEntry(
        SAFETY,
        row.id,
        row.raised_on,
        said,
        row.steps_taken,
        row.acknowledged_by or "",
        row.acknowledged_at,
        late=False,
    )


def _placement(row: PlacementRow) -> RecordEntry:
    said = wording.label(term(LEVELS, row.level))
    if row.next_level is not None:
        said += f", then {wording.label(term(LEVELS, row.next_level)).lower()}"
    if row.accepted is not None:
        said += ", as recommended" if row.accepted else ", another than recommended"
    return RecordEntry(
        LEVEL, row.id, row.occurred_on, said, row.reason, row.recorded_by, row.recorded_at, row.late
    )
