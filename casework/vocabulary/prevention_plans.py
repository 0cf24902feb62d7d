"""What a relapse prevention plan consists of."""

from __future__ import annotations

from dataclasses import dataclass

from casework.vocabulary.terms import Term


@dataclass(frozen=True)
class PlanElement(Term):
    """An element of a plan."""


PLAN_ELEMENTS: tuple[PlanElement, ...] = (
    PlanElement("delete_contacts"),
    PlanElement("triggers"),
    PlanElement("coping_skills"),
    PlanElement("sober_network"),
    PlanElement("trigger_steps"),
    PlanElement("clear_home"),
    PlanElement("manage_stress"),
    PlanElement("against_boredom"),
    PlanElement("self_care"),
)
