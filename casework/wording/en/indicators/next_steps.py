"""Next steps."""

from __future__ import annotations

from typing import Final

NEXT_STEPS: Final = {
    "talk_about_stage_signs": "Talk about the stage signs that show and the steps of the prevention plan",
    "find_a_way_to_come": "Look for a time and a way of coming that works",
    "call_and_offer_appointment": "Call today and offer the next appointment",
    "call_overdue": "Call: overdue to hear from",
    "check_naloxone": "Check that naloxone is at hand, and say that the amount used before can now cause an overdose",
    "say_what_both_sides_show": (
        "Say calmly what both sides show, ask how it fits together, and confirm a result before acting on it"
    ),
    "thank_for_telling": (
        "Thank the client for telling early, take their word as it is, and act on it: medication, steps, "
        "support"
    ),
    "ask_what_changed": "Ask what has changed in the last weeks",
    "name_strengths": "Name the strengths and build on one of them",
    "ask_about_medication": "Ask what got in the way of the medication and call the prescriber",
    "keep_to_plan": "Keep to the plan",
    "talk_about_substances": "Talk about the other substances without blame",
    "offer_medication": "Offer medication first, check naloxone, and look at the plan again together",
    "see_today": "See the client today: naloxone at hand, medication first, and look at the plan again together",
    "review_dose": "Have the dose reviewed by the prescriber",
    "talk_through_signs": "Talk through the active signs and pick one to work on",
    "ask_missing_signs": "Ask about the signs that have not been asked",
    "add_signs_to_plan": "Look at which signs return and add them to the prevention plan",
    "plan_self_care": "Plan one concrete act of self-care for this week",
    "follow_safety_protocol": "Follow the clinic's safety protocol now and acknowledge the item by name",
    "talk_about_result": "Talk about the result without blame; confirm it; offer medication first",
    "plan_screen": "Plan a new screen and ask what got in the way",
    "ask_about_doses": "Ask about doses and tell the prescriber",
    "go_through_causes": "Go through the causes of the craving and the steps when triggered",
    "ask_what_grows_craving": "Ask what makes the craving grow",
    "say_it_is_seen": "Say that it is seen, and keep to the plan",
}
