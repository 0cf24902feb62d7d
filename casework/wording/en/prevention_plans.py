"""Elements of a prevention plan."""

from __future__ import annotations

from typing import Final

from casework.wording.words import Texts, Words

PLAN_ELEMENTS: Final[Texts] = {
    "delete_contacts": Words("Contacts removed", "Numbers of people tied to past use are deleted."),
    "triggers": Words("Triggers named", "Inner and outer triggers are written down."),
    "coping_skills": Words("Coping skills", "Healthy ways to respond to each trigger are practiced."),
    "sober_network": Words("Sober network", "Names and numbers of people to call when it gets hard."),
    "trigger_steps": Words("Steps when triggered", "What to do, step by step, when a trigger comes up."),
    "clear_home": Words("Surroundings cleared", "Drugs and equipment are gone from home, work and car."),
    "manage_stress": Words("Managing stress", "Ways to bring stress down, such as yoga or meditation."),
    "against_boredom": Words("Against boredom", "Good things to do when boredom comes."),
    "self_care": Words("Self-care routine", "Regular time for oneself, food, sleep and exercise."),
}
