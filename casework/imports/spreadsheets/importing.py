"""Looking at a file before it is imported, and importing it: all of its rows or none."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy.orm import Session

from casework.actions import audit
from casework.actions.conflicts import conflicts_told
from casework.actions.entry import Act, begin
from casework.checks.cleaning import clean_line, clean_text
from casework.errors import ImportRefused, Refused
from casework.imports.spreadsheets import attendance, check_ins, clients, screens
from casework.imports.spreadsheets.cells import DAY, KNOWN_ON, NOON, TIME, Column
from casework.imports.spreadsheets.context import IMPORTED, Context, Values, read_context
from casework.imports.spreadsheets.table import Table, TableLine, read_table
from casework.users import User
from casework.vocabulary import Role
from db.models import Attendance, CheckIn, Fact, Placement, UrineScreen
from db.queries.imports import stored_tokens


@dataclass(frozen=True)
class SpreadsheetKind:
    """One kind of spreadsheet. `table` holds the row whose token tells that a line was imported already."""

    id: str
    label: str
    columns: tuple[Column, ...]
    table: type[Fact]
    prepare: Callable[[Context, Values, int], dict[str, Any]]
    insert: Callable[[Act, list[dict[str, Any]], list[str]], None]
    defaults: Mapping[str, Any] = field(default_factory=dict)
    """What an empty cell of a column means, where it means anything but not known or not asked."""


KINDS: Final[dict[str, SpreadsheetKind]] = {
    kind.id: kind
    for kind in (
        SpreadsheetKind("clients", "Clients", clients.COLUMNS, Placement, clients.prepare, clients.insert),
        SpreadsheetKind(
            "check_ins",
            "Check-ins",
            check_ins.COLUMNS,
            CheckIn,
            check_ins.prepare,
            check_ins.insert,
            check_ins.DEFAULTS,
        ),
        SpreadsheetKind(
            "attendance", "Attendance", attendance.COLUMNS, Attendance, attendance.prepare, attendance.insert
        ),
        SpreadsheetKind(
            "screens",
            "Urine screens",
            screens.COLUMNS,
            UrineScreen,
            screens.prepare,
            screens.insert,
            screens.DEFAULTS,
        ),
    )
}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row: the line on which it begins, the column (None: the whole row), and why."""

    line: int
    column: str | None
    message: str


@dataclass(frozen=True)
class Preview:
    """What an import would do. `lines` are the file's rows as they were typed, by line number; `new` and `duplicates`
    count those that would be added and those that are stored already (or stand in the file twice)."""

    kind: str
    digest: str
    lines: tuple[tuple[int, dict[str, str]], ...]
    problems: tuple[Problem, ...]
    duplicates: tuple[int, ...]
    new: int
    safety_items: int

    @property
    def can_run(self) -> bool:
        """True when there is something to import and nothing stands against it."""
        return self.new > 0 and not self.problems


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    kind: str
    added: int
    duplicates: int
    safety_items: int


@dataclass
class _Checked:
    """The file's rows, checked: those to add with their tokens, and what was found on the way."""

    table: Table
    rows: list[dict[str, Any]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    duplicates: list[int] = field(default_factory=list)

    @property
    def safety_items(self) -> int:
        """How many safety items the rows to add would open."""
        return sum("columns" in row and "suicidal" in row["columns"] and check_ins.concerns_of(row) != 0
                   for row in self.rows)  # fmt: skip


def preview(session: Session, *, by: User, now: dt.datetime, kind: str, data: bytes) -> Preview:
    """Check a file without saving anything of it; the audit event of the look is written when the session ends.

    Raises ImportRefused when the file cannot be read as this kind of sheet. What stands in it about clients whom the
    user does not see is told as what stands there about nobody.
    """
    checked = _check(begin(session, by=by, now=now), kind_of(kind), data)
    audit.record_afterwards(
        session,
        by=by,
        now=now,
        action="preview_spreadsheet",
        kind=kind,
        digest=checked.table.digest,
        rows=len(checked.table.lines),
        new=len(checked.rows),
        duplicates=len(checked.duplicates),
        problems=len(checked.problems),
    )
    return Preview(
        kind=kind,
        digest=checked.table.digest,
        lines=tuple((line.number, line.cells) for line in checked.table.lines),
        problems=tuple(checked.problems),
        duplicates=tuple(checked.duplicates),
        new=len(checked.rows),
        safety_items=checked.safety_items,
    )


def run(session: Session, *, by: User, now: dt.datetime, kind: str, data: bytes, digest: str) -> Imported:
    """Import a file that was previewed: `digest` is the preview's. All rows are added, or none.

    Checks everything again, because others work meanwhile. Rows that are stored already are left alone, so that the
    same file can be imported twice. Raises ImportRefused; AlreadyRecorded when somebody imports it at this moment;
    RecordNumberTaken or TooManyNumbers for a client's number that somebody has whom the user does not see.
    """
    act, sheet = begin(session, by=by, now=now), kind_of(kind)
    checked = _check(act, sheet, data)
    if checked.table.digest != digest:
        raise ImportRefused("This is not the file that you looked at. Nothing was imported.")
    if checked.problems:
        first = checked.problems[0]
        raise ImportRefused(
            f"Nothing was imported: {len(checked.problems)} of the rows need to be put right, the first on line "
            f"{first.line}."
        )
    if checked.rows:
        with conflicts_told():
            sheet.insert(act, checked.rows, checked.tokens)
    done = Imported(kind, len(checked.rows), len(checked.duplicates), checked.safety_items)
    act.audit(
        "import_spreadsheet",
        kind=kind,
        digest=digest,
        rows=len(checked.table.lines),
        added=done.added,
        duplicates=done.duplicates,
        safety_items=done.safety_items,
    )
    return done


def kind_of(kind: str) -> SpreadsheetKind:
    """The kind of that identifier."""
    if kind not in KINDS:
        raise ImportRefused("There is no such kind of spreadsheet.")
    return KINDS[kind]


def template(kind: str) -> bytes:
    """An empty sheet of this kind: its header, as CSV that spreadsheet programs open."""
    text = io.StringIO()
    csv.writer(text).writerow([column.name for column in kind_of(kind).columns])
    return text.getvalue().encode("utf-8-sig")


def _check(act: Act, kind: SpreadsheetKind, data: bytes) -> _Checked:
    if act.by.role is Role.ADMIN:
        raise ImportRefused("Administrators see no clients, so they import none. Ask a supervisor.")
    table = read_table(data, kind.columns)
    context = read_context(act, {_record_number(line) for line in table.lines})
    read = [_read(kind, line) for line in table.lines]
    tokens = [None if problems else _token(kind, values, context) for values, problems in read]
    told = [token for token in tokens if token is not None]
    stored = stored_tokens(act.session, act.by, kind.table, told, act.today)
    if kind.table is CheckIn:
        context.reads(values for values, problems in read if not problems)
    checked = _Checked(table)
    seen: set[str] = set()
    for line, token, (values, problems) in zip(table.lines, tokens, read, strict=True):
        if token is None:
            checked.problems += problems
        elif token in stored or token in seen:
            checked.duplicates.append(line.number)
        else:
            seen.add(token)
            try:
                checked.rows.append(kind.prepare(context, values, line.number))
                checked.tokens.append(token)
            except Refused as refused:
                column = _column(kind.columns, refused.field)
                checked.problems.append(Problem(line.number, column, str(refused)))
    return checked


def _record_number(line: TableLine) -> str:
    """The row's record number as it would be stored; empty when it cannot be one."""
    try:
        return clean_line(line.cells.get("record_number"), field="record_number") or ""
    except Refused:
        return ""


def _read(kind: SpreadsheetKind, line: TableLine) -> tuple[Values, list[Problem]]:
    """The row's values, each cell by itself, and what is wrong with them."""
    if line.problem is not None:
        return {}, [Problem(line.number, None, line.problem)]
    values: Values = {}
    problems = []
    for column in kind.columns:
        try:
            values[column.name] = _value(column, line.cells.get(column.name))
        except Refused as refused:
            problems.append(Problem(line.number, column.name, str(refused)))
    return values, problems


def _value(column: Column, cell: str | None) -> Any:
    if cell is None:
        if column.required:
            raise Refused("This cell cannot be empty.")
        return None
    return column.read(clean_text(cell, field=column.name, required=column.required) or "")


def _column(columns: Sequence[Column], named: str | None) -> str | None:
    """The column that a refusal names, if the sheet has it."""
    return named if any(column.name == named for column in columns) else None


def _token(kind: SpreadsheetKind, values: Values, context: Context) -> str:
    """What the row says, as a digest: the same row is stored once, however often it is imported.

    An empty cell says what its default says, whether the column is there or not. A row about a client whom the user
    sees is about that client, whatever number they had or will have.
    """
    meant = {name: value for name, value in values.items() if value is not None}
    if any(column is TIME for column in kind.columns):
        meant.setdefault(TIME.name, NOON)
    if KNOWN_ON.name in values:
        meant.setdefault(KNOWN_ON.name, meant[DAY.name])
    for name, default in kind.defaults.items():
        meant.setdefault(name, default)
    if kind.table is not Placement and (client := context.clients.get(values["record_number"])) is not None:
        del meant["record_number"]
        meant["client"] = client.id
    said = "\x1f".join(f"{name}\x1e{_said(value)}" for name, value in sorted(meant.items()))
    return IMPORTED + hashlib.sha256(f"{kind.id}\x1d{said}".encode("utf-8", "surrogatepass")).hexdigest()[:48]


def _said(value: Any) -> str:
    """A value in one spelling: the words of a list in alphabetical order."""
    return ";".join(sorted(value)) if isinstance(value, frozenset) else str(value)
