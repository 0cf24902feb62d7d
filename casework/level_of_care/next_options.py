"""What comes next where a rule holds: the options that it leads to, the first first, and how each begins.

Of two rules that lead to the same level the weightier says how it begins. In detox only the rule "in_detox" leads
anywhere. At the highest rung there is nothing above: the rule "no_higher_level" adds what there is besides.
"""

from __future__ import annotations

from typing import Final

from casework.indicators.points import DOMAINS
from casework.level_of_care.client_state import ClientState
from casework.level_of_care.ladder import AFTER_DETOX, LADDER, down, up
from casework.level_of_care.rule import Option, Statement
from casework.level_of_care.stability import stable
from casework.vocabulary import Level

Options = tuple[Option, ...]

KEEP_MEDICATION: Final = Statement("keep_medication")


def missing_domains(who: ClientState) -> list[str]:
    """The identifiers of the domains that were not heard from."""
    return [id_ for bit, id_ in enumerate(DOMAINS) if who.missing_domains >> bit & 1]


def _medication_step(who: ClientState) -> Statement:
    if not who.prescribed:
        return Statement("start_medication")
    return Statement("adjust_medication" if who.medicated_well else "resume_medication")


def after_regular_use(who: ClientState) -> Options:
    return _after_return(who, higher_first=True, further=True)


def after_slip(who: ClientState) -> Options:
    # Monthly contact is thin after a slip.
    return _after_return(who, higher_first=who.level is Level.AFTERCARE or who.urgent)


def _after_return(who: ClientState, *, higher_first: bool, further: bool = False) -> Options:
    if who.level is Level.DETOX:
        return ()
    step = _medication_step(who)
    here = Option(who.level, step, with_medication=True)
    if who.level is LADDER[-1]:
        return (here,)
    higher = Option(up(who.level), step, with_medication=True)
    two = (higher, here) if higher_first else (here, higher)
    return (*two, Option(up(higher.level), step, with_medication=True)) if further else two


def _more_support(who: ClientState, step: Statement) -> Options:
    """The level now or one up; what is prescribed goes on."""
    if who.level is Level.DETOX:
        return ()
    here = Option(who.level, step, who.prescribed)
    if who.level is LADDER[-1]:
        return (here,)
    higher = Option(up(who.level), step, who.prescribed)
    return (higher, here) if who.urgent else (here, higher)


def resumed(who: ClientState) -> Options:
    return _more_support(who, _medication_step(who))


def times_that_work(who: ClientState) -> Options:
    return _more_support(who, Statement("times_that_work"))


def more_contact(who: ClientState) -> Options:
    return _more_support(who, Statement("more_contact"))


def step_down(who: ClientState) -> Options:
    kept = "_keeping_medication" if who.prescribed else ""
    same = Option(who.level, Statement(f"stay_with_what_works{kept}"), who.prescribed)
    if who.level is LADDER[0]:
        return (same,)
    return Option(down(who.level), Statement(f"plan_the_change{kept}"), who.prescribed), same


def stay(who: ClientState) -> Options:
    return (Option(who.level, Statement("stay"), who.prescribed),)


def find_out(who: ClientState) -> Options:
    return (Option(who.level, Statement("find_out", {"domains": missing_domains(who)}), who.prescribed),)


def on_request(who: ClientState) -> Options:
    if not stable(who):
        return (Option(up(who.level), Statement("more_support_if_wanted"), who.prescribed),)
    if who.level is LADDER[0]:
        return (Option(up(who.level), Statement("more_contact_if_wanted"), who.prescribed),)
    return ()


def after_detox(who: ClientState) -> Options:
    step = KEEP_MEDICATION if who.prescribed and who.medicated_well else _medication_step(who)
    return tuple(
        Option(level, step, with_medication=True) for level in (AFTER_DETOX, Level.INTENSIVE_OUTPATIENT)
    )


def should_they_leave(who: ClientState) -> Options:
    goes_well = who.prescribed and who.medicated_well and not who.returned
    step = KEEP_MEDICATION if goes_well else _medication_step(who)
    return (Option(Level.INTENSIVE_OUTPATIENT, step, with_medication=True),)


def detox(who: ClientState) -> Options:
    step = (
        "supervised_withdrawal" if who.pregnancy_asked else "ask_about_pregnancy_then_supervised_withdrawal"
    )
    return (Option(Level.DETOX, Statement(step), with_medication=True, next_level=AFTER_DETOX),)
