"""What a made-up client answers in a check-in, and what a counselor notes, for a given strain from 0 to 1."""

from __future__ import annotations

import random
from typing import Any

from casework.vocabulary import (
    CRAVING_CAUSES,
    CRAVING_MAX,
    HALT,
    MEDICATION_SIGN,
    PROTECTIVE_FACTORS,
    SELF_CARE_SIGN,
    STAGE_SIGNS,
    SUBSTANCES,
    WARNING_SIGNS,
    ContactKind,
    InformationSource,
    Stage,
    Use,
    ids,
    mask,
    stage_mask,
)

SIGN_WEIGHT = {
    "same_activities": 0.45,
    "boredom": 0.85,
    "glamorizing": 0.5,
    "drugs_within_reach": 0.18,
    "isolating": 0.9,
    "health_unaddressed": 0.5,
    "no_self_care": 0.9,
    "leaving_support_groups": 0.65,
    "refusing_support": 0.35,
    "old_places": 0.55,
    "contact_with_sellers": 0.3,
}
"""How readily strain shows in each sign: thoughts and self-care early, drugs within reach late."""

STAGE_WEIGHT = {Stage.EMOTIONAL: 0.42, Stage.MENTAL: 0.34, Stage.PHYSICAL: 0.0}
RARE_STAGE_SIGNS = ("aggression", "self_harm_for_urges", "planning", "alcohol_for_urges", "lying")
BRIEF_SHARE = 0.16
"""Some check-ins are short: only a few signs are asked."""

CALM_NOTES = (
    "Working steady shifts and sleeping better. Went over the week ahead; no changes to the plan.",
    "Brought photos of the garden project. Talked about the cousin's wedding and how to leave early if needed.",
    "Attended two meetings this week. Practiced saying no to an old acquaintance.",
    "Feels settled. Wants to talk about fewer sessions at the next review.",
    "Started the evening class. Childcare on Thursdays is sorted out with the sister.",
)
UNEASY_NOTES = (
    "Restless and short of sleep. Agreed on an evening call and a walk each morning.",
    "Says the weekends feel long. Listed three people to call; will try one before Friday.",
    "Ran into people from before at the bus stop. Talked through another way home.",
    "Skips breakfast and most evenings alone. Looked at the self-care part of the plan together.",
)
HARD_NOTES = (
    "Tense, answered little. Says nothing helps. Agreed to come back on Thursday; gave the crisis numbers.",
    "Spoke at length about how it used to feel. Reviewed naloxone and who in the house knows how to use it.",
    "Lost two shifts at work. Wants to stay in treatment; the plan may need adjusting.",
)


def check_in(
    chance: random.Random,
    *,
    strain: float,
    contact: ContactKind,
    days_used: int,
    days_since: int,
    honest: float,
    habit: str,
    prescribed: bool,
    days_taken: int | None,
    after_care: bool,
) -> dict[str, Any]:
    """The columns of a check-in; what was not asked is null, or no bit of an `…_asked` mask. `days_taken`: null of an
    injection, which covers weeks."""
    brief = chance.random() < BRIEF_SHARE
    signs = _signs(chance, strain, brief=brief, prescribed=prescribed, days_taken=days_taken)
    craving = _craving(chance, strain, asked=0.7 if brief else 0.93)
    return {
        "contact": contact,
        "source": InformationSource.CLIENT,
        **signs,
        **_stage(chance, strain, asked=0.25 if brief or after_care else 0.75),
        **_protective(chance, strain, asked=0.3 if brief else 0.85),
        "craving": craving,
        "craving_causes": _causes(chance, craving),
        **_use(chance, days_used, days_since, honest, habit, strain, asked=0.6 if brief else 0.92),
        **_medication(chance, prescribed, days_taken),
        **dict.fromkeys(("overdosed_on", "naloxone_used")),
        **dict.fromkeys(("suicidal", "overdosed"), False if chance.random() < 0.75 else None),
        "withdrawal": None,
        "withdrawal_from": 0,
        "note": chance.choice(_notes(strain)) if chance.random() < 0.12 else None,
    }


def note(chance: random.Random, strain: float) -> str:
    """A session note that fits the strain."""
    return chance.choice(_notes(strain))


def _notes(strain: float) -> tuple[str, ...]:
    if strain < 0.3:
        return CALM_NOTES
    return UNEASY_NOTES if strain < 0.65 else HARD_NOTES


def _signs(
    chance: random.Random, strain: float, *, brief: bool, prescribed: bool, days_taken: int | None
) -> dict[str, int]:
    asked, present = [], []
    for sign in ids(WARNING_SIGNS):
        weight = SIGN_WEIGHT.get(sign, 0.0)
        draw_asked, draw_present = chance.random(), chance.random()
        if draw_asked > (0.35 if brief else 0.93) or (sign == MEDICATION_SIGN and not prescribed):
            continue
        asked.append(sign)
        shows = draw_present < 0.02 + weight * strain**1.2
        if sign == MEDICATION_SIGN:
            shows = days_taken is not None and days_taken <= 4
        if shows:
            present.append(sign)
    halt = ids(HALT) if SELF_CARE_SIGN in present else ()
    unwell = [part for part in halt if chance.random() < 0.55] or list(halt[-1:])
    return {
        "signs_asked": mask(WARNING_SIGNS, asked),
        "signs_present": mask(WARNING_SIGNS, present),
        "halt_asked": mask(HALT, halt),
        "halt_present": mask(HALT, unwell),
    }


def _stage(chance: random.Random, strain: float, *, asked: float) -> dict[str, int]:
    """Emotional and mental signs; the physical ones follow from use, which has its own question."""
    if chance.random() > asked:
        return {"stage_asked": 0, "stage_present": 0}
    present = [
        sign.id
        for sign in STAGE_SIGNS
        if chance.random() < STAGE_WEIGHT[sign.stage] * strain**2 and sign.id not in RARE_STAGE_SIGNS
    ]
    return {
        "stage_asked": stage_mask(Stage.EMOTIONAL) | stage_mask(Stage.MENTAL),
        "stage_present": mask(STAGE_SIGNS, present),
    }


def _protective(chance: random.Random, strain: float, *, asked: float) -> dict[str, int]:
    if chance.random() > asked:
        return {"protective_asked": 0, "protective_present": 0}
    every = ids(PROTECTIVE_FACTORS)
    present = [factor for factor in every if chance.random() < 0.92 - 0.7 * strain]
    return {
        "protective_asked": mask(PROTECTIVE_FACTORS, every),
        "protective_present": mask(PROTECTIVE_FACTORS, present),
    }


def _craving(chance: random.Random, strain: float, *, asked: float) -> int | None:
    level = round(8.5 * strain + chance.gauss(0, 0.9))
    return None if chance.random() > asked else min(CRAVING_MAX, max(0, level))


def _causes(chance: random.Random, craving: int | None) -> int:
    if craving is None or craving < 3:
        return 0
    return mask(CRAVING_CAUSES, chance.sample(ids(CRAVING_CAUSES), k=chance.choice([1, 1, 2])))


def _use(
    chance: random.Random,
    days_used: int,
    days_since: int,
    honest: float,
    habit: str,
    strain: float,
    *,
    asked: float,
) -> dict[str, Any]:
    if chance.random() > asked:
        return {"use": None, "use_days": None, "used_on": None, "other_substances": None}
    told = min(days_used, days_since) if chance.random() < honest else 0
    if told == 0:
        use = Use.NONE
    else:
        use = Use.SLIP if told == 1 else Use.REGULAR
    other = mask(SUBSTANCES, [habit]) if chance.random() < 0.03 + 0.3 * strain else 0
    return {"use": use, "use_days": told, "used_on": None, "other_substances": other}


def _medication(chance: random.Random, prescribed: bool, days_taken: int | None) -> dict[str, int | None]:
    if not prescribed or chance.random() < 0.15 or days_taken is None:
        return {"medication_days_taken": None, "medication_days_of": None}
    return {"medication_days_taken": days_taken, "medication_days_of": 7}
