"""Clients, checked as `casework.actions.clients.admit` checks them.

What is stored counts as known from the day of admission on, not from today: the clinic knew it then.
"""

from __future__ import annotations

import secrets
from typing import Any

from casework.actions import bulk, record_numbers
from casework.actions.entry import Act, moment_on
from casework.checks.clients import ClientDetails, check, check_admitted_on
from casework.checks.placements import check_level
from casework.errors import Refused
from casework.imports.spreadsheets.cells import (
    RECORD_NUMBER,
    Column,
    date,
    in_words,
    one_of,
    some_of,
    text,
    whole,
    yes_or_no,
)
from casework.imports.spreadsheets.context import IMPORTED, Context, Values
from casework.vocabulary import CO_OCCURRING, Level, Permission, Role, ids
from db.models import Assignment, Client, ClientVersion, Placement
from db.queries import imports as queries

_PERMISSION = ", ".join(Permission)
COLUMNS = (
    RECORD_NUMBER,
    Column("name", "the client's name", text, required=True),
    Column("admitted_on", "the day of admission, like 2026-03-09", date, required=True),
    Column("level", f"level of care: {', '.join(Level)}", one_of(Level), required=True),
    Column("next_level", "the level that follows; needed with detox", one_of(Level)),
    Column("counselor", "username of a counselor of your team; empty: yourself, if you are one", text),
    Column("phone", "phone number, as you write it", text),
    Column("safe_to_call", f"{_PERMISSION}; empty: not known", one_of(Permission)),
    Column("safe_to_leave_message", f"{_PERMISSION}; empty: not known", one_of(Permission)),
    Column("contact_interval_days", "expected days between contacts; empty: as usual for the level", whole),
    Column("pregnant", "yes or no; empty: not known", yes_or_no),
    Column("pregnancy_due_on", "the due date, like 2026-03-09", date),
    Column("pregnancy_ended_on", "the day on which the last pregnancy ended, like 2026-03-09", date),
    Column("co_occurring", in_words(ids(CO_OCCURRING)), some_of(CO_OCCURRING)),
    Column("safe_housing", "yes or no; empty: not known", yes_or_no),
    Column("naloxone_on", "the day of the last naloxone kit, like 2026-03-09", date),
)


def prepare(context: Context, values: Values, line: int) -> dict[str, Any]:
    """Check one row; returns the columns of the client, the assignment and the placement."""
    act, number = context.act, str(values["record_number"])
    if number in context.clients:
        raise Refused(
            "A client has this record number already, with other particulars. An import changes no client: edit them "
            "on the Clients page.",
            field="record_number",
        )
    context.refuse_repeated(
        ("client", number), line, "An earlier row has this record number", field="record_number"
    )
    admitted_on = check_admitted_on(values["admitted_on"], today=act.today)
    placed = check_level(values["level"], values["next_level"])
    columns = check(
        ClientDetails(
            name=values["name"],
            record_number=number,
            phone=values["phone"],
            safe_to_call=values["safe_to_call"] or Permission.UNKNOWN,
            safe_to_leave_message=values["safe_to_leave_message"] or Permission.UNKNOWN,
            contact_interval_days=values["contact_interval_days"],
            pregnant=values["pregnant"],
            pregnancy_due_on=values["pregnancy_due_on"],
            pregnancy_ended_on=values["pregnancy_ended_on"],
            co_occurring=values["co_occurring"] or frozenset(),
            safe_housing=values["safe_housing"],
            naloxone_on=values["naloxone_on"],
        ),
        today=act.today,
    )
    return {
        "line": line,
        "details": columns,
        "admitted_on": admitted_on,
        "staff_id": _counselor(context, values["counselor"]),
        "placed": placed,
    }


def _counselor(context: Context, username: str | None) -> int:
    by = context.act.by
    if username is None and by.role is Role.COUNSELOR:
        return by.id
    found = context.counselors.get((username or "").lower())
    if found is None:
        raise Refused("Write the username of a counselor of your team.", field="counselor")
    return found


def insert(act: Act, rows: list[dict[str, Any]], tokens: list[str]) -> None:
    """Store the checked rows: clients, whose caseload they are on, and their level of care at admission.

    Raises RecordNumberTaken or TooManyNumbers.
    """
    client_ids = bulk.add_returning_ids(
        act.session,
        Client,
        [
            {
                "handle": secrets.token_urlsafe(12),
                "team_id": act.by.team_id,
                "admitted_on": row["admitted_on"],
                "created_at": act.now,
            }
            for row in rows
        ],
    )
    versions, assignments, placements = [], [], []
    for row, client_id, token in zip(rows, client_ids, _own(act, tokens), strict=True):
        day = row["admitted_on"]
        known = bulk.version(by_id=act.by.id, known_on=day, recorded_at=act.now) | {"client_id": client_id}
        versions.append(known | row["details"] | {"number": 1})
        assignments.append(known | {"staff_id": row["staff_id"], "starts_on": day})
        placements.append(
            bulk.fact(
                client_id=client_id,
                by_id=act.by.id,
                occurred_at=moment_on(act.zone, day),
                token=token,
                zone=act.zone,
                recorded_at=act.now,
            )
            | row["placed"]
        )
    bulk.add(act.session, Placement, placements)
    # After the tokens: whoever imports the same file at this moment is told so, and not of its own numbers.
    record_numbers.require_free(act, {row["details"]["record_number"]: row["line"] for row in rows})
    bulk.add(act.session, ClientVersion, versions)
    bulk.add(act.session, Assignment, assignments)


def _own(act: Act, tokens: list[str]) -> list[str]:
    """The tokens, with a new one for each that is stored: a client whom the user does not see came with the same row
    and has another number by now. That would be told by a refusal."""
    used = queries.used_tokens(act.session, Placement, tokens)
    return [f"{IMPORTED}{secrets.token_hex(24)}" if token in used else token for token in tokens]
