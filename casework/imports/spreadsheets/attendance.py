"""Attendance: who came, session by session."""

from __future__ import annotations

from typing import Any

from casework.actions import bulk
from casework.actions.entry import Act
from casework.checks.attendance import check
from casework.errors import Refused
from casework.imports.spreadsheets.cells import DAY, KNOWN_ON, RECORD_NUMBER, TIME, Column, one_of
from casework.imports.spreadsheets.context import Context, Values
from casework.vocabulary import Mark, SessionKind
from db.models import Attendance

COLUMNS = (
    RECORD_NUMBER,
    DAY,
    TIME,
    KNOWN_ON,
    Column("kind", f"kind of session: {', '.join(SessionKind)}", one_of(SessionKind), required=True),
    Column("mark", f"what came of it: {', '.join(Mark)}", one_of(Mark), required=True),
)


def prepare(context: Context, values: Values, line: int) -> dict[str, Any]:
    """Check one row; returns the columns of the mark without those that every fact has."""
    client = context.client(values["record_number"])
    occurred_at = context.moment(client, values["date"], values["time"])
    known_on = context.known_on(values["date"], values["known_on"])
    session = (client.id, occurred_at, values["kind"])
    if session in context.marks:
        raise Refused(
            "This client has a mark for a session of this kind at that time already. Correct it on the client's page.",
            field="mark",
        )
    context.refuse_repeated(
        session, line, "An earlier row marks this client for the same session", field="mark"
    )
    return {
        "client_id": client.id,
        "occurred_at": occurred_at,
        "known_on": known_on,
        "columns": check(values["kind"], values["mark"]),
    }


def insert(act: Act, rows: list[dict[str, Any]], tokens: list[str]) -> None:
    """Store the checked rows."""
    bulk.add(act.session, Attendance, facts_of(act, rows, tokens))


def facts_of(act: Act, rows: list[dict[str, Any]], tokens: list[str]) -> list[dict[str, Any]]:
    """The checked rows with the columns that every fact has."""
    return [
        bulk.fact(
            client_id=row["client_id"],
            by_id=act.by.id,
            occurred_at=row["occurred_at"],
            known_on=row["known_on"],
            recorded_at=act.now,
            token=token,
            zone=act.zone,
        )
        | row["columns"]
        for row, token in zip(rows, tokens, strict=True)
    ]
