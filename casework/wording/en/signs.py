"""Warning signs."""

from __future__ import annotations

from typing import Final

from casework.vocabulary.signs import Aspect
from casework.wording.words import Texts, Words

WARNING_SIGNS: Final[Texts] = {
    "same_activities": Words(
        "Old activities", "Has gone back to activities that were part of life while using."
    ),
    "boredom": Words("Bored, no hobbies", "Is bored, or has no healthy pastime to turn to."),
    "glamorizing": Words(
        "Glamorizing past use",
        "Dwells on past use or speaks of heroin, fentanyl or other opioids as something good.",
    ),
    "drugs_within_reach": Words(
        "Drugs within reach", "Has drugs, or the equipment for using them, close by and easy to get at."
    ),
    "isolating": Words("Isolating", "Keeps away from other people."),
    "health_unaddressed": Words(
        "Health left unaddressed", "Leaves a physical or mental health concern without care."
    ),
    "no_self_care": Words("No self-care (HALT)", "Neglects self-care: hungry, angry, lonely or tired."),
    "not_taking_medication": Words(
        "Not taking medication",
        "Does not take the maintenance medication as prescribed. Not applicable without a prescription.",
    ),
    "leaving_support_groups": Words(
        "Leaving support groups", "Draws back from support groups even while struggling."
    ),
    "refusing_support": Words("Refusing all support", "Turns down every kind of social support."),
    "old_places": Words("Old people and places", "Spends time with people or in places tied to past use."),
    "contact_with_sellers": Words(
        "In touch with sellers or users", "Stays in contact with people who sell or use drugs."
    ),
}
HALT: Final[Texts] = {
    "hungry": Words("Hungry", "Does not eat properly."),
    "angry": Words("Angry", "Is angry or irritable most of the time."),
    "lonely": Words("Lonely", "Feels alone."),
    "tired": Words("Tired", "Sleeps badly or is worn out."),
}
ASPECTS: Final[Texts] = {
    Aspect.BEHAVIOR: Words("Behavior"),
    Aspect.THOUGHT: Words("Thought"),
    Aspect.ATTITUDE: Words("Attitude"),
}
