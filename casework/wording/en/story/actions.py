"""Actions as buttons say them: what is asked for, of whom it is asked, and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from casework.frames import to_date
from casework.standing import Action
from casework.vocabulary import SUBSTANCES, WARNING_SIGNS, AbsenceCause, ActionKind, chosen
from casework.wording.en.dates import by_when, day_of_month, month_of, short_date
from casework.wording.en.numbers import counted
from casework.wording.en.sentences import listed
from casework.wording.en.story.said import medicine
from casework.wording.en.terms import label, within

Values = dict[str, Any]


def action(one: Action, today: dt.date) -> str:
    """What to do, in one line."""
    say = _SAY.get(one.kind)
    return label(one.kind) if say is None else say(dict(one.values), today)


def due(day: dt.date, today: dt.date) -> str:
    """ "today", "by tomorrow", "by Friday", "overdue since Mar 10"."""
    return f"overdue since {short_date(day, today)}" if day < today else by_when(day, today)


def _reach_today(values: Values, today: dt.date) -> str:
    if values.get("why") == "self_harm":
        by_phone = "" if values.get("safe", True) else ", in the way that was agreed (not safe to call),"
        return f"Reach the client today{by_phone} and follow the safety protocol"
    if not values.get("safe", True):
        return "Reach the client today, in the way that was agreed: not safe to call"
    return "Reach the client today: phone, family or going there, as the clinic does"


def _look_again(values: Values, today: dt.date) -> str:
    after = "after the overdose" if values.get("why") == "overdose" else "and ask about thoughts of suicide"
    return f"Look again {after}"


_THEN: Final = {
    ActionKind.PRESCRIBER_BEFORE_DOSE: "prescriber before the next dose, then what got in the way",
    ActionKind.OFFER_MEDICATION: "offer to start medication the same day",
    ActionKind.CHECK_FOR_OPIOIDS: "the prescriber checks for opioids first",
}


def _call_today(values: Values, today: dt.date) -> str:
    then = _THEN.get(values.get("then"))  # type: ignore[arg-type]
    if then is not None:
        return f"Call today: {then}"
    return f"Call today: {_missed(values, today)}"


def _missed(values: Values, today: dt.date) -> str:
    day = values.get("day")
    on = "" if day is None else day_of_month(to_date(day), today)
    if values.get("why") == "appointment":
        return f"the appointment of {on} was missed"
    if values.get("why") == "missed_screen":
        return f"the urine screen of {on} was not taken"
    if values.get("why") == "missed_weeks":
        return "nobody saw the client this week"
    if values.get("why") == "no_show":
        return (
            f"{counted(values['count'], 'session')} missed in a row"
            if values["count"] > 1
            else f"the session of {on} was missed"
        )
    return f"not seen since {on}" if on else "not heard from yet"


def _call(values: Values, today: dt.date) -> str:
    why = values.get("why")
    if why == "released":
        return f"Next contact: how the first days {_AFTER[AbsenceCause(values['cause'])]} go"
    if why == "signs":
        return f"Call: talk about {_signs(values['present'])}"
    if why in ("no_show", "appointment", "unseen", "missed_screen", "missed_weeks"):
        return f"Call: {_missed(values, today)}"
    if why in ("missed_doses", "doses_told"):
        return f"Call: what got in the way of {medicine(values.get('medication'))}"
    return {
        "medication_absent": "Call: ask about the doses, and tell the prescriber",
        "craving": "Call: what brings the craving on",
        "drift": "Call: what has changed in the last weeks",
        "likely": "Call: ask how things are",
        "slipping": "Call: how the last days went, and what helps now",
    }.get(str(why), label(ActionKind.CALL))


def _signs(present: int) -> str:
    """Two of the signs, by their names as the check-in has them."""
    named = [f"“{within(sign)}”" for sign in chosen(WARNING_SIGNS, present)]
    return " and ".join(named[:2])


_AFTER: Final[dict[AbsenceCause, str]] = {
    AbsenceCause.CUSTODY: "outside",
    AbsenceCause.HOSPITAL: "at home",
    AbsenceCause.DETOX: "after detox",
}


def _another_way(values: Values, today: dt.date) -> str:
    if values.get("way") == "not_safe":
        return "Not by phone: at the next visit, or in the way that was agreed"
    tried = counted(values["tries"], "call")
    return f"{tried.capitalize()} reached nobody: dosing window, letter, or emergency contact where permitted"


def _plan_review(values: Values, today: dt.date) -> str:
    if values.get("why") == "back":
        return f"Plan review: what got in the way of {medicine(values.get('medication'))}"
    return "Plan review: what happened, and what helps next time"


def _case_review(values: Values, today: dt.date) -> str:
    reviewed = values.get("reviewed")
    last = "" if reviewed is None else f" (last on {short_date(to_date(reviewed), today)})"
    first = "an offer of medication, " if values.get("no_medication") else ""
    return f"Case review with prescriber and supervisor: {first}a plan and a date{last}"


_DOSE: Final = {
    "pregnant_withdrawal": "Prescriber looks at the dose: in pregnancy more, or split, is often needed",
    "pregnant_use": "Prescriber looks at the dose: use while pregnant",
    "use": "Prescriber looks at the dose: use while {} is prescribed",
    "use_taken": "Prescriber looks at the dose: {} is taken, and there is use",
    "use_covered": "Prescriber looks at the dose: covered by {}, and there is use",
    "early": "Prescriber checks whether the dose of {} is enough yet",
    "overdose": "Prescriber looks at the dose after the overdose",
    "withdrawal": "Prescriber looks at the dose: withdrawal although {} is prescribed",
}


def _prescriber_dose(values: Values, today: dt.date) -> str:
    text = _DOSE.get(str(values.get("why")), label(ActionKind.PRESCRIBER_DOSE))
    return text.format(medicine(values.get("medication")))


_OFFER: Final = {
    "overdose": "Offer to start medication the same day",
    "use": "Prescriber: offer medication first",
    "early": "Prescriber: offer medication",
    "withdrawal": "Prescriber: offer medication against the withdrawal",
    "ended": "Prescriber: offer to start {} again",
    "released": "Prescriber: offer medication; what and how much, the prescriber decides",
}


def _offer(values: Values, today: dt.date) -> str:
    text = _OFFER.get(str(values.get("why")))
    if text is None:
        what = medicine(values.get("medication"))
        return f"Prescriber: start {what} again; what and how much, the prescriber decides"
    return text.format(medicine(values.get("medication")))


def _check_for_opioids(values: Values, today: dt.date) -> str:
    return "Prescriber checks for opioids first; naltrexone only after that"


def _medical_withdrawal(values: Values, today: dt.date) -> str:
    substances = listed([within(one) for one in chosen(SUBSTANCES, values["from"])])
    kept = values.get("medication")
    goes_on = "" if kept is None else f"; {medicine(kept)} is continued"
    return f"Medical care today for withdrawal from {substances}{goes_on}"


def _replace(values: Values, today: dt.date) -> str:
    return "Replace the naloxone kit that was used; one for the household, too"


def _check_kit(values: Values, today: dt.date) -> str:
    return f"Ask whether the naloxone kit of {month_of(to_date(values['kit']))} is still there, or record a new one"


def _tell_tolerance(values: Values, today: dt.date) -> str:
    return "Say: the amount used before can now cause an overdose; carry naloxone; don't use alone"


def _tell_supervisor(values: Values, today: dt.date) -> str:
    if values.get("why") == "tries":
        return f"Tell the supervisor: {counted(values['tries'], 'call')} reached nobody"
    return "Tell the supervisor by name: overdose"


def _check_in(values: Values, today: dt.date) -> str:
    if values.get("why") == "new":
        return "Check-in: how the first weeks go, and whether the dose holds"
    return "Check-in: ask about signs and use"


def _keep_on(values: Values, today: dt.date) -> str:
    if values.get("away"):
        return "Ask how long the absence lasts, and whether the medication is given"
    if values.get("rest") is not None:
        return f"Nothing before {short_date(to_date(values['rest']), today)}: keep to what was agreed"
    if values.get("present"):
        signs = _signs(values["present"])
        return f"{label(ActionKind.KEEP_ON)}; at the next contact talk about {signs}"
    if values.get("craving") is not None:
        return f"{label(ActionKind.KEEP_ON)}; at the next contact talk about the craving"
    return label(ActionKind.KEEP_ON)


_SAY: Final[dict[ActionKind, Callable[[Values, dt.date], str]]] = {
    ActionKind.REACH_TODAY: _reach_today,
    ActionKind.LOOK_AGAIN: _look_again,
    ActionKind.CALL_TODAY: _call_today,
    ActionKind.CALL: _call,
    ActionKind.ANOTHER_WAY: _another_way,
    ActionKind.PLAN_REVIEW: _plan_review,
    ActionKind.CASE_REVIEW: _case_review,
    ActionKind.PRESCRIBER_DOSE: _prescriber_dose,
    ActionKind.OFFER_MEDICATION: _offer,
    ActionKind.CHECK_FOR_OPIOIDS: _check_for_opioids,
    ActionKind.MEDICAL_WITHDRAWAL: _medical_withdrawal,
    ActionKind.REPLACE_NALOXONE: _replace,
    ActionKind.CHECK_NALOXONE: _check_kit,
    ActionKind.TELL_TOLERANCE: _tell_tolerance,
    ActionKind.TELL_SUPERVISOR: _tell_supervisor,
    ActionKind.CHECK_IN: _check_in,
    ActionKind.KEEP_ON: _keep_on,
}


def rest(why: str, until: dt.date, today: dt.date) -> str:
    """Why nobody calls now, and until when."""
    day = short_date(until, today)
    return {
        "appointment": f"reached, with an appointment: rests until {day}",
        "reached": f"reached: rests until {day}",
        "tried": f"tried: again {day}, at another hour",
    }.get(why, f"rests until {day}")


def tries(number: int) -> str:
    """ "three calls of the last five days reached nobody"; "" without any."""
    return f"{counted(number, 'call')} of the last five days reached nobody" if number else ""


def good_news(name: str, held: str) -> str:
    """The day's good news of a steady client."""
    return f"{name}: {held}"
