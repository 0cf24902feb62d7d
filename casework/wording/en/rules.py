"""The rows of the point tables in words: when they hold, where their points come from, what they say of a client."""

from __future__ import annotations

from typing import Final

from casework.frames import to_date
from casework.indicators.reasons import Reason
from casework.indicators.rules import Basis, Rule
from casework.indicators.tables import CANDIDATES, TABLE
from casework.wording.en.dates import weekday_date, weekday_dates
from casework.wording.en.numbers import count
from casework.wording.en.terms import label

_RULES: Final = {rule.id: rule for rule in (*CANDIDATES, *TABLE)}

_CONDITIONS: Final = {
    "start": "everybody starts here",
    "screened_to": "up to {step} weeks in care, and screened: 3 times, in the week after it fewer by the day",
    "weeks_to": "up to {step} weeks in care",
    "weeks_from": "{step} weeks in care or more",
    "methadone": "methadone is prescribed",
    "buprenorphine": "buprenorphine is prescribed",
    "found": "an unexpected opioid in urine {when}, each week",
    "used": "opioid use found in urine or reported {when}, each week",
    "confirmed": "opioid use reported, and found in urine in the same week, {when}, each week",
    "told": "opioid use reported, not found in urine {when}, each week",
    "missed": "did not come {when}, each week",
    "clean": "a negative screen {when}, each week",
    "clean_since": "{step} negative weeks or more since the last one with use",
    "regular": "regular opioid use reported in the last 14 days",
    "bad_weeks": "2, 3, 4 weeks in a row or more with use or not coming: once, twice, three times",
    "bad_row": "3 weeks in a row or more with use or not coming",
    "missed_row": "{step} missed weeks in a row or more",
    "missed_2_of_4": "2 of the last 4 weeks missed, or more",
    "unseen": "not seen for {step} days or more, each day to the third",
    "silent": "no sign of any kind for {step} days or more, each day to the third",
    "no_dose": "no known dose for {days} or more, each day to the third",
    "methadone_no_dose": "methadone is prescribed, and no dose is known for {days} or more, each day to the fifth",
    "buprenorphine_no_dose": (
        "buprenorphine is prescribed, and no dose is known for {step} days or more, each day to the third"
    ),
    "stopped": (
        "a negative screen in the latest week, and the medication has stopped: no known dose of methadone for 3 days "
        "or of buprenorphine for 9, or an injection that no longer covers, each day to the fourth"
    ),
    "lasting": "a lasting injection covers the day: 3 times, on the days after its cover one less each",
    "uncovered": "{step} days or more of the last 28 without a dose, each day to the third",
    "covered": (
        "a dose on every prescribed day of the last 28; also on the first 4 days after the cover of a lasting injection"
    ),
    "nearly_covered": (
        "a dose on every prescribed day of the last 28: 3 times; one day or two without: twice, once"
    ),
    "stimulants": "cocaine or an amphetamine in urine in the last 28 days",
    "no_screens": "no urine screen due or taken in 14 weeks",
    "overdose": "an overdose told of in the last 28 days",
    "physical": "a sign of the physical stage",
    "mental": "a sign of the mental stage",
    "emotional": "a sign of the emotional stage",
    "active_5": "5 active signs or more",
    "active_3": "3 or 4 active signs",
    "active_1": "1 or 2 active signs",
    "craving_strong": "craving of 7 or more",
    "craving_moderate": "craving of 4 to 6",
    "halt": "3 parts of HALT or more",
    "medication_absent": "prescribed medication absent from any of the last 3 due screens",
}
_BASES: Final = {
    Basis.TRIALS: "fitted on the CTN-0094 trials",
    Basis.SCREENS_ON_AVERAGE: (
        "what screens took off on average in the trials, so that none is neither good nor bad"
    ),
    Basis.TOTAL_OF_SIGNS: "of the signs only the total was shown to predict (Miller & Harris 2000)",
    Basis.STAGES: (
        "stages are tags; of a later one slightly more is expected (Miller & Harris 2000 found no order)"
    ),
    Basis.PHYSICAL_STAGE: (
        "it says that there was use; with the week of it in the early warning about as much as two such weeks"
    ),
    Basis.OVERDOSE: "the most dangerous return to use (Weiner et al. 2020)",
    Basis.CRAVING: "craving goes before use within days (Serre et al. 2015), less surely over weeks",
    Basis.MISSED_DOSES: "the trials did not report it reliably; missed doses weigh about as much",
}
_REASONS: Final = {
    "start": "Where every score starts",
    "screened_to": "In the first {step} weeks of care, or the week after",
    "weeks_to": "In the first month of care",
    "weeks_from": "More than three months in care",
    "methadone": "Methadone is prescribed",
    "buprenorphine": "Buprenorphine is prescribed",
    "found": "Unexpected opioid in urine[ {days}]",
    "used": "Opioid use found in urine or reported[ {days}]",
    "confirmed": "Opioid use reported, and found in urine too[ {days}]",
    "told": "Opioid use reported[ {days}]",
    "missed": "Did not come[ {days}]",
    "clean": "No unexpected opioid in urine[ {days}]",
    "clean_since": "{step} negative weeks or more since the last one with use",
    "regular": "Regular opioid use reported[ {days}]",
    "bad_weeks": "Two weeks in a row or more with use or not coming",
    "bad_row": "Three weeks in a row or more with use or not coming",
    "missed_row": "Missed weeks in a row",
    "missed_row_3": "Three missed weeks in a row or more",
    "missed_row_4": "Four missed weeks in a row or more",
    "missed_2_of_4": "Missed two of the last four weeks or more",
    "unseen": "Not seen for {span}",
    "silent": "No visit, call or dose for {step} days or more",
    "no_dose": "No dose for {missed}",
    "methadone_no_dose": "No methadone for {missed}",
    "buprenorphine_no_dose": "No buprenorphine for {missed}",
    "stopped": "The medication has stopped although the latest week was negative",
    "lasting": "A lasting injection covers today",
    "uncovered": "{step} days or more without a dose in four weeks",
    "covered": "A dose on every prescribed day of four weeks",
    "nearly_covered": "A dose on nearly every prescribed day of four weeks",
    "stimulants": "Stimulants in urine[ {days}]",
    "no_screens": "No urine screens on record: counted as the average",
    "overdose": "An overdose told of[ {days}]",
    "physical": "Signs of the physical stage: {names}[ ({day})]",
    "mental": "Signs of the mental stage: {names}[ ({day})]",
    "emotional": "Signs of the emotional stage: {names}[ ({day})]",
    "active": "{n} active signs{oldest}: {names}",
    "active_1": "Active{oldest}: {names}[ ({day})]",
    "craving_strong": "Craving {n} of 10[ {day}]",
    "craving_moderate": "Craving {n} of 10[ {day}]",
    "halt": "Self-care: {names}",
    "medication_absent": "Prescribed medication not found in urine[ {days}]",
}
"""By a row's name and step, or its name. A part in square brackets is left out when no dated row stands behind it."""


def condition(rule: Rule) -> str:
    """When a row holds, as in "not seen for 9 days or more"."""
    return _of(_CONDITIONS, rule).format(
        step=rule.step,
        days=count(rule.step or 0, "day"),
        when=_weeks(*rule.weeks) if rule.weeks else "",
    )


def _of(texts: dict[str, str], rule: Rule) -> str:
    return texts.get(f"{rule.name}_{rule.step}") or texts[rule.name]


def _weeks(first: int, last: int) -> str:
    """ "in the latest week", "the week before it", "2 to 3 weeks before it"."""
    if first == last:
        return ("in the latest week", "the week before it")[first]
    return f"{first} to {last} weeks before it"


def basis(of: Basis) -> str:
    """Where a row's points come from."""
    return _BASES[of] if of is Basis.TRIALS else f"by hand: {_BASES[of]}"


def why_by_hand(of: Basis) -> str:
    """Why points that were set by hand are what they are."""
    return _BASES[of]


def reason(why: Reason) -> str:
    """What a row says of a client, as in "Did not come Tue, Nov 17 and Thu, Nov 19"."""
    rule, today = _RULES[why.rule_id], to_date(why.today)
    days = [to_date(day) for day in why.days]
    value = why.value or 0.0
    head, bracket, tail = _of(_REASONS, rule).partition("[")
    text = head + (tail.rstrip("]") if bracket and days else "")
    return text.format(
        step=rule.step,
        days=weekday_dates(days, today) if "{days}" in text else "",
        day=weekday_date(days[-1], today) if days and "{day}" in text else "",
        oldest=f" (oldest answer {weekday_date(days[0], today)})"
        if len(days) > 1 and "{oldest}" in text
        else "",
        n=round(value),
        span=count(round(value), "day"),
        missed=count(max(0, round(value) - 1), "day"),  # up to yesterday: today's dose may still come
        names=", ".join(map(label, why.terms)),
    )
