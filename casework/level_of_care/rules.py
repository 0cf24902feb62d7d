"""The rules of the level-of-care recommendation in words, and which options each speaks for and against.

One list: the recommendation names these rules in its reasons, the Level of care and Definitions pages and
docs/level_of_care.md print them, and tests hold that none of them is unused. All in Tideline's own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casework.level_of_care.limits import (
    FEWEST_SESSIONS,
    GOOD_MEDICATION,
    IN_TOUCH,
    LITTLE_MEDICATION,
    LOSING_CONTACT,
    MANY_SIGNS,
    REPEATED_FINDINGS,
    RETURN_DAYS,
    STABLE_ANSWERS,
    STABLE_ATTENDANCE,
    STABLE_CRAVING,
    STABLE_DAYS,
    USE_LIKELY,
    USE_UNLIKELY,
    USE_VERY_LIKELY,
)
from casework.wording import SOURCE

NIDA: Final = "NIDA, Principles of Drug Addiction Treatment (3rd edition)"
TIP_63: Final = "SAMHSA TIP 63, Medications for Opioid Use Disorder"
SORDO: Final = "Sordo et al., BMJ 2017;357:j1550"
PREGNANCY: Final = "SAMHSA, Clinical Guidance for Treating Pregnant and Parenting Women With OUD (2018)"
SCORES: Final = "Fitted on the CTN-0094 trials; the limit is Tideline's own reading"
OWN: Final = "Tideline's own reading"


class Move(StrEnum):
    """What an option is beside the level now; the value is its word on screen."""

    DOWN = "a lower level"
    SAME = "the same level"
    UP = "a higher level"
    DETOX = "detox"


LADDER_MOVES: Final = (Move.DOWN, Move.SAME, Move.UP)


@dataclass(frozen=True)
class Rule:
    """One rule: `when` it applies, what `then` follows, where it comes from, and which moves it speaks for and against.
    A rule that speaks for none and against none stands beside the options."""

    id: str
    label: str
    when: str
    then: str
    source: str
    pro: tuple[Move, ...] = ()
    contra: tuple[Move, ...] = ()

    @property
    def direction(self) -> str:
        """ "For a higher level. Against a lower level." """
        if {*self.pro} >= {*LADDER_MOVES}:
            return "For every option."
        sides = (("For", self.pro), ("Against", self.contra))
        said = [f"{word} {' or '.join(moves)}." for word, moves in sides if moves]
        return " ".join(said) or "Stands beside every option."


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
        pro=(Move.UP,),
        contra=(Move.DOWN, Move.SAME),
    ),
    Rule(
        "return_slip",
        "Slip",
        f"A slip was reported, a lapse or being preoccupied after it was seen among the stage signs, or one unexpected "
        f"opioid was found, in the last {RETURN_DAYS} days.",
        "First option: medication at the current level. Second: medication, one level up. In aftercare the order is "
        "the other way round, because monthly contact is thin after a slip; so it is when use is very "
        "likely besides and contact is being lost or the medication is hardly taken.",
        f"{SOURCE}; {TIP_63}",
        pro=(Move.SAME, Move.UP),
        contra=(Move.DOWN,),
    ),
    Rule(
        "start_medication",
        "Start medication",
        "After a return to use, and no maintenance medication is prescribed.",
        "The option begins with an offer to start methadone, buprenorphine or naltrexone.",
        TIP_63,
        pro=(*LADDER_MOVES, Move.DETOX),
    ),
    Rule(
        "resume_medication",
        "Resume medication",
        f"Medication is prescribed and covers less than {GOOD_MEDICATION:.0%} of the days after a return to use (less "
        f"than {LITTLE_MEDICATION:.0%} without one), or it is not known what was taken.",
        "The option begins with finding out what got in the way and taking the medication up again.",
        TIP_63,
        pro=(*LADDER_MOVES, Move.DETOX),
    ),
    Rule(
        "adjust_medication",
        "Adjust medication",
        f"After a return to use although medication covers at least {GOOD_MEDICATION:.0%} of the days.",
        "The option begins with the prescriber looking at the dose, the form or another medication.",
        TIP_63,
        pro=(*LADDER_MOVES, Move.DETOX),
    ),
    Rule(
        "losing_contact",
        "Contact is being lost",
        f"The engagement score: the whole range of the chance of losing contact is at or above {LOSING_CONTACT:.0%}.",
        "First option: the current level at times and in a way that works, after a call. Second: one level up.",
        f"{SCORES}; {NIDA}: staying in treatment long enough matters most",
        pro=(Move.SAME, Move.UP),
        contra=(Move.DOWN,),
    ),
    Rule(
        "use_likely",
        "Use is likely",
        f"The use score: the whole range of the chance of use in two of the next four weeks is at or above "
        f"{USE_LIKELY:.0%}.",
        "First option: the current level with more contact. Second: one level up; it comes first when the whole range "
        f"is at or above {USE_VERY_LIKELY:.0%} and contact is being lost or the medication is hardly taken.",
        SCORES,
        pro=(Move.UP,),
        contra=(Move.DOWN, Move.SAME),
    ),
    Rule(
        "many_signs",
        "Many warning signs",
        f"The warning signs add {MANY_SIGNS} points or more. Their points are not yet validated.",
        "First option: the current level with more contact. Second: one level up.",
        f"{SOURCE}; the points and the limit are Tideline's own reading",
        pro=(Move.SAME, Move.UP),
        contra=(Move.DOWN,),
    ),
    Rule(
        "in_touch",
        "Contact holds",
        f"The engagement score: the whole range of the chance of losing contact is below {IN_TOUCH:.0%}.",
        "Nothing about contact asks for a higher level.",
        SCORES,
        pro=(Move.DOWN, Move.SAME),
        contra=(Move.UP,),
    ),
    Rule(
        "use_unlikely",
        "Use is unlikely",
        f"The use score: the whole range of the chance of use in two of the next four weeks is below "
        f"{USE_UNLIKELY:.0%}.",
        "Nothing about use asks for a higher level.",
        SCORES,
        pro=(Move.DOWN, Move.SAME),
        contra=(Move.UP,),
    ),
    Rule(
        "stable",
        "Stable",
        f"All of this holds, and each is known: {STABLE_DAYS} days in care; in them no reported use, no sign of the "
        f"physical stage, no overdose and no unexpected opioid, by at least {STABLE_ANSWERS} answers or screens; risk "
        f"low; the whole range of the chance of losing contact below {IN_TOUCH:.0%}; at least {STABLE_ATTENDANCE:.0%} "
        f"of at least {FEWEST_SESSIONS} sessions kept; craving below {STABLE_CRAVING}; medication, if prescribed, on "
        f"at least {GOOD_MEDICATION:.0%} of the days; no lowered tolerance and, at the latest answer of 14 days, no "
        "withdrawal on record; and nothing that calls for a review today (an open safety item, pregnancy, withdrawal "
        "from alcohol or benzodiazepines).",
        "First option: one level down. Second: the current level. Medication goes on as it is.",
        f"{NIDA}; DSM-5 (early remission from three months)",
        pro=(Move.DOWN, Move.SAME),
        contra=(Move.UP,),
    ),
    Rule(
        "not_stable",
        "Not yet stable",
        "One of the criteria for stability does not hold or is not known, and no return to use is known.",
        "No lower level yet. What is missing is named.",
        f"{NIDA}; {OWN}",
        pro=(Move.SAME,),
        contra=(Move.DOWN,),
    ),
    Rule(
        "familiar",
        "What is familiar",
        "Always, but in detox.",
        "A higher level takes more of the client's time, and a change of place and people: that is said against it.",
        OWN,
        pro=(Move.SAME,),
        contra=(Move.UP,),
    ),
    Rule(
        "less_contact",
        "Less contact",
        "A lower level is among the options.",
        "It is said against it that there will be less contact, and agreed on when to step up again.",
        OWN,
        contra=(Move.DOWN,),
    ),
    Rule(
        "wish",
        "More support on request",
        "No rule calls for more, and there is a higher level.",
        "A higher level may be chosen because the client wants it.",
        OWN,
        pro=(Move.UP,),
    ),
    Rule(
        "steady",
        "Neither worse nor stable yet",
        "None of the rules above calls for a change, and enough is known.",
        "First option: the current level. Second: one level up, if the client wants more support.",
        SOURCE,
        pro=(Move.SAME,),
        contra=(Move.UP,),
    ),
    Rule(
        "unknown",
        "Too little is known",
        "Too few domains were heard from, or neither a sign nor use was asked about in four weeks, and no rule above "
        "calls for more.",
        "First option: the current level, and ask. What nobody asked is never read as stable.",
        f"{OWN}: not asked is not no",
        pro=(Move.SAME,),
        contra=(Move.DOWN,),
    ),
    Rule(
        "in_detox",
        "In detox",
        "The client is in detox now.",
        "The options are the rungs that follow it, with medication. Detox is a beginning and never care by itself.",
        f"{SOURCE}; {NIDA}: medically assisted detoxification is only the first stage",
        pro=(Move.UP,),
    ),
    Rule(
        "detox",
        "When detox appears at all",
        "Regular use was reported and withdrawal was recorded in the last 14 days; the client takes neither methadone "
        "nor buprenorphine and is not pregnant.",
        "Detox, inpatient or outpatient, is the last option, together with medication and with the next rung named. "
        "It is never a way to stop methadone or buprenorphine: opioid detox alone raises the risk of overdose.",
        f"{SOURCE}; {TIP_63}; {SORDO}",
        pro=(Move.DETOX,),
    ),
    Rule(
        "detox_alone",
        "Detox alone",
        "Detox is among the options.",
        "It is said against detox that on its own it raises the risk of overdose.",
        SORDO,
        contra=(Move.DETOX,),
    ),
    Rule(
        "leaving",
        "No higher level",
        "The client is in inpatient or residential care already.",
        "The second option is intensive outpatient care with medication, should the client not stay.",
        SORDO,
        pro=(Move.DOWN,),
    ),
    Rule(
        "co_occurring",
        "Co-occurring conditions",
        "A co-occurring condition is on record.",
        "It is a reason of its own: it is treated at the same time, and more support may be needed.",
        f"{SOURCE}; {NIDA}",
        pro=(Move.SAME, Move.UP),
        contra=(Move.DOWN,),
    ),
    Rule(
        "pregnancy",
        "Pregnancy",
        "The client is pregnant.",
        "Medical review today. Neither a step down nor detox is offered. Not asked is not no: detox then begins with "
        "asking. A step down does not wait for the answer: medication goes on as it is, and many clients are never "
        "asked.",
        PREGNANCY,
        contra=(Move.DOWN, Move.DETOX),
    ),
    Rule(
        "withdrawal",
        "Withdrawal from alcohol or benzodiazepines",
        "Withdrawal was recorded in the last 14 days, and it is from alcohol or benzodiazepines.",
        "Medical review today: this withdrawal can kill. No step down is offered.",
        "SAMHSA TIP 45, Detoxification and Substance Abuse Treatment",
        contra=(Move.DOWN,),
    ),
    Rule(
        "safety",
        "Open safety item",
        "A safety answer waits to be acknowledged.",
        "The clinic's safety protocol comes before any option, and no step down is offered.",
        "Clinic protocol",
        contra=(Move.DOWN,),
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
