"""Where a client stands: the groups of the caseload, what comes before them, the flags, and what can be done next.

The members' values are stored with tasks and in lists; their order is that of the frames' columns and, of groups, that
of the day's list.
"""

from __future__ import annotations

from enum import StrEnum


class Group(StrEnum):
    """What a client is listed for; a client has one. `steady` clients are counted and not listed."""

    SLIPPING = "slipping_now"
    LOOKS_WELL = "looks_well"
    NEEDS_PLAN = "needs_plan"
    NEW = "new"
    NOT_HEARD = "not_heard_enough"
    STEADY = "steady"


class PlanKind(StrEnum):
    """The two kinds of who needs a plan: comes but uses, and away."""

    COMES = "comes_but_uses"
    AWAY = "away"


class LaneReason(StrEnum):
    """What puts a client before all groups, outside every budget, the gravest first."""

    OVERDOSE = "overdose"
    SELF_HARM = "self_harm"
    WITHDRAWAL = "dangerous_withdrawal"
    PREGNANCY = "pregnancy"


class Flag(StrEnum):
    """What no score hides: shown as a chip wherever the name stands."""

    OVERDOSE = "overdose"
    SAFETY_ANSWER = "safety_answer"
    PREGNANT = "pregnant"
    POSTPARTUM = "postpartum"
    LOWERED_TOLERANCE = "lowered_tolerance"
    FIRST_WEEKS_OF_METHADONE = "first_weeks_of_methadone"
    NO_MEDICATION = "no_medication"
    NO_NALOXONE = "no_naloxone"
    REPLACE_NALOXONE = "replace_naloxone"
    NOT_SAFE_TO_CALL = "not_safe_to_call"


class Owner(StrEnum):
    """Whose the next action is until a task names a person."""

    COUNSELOR = "counselor"
    PRESCRIBER = "prescriber"
    SUPERVISOR = "supervisor"


class ActionKind(StrEnum):
    """What can be done next. It is done by doing it: each is a button, and the kind of the task that it opens."""

    REACH_TODAY = "reach_today"
    LOOK_AGAIN = "look_again"
    CALL_TODAY = "call_today"
    CALL = "call"
    ANOTHER_WAY = "another_way"
    PLAN_REVIEW = "plan_review"
    CASE_REVIEW = "case_review"
    PREGNANCY_REVIEW = "pregnancy_review"
    PRESCRIBER_BEFORE_DOSE = "prescriber_before_dose"
    PRESCRIBER_DOSE = "prescriber_dose"
    OFFER_MEDICATION = "offer_medication"
    CHECK_FOR_OPIOIDS = "check_for_opioids"
    MEDICAL_WITHDRAWAL = "medical_withdrawal"
    RECORD_NALOXONE = "record_naloxone"
    REPLACE_NALOXONE = "replace_naloxone"
    CHECK_NALOXONE = "check_naloxone"
    TELL_TOLERANCE = "tell_tolerance"
    TELL_SUPERVISOR = "tell_supervisor"
    CHECK_IN = "check_in"
    KEEP_ON = "keep_on"
