"""The level of care in words: reasons, first steps, and what a lower level needs.

Keyed by identifiers, some of which are stored with decisions. What an identifier means never changes; what was stored
and has no words any more is said to be no longer in use.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol, TypeAlias

from casework.vocabulary import BEHAVIORAL_THERAPY, CO_OCCURRING, Band, term
from casework.wording.en.dates import long_date
from casework.wording.en.heard import DOMAINS
from casework.wording.en.numbers import counted, decimal, number, percent
from casework.wording.en.sentences import clause, listed
from casework.wording.en.terms import label, sentence_of, within


class HasWords(Protocol):
    """What is to be put into words: an identifier with its values."""

    @property
    def id(self) -> str:
        """What it states."""

    @property
    def values(self) -> Mapping[str, Any]:
        """With which numbers and identifiers."""


Values: TypeAlias = Mapping[str, Any]
NO_LONGER_IN_USE: Final = "This was said in words that are no longer in use"

# --- values ---------------------------------------------------------------------------------------------------------


def of_100(low: float | None, high: float | None) -> str:
    """ "40 to 60 of 100", "about 5 of 100", "less than 1 of 100", or "not known": the stated range, never one number
    where there is a range. Never "100 of 100", which would be a certainty."""
    if low is None or high is None:
        return "not known"
    first, last = (min(round(100 * limit), 99) for limit in (low, high))
    if last < 1:
        return "less than 1 of 100"
    return f"about {last} of 100" if first == last else f"{first} to {last} of 100"


def _range(values: Values) -> str:
    return of_100(values["low"], values["high"])


def _unknown_too(value: float | None) -> float:
    return math.nan if value is None else value


def _domains(ids: Sequence[str]) -> str:
    return listed([DOMAINS[id_] for id_ in ids])


# --- what a lower level needs ---------------------------------------------------------------------------------------

_NEEDS: Final[Mapping[str, Callable[[Values], str]]] = {
    "days_in_care": lambda of: f"{of['days']} days in care",
    "no_use": lambda of: f"No use known in {of['days']} days",
    "answers": lambda of: f"{of['answers']} answers about use or urine screens in {of['days']} days",
    "low_risk": lambda _: "Risk low",
    "small_chance_of_losing_contact": lambda of: (
        f"Chance of losing contact below {100 * of['limit']:.0f} of 100"
    ),
    "sessions_kept": lambda of: f"{of['limit']:.0%} of sessions kept",
    "mild_craving": lambda of: f"Craving below {of['limit']} of 10",
    "medication": lambda of: f"Medication on {of['limit']:.0%} of the days",
    "no_withdrawal": lambda of: f"No withdrawal on record in {of['days']} days",
    "no_lowered_tolerance": lambda _: "No lowered tolerance on record",
    "nothing_to_review": lambda _: "Nothing to review today",
}
_IS_NOW: Final[Mapping[str, Callable[[Values], str]]] = {
    "days_in_care": lambda of: counted(of["now"], "day"),
    "no_use": lambda of: "use, an overdose or a sign of use" if of["now"] else "none known",
    "answers": lambda of: number(of["now"]) if of["now"] else "none",
    "low_risk": lambda of: within(Band(of["now"])),
    "small_chance_of_losing_contact": _range,
    "sessions_kept": lambda of: percent(_unknown_too(of["now"])),
    "mild_craving": lambda of: decimal(_unknown_too(of["now"])),
    "medication": lambda of: percent(_unknown_too(of["now"])),
    "no_withdrawal": lambda of: "recorded" if of["now"] else "none on record",
    "no_lowered_tolerance": lambda of: "recorded" if of["now"] else "none on record",
    "nothing_to_review": lambda of: "a review" if of["now"] else "nothing",
}


def needs(criterion: HasWords) -> str:
    """What has to hold: "Craving below 4 of 10"."""
    return _needs(criterion.id, criterion.values)


def is_now(criterion: HasWords) -> str:
    """What was read: "6", "not known"."""
    return _is_now(criterion.id, criterion.values)


def _needs(id_: str, values: Values) -> str:
    return _NEEDS[id_](values) if id_ in _NEEDS else NO_LONGER_IN_USE


def _is_now(id_: str, values: Values) -> str:
    return _IS_NOW[id_](values) if id_ in _IS_NOW else "not known"


# --- reasons and first steps ----------------------------------------------------------------------------------------


def _nothing_calls_for_more(of: Values) -> str:
    chances = (("use", "chance of use"), ("contact", "chance of losing contact"))
    unsaid = "; ".join(f"{words}: {_range(of[id_])}" for id_, words in chances if id_ in of)
    return f"No return to use is known, and no score calls for more{f' ({unsaid})' if unsaid else ''}"


def _lower_level_needs(of: Values) -> str:
    named = [
        f"{_needs(one['criterion'], one).lower()} (now: {_is_now(one['criterion'], one)})"
        for one in of["missing"]
    ]
    more = [f"{of['more']} more"] if of["more"] else []
    return f"A lower level still needs: {listed([*named, *more])}"


def _conditions(of: Values) -> str:
    names = listed([label(term(CO_OCCURRING, id_)) for id_ in of["conditions"]])
    return f"Co-occurring, to be treated at the same time: {names}"


def _naloxone(of: Values) -> str:
    date = of["last_kit"]
    kit = f"last kit on {long_date(dt.date.fromisoformat(date))}" if date else "no kit is on record"
    return f"Naloxone: {kit}. Check that it is at hand."


def _therapy(_: Values) -> str:
    return f"{label(BEHAVIORAL_THERAPY)}: {clause(sentence_of(BEHAVIORAL_THERAPY))}"


_SUPERVISED: Final = (
    "Medically supervised withdrawal, inpatient or outpatient, that leads onto maintenance medication"
)
_STATEMENTS: Final[Mapping[str, str | Callable[[Values], str]]] = {
    # Reasons
    "detox_is_a_beginning": "Detox is a beginning: without medication and a next rung the risk of overdose is high",
    "regular_use_reported": "Regular opioid use was reported",
    "slip_reported": "A slip was reported",
    "relapse_signs": "Signs of a relapse were seen",
    "lapse_signs": "Signs of a lapse were seen",
    "overdose": "An overdose was told of",
    "unexpected_opioids": lambda of: (
        f"An unexpected opioid in {of['screens']} of the last {of['of']} due screens"
    ),
    "unexpected_opioid": "An unexpected opioid in urine",
    "no_medication_prescribed": "No maintenance medication is prescribed",
    "medication_covers_only": lambda of: (
        f"The prescribed medication covers only {percent(of['share'])} of the days"
    ),
    "medication_may_not_be_taken": "The prescribed medication may not be taken",
    "use_despite_medication": lambda of: (
        f"Medication covers {percent(of['share'])} of the days, and still there was use"
    ),
    "chance_of_losing_contact": lambda of: f"Chance of losing contact: {_range(of)}",
    "chance_of_use": lambda of: f"Chance of use in two of the next four weeks: {_range(of)}",
    "warning_signs_add": lambda of: f"Warning signs add {counted(of['points'], 'point')} (not yet validated)",
    "every_criterion_holds": "Every criterion for a lower level holds, and each is known",
    "nothing_calls_for_more": _nothing_calls_for_more,
    "too_little_heard": lambda of: (
        f"Too little was heard lately: {_domains(of['domains'])}. The chance of use may be {_range(of)}"
    ),
    "lower_level_needs": _lower_level_needs,
    "treated_at_the_same_time": _conditions,
    "open_safety_answer": "A safety answer is open: follow the clinic's protocol first",
    "pregnant": "Medical review today: the client is pregnant",
    "dangerous_withdrawal": "Medical review today: withdrawal from alcohol or benzodiazepines can kill",
    "present_level_is_familiar": "The present level is familiar; a higher one takes more of the client's time",
    "lower_means_less_contact": "A lower level means less contact: agree on when to step up again",
    "should_they_leave": (
        "Should the client not stay: leaving without medication raises the risk of overdose"
    ),
    "more_support_on_request": "More support is there whenever the client wants it",
    "regular_use_and_withdrawal": "Regular use and withdrawal are on record",
    "detox_alone_is_dangerous": (
        "Detox on its own raises the risk of overdose: medication and the next rung belong to it"
    ),
    # How an option begins
    "start_medication": "Offer to start maintenance medication now (the prescriber and the client choose which)",
    "resume_medication": (
        "Take the medication up again: find out what got in the way and call the prescriber today"
    ),
    "adjust_medication": "Ask the prescriber to adjust the medication: the dose, the form, or another one",
    "keep_medication": "Keep the medication going without a gap",
    "times_that_work": "Call, and look together for times and a way of coming that work",
    "more_contact": "Go through the warning signs together and plan more contact this week",
    "stay_with_what_works": "Stay with what works",
    "stay_with_what_works_keeping_medication": "Medication goes on as it is; stay with what works",
    "plan_the_change": "Plan the change together",
    "plan_the_change_keeping_medication": "Medication goes on as it is; plan the change together",
    "stay": "Stay with the plan and work on the signs that show",
    "find_out": lambda of: f"First find out what is not known: {_domains(of['domains'])}",
    "more_support_if_wanted": "More support, if the client wants it",
    "more_contact_if_wanted": "More contact, if the client wants it",
    "supervised_withdrawal": _SUPERVISED,
    "ask_about_pregnancy_then_supervised_withdrawal": f"Ask about pregnancy first. {_SUPERVISED}",
    # Beside the options, and over them
    "behavioral_therapy": _therapy,
    "naloxone_kit": _naloxone,
    "treatment_has_not_failed": (
        "A return to use does not mean that treatment has failed: the plan may need adjusting."
    ),
    "clinician_decides": (
        "Options to talk through with the client. Nothing changes until a clinician decides."
    ),
}


def statement(what: HasWords) -> str:
    """A reason, a first step or a line beside the options, as a sentence without its full stop where it is a part."""
    words = _STATEMENTS.get(what.id, NO_LONGER_IN_USE)
    return words if isinstance(words, str) else words(what.values)
