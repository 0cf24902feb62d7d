"""The rules of the level-of-care recommendation, each once, the weightiest first.

The recommendation names them in its reasons; the Level of care and Definitions pages and docs/level_of_care.md print
them. Their words are in `casework.wording.en.care_rules`, those of what they say in `level_of_care` beside it.
"""

from __future__ import annotations

from typing import Final

from casework.frames import to_date
from casework.indicators.medication import GOOD_COVERAGE, MISSED_DAYS, MISSED_DAYS_IN_PREGNANCY, POOR_COVERAGE
from casework.indicators.screens import LAST_DUE, REPEATED_FINDINGS
from casework.indicators.use import REGULAR, SLIP, WITHDRAWAL_DAYS
from casework.level_of_care import first_steps, limits, next_options, stability
from casework.level_of_care.client_state import ClientState, Return
from casework.level_of_care.ladder import ANY_RUNG, LADDER, Move
from casework.level_of_care.next_options import missing_domains
from casework.level_of_care.rule import Place, Statement, rule
from casework.level_of_care.stability import criteria, known, range_of
from casework.vocabulary import CO_OCCURRING, Level, unmask

Says = tuple[Statement, ...]

NAMED: Final = 2
"""So many missing criteria are named in a reason; the list of all stands beside the options."""


def _when(holds: bool, id_: str, *indicators: str, **values: object) -> Says:
    return (Statement(id_, values, indicators),) if holds else ()


# --- what the rules ask more than once ------------------------------------------------------------------------------


def _worsening(who: ClientState) -> bool:
    """A score or the medication asks for more than goes on now."""
    return who.losing_contact or who.use_likely or who.hardly_medicated


def _calm(who: ClientState) -> bool:
    """Nothing got worse with somebody who is on a rung."""
    return not (who.returned or _worsening(who) or who.level is Level.DETOX)


EVERY_OPTION: Final = (*ANY_RUNG, Move.DETOX, Move.MEDICAL_WITHDRAWAL)


# --- what can kill today --------------------------------------------------------------------------------------------


@rule(
    "medical_withdrawal",
    "tip_45",
    pro=(Move.MEDICAL_WITHDRAWAL,),
    contra=(Move.DOWN,),
    next=next_options.medical_withdrawal,
    place=Place.REVIEW,
    limits={"days": WITHDRAWAL_DAYS},
)
def medical_withdrawal(who: ClientState) -> Says:
    return _when(who.dangerous_withdrawal, "dangerous_withdrawal", "withdrawal")


# --- in detox, and back to use --------------------------------------------------------------------------------------


@rule("in_detox", "relapse_page", "nida_detox_first", pro=(Move.UP,), next=next_options.after_detox)
def in_detox(who: ClientState) -> Says:
    return _when(who.level is Level.DETOX, "detox_is_a_beginning")


@rule(
    "return_regular_medication_first",
    "relapse_page",
    "tip_63",
    pro=(Move.SAME, Move.UP),
    contra=(Move.DOWN,),
    next=next_options.after_regular_use,
    limits={
        "days": limits.USE_IS_CURRENT_DAYS,
        "findings": REPEATED_FINDINGS,
        "trial": limits.TRIAL_DAYS,
    },
)
def return_regular_medication_first(who: ClientState) -> Says:
    return _return_to_use(who.new) if who.new.regular else ()


@rule("residential_first", "own", pro=(Move.UP,), limits={"trial": limits.TRIAL_DAYS})
def residential_first(who: ClientState) -> Says:
    reasons = next_options.residential_reasons(who) if who.level is not LADDER[-1] else []
    return _when(bool(reasons), "residential_because", reasons=reasons)


@rule(
    "return_slip_same_level",
    "relapse_page",
    "tip_63",
    pro=(Move.SAME, Move.UP),
    contra=(Move.DOWN,),
    next=next_options.after_slip,
    limits={"days": limits.USE_IS_CURRENT_DAYS},
)
def return_slip_same_level(who: ClientState) -> Says:
    return () if who.new.regular else _return_to_use(who.new)


def _return_to_use(of: Return) -> Says:
    use = "regular_use_reported" if of.use >= REGULAR else "slip_reported"
    sign = "relapse_signs" if of.use_sign >= REGULAR else "lapse_signs"
    return (
        *_when(of.use >= SLIP, use, "reported_use"),
        *_when(of.use_sign >= SLIP, sign, "stage_tags"),
        *_when(of.overdosed, "overdose", "overdose"),
        *_when(of.found > 0, "unexpected_opioids", "unexpected_opioids", screens=of.found, of=LAST_DUE),
    )


@rule(
    "answered_by_decision",
    "own",
    pro=(Move.SAME,),
    contra=(Move.DOWN, Move.UP),
    next=next_options.on_trial,
    limits={"trial": limits.TRIAL_DAYS},
)
def answered_by_decision(who: ClientState) -> Says:
    if who.new.any or not who.answered.any or who.level is Level.DETOX:
        return ()
    trial = first_steps.trial(who)
    answered = [
        Statement("decision_has_answered", {**trial, "what": {"says": one.id, "values": dict(one.values)}})
        for one in _return_to_use(who.answered)
    ]
    return (*answered, Statement("next_step_needs_something_new", trial))


# --- medication -----------------------------------------------------------------------------------------------------


@rule("offer_medication", "tip_63", pro=EVERY_OPTION, next=next_options.offered)
def offer_medication(who: ClientState) -> Says:
    says = "none_taken" if who.prescribed else "no_medication_prescribed"
    return _when(who.unmedicated, says, "medication_coverage")


@rule(
    "missed_medication",
    "tip_63",
    "sordo",
    pro=EVERY_OPTION,
    next=next_options.medication_first,
    limits={
        "good": GOOD_COVERAGE,
        "little": POOR_COVERAGE,
        "missed": MISSED_DAYS,
        "pregnant": MISSED_DAYS_IN_PREGNANCY,
    },
)
def missed_medication(who: ClientState) -> Says:
    in_question = who.returned or who.hardly_medicated or who.level is Level.DETOX
    if who.unmedicated or who.medicated_well or not in_question:
        return ()
    if who.cover_ended:
        return _when(True, "cover_has_ended", "medication_coverage")
    if who.misses_doses:
        return _when(True, "doses_missed", "medication_coverage", days=who.missed_doses)
    covered = known(who.medication)
    if covered is None:
        return _when(True, "medication_may_not_be_taken", "medication_coverage")
    return _when(True, "medication_covers_only", "medication_coverage", share=covered)


@rule("adjust_medication", "tip_63", pro=EVERY_OPTION, limits={"good": GOOD_COVERAGE})
def adjust_medication(who: ClientState) -> Says:
    holds = who.returned and who.medicated_well
    return _when(holds, "use_despite_medication", "medication_coverage", share=known(who.medication))


@rule(
    "withdrawal_on_medication",
    "tip_63",
    pro=(Move.SAME, Move.UP),
    next=next_options.dose_for_withdrawal,
    limits={"days": WITHDRAWAL_DAYS},
)
def withdrawal_on_medication(who: ClientState) -> Says:
    holds = who.withdrawal_on_medication and not who.returned and who.medicated_well
    return _when(holds, "withdrawal_despite_medication", "withdrawal")


# --- scores ---------------------------------------------------------------------------------------------------------


@rule(
    "losing_contact",
    "scores",
    "nida_retention",
    pro=(Move.SAME, Move.UP),
    contra=(Move.DOWN,),
    next=next_options.times_that_work,
    limits={"limit": limits.LOSING_CONTACT},
)
def losing_contact(who: ClientState) -> Says:
    return _when(
        who.losing_contact,
        "chance_of_losing_contact",
        "missed_weeks",
        "days_unseen",
        **range_of(who.contact_chance),
    )


@rule(
    "use_likely",
    "scores",
    pro=(Move.SAME, Move.UP),
    contra=(Move.DOWN,),
    next=next_options.more_contact,
    limits={"limit": limits.USE_LIKELY},
)
def use_likely(who: ClientState) -> Says:
    return _when(who.use_likely, "chance_of_use", "use_weeks", "missed_weeks", **range_of(who.use_chance))


@rule(
    "many_signs",
    "relapse_page",
    "own_points",
    pro=(Move.SAME, Move.UP),
    contra=(Move.DOWN,),
    next=next_options.stay,
    limits={"points": limits.MANY_SIGN_POINTS},
)
def many_signs(who: ClientState) -> Says:
    return _when(who.many_signs, "warning_signs_add", "active_signs", "stage_tags", points=who.signs)


@rule(
    "in_touch",
    "scores",
    pro=(Move.DOWN, Move.SAME),
    contra=(Move.UP,),
    limits={"limit": limits.IN_TOUCH},
)
def in_touch(who: ClientState) -> Says:
    return _when(who.in_touch, "chance_of_losing_contact", "days_unseen", **range_of(who.contact_chance))


@rule(
    "use_unlikely",
    "scores",
    pro=(Move.DOWN, Move.SAME),
    contra=(Move.UP,),
    limits={"limit": limits.USE_UNLIKELY},
)
def use_unlikely(who: ClientState) -> Says:
    holds = who.use_unlikely and not who.returned
    return _when(holds, "chance_of_use", "clean_weeks", **range_of(who.use_chance))


# --- how somebody stands with whom nothing got worse ----------------------------------------------------------------


@rule(
    "stable",
    "nida",
    "dsm_5",
    pro=(Move.DOWN, Move.SAME),
    contra=(Move.UP,),
    next=next_options.step_down,
    limits={
        "days": limits.STABLE_DAYS,
        "away": limits.AWAY_DAYS,
        "answers": limits.STABLE_ANSWERS,
        "contact": limits.IN_TOUCH,
        "attendance": limits.STABLE_ATTENDANCE,
        "sessions": limits.FEWEST_SESSIONS,
        "craving": limits.STABLE_CRAVING,
        "signs": limits.MANY_SIGN_POINTS,
        "medication": GOOD_COVERAGE,
        "withdrawal": WITHDRAWAL_DAYS,
    },
)
def stable(who: ClientState) -> Says:
    medication = ("medication_coverage",) if who.prescribed else ()
    rests_on = ("reported_use", "attendance_rate", "craving", *medication)
    return _when(_calm(who) and stability.stable(who), "every_criterion_holds", *rests_on)


@rule("steady", "relapse_page", pro=(Move.SAME,), contra=(Move.UP,), next=next_options.stay)
def steady(who: ClientState) -> Says:
    """The chances that no rule has said yet belong here."""
    unsaid = {
        **({} if who.use_unlikely else {"use": range_of(who.use_chance)}),
        **({} if who.in_touch else {"contact": range_of(who.contact_chance)}),
    }
    holds = _calm(who) and who.known and not stability.stable(who)
    return _when(holds, "nothing_calls_for_more", "active_signs", "days_unseen", **unsaid)


@rule("unknown", "own_not_asked", pro=(Move.SAME,), contra=(Move.DOWN,), next=next_options.find_out)
def unknown(who: ClientState) -> Says:
    holds = _calm(who) and not who.known and not stability.stable(who)
    values = {"domains": missing_domains(who), **range_of(who.use_chance)}
    return _when(holds, "too_little_heard", "sign_coverage", **values)


@rule("not_stable", "nida", "own", pro=(Move.SAME,), contra=(Move.DOWN,))
def not_stable(who: ClientState) -> Says:
    if not _calm(who) or who.level is LADDER[0]:
        return ()
    missing = [one for one in criteria(who) if not one.met]
    named = [{"criterion": one.id, **one.values} for one in missing[:NAMED]]
    return _when(bool(missing), "lower_level_needs", missing=named, more=len(missing) - len(named))


# --- conditions, and what has to be looked at today -----------------------------------------------------------------


@rule("co_occurring", "relapse_page", "nida", pro=(Move.SAME, Move.UP), contra=(Move.DOWN,))
def co_occurring(who: ClientState) -> Says:
    conditions = list(unmask(CO_OCCURRING, who.co_occurring))
    return _when(bool(conditions), "treated_at_the_same_time", conditions=conditions)


@rule("safety", "protocol", contra=(Move.DOWN,), place=Place.REVIEW)
def safety(who: ClientState) -> Says:
    return _when(who.safety_open, "open_safety_answer", "safety")


@rule("in_pregnancy", "pregnancy_guidance", contra=(Move.DOWN, Move.DETOX))
def in_pregnancy(who: ClientState) -> Says:
    return _when(who.pregnant, "pregnant_no_step_down")


# --- what is there whatever the scores say --------------------------------------------------------------------------


@rule("familiar", "own", pro=(Move.SAME,), contra=(Move.UP,))
def familiar(who: ClientState) -> Says:
    return _when(who.level is not Level.DETOX, "present_level_is_familiar")


@rule("less_contact", "own", contra=(Move.DOWN,))
def less_contact(who: ClientState) -> Says:
    return _when(who.level is not Level.DETOX, "lower_means_less_contact")


@rule("no_higher_level", "sordo", pro=(Move.DOWN,), next=next_options.should_they_leave)
def no_higher_level(who: ClientState) -> Says:
    return _when(who.level is LADDER[-1] and not stable(who), "should_they_leave")


@rule("wish", "own", pro=(Move.UP,), next=next_options.on_request)
def wish(who: ClientState) -> Says:
    return _when(_calm(who) and who.level is not LADDER[-1], "more_support_on_request")


@rule(
    "detox",
    "relapse_page",
    "tip_63",
    "sordo",
    pro=(Move.DETOX,),
    next=next_options.detox,
    limits={"days": WITHDRAWAL_DAYS},
)
def detox(who: ClientState) -> Says:
    begins = who.uses_regularly and who.withdrawal > 0 and who.level is not Level.DETOX
    holds = begins and not (who.agonist or who.pregnant or who.withdrawal_can_kill)
    return _when(holds, "regular_use_and_withdrawal", "reported_use", "withdrawal")


@rule("detox_alone", "sordo", contra=(Move.DETOX,))
def detox_alone(who: ClientState) -> Says:
    return _when(bool(detox(who)), "detox_alone_is_dangerous")


# --- beside every option --------------------------------------------------------------------------------------------


@rule("therapy", "relapse_page", "nida", place=Place.ALONGSIDE)
def therapy(who: ClientState) -> Says:
    return _when(True, "behavioral_therapy")


@rule("naloxone", "tip_63", "sordo", place=Place.ALONGSIDE)
def naloxone(who: ClientState) -> Says:
    kit = to_date(who.naloxone).isoformat() if who.naloxone >= 0 else None
    return _when(who.returned or who.tolerance_lowered, "naloxone_kit", last_kit=kit)


@rule("clinician", "relapse_page_not_failed", place=Place.NOTE)
def clinician(who: ClientState) -> Says:
    return _when(True, "treatment_has_not_failed" if who.returned else "clinician_decides")
