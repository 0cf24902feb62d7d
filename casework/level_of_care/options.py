"""From a client's situation to options: which levels, in which order, and which rules speak for and against each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from casework.level_of_care.client_state import ClientState
from casework.level_of_care.reasons import Why, detox_fits, medication_step, reasons_for, unheard, worsening
from casework.level_of_care.rules import RULES, Move
from casework.level_of_care.stability import stable
from casework.vocabulary import Level
from casework.wording import sentence

# The rungs that one can stay on. Detox is no rung of the ladder: it is a beginning, with the next rung named.
LADDER: Final = (Level.AFTERCARE, Level.OUTPATIENT, Level.INTENSIVE_OUTPATIENT, Level.RESIDENTIAL)
AFTER_DETOX: Final = Level.RESIDENTIAL

TIMES: Final = "Call, and look together for times and a way of coming that work"
MORE_CONTACT: Final = "Go through the warning signs together and plan more contact this week"
KEEP_MEDICATION: Final = "Keep the medication going without a gap"
STAY: Final = "Stay with the plan and work on the signs that show"


@dataclass(frozen=True)
class Plan:
    """A level, how it begins, whether medication belongs to it, and what follows (always named for detox)."""

    level: Level
    first_step: str
    with_medication: bool
    next_level: Level | None = None


@dataclass(frozen=True)
class Draft:
    """An option before its dated rows are looked up: a plan, and the rules that speak for and against it."""

    plan: Plan
    pro: tuple[Why, ...]
    contra: tuple[Why, ...]


def drafts(who: ClientState) -> tuple[Draft, ...]:
    """The options, the first first; at least two. Detox only with medication and a next rung; never an end of care."""
    heard = reasons_for(who)
    return tuple(_weighed(plan, moves(who.level, plan.level), heard) for plan in plans(who))


def plans(who: ClientState) -> tuple[Plan, ...]:
    """The options without their reasons, the first first."""
    if who.level is Level.DETOX:
        return _after_detox(who)
    if who.returned:
        return (*_after_return(who), *_detox(who))
    if worsening(who):
        return _worsening(who)
    return _stable(who) if stable(who) else _steady(who)


def _weighed(plan: Plan, by: frozenset[Move], heard: tuple[Why, ...]) -> Draft:
    pro = tuple(why for why in heard if by & {*RULES[why.rule].pro})
    contra = tuple(why for why in heard if why not in pro and by & {*RULES[why.rule].contra})
    return Draft(plan, pro, contra)


def moves(current: Level, level: Level) -> frozenset[Move]:
    """What it means to choose `level` now. Staying at the highest level is as much as there is: nothing that asks for
    more speaks against it. Every rung after detox is a step on."""
    if level is Level.DETOX:
        return frozenset({Move.DETOX})
    if current is Level.DETOX:
        return frozenset({Move.UP})
    rungs = LADDER.index(level) - LADDER.index(current)
    if rungs:
        return frozenset({Move.UP if rungs > 0 else Move.DOWN})
    return frozenset({Move.SAME, Move.UP} if current is LADDER[-1] else {Move.SAME})


def up(level: Level) -> Level:
    """One rung up; residential care has none above."""
    return LADDER[min(LADDER.index(level) + 1, len(LADDER) - 1)]


def down(level: Level) -> Level:
    """One rung down; aftercare has none below, because care does not end here."""
    return LADDER[max(LADDER.index(level) - 1, 0)]


def _after_return(who: ClientState) -> tuple[Plan, ...]:
    step, _ = medication_step(who)
    here = Plan(who.level, step, True)
    if who.level is Level.RESIDENTIAL:
        return here, _should_they_leave(who)
    higher = Plan(up(who.level), step, True)
    if who.returned_regularly:
        two_up = up(up(who.level))
        further = (Plan(two_up, step, True),) if two_up is not higher.level else ()
        return higher, here, *further
    return (higher, here) if who.level is Level.AFTERCARE or who.urgent else (here, higher)


def _should_they_leave(who: ClientState) -> Plan:
    goes_well = who.prescribed and who.medicated_well and not who.returned
    step = KEEP_MEDICATION if goes_well else medication_step(who)[0]
    return Plan(Level.INTENSIVE_OUTPATIENT, step, True)


def _detox(who: ClientState) -> tuple[Plan, ...]:
    if not detox_fits(who):
        return ()
    step = "Medically supervised withdrawal, inpatient or outpatient, that leads onto maintenance medication"
    if not who.pregnancy_asked:
        step = f"Ask about pregnancy first. {step}"
    return (Plan(Level.DETOX, step, True, AFTER_DETOX),)


def _after_detox(who: ClientState) -> tuple[Plan, ...]:
    step = KEEP_MEDICATION if who.prescribed and who.medicated_well else medication_step(who)[0]
    return Plan(Level.RESIDENTIAL, step, True), Plan(Level.INTENSIVE_OUTPATIENT, step, True)


def _worsening(who: ClientState) -> tuple[Plan, ...]:
    medication = who.hardly_medicated
    if medication:
        step = medication_step(who)[0]
    else:
        step = TIMES if who.losing_contact else MORE_CONTACT
    goes_on = medication or who.prescribed
    here = Plan(who.level, step, goes_on)
    if who.level is Level.RESIDENTIAL:
        return here, _should_they_leave(who)
    higher = Plan(up(who.level), step, goes_on)
    return (higher, here) if who.urgent else (here, higher)


def _stable(who: ClientState) -> tuple[Plan, ...]:
    goes_on = "Medication goes on as it is; " if who.prescribed else ""
    same = Plan(who.level, sentence(f"{goes_on}stay with what works"), who.prescribed)
    if who.level is Level.AFTERCARE:
        return same, Plan(Level.OUTPATIENT, "More contact, if the client wants it", who.prescribed)
    return Plan(down(who.level), sentence(f"{goes_on}plan the change together"), who.prescribed), same


def _steady(who: ClientState) -> tuple[Plan, ...]:
    step = STAY if who.known else f"First find out what is not known: {unheard(who)}"
    here = Plan(who.level, step, who.prescribed)
    if who.level is Level.RESIDENTIAL:
        return here, _should_they_leave(who)
    return here, Plan(up(who.level), "More support, if the client wants it", who.prescribed)
