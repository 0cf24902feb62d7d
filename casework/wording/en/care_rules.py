"""The rules of the level of care in words, what they speak for, and where they come from, keyed by identifiers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from casework.wording.en.sources import SOURCE

NO_LONGER_IN_USE: Final = "a rule that is no longer in use"


@dataclass(frozen=True)
class RuleWords:
    """A rule's name, when it applies and what then follows, with the names of its limits in braces."""

    label: str
    when: str
    then: str


_RULES: Final[Mapping[str, RuleWords]] = {
    "in_detox": RuleWords(
        "In detox",
        "The client is in detox now.",
        "First option: the rung that was named to follow, with medication; where none was named, intensive "
        "outpatient care. Detox is a beginning and never care by itself.",
    ),
    "medical_withdrawal": RuleWords(
        "Withdrawal from alcohol or benzodiazepines",
        "Withdrawal was recorded in the last {days} days, it is from alcohol or benzodiazepines, and no "
        "prescriber has seen it, nor was its treatment chosen.",
        "Medical care today: this withdrawal can kill. First option: medical withdrawal with the medication for "
        "opioid use continued, back to the level now. Also on methadone or buprenorphine and in pregnancy. No step "
        "down is offered.",
    ),
    "return_regular_medication_first": RuleWords(
        "Return to regular use",
        "In the last {days} days regular opioid use was reported, a relapse was seen among the "
        "stage signs, or an overdose was told of (acknowledged or not); or at least {findings} of"
        " the last three due urine screens found an opioid that the prescription does not "
        "explain; and no decision has answered it.",
        "First option: medication and more contact at the current level, in aftercare at outpatient care. Then one "
        "level up, which comes first after an overdose in outpatient care.",
    ),
    "residential_first": RuleWords(
        "Residential care first",
        "After such a return to use, where medication is prescribed: an overdose in intensive outpatient care, "
        "{trial} days of intensive outpatient care, or unsafe housing on record.",
        "First option: residential care, in a place where the medication goes on. Otherwise it never comes first. A "
        "clinician may choose it on the client's wish.",
    ),
    "return_slip_same_level": RuleWords(
        "Slip",
        "A slip was reported, a lapse or being preoccupied after it was seen among the stage "
        "signs, or one unexpected opioid was found, in the last {days} days, and no decision has answered it.",
        "First option: medication at the current level. Second: medication, one level up. In "
        "aftercare the order is the other way round, because monthly contact is thin after a slip.",
    ),
    "answered_by_decision": RuleWords(
        "Answered by a decision",
        "All that tells of a return to use was known before the day of the latest decision, or stood there when it was "
        "made, and that is less than {trial} days ago.",
        "First option: stay with what was decided. The next step up needs something new, or {trial} days: then what "
        "still holds counts again.",
    ),
    "offer_medication": RuleWords(
        "Offer medication",
        "No maintenance medication is prescribed, or none was taken for two weeks.",
        "Every option begins with an offer of methadone, buprenorphine or naltrexone, on the same day after an "
        "overdose and in pregnancy. After naltrexone the prescriber checks for opioids first.",
    ),
    "missed_medication": RuleWords(
        "Missed medication",
        "Methadone or buprenorphine was missed for {missed} days in a row ({pregnant} in pregnancy), an injection's "
        "cover has ended, or medication covers less than {little:.0%} of the days (less than {good:.0%} after a return "
        "to use, or it is not known what was taken).",
        "First option: the current level. It begins with the prescriber before the next dose, who checks for opioids "
        "first before naltrexone; then with what got in the way.",
    ),
    "adjust_medication": RuleWords(
        "Adjust medication",
        "After a return to use although medication covers at least {good:.0%} of the days.",
        "The option begins with the prescriber looking at the dose, the form or another medication; on naltrexone "
        "with a check for opioids.",
    ),
    "withdrawal_on_medication": RuleWords(
        "Withdrawal on medication",
        "Withdrawal was recorded in the last {days} days although methadone or buprenorphine is taken, no use is "
        "known, and neither a prescriber nor a decision has answered it.",
        "First option: the current level. It begins with the prescriber looking at the dose.",
    ),
    "losing_contact": RuleWords(
        "Contact is being lost",
        "The engagement score: the whole range of the chance of losing contact is at or above {limit:.0%}.",
        "First option: the current level at times and in a way that works, after a call. Second: "
        "one level up.",
    ),
    "use_likely": RuleWords(
        "Use or not coming is likely",
        "The use score: the whole range of the chance of use or not coming in two of the next four weeks is at "
        "or above {limit:.0%}.",
        "First option: the current level with more contact. Second: one level up.",
    ),
    "many_signs": RuleWords(
        "Many warning signs",
        "The warning signs add {points} points or more. Their points are not yet validated.",
        "First option: the current level, and work on the signs that show. No lower level.",
    ),
    "in_touch": RuleWords(
        "Contact holds",
        "The engagement score: the whole range of the chance of losing contact is below {limit:.0%}.",
        "Nothing about contact asks for a higher level.",
    ),
    "use_unlikely": RuleWords(
        "Use or not coming is unlikely",
        "The use score: the whole range of the chance of use or not coming in two of the next four weeks is "
        "below {limit:.0%}.",
        "Nothing about use asks for a higher level.",
    ),
    "stable": RuleWords(
        "Stable",
        "All of this holds, and each is known: {days} days in care, at most {away} of them in dated absences; in "
        "them no reported use, no sign of the physical stage, no overdose and no unexpected opioid, by at least "
        "{answers} answers or screens; risk low; the whole range of the chance of losing contact below "
        "{contact:.0%}; at least {attendance:.0%} of at least {sessions} sessions kept; craving "
        "below {craving}; the warning signs below {signs} points; none of the last three due urine screens missed; "
        "medication, if prescribed, on at least "
        "{medication:.0%} of the days and up to now; no"
        " lowered tolerance and, at the latest answer of {withdrawal} days, no withdrawal on "
        "record; not pregnant; and nothing that calls for a review today (an open safety item, "
        "withdrawal from alcohol or benzodiazepines).",
        "First option: one level down. Second: the current level. Medication goes on as it is.",
    ),
    "steady": RuleWords(
        "Neither worse nor stable yet",
        "None of the rules above calls for a change, and enough is known.",
        "First option: the current level. Second: one level up, if the client wants more support.",
    ),
    "unknown": RuleWords(
        "Too little is known",
        "Too few domains were heard from, or neither a sign nor use was asked about in four "
        "weeks, and no rule above calls for more.",
        "First option: the current level, and ask. What nobody asked is never read as stable.",
    ),
    "not_stable": RuleWords(
        "Not yet stable",
        "One of the criteria for stability does not hold or is not known, and no return to use is known.",
        "No lower level yet. What is missing is named.",
    ),
    "co_occurring": RuleWords(
        "Co-occurring conditions",
        "A co-occurring condition is on record.",
        "It is a reason of its own: it is treated at the same time, and more support may be needed.",
    ),
    "safety": RuleWords(
        "Open safety item",
        "A safety answer waits to be acknowledged.",
        "The clinic's safety protocol comes before any option, and no step down is offered.",
    ),
    "in_pregnancy": RuleWords(
        "Pregnancy",
        "The client is pregnant.",
        "Neither a step down nor detox from opioids is offered. Not asked is not no: "
        "detox then begins with asking. A step down does not wait for the answer: medication goes"
        " on as it is, and many clients are never asked.",
    ),
    "familiar": RuleWords(
        "What is familiar",
        "Always, but in detox.",
        "A higher level takes more of the client's time, and a change of place and people: that "
        "is said against it.",
    ),
    "less_contact": RuleWords(
        "Less contact",
        "A lower level is among the options.",
        "It is said against it that there will be less contact, and agreed on when to step up again.",
    ),
    "no_higher_level": RuleWords(
        "No higher level",
        "The client is in inpatient or residential care already.",
        "The second option is intensive outpatient care with medication, should the client not stay.",
    ),
    "wish": RuleWords(
        "More support on request",
        "No rule calls for more, and there is a higher level.",
        "A higher level may be chosen because the client wants it.",
    ),
    "detox": RuleWords(
        "When detox from opioids appears at all",
        "Regular use was reported and withdrawal was recorded in the last {days} days; the client"
        " takes neither methadone nor buprenorphine and is not pregnant.",
        "Detox, inpatient or outpatient, is the last option, together with medication and with "
        "the next rung named. It is never a way to stop methadone or buprenorphine: opioid detox "
        "alone raises the risk of overdose.",
    ),
    "detox_alone": RuleWords(
        "Detox alone",
        "Detox is among the options.",
        "It is said against detox that on its own it raises the risk of overdose.",
    ),
    "therapy": RuleWords(
        "Behavioral therapy",
        "Always.",
        "Behavioral therapy goes alongside whatever level is chosen.",
    ),
    "naloxone": RuleWords(
        "Naloxone",
        "After a return to use, or while tolerance is lowered.",
        "The options come with a look at the naloxone kit.",
    ),
    "clinician": RuleWords(
        "A clinician decides",
        "Always.",
        "There are at least two options, none is applied by itself, and ending treatment is never"
        " one of them. A clinician accepts one or chooses another with a reason; both are kept "
        "with what was shown. A choice that the rules speak against needs a prescriber's agreement besides: name, day "
        "and what was said.",
    ),
}
_RETIRED: Final[Mapping[str, str]] = {
    "return_regular": "Return to regular use",
    "return_slip": "Slip",
    "start_medication": "Start medication",
    "resume_medication": "Missed medication",
    "pregnancy": "Pregnancy",
    "withdrawal": "Withdrawal from alcohol or benzodiazepines",
}
"""Names of rules that came to mean something else: under them older decisions still read."""


def label(id_: str) -> str:
    """The rule's name, also when the rule is gone."""
    return _RULES[id_].label if id_ in _RULES else _RETIRED.get(id_, NO_LONGER_IN_USE)


def when(id_: str, limits: Mapping[str, float]) -> str:
    """When the rule applies, with its limits."""
    return _RULES[id_].when.format_map(limits)


def then(id_: str, limits: Mapping[str, float]) -> str:
    """What follows where it applies, with its limits."""
    return _RULES[id_].then.format_map(limits)


_MOVES: Final = {
    "down": "a lower level",
    "same": "the same level",
    "up": "a higher level",
    "detox": "detox",
    "medical_withdrawal": "medical withdrawal",
}


def direction(pro: Collection[str], contra: Collection[str]) -> str:
    """What a rule speaks for and against: "For a higher level. Against a lower level."."""
    if {*pro} >= {"down", "same", "up"}:
        return "For every option."
    sides = (("For", pro), ("Against", contra))
    spoken = [f"{word} {' or '.join(_MOVES[one] for one in moves)}." for word, moves in sides if moves]
    return " ".join(spoken) or "Stands beside every option."


# --- where the rules come from --------------------------------------------------------------------------------------

_NIDA: Final = "NIDA, Principles of Drug Addiction Treatment (3rd edition)"
_OWN: Final = "Tideline's own reading"
_SOURCES: Final[Mapping[str, str]] = {
    "relapse_page": SOURCE,
    "relapse_page_not_failed": (
        f"{SOURCE}: after a return to use the plan may need adjusting; treatment has not failed"
    ),
    "nida": _NIDA,
    "nida_retention": f"{_NIDA}: staying in treatment long enough matters most",
    "nida_detox_first": f"{_NIDA}: medically assisted detoxification is only the first stage",
    "tip_45": "SAMHSA TIP 45, Detoxification and Substance Abuse Treatment",
    "tip_63": "SAMHSA TIP 63, Medications for Opioid Use Disorder",
    "pregnancy_guidance": (
        "SAMHSA, Clinical Guidance for Treating Pregnant and Parenting Women With OUD (2018)"
    ),
    "sordo": "Sordo et al., BMJ 2017;357:j1550",
    "dsm_5": "DSM-5 (early remission from three months)",
    "protocol": "Clinic protocol",
    "scores": "Fitted on the CTN-0094 trials; the limit is Tideline's own reading",
    "own": _OWN,
    "own_not_asked": f"{_OWN}: not asked is not no",
    "own_points": "the points and the limit are Tideline's own reading",
}


def source(ids: Iterable[str]) -> str:
    """Where a rule comes from."""
    return "; ".join(_SOURCES[id_] for id_ in ids)
