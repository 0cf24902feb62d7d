"""The words of every term in English: the lists of `casework.vocabulary` beside their texts."""

from __future__ import annotations

from typing import Final

from casework import vocabulary as v
from casework.wording.en import (
    absences,
    check_ins,
    conditions,
    contacts,
    cravings,
    fact_kinds,
    levels_of_care,
    medications,
    outcomes,
    prevention_plans,
    protective_factors,
    roles,
    safety,
    scores,
    screens,
    sessions,
    signs,
    sources,
    stages,
    standing,
    substances,
    tasks,
)
from casework.wording.words import Glossary

GLOSSARY: Final = Glossary(
    {
        v.ActionKind: standing.ACTION_KINDS,
        v.AnsweredBy: tasks.ANSWERS,
        v.Aspect: signs.ASPECTS,
        v.Band: scores.BANDS,
        v.CallOutcome: contacts.CALL_OUTCOMES,
        v.Certainty: screens.CERTAINTIES,
        v.ClinicKind: roles.CLINIC_KINDS,
        v.Condition: conditions.CO_OCCURRING,
        v.ContactKind: check_ins.CONTACTS,
        v.CravingCause: cravings.CRAVING_CAUSES,
        v.FactKind: fact_kinds.FACT_KINDS,
        v.Flag: standing.FLAGS,
        v.Group: standing.GROUPS,
        v.HaltSign: signs.HALT,
        v.InformationSource: check_ins.INFORMATION_SOURCES,
        v.LaneReason: standing.LANE_REASONS,
        v.Level: levels_of_care.LEVELS,
        v.LevelOfCare: levels_of_care.LEVELS,
        v.Likelihood: outcomes.LIKELIHOODS,
        v.MaintenanceMedication: medications.MEDICATIONS,
        v.Mark: sessions.MARKS,
        v.Medication: medications.MEDICATIONS,
        v.Outcome: outcomes.OUTCOMES,
        v.OutcomeTerm: outcomes.OUTCOMES,
        v.Owner: standing.OWNERS,
        v.Permission: contacts.PERMISSIONS,
        v.PlanElement: prevention_plans.PLAN_ELEMENTS,
        v.PlanKind: standing.PLAN_KINDS,
        v.ProtectiveFactor: protective_factors.PROTECTIVE_FACTORS,
        v.Role: roles.ROLES,
        v.SafetyConcern: safety.SAFETY_CONCERNS,
        v.Score: scores.SCORES,
        v.ScreenStatus: screens.SCREEN_STATUSES,
        v.SessionKind: sessions.SESSION_KINDS,
        v.Source: sources.SOURCES,
        v.Stage: stages.STAGES,
        v.StageSign: stages.STAGE_SIGNS,
        v.Substance: substances.SUBSTANCES,
        v.AbsenceCause: absences.ABSENCE_CAUSES,
        v.Treatment: levels_of_care.TREATMENTS,
        v.Use: check_ins.USES,
        v.WarningSign: signs.WARNING_SIGNS,
        v.Withdrawal: check_ins.WITHDRAWAL,
    }
)
label = GLOSSARY.label
short_label = GLOSSARY.short_label
within = GLOSSARY.within
sentence_of = GLOSSARY.sentence_of
labels = GLOSSARY.labels
