"""The facts that the core eats: one SELECT for all frames, whatever the number of clients.

As known on a day: rows whose `known_on` is not after it, without those that a correction had superseded by then. In
the frames a correction carries the `known` day of the entry that it corrects, so that a corrected typing error does
not tear a hole into the weeks before the correction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    CTE,
    Date,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import GenericFunction

from casework import frames
from casework.frames import FAR, NOT_ASKED, Facts
from casework.vocabulary import (
    LEVELS,
    MEDICATIONS,
    SAFETY_CONCERNS,
    SAFETY_STAGE_MASK,
    AbsenceCause,
    ActionKind,
    AnsweredBy,
    CallOutcome,
    ContactKind,
    FactKind,
    InformationSource,
    Mark,
    Permission,
    ScreenStatus,
    SessionKind,
    Use,
    ids,
    mask,
)
from db.models import (
    Absence,
    AnsweredFact,
    Assignment,
    Attendance,
    Call,
    CheckIn,
    Client,
    ClientVersion,
    Dose,
    Fact,
    Placement,
    Prescription,
    SafetyItem,
    TaskAction,
    UrineScreen,
)
from db.queries.known import details_on, known
from db.queries.scope import on_caseload

CONTACT_INTERVAL_DAYS: Final = 7
"""In outpatient care a client is expected to be heard from every week, unless the client's record says otherwise."""
AFTERCARE_INTERVAL_DAYS: Final = 30
LONGEST_COVER_DAYS: Final = 190
"""No dose covers more days (the check constraint of `dose.covers_days`)."""
UNASSIGNED: Final = -1

_ASKED = (
    select(Client.id).where(Client.id.in_(bindparam("clients", type_=Integer, expanding=True))).cte("asked")
)
_CLIENTS = select(_ASKED.c.id)
"""Named once for all frames: neither the ids nor the time to send them are multiplied by nine."""
_SINCE = bindparam("since", type_=Date)
_COVER_SINCE = bindparam("cover_since", type_=Date)
_AS_OF = bindparam("as_of", type_=Date)
_FAR: ColumnElement[int] = literal_column(str(int(FAR)), Integer)


class _DayNumber(GenericFunction[int]):
    """Days from 1970-01-01 to a date column, computed by the database: cheaper than a date object a row."""

    type = Integer()
    inherit_cache = True
    name = "tideline_day_number"


@compiles(_DayNumber, "sqlite")
def _day_number_sqlite(element: _DayNumber, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(julianday({compiler.process(element.clauses, **options)}) - 2440587.5 AS INTEGER)"


@compiles(_DayNumber, "postgresql")
def _day_number_postgresql(element: _DayNumber, compiler: SQLCompiler, **options: Any) -> str:
    return f"(({compiler.process(element.clauses, **options)}) - DATE '1970-01-01')"


def read(session: Session, client_ids: Sequence[int], as_of: dt.date, *, weeks: int = 26) -> Facts:
    """All that was known of `client_ids` on `as_of` and happened in the `weeks` weeks up to it.

    What began earlier and held into those weeks (a prescription, an injection, a stay, an open safety item) is there
    too. The caller has made sure that the user may see these clients (`db.queries.scope`).
    """
    since = as_of - dt.timedelta(days=7 * weeks - 1)
    values = {
        "clients": list(client_ids),
        "since": since,
        "cover_since": since - dt.timedelta(days=LONGEST_COVER_DAYS),
        "as_of": as_of,
    }
    texts = {row.frame: row.numbers for row in session.connection().execute(_STATEMENT, values)}
    columns = {name: _columns(name, texts[name]) for name in frames.COLUMNS}
    return Facts.of(columns)


def _columns(name: str, text: str | None) -> dict[str, NDArray[Any]]:
    """The columns of a frame from the text that `_in_one_text` makes; in a float column -1 stands for null."""
    spec = frames.COLUMNS[name]
    numbers = np.fromstring(text, dtype=np.int64, sep=" ") if text else np.empty(0, np.int64)
    columns = dict(zip(spec, numbers.reshape(len(spec), -1), strict=True))
    frames.check_order(name, columns["client_id"], columns.get("day"))
    for column, dtype in spec.items():
        if dtype == "float64":
            columns[column] = np.where(columns[column] < 0, np.nan, columns[column])
    return columns


def _in_one_text(name: str, rows: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The name of a frame, and all of `rows` as one text of whole numbers: column after column, in the order of `rows`.

    A Python object for every cell of every row is most of the time that reading takes; NumPy parses a text of numbers
    in a tenth of it. Nulls would vanish from the text: `rows` must have none. The text is null when there is no row.
    """
    ordered = rows.subquery()
    first, *others = (func.aggregate_strings(cast(column, String), " ") for column in ordered.c)
    text: ColumnElement[str] = first
    for other in others:
        text = text + literal_column("' '", String) + other
    return select(literal_column(f"'{name}'", String).label("frame"), text.label("numbers"))


def _position(column: Any, order: Sequence[str]) -> ColumnElement[int]:
    """The position of a text column's value in `order`; NOT_ASKED for null."""
    return case(
        {value: position for position, value in enumerate(order)},
        value=column,
        else_=literal_column(str(NOT_ASKED)),
    )


def _of(enum: type[StrEnum]) -> list[str]:
    return [member.value for member in enum]


def _or_minus_one(column: Any) -> ColumnElement[int]:
    return func.coalesce(column, literal_column(str(NOT_ASKED)), type_=Integer)


def _day(column: Any) -> ColumnElement[int]:
    return _DayNumber(column)


def _day_or_minus_one(column: InstrumentedAttribute[dt.date | None]) -> ColumnElement[int]:
    return func.coalesce(_day(column), literal_column(str(NOT_ASKED)), type_=Integer)


def _yes_no(column: InstrumentedAttribute[bool | None]) -> ColumnElement[int]:
    return case((column.is_(None), NOT_ASKED), (column.is_(True), 1), else_=0)


def _until(column: InstrumentedAttribute[dt.date | None]) -> ColumnElement[int]:
    return func.coalesce(_day(column), _FAR, type_=Integer)


def _facts(
    model: type[Fact], *columns: Any, holds: ColumnElement[bool] | None = None
) -> Select[*tuple[Any, ...]]:
    """The known rows of the last weeks, or those for which `holds` is true."""
    recent = model.occurred_on >= _SINCE if holds is None else holds
    first_known = func.coalesce(model.first_known_on, model.known_on, type_=Date)
    return (
        select(model.id, model.client_id, _day(model.occurred_on), _day(first_known), *columns)
        .where(model.client_id.in_(_CLIENTS), recent, model.occurred_on <= _AS_OF, known(model, _AS_OF))
        .order_by(model.client_id, model.occurred_on, model.occurred_at, model.id)
    )


def _level_known() -> ColumnElement[Any]:
    """The level of care of the last placement that was known."""
    return (
        select(Placement.level)
        .where(Placement.client_id == Client.id, Placement.occurred_on <= _AS_OF, known(Placement, _AS_OF))
        .order_by(Placement.occurred_on.desc(), Placement.occurred_at.desc(), Placement.id.desc())
        .limit(1)
        .correlate(Client)
        .scalar_subquery()
    )


def _pregnancy_known() -> ColumnElement[Any]:
    """The day from which the version of the details is known that first told of the client's last pregnancy; that of
    admission before the first version, which holds before its day, too."""
    told, before = aliased(ClientVersion), aliased(ClientVersion)
    known_on = (
        select(func.max(told.known_on))
        .outerjoin(before, before.id == told.supersedes_id)
        .where(
            told.client_id == Client.id,
            told.known_on <= _AS_OF,
            told.pregnant.is_(True),
            or_(before.id.is_(None), before.pregnant.is_not(True)),
        )
        .correlate(Client)
        .scalar_subquery()
    )
    return func.coalesce(known_on, Client.admitted_on, type_=Date)


def _clients() -> Select[*tuple[Any, ...]]:
    on_the_day = and_(
        Assignment.client_id == Client.id,
        on_caseload(_AS_OF),
    )
    level = func.coalesce(_level_known(), literal_column("'outpatient'"))
    usual = case((level == "aftercare", AFTERCARE_INTERVAL_DAYS), else_=CONTACT_INTERVAL_DAYS)
    return (
        select(
            Client.id,
            func.coalesce(Assignment.staff_id, literal_column(str(UNASSIGNED)), type_=Integer),
            _day(Client.admitted_on),
            _position(level, ids(LEVELS)),
            func.coalesce(ClientVersion.contact_interval_days, usual, type_=Integer),
            _yes_no(ClientVersion.pregnant),
            ClientVersion.co_occurring,
            case((ClientVersion.naloxone_on <= _AS_OF, _day(ClientVersion.naloxone_on)), else_=NOT_ASKED),
            case((ClientVersion.pregnant.is_(True), _day(_pregnancy_known())), else_=NOT_ASKED),
            case(
                (ClientVersion.pregnancy_ended_on <= _AS_OF, _day(ClientVersion.pregnancy_ended_on)),
                else_=NOT_ASKED,
            ),
            _yes_no(ClientVersion.safe_housing),
            _position(ClientVersion.safe_to_call, _of(Permission)),
        )
        .join(ClientVersion, and_(ClientVersion.client_id == Client.id, details_on(ClientVersion, _AS_OF)))
        .outerjoin(Assignment, on_the_day)
        .where(Client.id.in_(_CLIENTS))
        .order_by(Client.id)
    )


def _is_news_about_the_client() -> ColumnElement[bool]:
    """What is told about a client is not hearing from them: talks with others, whatever others report by whichever
    way, and a message of which staff is the source. What staff saw at a visit or heard in a call is contact."""
    return or_(
        CheckIn.contact == ContactKind.COLLATERAL,
        CheckIn.source == InformationSource.COLLATERAL,
        and_(CheckIn.source == InformationSource.STAFF, CheckIn.contact == ContactKind.MESSAGE),
    )


def _check_ins() -> Select[*tuple[Any, ...]]:
    return _facts(
        CheckIn,
        CheckIn.signs_asked,
        CheckIn.signs_present,
        CheckIn.halt_asked,
        CheckIn.halt_present,
        CheckIn.stage_asked,
        CheckIn.stage_present,
        CheckIn.protective_asked,
        CheckIn.protective_present,
        _or_minus_one(CheckIn.craving),
        CheckIn.craving_causes,
        _position(CheckIn.use, _of(Use)),
        _or_minus_one(CheckIn.use_days),
        _or_minus_one(CheckIn.other_substances),
        _or_minus_one(CheckIn.withdrawal),
        CheckIn.withdrawal_from,
        _or_minus_one(CheckIn.medication_days_taken),
        _or_minus_one(CheckIn.medication_days_of),
        _yes_no(CheckIn.suicidal),
        _yes_no(CheckIn.overdosed),
        _day_or_minus_one(CheckIn.used_on),
        _day_or_minus_one(CheckIn.overdosed_on),
        _yes_no(CheckIn.naloxone_used),
        case((_is_news_about_the_client(), 0), else_=1),
    )


def _concerns_told() -> ColumnElement[Any]:
    """The concerns (bits of `SAFETY_CONCERNS`) that a check-in tells of."""
    told = {
        "self_harm": CheckIn.stage_present.op("&")(SAFETY_STAGE_MASK) != 0,
        "suicidal_thoughts": CheckIn.suicidal.is_(True),
        "overdose": CheckIn.overdosed.is_(True),
    }
    bits = [case((holds, mask(SAFETY_CONCERNS, [id_])), else_=0) for id_, holds in told.items()]
    return bits[0] + bits[1] + bits[2]


def _versions() -> CTE:
    """The check-in of each safety item and the versions that superseded it, with what they tell of it."""
    told = (
        _day(CheckIn.overdosed_on).label("overdosed_on"),
        _concerns_told().label("concerns"),
        CheckIn.known_on,
        CheckIn.superseded_on,
    )
    version = (
        select(SafetyItem.id.label("item_id"), CheckIn.id, *told)
        .join(CheckIn, CheckIn.id == SafetyItem.check_in_id)
        .where(SafetyItem.client_id.in_(_CLIENTS))
        .cte("version", recursive=True)
    )
    later = select(version.c.item_id, CheckIn.id, *told).join(version, CheckIn.supersedes_id == version.c.id)
    return version.union_all(later)


def _as_known(version: CTE, column: str) -> ColumnElement[Any]:
    """What the check-in of a safety item tells, in the version that was known."""
    return (
        select(func.max(version.c[column]))
        .where(
            version.c.item_id == SafetyItem.id,
            version.c.known_on <= _AS_OF,
            or_(version.c.superseded_on.is_(None), version.c.superseded_on > _AS_OF),
        )
        .correlate(SafetyItem)
        .scalar_subquery()
    )


def _safety_items() -> Select[*tuple[Any, ...]]:
    """An item is open until the day on which somebody acknowledged it. Its concerns and the day of the overdose are
    those of the version of its check-in that was known: what a correction took back is told no more. An item of which
    nothing is left (no concerns) waits for a named person all the same, and is none once one has acknowledged it."""
    version, by_then = _versions(), SafetyItem.acknowledged_on <= _AS_OF
    acknowledged = case((by_then, _day(SafetyItem.acknowledged_on)), else_=_FAR)
    told = func.coalesce(_as_known(version, "concerns"), SafetyItem.concerns)
    concerns = SafetyItem.concerns.op("&")(told)
    day = _day(SafetyItem.raised_on)
    return (
        select(
            SafetyItem.id,
            SafetyItem.client_id,
            day,
            day,
            concerns,
            acknowledged,
            func.coalesce(_as_known(version, "overdosed_on"), literal_column(str(NOT_ASKED)), type_=Integer),
        )
        .where(
            SafetyItem.client_id.in_(_CLIENTS),
            SafetyItem.raised_on <= _AS_OF,
            or_(SafetyItem.acknowledged_on.is_(None), SafetyItem.acknowledged_on >= _SINCE),
            or_(concerns != 0, acknowledged == _FAR),
        )
        .order_by(SafetyItem.client_id, SafetyItem.raised_on, SafetyItem.id)
    )


def _answered() -> Select[*tuple[Any, ...]]:
    day = _day(AnsweredFact.known_on)
    return (
        select(
            AnsweredFact.id,
            AnsweredFact.client_id,
            day,
            day,
            _position(AnsweredFact.by, _of(AnsweredBy)),
            AnsweredFact.by_id,
            _position(AnsweredFact.kind, _of(FactKind)),
            AnsweredFact.fact_id,
        )
        .where(
            AnsweredFact.client_id.in_(_CLIENTS), AnsweredFact.known_on >= _SINCE, known(AnsweredFact, _AS_OF)
        )
        .order_by(AnsweredFact.client_id, AnsweredFact.known_on, AnsweredFact.id)
    )


def _still_holds(ends_on: InstrumentedAttribute[dt.date | None]) -> ColumnElement[bool]:
    return or_(ends_on.is_(None), ends_on >= _SINCE)


_NAMES_OF_MEDICATIONS = ids(MEDICATIONS)

_ROWS: Final[dict[str, Select[*tuple[Any, ...]]]] = {
    "clients": _clients(),
    "check_ins": _check_ins(),
    "attendance": _facts(
        Attendance, _position(Attendance.mark, _of(Mark)), _position(Attendance.kind, _of(SessionKind))
    ),
    "screens": _facts(
        UrineScreen,
        _position(UrineScreen.status, _of(ScreenStatus)),
        UrineScreen.tested,
        UrineScreen.found,
        UrineScreen.expected,
    ),
    "prescriptions": _facts(
        Prescription,
        _until(Prescription.ends_on),
        _position(Prescription.medication, _NAMES_OF_MEDICATIONS),
        holds=_still_holds(Prescription.ends_on),
    ),
    "doses": _facts(
        Dose,
        Dose.covers_days,
        _position(Dose.medication, _NAMES_OF_MEDICATIONS),
        holds=or_(Dose.occurred_on >= _SINCE, and_(Dose.covers_days > 1, Dose.occurred_on >= _COVER_SINCE)),
    ),
    "calls": _facts(
        Call,
        case((Call.outcome == CallOutcome.REACHED, 1), else_=0),
        _position(Call.outcome, _of(CallOutcome)),
        _day_or_minus_one(Call.appointment_on),
    ),
    "absences": _facts(
        Absence,
        _until(Absence.ends_on),
        _position(Absence.cause, _of(AbsenceCause)),
        _yes_no(Absence.medicated),
        holds=_still_holds(Absence.ends_on),
    ),
    "safety_items": _safety_items(),
    "placements": _facts(
        Placement,
        _position(Placement.level, ids(LEVELS)),
        _position(Placement.next_level, ids(LEVELS)),
        holds=true(),
    ),
    "tasks": _facts(
        TaskAction,
        _position(TaskAction.kind, _of(ActionKind)),
        TaskAction.owner_id,
        _day(TaskAction.due_on),
        _until(TaskAction.done_on),
        holds=_still_holds(TaskAction.done_on),
    ),
    "answered": _answered(),
}
_STATEMENT: Final = union_all(*(_in_one_text(name, rows) for name, rows in _ROWS.items()))
