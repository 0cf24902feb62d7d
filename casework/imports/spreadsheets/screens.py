"""Urine screens: collected with a result, missed, or excused by the clinic."""

from __future__ import annotations

from typing import Any

from casework.actions import bulk
from casework.actions.entry import Act
from casework.checks.screens import check_due_on, check_result
from casework.errors import Refused
from casework.imports.spreadsheets.attendance import facts_of
from casework.imports.spreadsheets.cells import (
    DAY,
    KNOWN_ON,
    RECORD_NUMBER,
    Column,
    date,
    in_words,
    one_of,
    some_of,
)
from casework.imports.spreadsheets.context import Context, Values
from casework.vocabulary import SUBSTANCES, Certainty, ScreenStatus, ids
from db.models import UrineScreen

OUTCOMES = ", ".join(status for status in ScreenStatus if status is not ScreenStatus.DUE)
COLUMNS = (
    RECORD_NUMBER,
    DAY,
    KNOWN_ON,
    Column("status", f"what came of it: {OUTCOMES}", one_of(ScreenStatus), required=True),
    Column("due_on", "the day it was due, like 2026-03-09", date),
    Column("tested", in_words(ids(SUBSTANCES)), some_of(SUBSTANCES)),
    Column("found", f"{in_words(ids(SUBSTANCES))}; needed with a result", some_of(SUBSTANCES)),
    Column("certainty", f"{', '.join(Certainty)}; needed with a result", one_of(Certainty)),
)


DEFAULTS = {"tested": frozenset[str](), "found": frozenset[str]()}
"""None and empty say the same of a screen that was not collected; of one that was, an empty `found` is refused."""


def prepare(context: Context, values: Values, line: int) -> dict[str, Any]:
    """Check one row; returns the columns of the screen without those that every fact has."""
    client = context.client(values["record_number"])
    occurred_at = context.moment(client, values["date"], None)
    if (client.id, values["date"]) in context.screens:
        raise Refused(
            "This client has another urine screen on that day already. Correct it on the client's page.",
            field="date",
        )
    context.refuse_repeated(
        (client.id, values["date"]), line, "An earlier row has another screen on that day", field="date"
    )
    known_on = context.known_on(values["date"], values["known_on"])
    result = check_result(
        values["status"], values["tested"] or frozenset(), values["found"], values["certainty"]
    )
    return {
        "client_id": client.id,
        "occurred_at": occurred_at,
        "known_on": known_on,
        "columns": {
            **result,
            "due_on": check_due_on(values["due_on"], today=context.act.today, admitted_on=client.admitted_on),
            "expected": context.expected(client, values["date"]),
        },
    }


def insert(act: Act, rows: list[dict[str, Any]], tokens: list[str]) -> None:
    """Store the checked rows."""
    bulk.add(act.session, UrineScreen, facts_of(act, rows, tokens))
