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
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import GenericFunction

from casework import frames
from casework.frames import FAR, NOT_ASKED, Facts
from casework.vocabulary import (
    LEVELS,
    MEDICATIONS,
    CallOutcome,
    ContactKind,
    InformationSource,
    Mark,
    ScreenStatus,
    SessionKind,
    ToleranceCause,
    Use,
    ids,
)
from db.models import (
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
    ToleranceEvent,
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
            case(
                (ClientVersion.pregnant.is_(None), NOT_ASKED), (ClientVersion.pregnant.is_(True), 1), else_=0
            ),
            ClientVersion.co_occurring,
            case((ClientVersion.naloxone_on <= _AS_OF, _day(ClientVersion.naloxone_on)), else_=NOT_ASKED),
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
        case((CheckIn.safety.is_(None), NOT_ASKED), (CheckIn.safety.is_(True), 1), else_=0),
        case((_is_news_about_the_client(), 0), else_=1),
    )


def _safety_items() -> Select[*tuple[Any, ...]]:
    """An item is open until the day on which somebody acknowledged it."""
    acknowledged = case(
        (SafetyItem.acknowledged_on <= _AS_OF, _day(SafetyItem.acknowledged_on)),
        else_=_FAR,
    )
    day = _day(SafetyItem.raised_on)
    return (
        select(SafetyItem.id, SafetyItem.client_id, day, day, SafetyItem.concerns, acknowledged)
        .where(
            SafetyItem.client_id.in_(_CLIENTS),
            SafetyItem.raised_on <= _AS_OF,
            or_(SafetyItem.acknowledged_on.is_(None), SafetyItem.acknowledged_on >= _SINCE),
        )
        .order_by(SafetyItem.client_id, SafetyItem.raised_on, SafetyItem.id)
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
    "calls": _facts(Call, case((Call.outcome == CallOutcome.REACHED, 1), else_=0)),
    "tolerance_events": _facts(
        ToleranceEvent,
        _until(ToleranceEvent.ends_on),
        _position(ToleranceEvent.cause, _of(ToleranceCause)),
        holds=_still_holds(ToleranceEvent.ends_on),
    ),
    "safety_items": _safety_items(),
}
_STATEMENT: Final = union_all(*(_in_one_text(name, rows) for name, rows in _ROWS.items()))
