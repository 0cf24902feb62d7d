"""The lists that the whole of Tideline speaks in: one module a subject, named as in `casework.wording.en`.

The lists of warning signs, stages, causes of craving, kinds of treatment and plan elements follow the article
"Heroin Relapse" (American Addiction Centers), retold in the project's own words. Here a term has its stored
identifier, its source, its place in the list and its codes in other systems; no text lives here.

The order within a list is part of the stored format: a term's position is its bit in the integer bitmasks of a
check-in (:func:`mask`). Append, never reorder; a test pins the order.
"""

from __future__ import annotations

from casework.vocabulary.absences import LOWERS_TOLERANCE, AbsenceCause
from casework.vocabulary.check_ins import ContactKind, InformationSource, Use, Withdrawal
from casework.vocabulary.conditions import CO_OCCURRING, Condition
from casework.vocabulary.contacts import CallOutcome, Permission
from casework.vocabulary.cravings import CRAVING_CAUSES, CRAVING_MAX, CravingCause
from casework.vocabulary.facts import FactKind
from casework.vocabulary.levels_of_care import (
    BEHAVIORAL_THERAPY,
    LEVELS,
    TREATMENTS,
    Level,
    LevelOfCare,
    Treatment,
)
from casework.vocabulary.medications import (
    EXTENDED_RELEASE_BUPRENORPHINE_DAYS,
    EXTENDED_RELEASE_NALTREXONE_DAYS,
    MEDICATIONS,
    MaintenanceMedication,
    Medication,
)
from casework.vocabulary.outcomes import OUTCOMES, Likelihood, Outcome, OutcomeTerm
from casework.vocabulary.prevention_plans import PLAN_ELEMENTS, PlanElement
from casework.vocabulary.protective_factors import PROTECTIVE_FACTORS, ProtectiveFactor
from casework.vocabulary.roles import ClinicKind, Role
from casework.vocabulary.safety import SAFETY_CONCERNS, SafetyConcern
from casework.vocabulary.scores import Band, Score
from casework.vocabulary.screens import Certainty, ScreenStatus
from casework.vocabulary.sessions import KEPT_MARKS, Mark, SessionKind
from casework.vocabulary.signs import (
    HALT,
    MEDICATION_SIGN,
    SELF_CARE_SIGN,
    WARNING_SIGNS,
    Aspect,
    HaltSign,
    WarningSign,
)
from casework.vocabulary.stages import SAFETY_STAGE_MASK, STAGE_SIGNS, Stage, StageSign, stage_mask
from casework.vocabulary.standing import ActionKind, Flag, Group, LaneReason, Owner, PlanKind
from casework.vocabulary.substances import (
    OPIOID_MASK,
    OPIOIDS,
    OTHER_SUBSTANCES,
    SUBSTANCES,
    WITHDRAWAL_SUBSTANCES,
    Substance,
)
from casework.vocabulary.tasks import AnsweredBy
from casework.vocabulary.terms import Coding, Source, Term, chosen, ids, mask, term, unmask

__all__ = [
    "BEHAVIORAL_THERAPY",
    "CO_OCCURRING",
    "CRAVING_CAUSES",
    "CRAVING_MAX",
    "EXTENDED_RELEASE_BUPRENORPHINE_DAYS",
    "EXTENDED_RELEASE_NALTREXONE_DAYS",
    "HALT",
    "KEPT_MARKS",
    "LEVELS",
    "LOWERS_TOLERANCE",
    "MEDICATIONS",
    "MEDICATION_SIGN",
    "OPIOIDS",
    "OPIOID_MASK",
    "OTHER_SUBSTANCES",
    "OUTCOMES",
    "PLAN_ELEMENTS",
    "PROTECTIVE_FACTORS",
    "SAFETY_CONCERNS",
    "SAFETY_STAGE_MASK",
    "SELF_CARE_SIGN",
    "STAGE_SIGNS",
    "SUBSTANCES",
    "TREATMENTS",
    "WARNING_SIGNS",
    "WITHDRAWAL_SUBSTANCES",
    "AbsenceCause",
    "ActionKind",
    "AnsweredBy",
    "Aspect",
    "Band",
    "CallOutcome",
    "Certainty",
    "ClinicKind",
    "Coding",
    "Condition",
    "ContactKind",
    "CravingCause",
    "FactKind",
    "Flag",
    "Group",
    "HaltSign",
    "InformationSource",
    "LaneReason",
    "Level",
    "LevelOfCare",
    "Likelihood",
    "MaintenanceMedication",
    "Mark",
    "Medication",
    "Outcome",
    "OutcomeTerm",
    "Owner",
    "Permission",
    "PlanElement",
    "PlanKind",
    "ProtectiveFactor",
    "Role",
    "SafetyConcern",
    "Score",
    "ScreenStatus",
    "SessionKind",
    "Source",
    "Stage",
    "StageSign",
    "Substance",
    "Term",
    "Treatment",
    "Use",
    "WarningSign",
    "Withdrawal",
    "chosen",
    "ids",
    "mask",
    "stage_mask",
    "term",
    "unmask",
]
