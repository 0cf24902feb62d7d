"""A check-in that is being typed: its fields, what they say, and how a correction fills them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from casework.caseload.check_in_form import CheckInForm, PastCheckIn
from casework.checks.check_ins import CheckInAnswers
from casework.vocabulary import (
    HALT,
    MEDICATION_SIGN,
    PROTECTIVE_FACTORS,
    SELF_CARE_SIGN,
    STAGE_SIGNS,
    WARNING_SIGNS,
    ContactKind,
    InformationSource,
    Term,
    Use,
)
from pages.shared.form import Form, client

NOT_ASKED: Final = "not_asked"
ABSENT: Final = "absent"
PRESENT: Final = "present"
SOME: Final = "some"
"""The answer about other substances that opens the list of them."""
USUAL_DAYS: Final = 7
"""The days that the medication question asks about when there is no earlier check-in."""


GROUPS: Final[dict[str, Sequence[Term]]] = {
    "sign": WARNING_SIGNS,
    "halt": HALT,
    "stage": STAGE_SIGNS,
    "protective": PROTECTIVE_FACTORS,
}
"""The lists that are asked about term by term."""


def field_of(group: str, entry: Term) -> str:
    """The field of one entry of a list."""
    return f"{group}:{entry.id}"


FIELDS: Final[dict[str, Any]] = {
    **dict.fromkeys(("contact", "source", "earlier", "day", "time", "reason", "note", "filled")),
    **dict.fromkeys(
        ("craving", "causes", "use_days", "others_which", "withdrawal_from", "used_on", "overdosed_on")
    ),
    **dict.fromkeys(("medication_taken", "medication_of")),
    **dict.fromkeys(("use", "others", "withdrawal", "suicidal", "overdosed", "naloxone_used"), NOT_ASKED),
    **{field_of(group, one): NOT_ASKED for group, terms in GROUPS.items() for one in terms},
}


def draft_of(client_id: int, name: str, correcting: int | None = None) -> Form:
    """The check-in of a client under way: new, or (with `correcting`) in place of an earlier one."""
    return Form(
        "check_in" if correcting is None else f"check_in-{correcting}", client(client_id, name), FIELDS
    )


def day_of(draft: Form, today: dt.date) -> dt.date:
    """The day on which it happened, as the form says so far."""
    return (draft.get("day") or today) if draft.get("earlier") else today


def fill(draft: Form, past: PastCheckIn, zone: ZoneInfo) -> None:
    """Open the form with an earlier check-in's answers, once: for a correction."""
    if draft.get("filled"):
        return
    told = past.answers
    local = past.occurred_at.astimezone(zone)
    values: dict[str, Any] = {
        "filled": True,
        "earlier": True,
        "day": local.date(),
        "time": local.time().replace(second=0, microsecond=0),
        "contact": told.contact,
        "source": told.source,
        "craving": told.craving,
        "causes": sorted(told.craving_causes),
        "use": NOT_ASKED if told.use is None else told.use.value,
        "use_days": told.use_days,
        "used_on": told.used_on,
        "others": _others(told.other_substances),
        "others_which": sorted(told.other_substances or ()),
        "withdrawal": NOT_ASKED if told.withdrawal is None else told.withdrawal,
        "withdrawal_from": sorted(told.withdrawal_from),
        "medication_taken": told.medication_days_taken,
        "medication_of": told.medication_days_of,
        "suicidal": _yes_no(told.suicidal),
        "overdosed": _yes_no(told.overdosed),
        "overdosed_on": told.overdosed_on,
        "naloxone_used": _yes_no(told.naloxone_used),
        "note": told.note or "",
    }
    for group, answers in (
        ("sign", told.signs),
        ("halt", told.halt),
        ("stage", told.stage_signs),
        ("protective", told.protective),
    ):
        values |= {f"{group}:{id_}": PRESENT if yes else ABSENT for id_, yes in answers.items()}
    draft.fill(**{field: value for field, value in values.items() if value is not None})


def _yes_no(told: bool | None) -> str:
    if told is None:
        return NOT_ASKED
    return PRESENT if told else ABSENT


def _others(told: frozenset[str] | None) -> str:
    if told is None:
        return NOT_ASKED
    return SOME if told else ABSENT


def answers(
    draft: Form, form: CheckInForm, correcting: int | None, today: dt.date, zone: ZoneInfo
) -> CheckInAnswers:
    """What the form says. What a closed part holds (HALT without its sign, days without use) is left out."""
    prescribed = form.prescribed_on(day_of(draft, today))
    signs = _answered(draft, "sign", WARNING_SIGNS)
    if not prescribed:
        signs.pop(MEDICATION_SIGN, None)
    use = draft.get("use")
    withdrawal = draft.get("withdrawal")
    taken = draft.get("medication_taken") if prescribed else None
    overdosed = _told(draft, "overdosed")
    return CheckInAnswers(
        contact=ContactKind(draft.get("contact") or ContactKind.VISIT),
        source=InformationSource(draft.get("source") or InformationSource.CLIENT),
        occurred_at=_moment(draft, form, correcting, today, zone),
        signs=signs,
        halt=_answered(draft, "halt", HALT) if signs.get(SELF_CARE_SIGN) else {},
        stage_signs=_answered(draft, "stage", STAGE_SIGNS),
        protective=_answered(draft, "protective", PROTECTIVE_FACTORS),
        craving=draft.get("craving"),
        craving_causes=frozenset(draft.get("causes") or ()),
        use=None if use == NOT_ASKED else Use(use),
        use_days=draft.get("use_days") if use in (Use.SLIP, Use.REGULAR) else None,
        used_on=draft.get("used_on") if use in (Use.SLIP, Use.REGULAR) else None,
        others_used=draft.get("others") == SOME,
        other_substances=_other_substances(draft),
        withdrawal=None if withdrawal == NOT_ASKED else int(withdrawal),
        withdrawal_from=frozenset(
            draft.get("withdrawal_from") or () if withdrawal not in (NOT_ASKED, 0) else ()
        ),
        medication_days_taken=taken,
        medication_days_of=None
        if taken is None
        else draft.get("medication_of") or days_since(form, draft, correcting, today),
        suicidal=_told(draft, "suicidal"),
        overdosed=overdosed,
        overdosed_on=draft.get("overdosed_on") if overdosed else None,
        naloxone_used=_told(draft, "naloxone_used") if overdosed else None,
        note=draft.get("note"),
    )


def _told(draft: Form, field: str) -> bool | None:
    answer = draft.get(field)
    return None if answer == NOT_ASKED else answer == PRESENT


def _answered(draft: Form, group: str, entries: Sequence[Term]) -> dict[str, bool]:
    told: Mapping[str, str] = {one.id: draft.get(field_of(group, one)) for one in entries}
    return {id_: answer == PRESENT for id_, answer in told.items() if answer != NOT_ASKED}


def _moment(
    draft: Form, form: CheckInForm, correcting: int | None, today: dt.date, zone: ZoneInfo
) -> dt.datetime | None:
    """When it happened; None for now. A correction that leaves day and time alone keeps the seconds."""
    if not draft.get("earlier"):
        return None
    typed = dt.datetime.combine(draft.get("day") or today, draft.get("time") or dt.time(12), tzinfo=zone)
    past = form.past(correcting) if correcting else None
    same = past is not None and past.occurred_at.replace(second=0, microsecond=0) == typed
    return past.occurred_at if past is not None and same else typed


def _other_substances(draft: Form) -> frozenset[str] | None:
    told = draft.get("others")
    if told == NOT_ASKED:
        return None
    if told == ABSENT:
        return frozenset()
    return frozenset(draft.get("others_which") or ()) or None


def days_since(form: CheckInForm, draft: Form, correcting: int | None, today: dt.date) -> int:
    """Over how many days the medication question asks: since the last check-in, a week when there is none."""
    day = day_of(draft, today)
    last = form.before(day, but_not=correcting)
    return USUAL_DAYS if last is None or last.occurred_on == day else min((day - last.occurred_on).days, 30)
