"""Which rules hold for a client, each in a sentence with the numbers that it read.

Whether a rule then speaks for an option or against it follows from the rule itself (`rules.Rule`): nothing here knows
which options there will be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from casework import wording
from casework.indicators.points import DOMAIN_WORDS
from casework.level_of_care.client_state import ClientState
from casework.level_of_care.in_words import of_100
from casework.level_of_care.stability import criteria, stable
from casework.vocabulary import CO_OCCURRING, Level, term, unmask
from casework.wording import counted, listed, percent

NAMED: Final = 2
"""So many missing criteria are named in a reason; the list of all stands beside the options."""


@dataclass(frozen=True)
class Why:
    """A reason before its dated rows are looked up: `indicators` name the readings that it rests on."""

    rule: str
    text: str
    indicators: tuple[str, ...] = ()


def worsening(who: ClientState) -> bool:
    """A score or the medication asks for more than goes on now."""
    return who.losing_contact or who.use_likely or who.many_signs or who.hardly_medicated


def reasons_for(who: ClientState) -> tuple[Why, ...]:
    """Every rule that holds, the weightiest first."""
    return (
        *_in_detox(who),
        *return_reasons(who),
        *_medication(who),
        *_scores(who),
        *_standing(who),
        *_co_occurring(who),
        *review_reasons(who),
        *_offers(who),
    )


def detox_fits(who: ClientState) -> bool:
    """Detox may be among the options (see the rule "detox")."""
    begins = who.use >= 2 and who.withdrawal > 0 and who.level is not Level.DETOX
    return begins and not (who.agonist or who.pregnant)


def return_reasons(who: ClientState) -> tuple[Why, ...]:
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


def medication_step(who: ClientState) -> tuple[str, Why]:
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


def review_reasons(who: ClientState) -> tuple[Why, ...]:
    """What has to be looked at today, before anything else."""
    found = []
    if who.safety_open:
        found.append(
            Why("safety", "A safety answer is open: follow the clinic's protocol first", ("safety",))
        )
    if who.pregnant:
        found.append(Why("pregnancy", "Medical review today: the client is pregnant"))
    if who.dangerous_withdrawal:
        text = "Medical review today: withdrawal from alcohol or benzodiazepines can kill"
        found.append(Why("withdrawal", text, ("withdrawal",)))
    return tuple(found)


def _in_detox(who: ClientState) -> tuple[Why, ...]:
    if who.level is not Level.DETOX:
        return ()
    text = "Detox is a beginning: without medication and a next rung the risk of overdose is high"
    return (Why("in_detox", text),)


def _medication(who: ClientState) -> tuple[Why, ...]:
    goes_well = who.prescribed and who.medicated_well
    asked_for = who.returned or who.hardly_medicated or (who.level is Level.DETOX and not goes_well)
    return (medication_step(who)[1],) if asked_for else ()


def _scores(who: ClientState) -> tuple[Why, ...]:
    contact = f"Chance of losing contact: {of_100(who.contact_chance)}"
    use = f"Chance of use in two of the next four weeks: {of_100(who.use_chance)}"
    found = []
    if who.losing_contact:
        found.append(Why("losing_contact", contact, ("missed_weeks", "days_unseen")))
    if who.use_likely:
        found.append(Why("use_likely", use, ("use_weeks", "missed_weeks")))
    if who.many_signs:
        text = f"Warning signs add {counted(who.signs, 'point')} (not yet validated)"
        found.append(Why("many_signs", text, ("active_signs", "stage_tags")))
    if who.in_touch:
        found.append(Why("in_touch", contact, ("days_unseen",)))
    if who.use_unlikely and not who.returned:
        found.append(Why("use_unlikely", use, ("clean_weeks",)))
    return tuple(found)


def _standing(who: ClientState) -> tuple[Why, ...]:
    """How a client stands with whom nothing got worse."""
    if who.returned or worsening(who) or who.level is Level.DETOX:
        return ()
    if stable(who):
        return (Why("stable", "Every criterion for a lower level holds, and each is known", _stable_on(who)),)
    missing = () if who.level is Level.AFTERCARE else (_not_stable(who),)
    if who.known:
        return (Why("steady", _steady(who), ("active_signs", "days_unseen")), *missing)
    text = f"Too little was heard lately: {unheard(who)}. The chance of use may be {of_100(who.use_chance)}"
    return (Why("unknown", text, ("sign_coverage",)), *missing)


def _steady(who: ClientState) -> str:
    """The chances that no rule has said yet belong here."""
    unsaid = (
        *((f"chance of use: {of_100(who.use_chance)}",) if not who.use_unlikely else ()),
        *((f"chance of losing contact: {of_100(who.contact_chance)}",) if not who.in_touch else ()),
    )
    numbers = f" ({'; '.join(unsaid)})" if unsaid else ""
    return f"No return to use is known, and no score calls for more{numbers}"


def unheard(who: ClientState) -> str:
    """The domains that were not heard from, in words."""
    return listed([words for bit, words in enumerate(DOMAIN_WORDS) if who.unheard >> bit & 1])


def _stable_on(who: ClientState) -> tuple[str, ...]:
    medication = ("medication_coverage",) if who.prescribed else ()
    return ("reported_use", "attendance_rate", "craving", *medication)


def _not_stable(who: ClientState) -> Why:
    missing = [f"{one.needs.lower()} (now: {one.is_now})" for one in criteria(who) if not one.met]
    more = [f"{len(missing) - NAMED} more"] if len(missing) > NAMED else []
    return Why("not_stable", f"A lower level still needs: {listed([*missing[:NAMED], *more])}")


def _co_occurring(who: ClientState) -> tuple[Why, ...]:
    if not who.co_occurring:
        return ()
    names = listed([wording.label(term(CO_OCCURRING, id_)) for id_ in unmask(CO_OCCURRING, who.co_occurring)])
    return (Why("co_occurring", f"Co-occurring, to be treated at the same time: {names}"),)


def _offers(who: ClientState) -> tuple[Why, ...]:
    """What speaks for options that are there whatever the scores say."""
    found = []
    if who.level is not Level.DETOX:
        text = "The present level is familiar; a higher one takes more of the client's time"
        found.append(Why("familiar", text))
        found.append(Why("less_contact", "A lower level means less contact: agree on when to step up again"))
    calm = not (who.returned or worsening(who))
    if who.level is Level.RESIDENTIAL and not stable(who):
        text = "Should the client not stay: leaving without medication raises the risk of overdose"
        found.append(Why("leaving", text))
    if calm and who.level not in (Level.RESIDENTIAL, Level.DETOX):
        found.append(Why("wish", "More support is there whenever the client wants it"))
    if detox_fits(who):
        why = Why("detox", "Regular use and withdrawal are on record", ("reported_use", "withdrawal"))
        alone = "Detox on its own raises the risk of overdose: medication and the next rung belong to it"
        found += [why, Why("detox_alone", alone)]
    return tuple(found)
