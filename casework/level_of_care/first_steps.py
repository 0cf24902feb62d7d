"""How an option begins: with the medication, wherever it is missing, missed, or did not keep somebody from use.

Who has no medication is offered it at the beginning of every option (`offering`). Nobody is told to take it up again:
after missed doses the prescriber comes before the next one.
"""

from __future__ import annotations

import math
from dataclasses import replace

from casework.frames import to_date
from casework.indicators.medication import GOOD_COVERAGE
from casework.indicators.use import CAN_KILL
from casework.level_of_care.client_state import ClientState
from casework.level_of_care.limits import TRIAL_DAYS
from casework.level_of_care.rule import Option, Statement
from casework.vocabulary import SUBSTANCES, unmask


def offer(who: ClientState) -> Statement:
    """The offer, on the same day after an overdose and in pregnancy; after naltrexone the prescriber looks for opioids
    first, so that no dose brings on withdrawal."""
    return Statement("offer_medication", _offered(who))


def _offered(who: ClientState) -> dict[str, bool]:
    return {"same_day": who.overdosed or who.pregnant, "check_first": who.naltrexone}


def offering(option: Option, who: ClientState) -> Option:
    """The option, which begins with an offer of medication where there is none."""
    if not who.unmedicated:
        return option
    step = option.first_step
    if not option.offers_medication:
        then = {"says": step.id, "values": dict(step.values)}
        step = Statement("offer_medication_then", {**_offered(who), "then": then})
    return replace(option, first_step=step, with_medication=True)


def about_medication(who: ClientState, *, more_contact: bool = False) -> Statement:
    """What is done about the medication: offered, looked at before the next dose, or adjusted."""
    if who.unmedicated:
        return offer(who)
    if who.misses_doses:
        return Statement("check_for_opioids_before_dose" if who.naltrexone else "prescriber_before_dose")
    if who.returned and who.naltrexone:
        return Statement("check_for_opioids_before_dose")
    if math.isnan(who.medication):
        return Statement("find_out_what_was_taken")
    if who.medication < GOOD_COVERAGE:
        return Statement("prescriber_before_dose")
    return Statement("adjust_medication_and_more_contact" if more_contact else "adjust_medication")


def kept(who: ClientState) -> Statement:
    """The medication goes on where it goes well; else what is done about it."""
    return Statement("keep_medication") if who.medicated_well and not who.returned else about_medication(who)


def after_decision(who: ClientState) -> Statement:
    """What was decided is tried, unless the medication is missing."""
    if who.unmedicated or who.misses_doses:
        return about_medication(who)
    return Statement("keep_to_decision", trial(who))


def trial(who: ClientState) -> dict[str, str]:
    """The day of the decision on trial, and the day from which what it answered counts again."""
    return {
        "on": to_date(who.decided_on).isoformat(),
        "until": to_date(who.decided_on + TRIAL_DAYS).isoformat(),
    }


def medical_withdrawal(who: ClientState) -> Statement:
    """Withdrawal from alcohol or benzodiazepines: the medication for opioid use goes on meanwhile."""
    values = {"withdrawal_from": withdrawal_from(who)}
    if who.unmedicated:
        return Statement("medical_withdrawal_and_offer", values)
    step = "medical_withdrawal_before_dose" if who.misses_doses else "medical_withdrawal"
    return Statement(step, values)


def withdrawal_from(who: ClientState) -> list[str]:
    """Which of the substances whose withdrawal can kill it comes from."""
    return [id_ for id_ in unmask(SUBSTANCES, who.withdrawal_from) if id_ in CAN_KILL]
