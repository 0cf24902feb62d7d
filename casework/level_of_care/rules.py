"""The rules of the level-of-care recommendation in words, and the limits that they use.

One list: the recommendation names these rules in its reasons, the Definitions page and docs/level_of_care.md print
them, and tests hold that none of them is unused. Everything here is in Tideline's own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from casework.vocabulary import SOURCE

NIDA: Final = "NIDA, Principles of Drug Addiction Treatment (3rd edition)"
TIP_63: Final = "SAMHSA TIP 63, Medications for Opioid Use Disorder"
SORDO: Final = "Sordo et al., BMJ 2017;357:j1550"
PREGNANCY: Final = "SAMHSA, Clinical Guidance for Treating Pregnant and Parenting Women With OUD (2018)"

RETURN_DAYS: Final = 28
"""A return to use counts as current for four weeks: the window of the indicator that reports it."""
REPEATED_FINDINGS: Final = 2
"""Of the last three due screens. One finding can be wrong; two are a pattern (presumptive results, ASAM 2017)."""
NO_SHOWS_IN_A_ROW: Final = 3
LOW_ATTENDANCE: Final = 0.5
FEWEST_SESSIONS: Final = 3
"""In 28 days: of fewer sessions a share says nothing."""
LITTLE_MEDICATION: Final = 0.5
"""Fewer than half of the prescribed days covered: the medication does not protect."""
GOOD_MEDICATION: Final = 0.8
"""Share of prescribed days covered; the usual line for adherence (PQA, PDC-OUD)."""
STABLE_DAYS: Final = 90
"""Less than 90 days in treatment is of limited use (NIDA, Principles); early remission begins at 3 months (DSM-5)."""
STABLE_ATTENDANCE: Final = 0.8
STABLE_CRAVING: Final = 4
"""Below 4 of 10: mild."""
STABLE_ANSWERS: Final = 6
"""Answers about use and collected screens that the 90 days must hold, one in two weeks: silence is not stability."""


@dataclass(frozen=True)
class Rule:
    """One rule: `when` it applies, what `then` follows, and where it comes from."""

    id: str
    label: str
    when: str
    then: str
    source: str


_ALL: Final = (
    Rule(
        "return_regular",
        "Return to regular use",
        f"In the last {RETURN_DAYS} days regular opioid use was reported, a relapse was seen among the stage signs, or "
        "an overdose was told of (acknowledged or not); or at least "
        f"{REPEATED_FINDINGS} of the last three due urine screens found an opioid that the prescription does not "
        "explain.",
        "First option: medication, one level up. Second: medication at the current level.",
        f"{SOURCE}; {TIP_63}",
    ),
    Rule(
        "return_slip",
        "Slip",
        f"A slip was reported, a lapse or being preoccupied after it was seen among the stage signs, or one unexpected "
        f"opioid was found, in the last {RETURN_DAYS} days.",
        "First option: medication at the current level. Second: medication, one level up. In aftercare the order is "
        "the other way round, because monthly contact is thin after a slip.",
        f"{SOURCE}; {TIP_63}",
    ),
    Rule(
        "start_medication",
        "Start medication",
        "After a return to use, and no maintenance medication is prescribed.",
        "The option begins with an offer to start methadone, buprenorphine or naltrexone.",
        TIP_63,
    ),
    Rule(
        "resume_medication",
        "Resume medication",
        f"Medication is prescribed and covers less than {GOOD_MEDICATION:.0%} of the days after a return to use (less "
        f"than {LITTLE_MEDICATION:.0%} without one), or it is not known what was taken.",
        "The option begins with finding out what got in the way and taking the medication up again.",
        TIP_63,
    ),
    Rule(
        "adjust_medication",
        "Adjust medication",
        f"After a return to use although medication covers at least {GOOD_MEDICATION:.0%} of the days.",
        "The option begins with the prescriber looking at the dose, the form or another medication.",
        TIP_63,
    ),
    Rule(
        "no_shows",
        "Not coming",
        f"{NO_SHOWS_IN_A_ROW} no-shows in a row or more, or less than {LOW_ATTENDANCE:.0%} of sessions kept.",
        "First option: the current level at times and in a way that works, after a call. Second: one level up.",
        f"{NIDA}: staying in treatment long enough matters most",
    ),
    Rule(
        "many_signs",
        "Risk without known use",
        "The risk band is elevated or high and no return to use is known.",
        "First option: the current level with more contact. Second: one level up; it comes first when risk is high and "
        "the client also does not come or hardly takes the medication.",
        SOURCE,
    ),
    Rule(
        "stable",
        "Stable",
        f"For {STABLE_DAYS} days no reported use, no sign of the physical stage, no overdose and no unexpected opioid, "
        f"with at least {STABLE_ANSWERS} answers or "
        f"screens; admitted at least as long ago; risk low; attendance at least {STABLE_ATTENDANCE:.0%}; craving below "
        f"{STABLE_CRAVING}; medication, if prescribed, covering at least {GOOD_MEDICATION:.0%} of the days; no lowered "
        "tolerance, no withdrawal at the latest answer of 14 days, and nothing that calls for a review today (an open "
        "safety item, pregnancy, withdrawal from alcohol or benzodiazepines).",
        "First option: one level down. Second: the current level. Medication goes on as it is.",
        f"{NIDA}; DSM-5 (early remission from three months)",
    ),
    Rule(
        "steady",
        "Neither worse nor stable yet",
        "None of the rules above applies.",
        "First option: the current level. Second: one level up, if the client wants more support.",
        SOURCE,
    ),
    Rule(
        "unknown",
        "Too little is known",
        "The risk is unknown: too few domains were heard from, or neither a sign nor use was asked about in four "
        "weeks.",
        "First option: the current level, and ask. What nobody asked is never read as stable.",
        "Tideline: not asked is not no",
    ),
    Rule(
        "in_detox",
        "In detox",
        "The client is in detox now.",
        "The options are the rungs that follow it, with medication. Detox is a beginning and never care by itself.",
        f"{SOURCE}; {NIDA}: medically assisted detoxification is only the first stage",
    ),
    Rule(
        "detox",
        "When detox appears at all",
        "Regular use was reported and withdrawal was recorded in the last 14 days; the client takes neither methadone "
        "nor buprenorphine and is not pregnant.",
        "Detox, inpatient or outpatient, is the last option, together with medication and with the next rung named. "
        "It is never a way to stop methadone or buprenorphine: opioid detox alone raises the risk of overdose.",
        f"{SOURCE}; {TIP_63}; {SORDO}",
    ),
    Rule(
        "leaving",
        "No higher level",
        "The client is in inpatient or residential care already.",
        "The second option is intensive outpatient care with medication, should the client not stay.",
        SORDO,
    ),
    Rule(
        "co_occurring",
        "Co-occurring conditions",
        "A co-occurring condition is on record.",
        "It is a reason of its own: it is treated at the same time, and more support may be needed.",
        f"{SOURCE}; {NIDA}",
    ),
    Rule(
        "pregnancy",
        "Pregnancy",
        "The client is pregnant.",
        "Medical review today. Neither a step down nor detox is offered. Not asked is not no: detox then begins with "
        "asking. A step down does not wait for the answer: medication goes on as it is, and many clients are never "
        "asked.",
        PREGNANCY,
    ),
    Rule(
        "withdrawal",
        "Withdrawal from alcohol or benzodiazepines",
        "Withdrawal was recorded in the last 14 days, and it is from alcohol or benzodiazepines.",
        "Medical review today: this withdrawal can kill. No step down is offered.",
        "SAMHSA TIP 45, Detoxification and Substance Abuse Treatment",
    ),
    Rule(
        "safety",
        "Open safety item",
        "A safety answer waits to be acknowledged.",
        "The clinic's safety protocol comes before any option, and no step down is offered.",
        "Clinic protocol",
    ),
    Rule(
        "therapy",
        "Behavioral therapy",
        "Always.",
        "Behavioral therapy goes alongside whatever level is chosen.",
        f"{SOURCE}; {NIDA}",
    ),
    Rule(
        "naloxone",
        "Naloxone",
        "After a return to use, or while tolerance is lowered.",
        "The options come with a look at the naloxone kit.",
        f"{TIP_63}; {SORDO}",
    ),
    Rule(
        "clinician",
        "A clinician decides",
        "Always.",
        "There are at least two options, none is applied by itself, and ending treatment is never one of them. A "
        "clinician accepts one or chooses another with a reason; both are kept with what was shown.",
        f"{SOURCE}: after a return to use the plan may need adjusting; treatment has not failed",
    ),
)

RULES: Final[dict[str, Rule]] = {rule.id: rule for rule in _ALL}
