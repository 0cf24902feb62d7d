"""What comes next where a rule holds: the options that it leads to, the first first, and how each begins.

Of two rules that lead to the same level the weightier says how it begins. In detox only the rule "in_detox" leads
anywhere. At the highest rung there is nothing above: the rule "no_higher_level" adds what there is besides.
"""

from __future__ import annotations

from typing import Final

from casework.indicators.points import DOMAINS
from casework.level_of_care import first_steps
from casework.level_of_care.client_state import ClientState
from casework.level_of_care.ladder import LADDER, at_least, down, up
from casework.level_of_care.rule import Option, Statement
from casework.level_of_care.stability import stable
from casework.vocabulary import Level

Options = tuple[Option, ...]

OVERDOSE: Final = "overdose"
UNSAFE_HOUSING: Final = "unsafe_housing"
TRIED_INTENSIVE: Final = "tried_intensive"


def missing_domains(who: ClientState) -> list[str]:
    """The identifiers of the domains that were not heard from."""
    return [id_ for bit, id_ in enumerate(DOMAINS) if who.missing_domains >> bit & 1]


# --- after a return to use ------------------------------------------------------------------------------------------


def residential_reasons(who: ClientState) -> list[str]:
    """Why residential care may come first: an overdose or regular use after a trial of intensive outpatient care, an
    overdose in it, or regular use with unsafe housing. Never without medication that goes on there."""
    if not (who.prescribed and who.new.regular):
        return []
    intensive = who.level is Level.INTENSIVE_OUTPATIENT
    holds = {
        OVERDOSE: who.new.overdosed and intensive,
        UNSAFE_HOUSING: who.housing_unsafe,
        TRIED_INTENSIVE: who.tried_intensive,
    }
    return [id_ for id_, one in holds.items() if one]


def after_regular_use(who: ClientState) -> Options:
    if who.level is Level.DETOX:
        return ()
    step = first_steps.about_medication(who, more_contact=True)
    return tuple(
        Option(level, _unless_on_wish(who, level, step), with_medication=True)
        for level in _after_regular_use(who)
    )


def _after_regular_use(who: ClientState) -> list[Level]:
    """Monthly contact is thin, so that weekly care is the least; the same level comes first, with more contact in it,
    unless somebody overdosed in outpatient care or residential care has its reasons."""
    rungs = [*LADDER[LADDER.index(at_least(who.level, Level.OUTPATIENT)) :]]
    if residential_reasons(who):
        return [rungs[-1], *rungs[:-1]]
    if who.new.overdosed and len(rungs) > 2:
        rungs[:2] = rungs[1::-1]
    return rungs if _residential_is_near(who) else rungs[:2]


def _residential_is_near(who: ClientState) -> bool:
    """Why residential care may stand among the options as more than a wish."""
    return who.overdosed or who.housing_unsafe or who.tried_intensive


def _unless_on_wish(who: ClientState, level: Level, step: Statement) -> Statement:
    """How the option begins; residential care without a reason is there for who wants it."""
    new = level is Level.RESIDENTIAL and who.level is not Level.RESIDENTIAL
    return Statement("more_support_if_wanted") if new and not _residential_is_near(who) else step


def after_slip(who: ClientState) -> Options:
    return _here_and_above(who, first_steps.about_medication(who), above_first=who.level is Level.AFTERCARE)


def on_trial(who: ClientState) -> Options:
    if who.level is Level.DETOX:
        return ()
    here = Option(who.level, first_steps.after_decision(who), with_medication=True)
    if who.level is LADDER[-1]:
        return (here,)
    return here, Option(up(who.level), Statement("more_support_if_wanted"), with_medication=True)


# --- when something asks for more than goes on now ------------------------------------------------------------------


def _here_and_above(who: ClientState, step: Statement, *, above_first: bool = False) -> Options:
    """The level now and one up; what is prescribed goes on."""
    if who.level is Level.DETOX:
        return ()
    here = Option(who.level, step, who.prescribed)
    if who.level is LADDER[-1]:
        return (here,)
    higher = Option(up(who.level), _unless_on_wish(who, up(who.level), step), who.prescribed)
    return (higher, here) if above_first else (here, higher)


def medication_first(who: ClientState) -> Options:
    return _here_and_above(who, first_steps.about_medication(who))


def offered(who: ClientState) -> Options:
    """An offer begins every option (`first_steps.offering`); options of its own it has where medication stopped."""
    return medication_first(who) if who.prescribed or who.stopped else ()


def dose_for_withdrawal(who: ClientState) -> Options:
    if who.level is Level.DETOX:
        return ()
    return (Option(who.level, Statement("adjust_for_withdrawal"), with_medication=True),)


def times_that_work(who: ClientState) -> Options:
    return _here_and_above(who, Statement("times_that_work"))


def more_contact(who: ClientState) -> Options:
    return _here_and_above(who, Statement("more_contact"))


# --- when nothing does ----------------------------------------------------------------------------------------------


def step_down(who: ClientState) -> Options:
    kept = "_keeping_medication" if who.prescribed else ""
    same = Option(who.level, Statement(f"stay_with_what_works{kept}"), who.prescribed)
    if who.level is LADDER[0]:
        return (same,)
    return Option(down(who.level), Statement(f"plan_the_change{kept}"), who.prescribed), same


def stay(who: ClientState) -> Options:
    if who.level is Level.DETOX:
        return ()
    return (Option(who.level, Statement("stay"), who.prescribed),)


def find_out(who: ClientState) -> Options:
    return (Option(who.level, Statement("find_out", {"domains": missing_domains(who)}), who.prescribed),)


def on_request(who: ClientState) -> Options:
    if not stable(who):
        return (Option(up(who.level), Statement("more_support_if_wanted"), who.prescribed),)
    if who.level is LADDER[0]:
        return (Option(up(who.level), Statement("more_contact_if_wanted"), who.prescribed),)
    return ()


# --- detox, and what follows it -------------------------------------------------------------------------------------


def after_detox(who: ClientState) -> Options:
    """The rung that was named first; without one intensive outpatient care, unless residential care has its reasons."""
    usual = Level.RESIDENTIAL if residential_reasons(who) else Level.INTENSIVE_OUTPATIENT
    named = who.next_level if who.next_level in LADDER else usual
    other = Level.RESIDENTIAL if named is Level.INTENSIVE_OUTPATIENT else Level.INTENSIVE_OUTPATIENT
    step = first_steps.kept(who)
    return tuple(Option(level, step, with_medication=True) for level in (named, other))


def should_they_leave(who: ClientState) -> Options:
    return (Option(Level.INTENSIVE_OUTPATIENT, first_steps.kept(who), with_medication=True),)


def medical_withdrawal(who: ClientState) -> Options:
    """It leads back to the level now, or to weekly care from monthly contact."""
    if who.level is Level.DETOX:
        return ()
    return (
        Option(
            Level.DETOX,
            first_steps.medical_withdrawal(who),
            with_medication=True,
            next_level=at_least(who.level, Level.OUTPATIENT),
            withdrawal_from=tuple(first_steps.withdrawal_from(who)),
        ),
    )


def detox(who: ClientState) -> Options:
    step = (
        "supervised_withdrawal" if who.pregnancy_asked else "ask_about_pregnancy_then_supervised_withdrawal"
    )
    usual = at_least(who.level, Level.INTENSIVE_OUTPATIENT)
    then = Level.RESIDENTIAL if residential_reasons(who) else usual
    return (Option(Level.DETOX, Statement(step), with_medication=True, next_level=then),)
