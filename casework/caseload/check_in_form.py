"""What the check-in form stands on: earlier answers for comparison, prescriptions, and what an entry changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework import wording
from casework.caseload.kept import keeps
from casework.caseload.standing import known_caseload, stories_of
from casework.caseload.story import Story
from casework.checks.check_ins import CheckInAnswers
from casework.figures.template import BAND_STYLES
from casework.indicators import INDICATORS, Assessment, findings
from casework.prescriptions import PrescriptionPeriod
from casework.users import User
from casework.vocabulary import (
    CRAVING_CAUSES,
    HALT,
    PROTECTIVE_FACTORS,
    STAGE_SIGNS,
    SUBSTANCES,
    WARNING_SIGNS,
    Band,
    Term,
    unmask,
)
from db.queries import check_ins, clients
from db.queries.check_ins import CheckInRow
from db.queries.medication import PrescriptionRow
from db.queries.scope import require_client
from db.queries.versions import history

EARLIER_WEEKS = 26
"""How far back the form offers check-ins to correct."""


@dataclass(frozen=True)
class PastCheckIn:
    """A check-in that still holds, with its answers as the form takes them."""

    id: int
    occurred_on: dt.date
    occurred_at: dt.datetime
    recorded_by: str
    late: bool
    answers: CheckInAnswers


@dataclass(frozen=True)
class CheckInForm:
    """All that the form shows beside its own fields. `earlier` is the latest first."""

    client_id: int
    name: str
    earlier: tuple[PastCheckIn, ...]
    prescriptions: tuple[PrescriptionPeriod, ...]

    def prescribed_on(self, day: dt.date) -> bool:
        """True when a maintenance medication was prescribed on `day`."""
        return any(one.holds_on(day) for one in self.prescriptions)

    def before(self, day: dt.date, *, but_not: int | None = None) -> PastCheckIn | None:
        """The last check-in up to `day`, leaving out the one that is being corrected."""
        return next((one for one in self.earlier if one.occurred_on <= day and one.id != but_not), None)

    def past(self, check_in_id: int) -> PastCheckIn | None:
        """The check-in with that id, if it is among the earlier ones."""
        return next((one for one in self.earlier if one.id == check_in_id), None)


@keeps
def check_in_form(session: Session, user: User, today: dt.date, client_id: int) -> CheckInForm:
    """What the form needs for one client. Raises NotYours. The number of SELECTs is constant."""
    require_client(session, user, client_id, today)
    since = today - dt.timedelta(weeks=EARLIER_WEEKS)
    rows = history(CheckInRow, session, user, client_id, today, since=since)
    if not rows:
        last = check_ins.last(session, user, client_id, today)
        rows = () if last is None else (last,)
    prescriptions = history(PrescriptionRow, session, user, client_id, today)
    return CheckInForm(
        client_id,
        clients.current(session, client_id).name,
        tuple(_past(row) for row in rows),
        tuple(
            PrescriptionPeriod(one.id, one.medication, one.starts_on, one.ends_on) for one in prescriptions
        ),
    )


def _past(row: CheckInRow) -> PastCheckIn:
    return PastCheckIn(row.id, row.occurred_on, row.occurred_at, row.recorded_by, row.late, answers_of(row))


def answers_of(row: CheckInRow) -> CheckInAnswers:
    """A stored check-in's answers as the form takes them."""
    return CheckInAnswers(
        contact=row.contact,
        source=row.source,
        occurred_at=row.occurred_at,
        signs=_answers(WARNING_SIGNS, row.signs_asked, row.signs_present),
        halt=_answers(HALT, row.halt_asked, row.halt_present),
        stage_signs=_answers(STAGE_SIGNS, row.stage_asked, row.stage_present),
        protective=_answers(PROTECTIVE_FACTORS, row.protective_asked, row.protective_present),
        craving=row.craving,
        craving_causes=frozenset(unmask(CRAVING_CAUSES, row.craving_causes)),
        use=row.use,
        use_days=row.use_days,
        used_on=row.used_on,
        other_substances=(
            None if row.other_substances is None else frozenset(unmask(SUBSTANCES, row.other_substances))
        ),
        withdrawal=row.withdrawal,
        withdrawal_from=frozenset(unmask(SUBSTANCES, row.withdrawal_from)),
        medication_days_taken=row.medication_days_taken,
        medication_days_of=row.medication_days_of,
        suicidal=row.suicidal,
        overdosed=row.overdosed,
        overdosed_on=row.overdosed_on,
        naloxone_used=row.naloxone_used,
        note=row.note,
    )


def _answers(entries: Sequence[Term], asked: int, present: int) -> dict[str, bool]:
    there = set(unmask(entries, present))
    return {id_: id_ in there for id_ in unmask(entries, asked)}


# --- what an entry changed --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WorklistStanding:
    """Where a client stands: the story, band and points, the findings that the scores rest on by their names
    (text, and points of the total), and every indicator's value in words by its id."""

    story: Story
    band: Band
    points: int
    safety_open: bool
    reasons: dict[str, tuple[str, float]]
    values: dict[str, str]


@dataclass(frozen=True)
class Change:
    """One thing that an entry changed, before and after in words."""

    what: str
    before: str
    after: str


@keeps
def standing(session: Session, user: User, today: dt.date, client_id: int) -> WorklistStanding:
    """Where the client stands now. Raises NotYours."""
    person = clients.one(session, user, client_id, today)
    read = known_caseload(session, user, today, client_ids=[client_id])
    assessment = read.assessment
    table = assessment.table
    row = table[table["client_id"] == client_id].iloc[0]
    return WorklistStanding(
        story=stories_of(session, user, read, {client_id: person}, today)[client_id],
        band=Band(row["band"]),
        points=int(row["points"]),
        safety_open=bool(row["safety_open"]),
        reasons={
            one.name: (wording.reason(one.reason), one.weight)
            for one in findings(assessment, client_id)
            if one.sign
        },
        values={id_: _in_words(assessment, client_id, id_) for id_ in INDICATORS},
    )


def _in_words(assessment: Assessment, client_id: int, indicator_id: str) -> str:
    return wording.value_in_words(indicator_id, assessment.value(client_id, indicator_id))


def changes(before: WorklistStanding, after: WorklistStanding) -> tuple[Change, ...]:
    """What changed between two standings, the weightiest first: safety, band, points, indicators."""
    pairs = [
        ("Safety", _safety(before), _safety(after)),
        ("Band", BAND_STYLES[before.band].marked, BAND_STYLES[after.band].marked),
        ("Points", _points(before), _points(after)),
        *((wording.INDICATORS[id_].label, was, after.values[id_]) for id_, was in before.values.items()),
    ]
    return tuple(Change(*pair) for pair in pairs if pair[1] != pair[2])


@dataclass(frozen=True)
class ReasonChange:
    """A finding that came, went or weighs differently now. `before` or `after` None: not among the reasons; negative:
    it speaks for the client."""

    reason: str
    before: float | None
    after: float | None

    @property
    def difference(self) -> float:
        """By how much it changed the total."""
        return (self.after or 0) - (self.before or 0)


def reason_changes(before: WorklistStanding, after: WorklistStanding) -> tuple[ReasonChange, ...]:
    """The findings that the entry changed, what changed the total most first."""
    found = []
    for name in {**after.reasons, **before.reasons}:
        was, is_ = before.reasons.get(name), after.reasons.get(name)
        if was == is_:
            continue
        text = (is_ or was or ("", 0))[0]
        found.append(ReasonChange(text, was[1] if was else None, is_[1] if is_ else None))
    return tuple(sorted(found, key=lambda one: -abs(one.difference)))


def _points(one: WorklistStanding) -> str:
    """Of somebody unknown no points are said: they would look like a finding."""
    return "not counted" if one.band is Band.UNKNOWN else str(one.points)


def _safety(one: WorklistStanding) -> str:
    return "an answer waits for somebody" if one.safety_open else "nothing open"
