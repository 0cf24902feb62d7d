"""Stages and their signs."""

from __future__ import annotations

from typing import Final

from casework.vocabulary.stages import Stage
from casework.wording.words import Texts, Words

STAGES: Final[Texts] = {
    Stage.EMOTIONAL: Words("Emotional"),
    Stage.MENTAL: Words("Mental"),
    Stage.PHYSICAL: Words("Physical"),
}
STAGE_SIGNS: Final[Texts] = {
    "acting_out": Words("Acting out", "Lets feelings out in ways that harm self or others."),
    "aggression": Words("Aggression", "Is aggressive towards others."),
    "anger": Words("Anger", "Is often angry."),
    "denial": Words("Denial", "Denies that there is a problem or a risk."),
    "poor_coping": Words("Poor coping", "Copes with hard feelings in unhelpful ways."),
    "socializing_with_users": Words("Time with people who use", "Socializes with people who use substances."),
    "missing_meetings": Words("Missing meetings", "Does not go to recovery meetings."),
    "self_care_neglected": Words("Self-care neglected", "Does not look after self."),
    "conflict": Words("Torn about using", "Wants to use and wants not to, both at once."),
    "craving_escape": Words("Craving an escape", "Longs for a way out of how things feel."),
    "bargaining": Words("Bargaining", "Makes deals about using, such as just this once."),
    "lying": Words("Lying", "Hides or twists the truth about feelings or whereabouts."),
    "controlling_use": Words(
        "Controlling use unhealthily", "Tries to hold urges in check in unhealthy ways."
    ),
    "seeking_opportunities": Words("Seeking opportunities", "Looks for chances to use."),
    "planning": Words("Planning to use", "Plans a return to use."),
    "rationalizing": Words("Rationalizing", "Finds reasons why using would be all right."),
    "losing_reasons": Words("Losing sight of reasons", "Loses sight of the reasons not to use."),
    "recurring_thoughts": Words(
        "Recurring thoughts", "Keeps thinking of people, places and things tied to use."
    ),
    "cravings_intensify": Words("Cravings intensify", "Feels cravings grow stronger."),
    "alcohol_for_urges": Words("Alcohol to control urges", "Drinks alcohol to keep urges down."),
    "self_harm_for_urges": Words(
        "Self-harm to control urges", "Hurts self to keep urges down. This opens the safety route."
    ),
    "lapse": Words("Slip or lapse", "Has used a single time."),
    "preoccupied": Words("Preoccupied after one use", "Cannot stop thinking about using after a single use."),
    "relapse": Words("Regular or uncontrolled use", "Uses regularly or cannot control it."),
}
