"""A fact in words, the same on every screen: one function a kind of fact.

What begins a line is raised with `sentence` where it is shown; these words also stand in the middle of one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from casework.vocabulary import (
    CRAVING_CAUSES,
    CRAVING_MAX,
    HALT,
    PROTECTIVE_FACTORS,
    SAFETY_CONCERNS,
    STAGE_SIGNS,
    SUBSTANCES,
    WARNING_SIGNS,
    AbsenceCause,
    ActionKind,
    CallOutcome,
    Level,
    Mark,
    Medication,
    SafetyConcern,
    ScreenStatus,
    SessionKind,
    Term,
    Use,
    Withdrawal,
    chosen,
    term,
)
from casework.vocabulary.screens import Certainty
from casework.wording.en.dates import long_date
from casework.wording.en.numbers import count, decimal
from casework.wording.en.sentences import listed, sentence
from casework.wording.en.terms import label, labels, short_label, within
from casework.wording.facts import Answer, CheckInFacts, WholeCheckIn

NOT_ASKED: Final = "not asked"
NOTHING_ASKED: Final = "nothing was asked"
THE_NOTE: Final = "the note"
SUICIDAL: Final = term(SAFETY_CONCERNS, "suicidal_thoughts")
OVERDOSE: Final = term(SAFETY_CONCERNS, "overdose")


def named(terms: Sequence[Term], packed: int) -> str:
    """The labels in a bitmask, as a list within a sentence."""
    return listed(labels(terms, packed))


# --- a check-in ---------------------------------------------------------------------------------------------------


def check_in(one: CheckInFacts, topics: Iterable[str] | None = None) -> str:
    """What a check-in says, of these topics (`TOPICS`) only; "" when none of them was answered."""
    said = [_SAY[topic](one) for topic in (_SAY if topics is None else topics)]
    return "; ".join(part for part in said if part)


def _signs(one: CheckInFacts) -> str:
    if not one.signs_asked:
        return ""
    head = f"{one.signs_present.bit_count()} of {count(one.signs_asked.bit_count(), 'sign')} present"
    return f"{head}: {named(WARNING_SIGNS, one.signs_present)}" if one.signs_present else head


def _present(what: str, terms: Sequence[Term], packed: int) -> str:
    return f"{what}: {named(terms, packed)}" if packed else ""


def _craving(one: CheckInFacts) -> str:
    return "" if one.craving is None else f"craving {one.craving} of {CRAVING_MAX}"


def _use(one: CheckInFacts) -> str:
    if one.use is None:
        return ""
    return (
        "no opioid use" if one.use is Use.NONE else f"opioid use: {within(one.use)}{_on_days(one.use_days)}"
    ) + ("" if one.used_on is None else f", last on {long_date(one.used_on)}")


def _overdose(one: CheckInFacts) -> str:
    if not one.overdosed:
        return ""
    said = within(OVERDOSE) + ("" if one.overdosed_on is None else f" on {long_date(one.overdosed_on)}")
    return f"{said}, naloxone used" if one.naloxone_used else said


def _on_days(days: int | None) -> str:
    return "" if days is None else f" on {count(days, 'day')}"


def _withdrawal(one: CheckInFacts) -> str:
    return "" if one.withdrawal is None else f"withdrawal {within(tuple(Withdrawal)[one.withdrawal])}"


def _medication(one: CheckInFacts) -> str:
    if one.medication_days_of is None:
        return ""
    return medication_taken(one.medication_days_taken or 0, one.medication_days_of)


def medication_taken(days: int, of: int) -> str:
    """ "medication taken on 3 of 7 days", as the client said."""
    return f"medication taken on {days} of {count(of, 'day')}"


_SAY: Final[dict[str, Callable[[CheckInFacts], str]]] = {
    "signs": _signs,
    "craving": _craving,
    "use": _use,
    "halt": lambda one: _present("HALT", HALT, one.halt_present),
    "stage_signs": lambda one: _present("stage signs", STAGE_SIGNS, one.stage_present),
    "protective": lambda one: _present("protective factors", PROTECTIVE_FACTORS, one.protective_present),
    "withdrawal": _withdrawal,
    "medication": _medication,
    "suicidal": lambda one: within(SUICIDAL) if one.suicidal else "",
    "overdosed": _overdose,
}
TOPICS: Final = tuple(_SAY)
"""What a check-in can say, in the order in which it is said."""


def sign_answer(present: bool | None) -> str:
    """What was answered about one sign; None: nobody asked."""
    if present is None:
        return NOT_ASKED
    return "present" if present else "absent"


def check_in_answers(one: WholeCheckIn) -> dict[str, Answer]:
    """All that was asked, by identifier, in the order of the form."""
    found = {
        "contact": Answer("Contact", within(one.contact)),
        "source": Answer("Said by", within(one.source)),
    }
    for list_, terms, asked, present in (
        ("signs", WARNING_SIGNS, one.signs_asked, one.signs_present),
        ("halt", HALT, one.halt_asked, one.halt_present),
        ("stage_signs", STAGE_SIGNS, one.stage_asked, one.stage_present),
        ("protective", PROTECTIVE_FACTORS, one.protective_asked, one.protective_present),
    ):
        for bit, entry in enumerate(terms):
            if asked >> bit & 1:
                found[f"{list_}.{entry.id}"] = Answer(label(entry), sign_answer(bool(present >> bit & 1)))
    return found | {id_: answer for id_, answer in _single_answers(one).items() if answer.said}


def _single_answers(one: WholeCheckIn) -> dict[str, Answer]:
    others, taken = one.other_substances, one.medication_days_taken
    withdrawal = "" if one.withdrawal is None else within(tuple(Withdrawal)[one.withdrawal])
    return {
        "craving": Answer("Craving", "" if one.craving is None else f"{one.craving} of {CRAVING_MAX}"),
        "craving_causes": Answer("Craving from", named(CRAVING_CAUSES, one.craving_causes)),
        "use": Answer("Opioid use", "" if one.use is None else f"{within(one.use)}{_on_days(one.use_days)}"),
        "used_on": Answer("Last day of opioid use", _day(one.used_on)),
        "other_substances": Answer(
            "Other substances", "" if others is None else named(SUBSTANCES, others) or "none"
        ),
        "withdrawal": Answer("Withdrawal", withdrawal),
        "withdrawal_from": Answer("Withdrawal from", named(SUBSTANCES, one.withdrawal_from)),
        "medication": Answer(
            "Medication taken",
            "" if taken is None else f"{taken} of {count(one.medication_days_of or 0, 'day')}",
        ),
        "suicidal": Answer(label(SUICIDAL), _yes_no(one.suicidal)),
        "overdosed": Answer(label(OVERDOSE), _yes_no(one.overdosed)),
        "overdosed_on": Answer("Day of the overdose", _day(one.overdosed_on)),
        "naloxone_used": Answer("Naloxone used", _yes_no(one.naloxone_used)),
    }


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else ("yes" if answer else "no")


def _day(day: dt.date | None) -> str:
    return "" if day is None else long_date(day)


# --- sessions, calls, notes ---------------------------------------------------------------------------------------


def session_title(kind: SessionKind, title: str) -> str:
    """What a session is called: its title, or what kind it is where it was planned without one ("")."""
    return title or label(kind)


def session(kind: SessionKind, mark: Mark, title: str = "") -> str:
    """ "Morning group: attended", "Individual: no-show"."""
    return f"{title or short_label(kind)}: {within(mark)}"


def call(outcome: CallOutcome, appointment_on: dt.date | None = None) -> str:
    """ "reached", "left a message", "reached, appointment on March 16"."""
    if appointment_on is None:
        return within(outcome)
    return f"{within(outcome)}, appointment on {long_date(appointment_on)}"


def call_reached(reached: bool) -> str:
    """A call of which only this is known."""
    return within(CallOutcome.REACHED) if reached else "not reached"


def call_logged(outcome: CallOutcome, appointment_on: dt.date | None = None) -> str:
    """A logged call's confirmation, and whether it is contact; with the appointment that was made in it."""
    return f"call logged: {_CALL_LOGGED[outcome]}" + (
        "" if appointment_on is None else f" Appointment on {long_date(appointment_on)}."
    )


_CALL_LOGGED: Final = {
    CallOutcome.REACHED: "reached. That is contact.",
    CallOutcome.NO_ANSWER: "no answer. That is not contact yet.",
    CallOutcome.LEFT_MESSAGE: "message left. That is not contact yet.",
    CallOutcome.WRONG_NUMBER: "wrong number. Ask for the right one at the next contact.",
}


def task(
    kind: ActionKind, *, owner: str, due_on: dt.date, done_on: dt.date | None, prescriber: str | None
) -> str:
    """ "Plan review: due on March 12 (Alice)", "Plan review: done on March 12 (Alice)"; `prescriber`: who answered."""
    state = f"due on {long_date(due_on)}" if done_on is None else f"done on {long_date(done_on)}"
    who = owner if prescriber is None else f"answered by {prescriber}"
    return f"{label(kind)}: {state} ({who})"


def note(group: str | None = None) -> str:
    """ "Note", "Note of Morning group"; what it says is not ours. `group`: its title, "" where it has none."""
    return "Note" if group is None else f"Note of {group or 'a group'}"


# --- screens, medication ------------------------------------------------------------------------------------------


def screen(
    status: ScreenStatus,
    *,
    tested: int = 0,
    found: int = 0,
    expected: int = 0,
    certainty: Certainty | None = None,
) -> str:
    """A screen: what became of it, or what was found, what of it is prescribed, and what of that is missing."""
    if status is not ScreenStatus.COLLECTED:
        return within(status)
    unexpected = found & ~expected
    said = [f"{named(SUBSTANCES, unexpected)} found" if unexpected else "nothing unexpected found"]
    if found & expected:
        said.append(f"{named(SUBSTANCES, found & expected)} found as prescribed")
    if tested & expected & ~found:
        said.append(f"prescribed {named(SUBSTANCES, tested & expected & ~found)} not found")
    return "; ".join(said) + (f" ({within(certainty)})" if certainty else "")


def prescription(medication: Medication, *, milligrams: float | None = None, until: dt.date | None) -> str:
    """ "Methadone 80 mg", "Buprenorphine until November 24, 2026" (the first day without it)."""
    end = "" if until is None else f" until {long_date(until)}"
    return f"{label(medication)}{_mg(milligrams)}{end}"


def dose(medication: Medication, *, milligrams: float | None = None, covers_days: int) -> str:
    """ "Methadone 80 mg, covers 1 day"."""
    return f"{label(medication)}{_mg(milligrams)}, covers {count(covers_days, 'day')}"


def _mg(milligrams: float | None) -> str:
    return "" if milligrams is None else f" {decimal(float(milligrams), 2)} mg"


# --- absences, safety, levels of care ---------------------------------------------------------------------------


def absence(cause: AbsenceCause, until: dt.date | None, medicated: bool | None) -> str:
    """ "detox, still going on", "custody, until November 24, 2026, medication not given"."""
    said = f"{within(cause)}, " + ("still going on" if until is None else f"until {long_date(until)}")
    if medicated is None:
        return said
    return said + (", medication given" if medicated else ", medication not given")


def safety_concerns(concerns: Sequence[SafetyConcern]) -> str:
    """ "Self-harm and overdose"; of an item of which a correction left nothing, that."""
    return (
        sentence(listed([within(one) for one in concerns])) if concerns else "Corrected since, no danger told"
    )


def safety_item(concerns: int, *, open_: bool, by: str | None = None, on: dt.date | None = None) -> str:
    """ "Self-harm: open", "Overdose: acknowledged by Alice", or with the day where the name is not told."""
    said = safety_concerns(chosen(SAFETY_CONCERNS, concerns))
    state = "open" if open_ else "acknowledged"
    if not open_:
        state += (f" by {by}" if by else "") + (f" on {long_date(on)}" if on else "")
    return f"{said}: {state}"


def placement(level: Level, *, next_level: Level | None = None, accepted: bool | None = None) -> str:
    """ "Detox, then outpatient, as recommended"."""
    said = label(level)
    if next_level is not None:
        said += f", then {within(next_level)}"
    if accepted is not None:
        said += ", as recommended" if accepted else ", another than recommended"
    return said
