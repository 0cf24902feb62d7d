"""From a client's situation to options: which levels, in which order, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from casework.indicators.points import DOMAIN_WORDS
from casework.level_of_care.situation import Situation
from casework.vocabulary import CO_OCCURRING, Band, Level, entry, unmask
from casework.wording import listed, percent, sentence

# The rungs that one can stay on. Detox is no rung of the ladder: it is a beginning, with the next rung named.
LADDER: Final = (Level.AFTERCARE, Level.OUTPATIENT, Level.INTENSIVE_OUTPATIENT, Level.RESIDENTIAL)
AFTER_DETOX: Final = Level.RESIDENTIAL

WORSE: Final = (Band.ELEVATED, Band.HIGH)
TIMES: Final = "Call, and look together for times and a way of coming that work"


@dataclass(frozen=True)
class Why:
    """A reason before its dated rows are looked up: `indicators` name the readings that it rests on."""

    rule: str
    text: str
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """An option before its dated rows are looked up."""

    level: Level
    first_step: str
    with_medication: bool
    why: tuple[Why, ...]
    next_level: Level | None = None


def drafts(who: Situation) -> tuple[Draft, ...]:
    """The options, the first first; at least two. Detox only with medication and a next rung; never an end of care."""
    if who.level is Level.DETOX:
        return _after_detox(who)
    if who.returned:
        return (*_after_return(who), *_detox(who))
    if who.not_coming or who.hardly_medicated or who.band in WORSE:
        return _worsening(who)
    if who.stable:
        return _stable(who)
    return _steady(who)


def up(level: Level) -> Level:
    """One rung up; residential care has none above."""
    return LADDER[min(LADDER.index(level) + 1, len(LADDER) - 1)]


def down(level: Level) -> Level:
    """One rung down; aftercare has none below, because care does not end here."""
    return LADDER[max(LADDER.index(level) - 1, 0)]


# --- reasons --------------------------------------------------------------------------------------------------------


def return_reasons(who: Situation) -> tuple[Why, ...]:
    """What says that the client has returned to use."""
    found = []
    rule = "return_regular" if who.returned_regularly else "return_slip"
    if who.use >= 1:
        text = "Regular opioid use was reported" if who.use >= 2 else "A slip was reported"
        found.append(Why(rule, text, ("reported_use",)))
    if who.use_sign >= 1:
        text = "Signs of a relapse were seen" if who.use_sign >= 2 else "Signs of a lapse were seen"
        found.append(Why(rule, text, ("stage_tags",)))
    if who.overdosed:
        found.append(Why(rule, "An overdose was told of", ("overdose",)))
    if who.found_lately:
        many = int(who.found)
        text = (
            f"An unexpected opioid in {many} of the last 3 due screens"
            if many
            else "An unexpected opioid in urine"
        )
        found.append(Why(rule, text, ("unexpected_opioids",)))
    return tuple(found)


def medication_step(who: Situation) -> tuple[str, Why]:
    """How the option begins: with starting, resuming or adjusting medication; and why."""
    if not who.prescribed:
        why = Why("start_medication", "No maintenance medication is prescribed")
        return "Offer to start maintenance medication now (the prescriber and the client choose which)", why
    if who.medicated_well:
        text = f"Medication covers {percent(who.medication)} of the days, and still there was use"
        step = "Ask the prescriber to adjust the medication: the dose, the form, or another one"
        return step, Why("adjust_medication", text, ("medication_coverage",))
    said = f"covers only {percent(who.medication)} of the days" if who.medication >= 0 else "may not be taken"
    why = Why("resume_medication", f"The prescribed medication {said}", ("medication_coverage",))
    return "Take the medication up again: find out what got in the way and call the prescriber today", why


def _co_occurring(who: Situation) -> tuple[Why, ...]:
    if not who.co_occurring:
        return ()
    names = listed([entry(CO_OCCURRING, id_).label for id_ in unmask(CO_OCCURRING, who.co_occurring)])
    return (Why("co_occurring", f"Co-occurring, to be treated at the same time: {names}"),)


def _not_coming(who: Situation) -> tuple[Why, ...]:
    if not who.not_coming:
        return ()
    if who.no_shows >= 2:
        return (Why("no_shows", f"{int(who.no_shows)} no-shows in a row", ("consecutive_no_shows",)),)
    return (Why("no_shows", f"{percent(who.attendance)} of sessions kept in 28 days", ("attendance_rate",)),)


_RISK: Final = ("active_signs", "stage_tags", "missed_screens")


def _signs(who: Situation) -> tuple[Why, ...]:
    if who.band not in WORSE:
        return ()
    return (Why("many_signs", f"Risk is {who.band.value}, without a known return to use", _RISK),)


# --- options --------------------------------------------------------------------------------------------------------


def _after_return(who: Situation) -> tuple[Draft, ...]:
    step, about_medication = medication_step(who)
    why = (*return_reasons(who), about_medication, *_not_coming(who), *_co_occurring(who))
    here = Draft(who.level, step, True, why)
    if who.level is Level.RESIDENTIAL:
        return here, _should_they_leave(step, why)
    higher = Draft(up(who.level), step, True, why)
    if who.returned_regularly:
        two_up = up(up(who.level))
        further = (Draft(two_up, step, True, why),) if two_up is not higher.level else ()
        return higher, here, *further
    return (higher, here) if who.level is Level.AFTERCARE else (here, higher)


def _should_they_leave(step: str, why: tuple[Why, ...]) -> Draft:
    leaving = Why(
        "leaving", "Should the client not stay: leaving without medication raises the risk of overdose"
    )
    return Draft(Level.INTENSIVE_OUTPATIENT, step, True, (leaving, *why))


def _detox(who: Situation) -> tuple[Draft, ...]:
    if not (who.use >= 2 and who.withdrawal > 0) or who.agonist or who.pregnant:
        return ()
    why = Why("detox", "Regular use and withdrawal are on record", ("reported_use", "withdrawal"))
    step = "Medically supervised withdrawal, inpatient or outpatient, that leads onto maintenance medication"
    if not who.pregnancy_asked:
        step = f"Ask about pregnancy first. {step}"
    return (Draft(Level.DETOX, step, True, (why,), AFTER_DETOX),)


def _after_detox(who: Situation) -> tuple[Draft, ...]:
    step, about_medication = medication_step(who)
    if who.prescribed and who.medicated_well:
        step, about_medication = (
            "Keep the medication going without a gap",
            Why("in_detox", "Medication is on its way", ("medication_coverage",)),
        )
    begins = Why(
        "in_detox", "Detox is a beginning: without medication and a next rung the risk of overdose is high"
    )
    why = (begins, about_medication, *return_reasons(who), *_co_occurring(who))
    return Draft(Level.RESIDENTIAL, step, True, why), Draft(Level.INTENSIVE_OUTPATIENT, step, True, why)


def _worsening(who: Situation) -> tuple[Draft, ...]:
    medication = who.hardly_medicated
    step, about_medication = medication_step(who) if medication else (TIMES, None)
    if not medication and not who.not_coming:
        step = "Go through the warning signs together and plan more contact this week"
    why = (
        *_signs(who),
        *_not_coming(who),
        *((about_medication,) if about_medication else ()),
        *_co_occurring(who),
    )
    goes_on = medication or who.prescribed
    here = Draft(who.level, step, goes_on, why)
    if who.level is Level.RESIDENTIAL:
        return here, _should_they_leave(medication_step(who)[0], why)
    higher = Draft(up(who.level), step, goes_on, why)
    urgent = who.band is Band.HIGH and (who.not_coming or medication)
    return (higher, here) if urgent else (here, higher)


def _stable(who: Situation) -> tuple[Draft, ...]:
    readings = (
        "reported_use",
        "attendance_rate",
        "craving",
        *(("medication_coverage",) if who.prescribed else ()),
    )
    why = (Why("stable", "For 90 days no use known, attendance and medication good, risk low", readings),)
    goes_on = "Medication goes on as it is; " if who.prescribed else ""
    same = Draft(
        who.level, sentence(f"{goes_on}stay with what works"), who.prescribed, (*why, *_co_occurring(who))
    )
    if who.level is Level.AFTERCARE:
        more = Draft(Level.OUTPATIENT, "More contact, if the client wants it", who.prescribed, why)
        return same, more
    lower = Draft(down(who.level), sentence(f"{goes_on}plan the change together"), who.prescribed, why)
    return lower, same


def _steady(who: Situation) -> tuple[Draft, ...]:
    if who.band is Band.UNKNOWN:
        unheard = listed([words for bit, words in enumerate(DOMAIN_WORDS) if who.unheard >> bit & 1])
        why: tuple[Why, ...] = (
            Why("unknown", f"Too little was heard lately to know the risk: {unheard}", ("sign_coverage",)),
        )
        step = f"First find out what is not known: {unheard}"
    else:
        label = "low" if who.band is Band.LOW else "worth watching"
        why = (
            Why("steady", f"Risk is {label}; no return to use is known", ("active_signs", "attendance_rate")),
        )
        step = "Stay with the plan and work on the signs that show"
    why = (*why, *_co_occurring(who))
    here = Draft(who.level, step, who.prescribed, why)
    if who.level is Level.RESIDENTIAL:
        return here, _should_they_leave(medication_step(who)[0] if not who.prescribed else _KEEP, why)
    return here, Draft(up(who.level), "More support, if the client wants it", who.prescribed, why)


_KEEP: Final = "Keep the medication going without a gap"
