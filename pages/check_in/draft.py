"""A check-in that is being typed: where its fields are kept, what they say, and how they are filled or emptied.

Every field is a widget whose value Streamlit keeps for the whole session (`persist_state="session"`), under a key that
names the client, so that nothing typed is lost on an error, on another page or while another client is open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

import streamlit as st

from casework.actions.check_ins import CheckInAnswers
from casework.caseload.check_in_form import CheckInForm, PastCheckIn
from casework.errors import Refused
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

NOT_ASKED: Final = "not_asked"
ABSENT: Final = "absent"
PRESENT: Final = "present"
SOME: Final = "some"
"""The answer about other substances that opens the list of them."""
USUAL_DAYS: Final = 7
"""The days that the medication question asks about when there is no earlier check-in."""


@dataclass(frozen=True)
class Draft:
    """One form under way: for a client, new or (with `correcting`) in place of an earlier check-in."""

    client_id: int
    correcting: int | None = None

    @property
    def name(self) -> str:
        """The form's name, the start of its fields' keys."""
        return f"check_in-{self.client_id}-{self.correcting or 'new'}"

    def key(self, field: str) -> str:
        """The session state's key of a field. A number in it rises with each save: fields start afresh."""
        return f"{self.name}-{st.session_state.get(f'{self.name}-number', 0)}-{field}"

    def get(self, field: str, default: Any = None) -> Any:
        """What a field holds; `default` while it holds nothing."""
        value = st.session_state.get(self.key(field))
        return default if value is None else value

    def empty(self) -> None:
        """Start afresh: forget every field."""
        start = self.key("")
        for key in [key for key in st.session_state if str(key).startswith(start)]:
            del st.session_state[key]
        st.session_state[f"{self.name}-number"] = st.session_state.get(f"{self.name}-number", 0) + 1

    def begun(self) -> bool:
        """True when something has been answered or typed."""
        start = self.key("")
        return any(
            value not in (None, NOT_ASKED, "", [], False)
            for key, value in st.session_state.items()
            if str(key).startswith(start) and not str(key).endswith(_NO_ANSWERS)
        )

    def day(self, today: dt.date) -> dt.date:
        """The day on which it happened, as the form says so far."""
        return self.get("day", today) if self.get("earlier") else today


_NO_ANSWERS: Final = ("-contact", "-source", "-filled", "-medication_of", "-day", "-time")


def field_of(group: str, entry: Term) -> str:
    """The field of one entry of a list."""
    return f"{group}:{entry.id}"


def fill(draft: Draft, past: PastCheckIn, zone: ZoneInfo) -> None:
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
        "others": _others(told.other_substances),
        "others_which": sorted(told.other_substances or ()),
        "withdrawal": NOT_ASKED if told.withdrawal is None else told.withdrawal,
        "withdrawal_from": sorted(told.withdrawal_from),
        "medication_taken": told.medication_days_taken,
        "medication_of": told.medication_days_of,
        "safety": NOT_ASKED if told.safety is None else (PRESENT if told.safety else ABSENT),
        "concerns": sorted(told.safety_concerns),
        "note": told.note or "",
    }
    for group, answers in (
        ("sign", told.signs),
        ("halt", told.halt),
        ("stage", told.stage_signs),
        ("protective", told.protective),
    ):
        values |= {f"{group}:{id_}": PRESENT if yes else ABSENT for id_, yes in answers.items()}
    for field, value in values.items():
        if value is not None:
            st.session_state[draft.key(field)] = value


def _others(told: frozenset[str] | None) -> str:
    if told is None:
        return NOT_ASKED
    return SOME if told else ABSENT


def answers(draft: Draft, form: CheckInForm, today: dt.date, zone: ZoneInfo) -> CheckInAnswers:
    """What the form says. What a closed part holds (HALT without its sign, days without use) is left out."""
    prescribed = form.prescribed_on(draft.day(today))
    signs = _answered(draft, "sign", WARNING_SIGNS)
    if not prescribed:
        signs.pop(MEDICATION_SIGN, None)
    use = draft.get("use", NOT_ASKED)
    withdrawal = draft.get("withdrawal", NOT_ASKED)
    taken = draft.get("medication_taken") if prescribed else None
    safety = draft.get("safety", NOT_ASKED)
    return CheckInAnswers(
        contact=ContactKind(draft.get("contact", ContactKind.VISIT)),
        source=InformationSource(draft.get("source", InformationSource.CLIENT)),
        occurred_at=_moment(draft, form, today, zone),
        signs=signs,
        halt=_answered(draft, "halt", HALT) if signs.get(SELF_CARE_SIGN) else {},
        stage_signs=_answered(draft, "stage", STAGE_SIGNS),
        protective=_answered(draft, "protective", PROTECTIVE_FACTORS),
        craving=draft.get("craving"),
        craving_causes=frozenset(draft.get("causes", ())),
        use=None if use == NOT_ASKED else Use(use),
        use_days=draft.get("use_days") if use in (Use.SLIP, Use.REGULAR) else None,
        other_substances=_other_substances(draft),
        withdrawal=None if withdrawal == NOT_ASKED else int(withdrawal),
        withdrawal_from=frozenset(
            draft.get("withdrawal_from", ()) if withdrawal not in (NOT_ASKED, 0) else ()
        ),
        medication_days_taken=taken,
        medication_days_of=None
        if taken is None
        else draft.get("medication_of", days_since(form, draft, today)),
        safety=None if safety == NOT_ASKED else safety == PRESENT,
        safety_concerns=frozenset(draft.get("concerns", ()) if safety == PRESENT else ()),
        note=draft.get("note"),
    )


def _answered(draft: Draft, group: str, entries: Sequence[Term]) -> dict[str, bool]:
    told: Mapping[str, str] = {one.id: draft.get(field_of(group, one), NOT_ASKED) for one in entries}
    return {id_: answer == PRESENT for id_, answer in told.items() if answer != NOT_ASKED}


def _moment(draft: Draft, form: CheckInForm, today: dt.date, zone: ZoneInfo) -> dt.datetime | None:
    """When it happened; None for now. A correction that leaves day and time alone keeps the seconds."""
    if not draft.get("earlier"):
        return None
    typed = dt.datetime.combine(draft.get("day", today), draft.get("time", dt.time(12)), tzinfo=zone)
    past = form.past(draft.correcting) if draft.correcting else None
    same = past is not None and past.occurred_at.replace(second=0, microsecond=0) == typed
    return past.occurred_at if past is not None and same else typed


def _other_substances(draft: Draft) -> frozenset[str] | None:
    told = draft.get("others", NOT_ASKED)
    if told == NOT_ASKED:
        return None
    if told == ABSENT:
        return frozenset()
    which = frozenset(draft.get("others_which", ()))
    if not which:
        raise Refused("Say which other substances were used, or answer “None”.", field="other_substances")
    return which


def days_since(form: CheckInForm, draft: Draft, today: dt.date) -> int:
    """Over how many days the medication question asks: since the last check-in, a week when there is none."""
    day = draft.day(today)
    last = form.before(day, but_not=draft.correcting)
    return USUAL_DAYS if last is None or last.occurred_on == day else min((day - last.occurred_on).days, 30)
