"""Check-ins: an empty cell means that nobody asked, never no."""

from __future__ import annotations

from typing import Any

from casework import wording
from casework.actions import bulk
from casework.actions.entry import Act
from casework.checks.check_ins import CheckInAnswers, Known, check
from casework.checks.safety import concerns_raised
from casework.errors import Refused
from casework.imports.spreadsheets.cells import (
    DAY,
    KNOWN_ON,
    RECORD_NUMBER,
    TIME,
    Column,
    date,
    in_words,
    one_of,
    some_of,
    text,
    whole,
    yes_or_no,
)
from casework.imports.spreadsheets.context import Context, Values
from casework.vocabulary import (
    CRAVING_CAUSES,
    HALT,
    OTHER_SUBSTANCES,
    PROTECTIVE_FACTORS,
    STAGE_SIGNS,
    SUBSTANCES,
    WARNING_SIGNS,
    WITHDRAWAL_SUBSTANCES,
    ContactKind,
    InformationSource,
    Use,
    ids,
)
from db.models import CheckIn, SafetyItem

_YES_NO = "yes or no; empty: not asked"
COLUMNS = (
    RECORD_NUMBER,
    DAY,
    TIME,
    KNOWN_ON,
    Column("contact", f"how: {', '.join(ContactKind)}", one_of(ContactKind), required=True),
    Column("source", f"from whom: {', '.join(InformationSource)}; empty: client", one_of(InformationSource)),
    *(Column(sign.id, f"{wording.label(sign)}: {_YES_NO}", yes_or_no) for sign in WARNING_SIGNS),
    *(Column(part.id, f"{wording.label(part)}: {_YES_NO}", yes_or_no) for part in HALT),
    Column("stage_signs_present", in_words(ids(STAGE_SIGNS)), some_of(STAGE_SIGNS)),
    Column("stage_signs_absent", "those asked about and absent, in the same words", some_of(STAGE_SIGNS)),
    Column("craving", "0 to 10; empty: not asked", whole),
    Column("craving_causes", in_words(ids(CRAVING_CAUSES)), some_of(CRAVING_CAUSES)),
    Column("use", f"opioid use since the last check-in: {', '.join(Use)}; empty: not asked", one_of(Use)),
    Column("use_days", "days of opioid use since the last check-in", whole),
    Column("used_on", "the last day of opioid use, like 2026-03-09", date),
    Column("other_substances", in_words(OTHER_SUBSTANCES), some_of(SUBSTANCES)),
    Column("withdrawal", "0 none, 1 mild, 2 moderate, 3 severe; empty: not asked", whole),
    Column("withdrawal_from", in_words(WITHDRAWAL_SUBSTANCES), some_of(SUBSTANCES)),
    Column("medication_days_taken", "days on which the maintenance medication was taken", whole),
    Column("medication_days_of", "out of how many days", whole),
    *(Column(factor.id, f"{wording.label(factor)}: {_YES_NO}", yes_or_no) for factor in PROTECTIVE_FACTORS),
    Column("suicidal", f"thoughts of suicide or self-harm: {_YES_NO}; yes opens a safety item", yes_or_no),
    Column("overdosed", f"an overdose since the last contact: {_YES_NO}; yes opens a safety item", yes_or_no),
    Column("overdosed_on", "the day of the overdose, like 2026-03-09; empty: not known", date),
    Column("naloxone_used", "whether naloxone was used: yes or no; empty: not known", yes_or_no),
    Column("note", "free text", text),
)


DEFAULTS = {
    "source": InformationSource.CLIENT,
    **dict.fromkeys(
        ("stage_signs_present", "stage_signs_absent", "craving_causes", "withdrawal_from"),
        frozenset(),
    ),
}


def prepare(context: Context, values: Values, line: int) -> dict[str, Any]:
    """Check one row; returns the columns of the check-in without those that every fact has."""
    client = context.client(values["record_number"])
    day = values["date"]
    occurred_at = context.moment(client, day, values["time"])
    known_on = context.known_on(day, values["known_on"])
    if (client.id, occurred_at) in context.check_ins:
        raise Refused(
            "This client has another check-in at that time already. Correct it on the check-in page, or give this one "
            "its own time.",
            field="date",
        )
    context.refuse_repeated(
        (client.id, occurred_at), line, "An earlier row has another check-in at that time", field="date"
    )
    known = Known(
        day, context.last_check_in(client, day), bool(context.prescribed(client, day)), client.admitted_on
    )
    columns = check(_answers(values), known)
    return {"client_id": client.id, "occurred_at": occurred_at, "known_on": known_on, "columns": columns}


def _answers(values: Values) -> CheckInAnswers:
    return CheckInAnswers(
        contact=values["contact"],
        source=values["source"] or InformationSource.CLIENT,
        signs=_answered(values, ids(WARNING_SIGNS)),
        halt=_answered(values, ids(HALT)),
        stage_signs=_stage_signs(values),
        protective=_answered(values, ids(PROTECTIVE_FACTORS)),
        craving=values["craving"],
        craving_causes=values["craving_causes"] or frozenset(),
        use=values["use"],
        use_days=values["use_days"],
        used_on=values["used_on"],
        other_substances=values["other_substances"],
        withdrawal=values["withdrawal"],
        withdrawal_from=values["withdrawal_from"] or frozenset(),
        medication_days_taken=values["medication_days_taken"],
        medication_days_of=values["medication_days_of"],
        suicidal=values["suicidal"],
        overdosed=values["overdosed"],
        overdosed_on=values["overdosed_on"],
        naloxone_used=values["naloxone_used"],
        note=values["note"],
    )


def _answered(values: Values, names: tuple[str, ...]) -> dict[str, bool]:
    return {name: values[name] for name in names if values[name] is not None}


def _stage_signs(values: Values) -> dict[str, bool]:
    present = values["stage_signs_present"] or frozenset()
    absent = values["stage_signs_absent"] or frozenset()
    if present & absent:
        raise Refused("The same sign is both present and absent.", field="stage_signs_absent")
    return dict.fromkeys(sorted(absent), False) | dict.fromkeys(sorted(present), True)


def concerns_of(row: dict[str, Any]) -> int:
    """The concerns of the safety item that a check-in opens; 0 when it opens none."""
    said = row["columns"]
    return concerns_raised(
        suicidal=said["suicidal"], overdosed=said["overdosed"], stage_present=said["stage_present"]
    )


def insert(act: Act, rows: list[dict[str, Any]], tokens: list[str]) -> None:
    """Store the checked rows, and open the safety items that they tell of."""
    facts = [
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
    check_in_ids = bulk.add_returning_ids(act.session, CheckIn, facts)
    bulk.add(
        act.session,
        SafetyItem,
        [
            {
                "client_id": row["client_id"],
                "check_in_id": check_in_id,
                "raised_on": row["known_on"],
                "concerns": concerns,
            }
            for row, check_in_id in zip(rows, check_in_ids, strict=True)
            if (concerns := concerns_of(row))
        ],
    )
