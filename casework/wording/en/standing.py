"""Where a client stands: groups, the lane before them, flags, owners and actions."""

from __future__ import annotations

from typing import Final

from casework.vocabulary.standing import ActionKind, Flag, Group, LaneReason, Owner, PlanKind
from casework.wording.words import Texts, Words

GROUPS: Final[Texts] = {
    Group.SLIPPING: Words(
        "Slipping now",
        "In the first one to three weeks of use or of not coming, or the medication has stopped.",
    ),
    Group.LOOKS_WELL: Words(
        "Looks well, but more likely than most",
        "No week of use or of not coming is running, but a new one is more likely than for most.",
        short="Looks well, but …",
        within="looks well, but more likely than most",
    ),
    Group.NEEDS_PLAN: Words(
        "Needs a plan",
        "Four weeks or more of use or of not coming: a case review with an owner, a plan and a date.",
    ),
    Group.NEW: Words("New", "In the first four weeks in care."),
    Group.NOT_HEARD: Words("Not heard from enough", "Too little is known to say how things are."),
    Group.STEADY: Words("Steady", "Heard from, and nothing asks for a call."),
}
PLAN_KINDS: Final[Texts] = {
    PlanKind.COMES: Words("Comes, and uses"),
    PlanKind.AWAY: Words("Away"),
}
LANE_REASONS: Final[Texts] = {
    LaneReason.OVERDOSE: Words("Overdose"),
    LaneReason.SELF_HARM: Words("Thoughts of suicide or self-harm"),
    LaneReason.WITHDRAWAL: Words("Withdrawal from alcohol or benzodiazepines"),
    LaneReason.PREGNANCY: Words("Pregnant, with use or missed doses"),
}
FLAGS: Final[Texts] = {
    Flag.OVERDOSE: Words(
        "Overdose within 30 days",
        "An overdose makes another one more likely, most of all in the first weeks.",
    ),
    Flag.SAFETY_ANSWER: Words(
        "Safety answer", "A safety question was answered yes in the last 14 days, acknowledged or not."
    ),
    Flag.PREGNANT: Words("Pregnant", "Stays until the end of the pregnancy is recorded."),
    Flag.POSTPARTUM: Words(
        "Postpartum",
        "The year after a pregnancy: use and overdose are more likely, and medication often changes.",
    ),
    Flag.LOWERED_TOLERANCE: Words(
        "Lowered tolerance",
        "The amount used before can now cause an overdose. Carry naloxone; don't use alone.",
    ),
    Flag.FIRST_WEEKS_OF_METHADONE: Words(
        "First four weeks of methadone",
        "Deaths are most frequent in these weeks, while the dose is being found.",
    ),
    Flag.NO_MEDICATION: Words(
        "No medication", "No maintenance medication is prescribed, or none has been taken for two weeks."
    ),
    Flag.NO_NALOXONE: Words("No naloxone on record", "No naloxone kit was ever recorded."),
    Flag.REPLACE_NALOXONE: Words("Replace naloxone", "The kit on record was used."),
    Flag.NOT_SAFE_TO_CALL: Words("Not safe to call", "Reach the client in the way that was agreed."),
}
OWNERS: Final[Texts] = {
    Owner.COUNSELOR: Words("Counselor"),
    Owner.PRESCRIBER: Words("Prescriber"),
    Owner.SUPERVISOR: Words("Supervisor"),
}
ACTION_KINDS: Final[Texts] = {
    ActionKind.REACH_TODAY: Words("Reach the client today"),
    ActionKind.LOOK_AGAIN: Words("Look again"),
    ActionKind.CALL_TODAY: Words("Call today"),
    ActionKind.CALL: Words("Call"),
    ActionKind.ANOTHER_WAY: Words("Try another way"),
    ActionKind.PLAN_REVIEW: Words("Plan review"),
    ActionKind.CASE_REVIEW: Words("Case review"),
    ActionKind.PREGNANCY_REVIEW: Words("Medical review of the pregnancy"),
    ActionKind.PRESCRIBER_BEFORE_DOSE: Words("Prescriber before the next dose"),
    ActionKind.PRESCRIBER_DOSE: Words("Prescriber looks at the dose"),
    ActionKind.OFFER_MEDICATION: Words("Offer medication"),
    ActionKind.CHECK_FOR_OPIOIDS: Words("Prescriber checks for opioids first"),
    ActionKind.MEDICAL_WITHDRAWAL: Words("Medical care for the withdrawal today"),
    ActionKind.RECORD_NALOXONE: Words("Give and record a naloxone kit"),
    ActionKind.REPLACE_NALOXONE: Words("Replace the naloxone kit"),
    ActionKind.CHECK_NALOXONE: Words("Ask whether the naloxone kit is still there"),
    ActionKind.TELL_TOLERANCE: Words("Say what lowered tolerance means"),
    ActionKind.TELL_SUPERVISOR: Words("Tell the supervisor"),
    ActionKind.CHECK_IN: Words("Check-in: ask what has not been asked"),
    ActionKind.KEEP_ON: Words("Keep to the plan"),
}
