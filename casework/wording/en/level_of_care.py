"""The level of care in words: reasons, first steps, and what a lower level needs.

Keyed by identifiers, some of which are stored with decisions. What an identifier means never changes; what was stored
and has no words any more is said to be no longer in use.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol, TypeAlias

from casework.vocabulary import BEHAVIORAL_THERAPY, CO_OCCURRING, SUBSTANCES, Band, term
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


def _screens_missed(missed: float | None) -> str:
    if missed is None:
        return "not known"
    return f"{number(int(missed))} missed" if missed else "none missed"


def _domains(ids: Sequence[str]) -> str:
    return listed([DOMAINS[id_] for id_ in ids])


# --- what a lower level needs ---------------------------------------------------------------------------------------

_NEEDS: Final[Mapping[str, Callable[[Values], str]]] = {
    "days_in_care": lambda of: f"{of['days']} days in care",
    "no_use": lambda of: f"No use known in {of['days']} days",
    "answers": lambda of: f"{of['answers']} answers about use or urine screens in {of['days']} days",
    "few_signs": lambda of: f"Warning signs below {of['limit']} points",
    "little_away": lambda of: f"At most {of['away']} of {of['days']} days away",
    "screens_collected": lambda _: "No urine screen missed of the last three due",
    "not_pregnant": lambda _: "Not pregnant",
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
    "few_signs": lambda of: counted(of["now"], "point") if of["now"] else "none",
    "little_away": lambda of: counted(of["now"], "day") if of["now"] else "none",
    "screens_collected": lambda of: _screens_missed(of["now"]),
    "not_pregnant": lambda of: "pregnant" if of["now"] else "not on record",
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
    chances = (("use", "chance of use or not coming"), ("contact", "chance of losing contact"))
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


def _on(date: str) -> str:
    return long_date(dt.date.fromisoformat(date))


def _nested(kept: Values) -> str:
    """What a statement holds of another: "says" and "values"."""
    words = _STATEMENTS.get(kept["says"], NO_LONGER_IN_USE)
    return words if isinstance(words, str) else words(kept["values"])


def _answered(of: Values) -> str:
    return f"{_nested(of['what'])}: answered by the decision of {_on(of['on'])}"


def _substances(ids: Sequence[str]) -> str:
    return listed([within(term(SUBSTANCES, id_)) for id_ in ids])


def medical_withdrawal(ids: Sequence[str]) -> str:
    """The option's name: "Medical withdrawal from alcohol"."""
    return f"Medical withdrawal from {_substances(ids)}"


_RESIDENTIAL_REASONS: Final[Mapping[str, str]] = {
    "overdose": "an overdose in intensive outpatient care",
    "unsafe_housing": "unsafe housing",
    "tried_intensive": "intensive outpatient care has been tried",
}


def _residential(of: Values) -> str:
    why = listed([_RESIDENTIAL_REASONS.get(id_, NO_LONGER_IN_USE) for id_ in of["reasons"]])
    return f"Residential care may come first, where the medication goes on: {why}"


def _offer(of: Values) -> str:
    return f"{_offered(of)}: the prescriber and the client decide which, and how much to begin with"


def _offered(of: Values) -> str:
    when = " today" if of["same_day"] else ""
    if of["check_first"]:
        return f"The prescriber checks for opioids first and offers medication{when}"
    return f"Offer medication{when}"


def _offer_then(of: Values) -> str:
    return f"{_offered(of)}. Then: {clause(_nested(of['then']))}"


def _withdrawal(more: str) -> Callable[[Values], str]:
    return lambda of: (
        f"The prescriber sees the client today: medical withdrawal from {_substances(of['withdrawal_from'])}, {more}"
    )


def _naloxone(of: Values) -> str:
    date = of["last_kit"]
    kit = f"last kit on {long_date(dt.date.fromisoformat(date))}" if date else "no kit is on record"
    return f"Naloxone: {kit}. Give and record a kit, or ask whether it is still there."


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
    "none_taken": "None of the prescribed medication was taken for two weeks",
    "doses_missed": lambda of: f"No dose on record for {counted(of['days'], 'day')}",
    "cover_has_ended": "The injection no longer covers the client",
    "withdrawal_despite_medication": "Withdrawal was told of although the medication is taken",
    "decision_has_answered": _answered,
    "next_step_needs_something_new": lambda of: (
        f"The next step up needs something new; from {_on(of['until'])} on, what still holds counts again"
    ),
    "residential_because": _residential,
    "medication_covers_only": lambda of: (
        f"The prescribed medication covers only {percent(of['share'])} of the days"
    ),
    "medication_may_not_be_taken": "The prescribed medication may not be taken",
    "use_despite_medication": lambda of: (
        f"Medication covers {percent(of['share'])} of the days, and still there was use"
    ),
    "chance_of_losing_contact": lambda of: f"Chance of losing contact: {_range(of)}",
    "chance_of_use": lambda of: f"Chance of use or not coming in two of the next four weeks: {_range(of)}",
    "warning_signs_add": lambda of: f"Warning signs add {counted(of['points'], 'point')} (not yet validated)",
    "every_criterion_holds": "Every criterion for a lower level holds, and each is known",
    "nothing_calls_for_more": _nothing_calls_for_more,
    "too_little_heard": lambda of: (
        f"Too little was heard lately: {_domains(of['domains'])}. The chance of use or not coming may be {_range(of)}"
    ),
    "lower_level_needs": _lower_level_needs,
    "treated_at_the_same_time": _conditions,
    "open_safety_answer": "A safety answer is open: follow the clinic's protocol first",
    "pregnant": "Medical review today: the client is pregnant",
    "pregnant_no_step_down": "The client is pregnant: neither a step down nor detox from opioids",
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
    "resume_medication": ("Find out what got in the way, and call the prescriber today"),
    "adjust_medication": "Ask the prescriber to adjust the medication: the dose, the form, or another one",
    "adjust_medication_and_more_contact": (
        "Ask the prescriber to adjust the medication (dose, form, or another one), and plan more contact at once"
    ),
    "adjust_for_withdrawal": "Ask the prescriber to look at the dose because of the withdrawal; all else stays",
    "offer_medication": _offer,
    "offer_medication_then": _offer_then,
    "prescriber_before_dose": "The prescriber sees the client before the next dose; then find out what got in the way",
    "check_for_opioids_before_dose": (
        "The prescriber checks for opioids first, before any further naltrexone; then find out what got in the way"
    ),
    "find_out_what_was_taken": (
        "Ask on which days the medication was taken; where days were missed, the prescriber comes before the next dose"
    ),
    "keep_to_decision": lambda of: (
        f"Stay with what was decided on {_on(of['on'])}, and look at it again by {_on(of['until'])}"
    ),
    "medical_withdrawal": _withdrawal("with the medication for opioid use continued"),
    "medical_withdrawal_before_dose": _withdrawal("and the medication for opioid use before its next dose"),
    "medical_withdrawal_and_offer": _withdrawal("together with an offer of medication for opioid use"),
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
    # Against a choice
    "detox_on_agonist": (
        "Detox from opioids is never a way to stop methadone or buprenorphine: it raises the risk of overdose. "
        "Withdrawal from alcohol or benzodiazepines is treated with the medication continued"
    ),
    "detox_in_pregnancy": "Detox from opioids is not offered in pregnancy: methadone or buprenorphine is the treatment",
    "detox_not_called_for": "Detox from opioids needs regular use and withdrawal on record, and medication after it",
    "less_in_pregnancy": "No step down in pregnancy",
    "less_after_return": "No step down within four weeks of a return to use",
    "less_is_not_stable": "What a lower level needs does not hold yet, or is not known",
    "less_by_one_rung": "A step down goes by one rung at a time",
    "too_thin_after_detox": "Monthly contact is too thin after detox",
    "residential_needs_a_reason": (
        "Residential care comes first after an overdose, with unsafe housing, after a trial of intensive outpatient "
        "care or on the client’s wish, and where the medication goes on"
    ),
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
