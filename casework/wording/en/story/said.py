"""What is said of a client, a line each: plain words, the day of the fact, and the day on which it was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from casework.frames import to_date
from casework.standing import Said
from casework.standing.course import SELF_HARM
from casework.vocabulary import (
    SAFETY_CONCERNS,
    SUBSTANCES,
    WARNING_SIGNS,
    AbsenceCause,
    Medication,
    Use,
    Withdrawal,
    chosen,
)
from casework.vocabulary.sessions import SessionKind
from casework.wording.en.dates import day_of_month, short_date, span
from casework.wording.en.numbers import count, counted
from casework.wording.en.sentences import listed, sentence
from casework.wording.en.terms import within

NAMED: Final = 2
"""So many signs are named; the others are counted."""


def said(one: Said, today: dt.date) -> str:
    """The line, as a sentence without a full stop."""
    return sentence(_WORDS[one.id](_On(one, today)))


class _On:
    """A thing that is said, with its days in words."""

    def __init__(self, one: Said, today: dt.date) -> None:
        self.values, self.number, self.today = one.values, one.day, today

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    @property
    def day(self) -> str:
        """ "March 8"."""
        return "" if self.number is None else self.date(self.number)

    def date(self, number: int) -> str:
        return day_of_month(to_date(number), self.today)

    @property
    def told(self) -> str:
        """ " (told Mar 10)", where that was another day."""
        told = self["told"]
        return (
            "" if told is None or told == self.number else f" (told {short_date(to_date(told), self.today)})"
        )

    @property
    def medication(self) -> str:
        """ "methadone", "naltrexone injection"."""
        medication = self["medication"]
        return "medication" if medication is None else within(Medication(medication))


def medicine(medication: Medication | str | None) -> str:
    """ "methadone", "the naltrexone injection"; "the medication" where nobody says which."""
    said = "medication" if medication is None else within(Medication(medication))
    return said if medication in _DAILY else f"the {said}"


_DAILY: Final = frozenset({Medication.METHADONE, Medication.BUPRENORPHINE})


def _overdose(one: _On) -> str:
    by = ", told by family or others" if one["by_others"] else ", told"
    on = "" if one["told"] == one.number and not one["by_others"] else f"{by} on {one.date(one['told'])}"
    return f"overdose {one.day}{on}{_state(one)}"


def _self_harm(one: _On) -> str:
    concerns = listed([within(concern) for concern in chosen(SAFETY_CONCERNS, one["concerns"] & SELF_HARM)])
    return f"{concerns or 'safety question answered yes'}, told {one.day}{_state(one)}"


def _state(one: _On) -> str:
    """What has been done about it."""
    reached = "reached" if one["reached"] else "not reached"
    if one["open"]:
        return f"; not acknowledged, {reached} yet" if not one["reached"] else "; not acknowledged yet"
    if not one["reached"]:
        return f"; acknowledged, {reached}"
    if one["again"] is None:
        return ""
    return f"; acknowledged, look again by {short_date(to_date(one['again']), one.today)}"


def _withdrawal(one: _On) -> str:
    return f"withdrawal, {_strength(one)}, {one.day}"


def _strength(one: _On) -> str:
    return within(tuple(Withdrawal)[one["strength"]])


def _dangerous_withdrawal(one: _On) -> str:
    substances = [within(substance) for substance in chosen(SUBSTANCES, one["from"])]
    return f"withdrawal from {listed(substances)}, {_strength(one)}, {one.day}"


def _withdrawal_in_pregnancy(one: _On) -> str:
    return f"{_withdrawal(one)}, while pregnant"


def _released(one: _On) -> str:
    away = _LEFT[AbsenceCause(one["cause"])].format(day=one.day, span=span(one["days"]))
    if one["without_since"] is not None:
        return f"{away}; no {one.medication} since {one.date(one['without_since'])}"
    if one["none"]:
        return f"{away}; no medication"
    return f"{away}; {_GIVEN[one['given']].format(medicine(one['medication']))}"


_LEFT: Final[dict[AbsenceCause, str]] = {
    AbsenceCause.DETOX: "out of detox since {day}, after {span}",
    AbsenceCause.CUSTODY: "released {day} after {span} in custody",
    AbsenceCause.HOSPITAL: "left the hospital {day} after {span}",
}
_GIVEN: Final = {
    -1: "not known whether {} was given there",
    0: "{} was not given there",
    1: "{} was given there",
}


def _without(one: _On) -> str:
    if one["covered"] and one["why"] == "missed":
        return f"{one.medication}: the cover ended {one.date(one['last'])}"
    if one["why"] in ("ended", "not_given"):
        return f"no {one.medication} since {one.day}"
    if one["why"] == "reported":
        return f"no {one.medication} taken since {one.day}, by the client's own word"
    last = "" if one["last"] is None else f", last dose {one.date(one['last'])}"
    return f"no {one.medication} for {span(one['days'])}{last}"


def _back(one: _On) -> str:
    if one["covered"]:
        return f"{one.medication} given after {span(one['days'])} without cover"
    return f"back after {span(one['days'])} without {one.medication}"


def _told(one: _On) -> str:
    by = "told by family or others" if one["by_others"] else "reported"
    if one["use"] < tuple(Use).index(Use.SLIP):
        return f"a sign of use seen, {one.day}"
    what = "regular use" if one["use"] == tuple(Use).index(Use.REGULAR) else "use"
    return f"{what} {by}, {one.day}{one.told}{_taken(one)}"


def _taken(one: _On) -> str:
    if one["taken"] is None:
        return ""
    return (
        f"; covered by {medicine(one['taken'])}"
        if one["covered"]
        else f"; {medicine(one['taken'])} taken every day"
    )


def _what_was_found(one: _On) -> str:
    return listed([within(substance) for substance in chosen(SUBSTANCES, one["found"])])


def _known(one: _On) -> str:
    return one.told.replace("told", "known")


def _found(one: _On) -> str:
    return f"{_what_was_found(one)} found in urine, {one.day}{_known(one)}{_taken(one)}"


def _early_find(one: _On) -> str:
    return f"{_what_was_found(one)} found, {one.day}: in the first weeks it need not be new use"


def _returned(one: _On) -> str:
    return f"use on {one.day}{_since(one['negatives'])}"


def _since(negatives: int) -> str:
    return f"; {counted(negatives, 'negative screen')} since" if negatives else ""


def _weeks(one: _On) -> str:
    return f"{count(one['weeks'], 'week')} of use or of not coming"


def _unseen(one: _On) -> str:
    return "not heard from yet" if one["days"] is None else f"not seen for {count(one['days'], 'day')}"


def _no_show(one: _On) -> str:
    if one["appointment"]:
        return f"appointment of {one.day} missed"
    if one["count"] > 1:
        return f"no-show {count(one['count'], 'time')} in a row, last {one.day}"
    return f"no-show {one.day} ({within(tuple(SessionKind)[one['kind']])})"


def _missed_screen(one: _On) -> str:
    return f"urine screen of {one.day} not taken"


def _missed_weeks(one: _On) -> str:
    return f"did not come for {count(one['weeks'], 'week')}"


def _medication_absent(one: _On) -> str:
    absent = listed([within(substance) for substance in chosen(SUBSTANCES, one["absent"])])
    return f"prescribed {absent} not found in urine, {one.day}{_known(one)}"


def _doses_told(one: _On) -> str:
    return f"{one.medication} taken on {one['taken']} of {count(one['of'], 'day')} (told {one.day})"


def _signs(one: _On) -> str:
    named = [within(sign) for sign in chosen(WARNING_SIGNS, one["present"])]
    more = len(named) - NAMED
    shown = "; ".join(named if more <= 0 else [*named[:NAMED], f"{more} more"])
    return f"{len(named)} of {one['asked'].bit_count()} warning signs, {one.day}: {shown}"


def _craving(one: _On) -> str:
    return f"craving {one['craving']} of 10, {one.day}"


def _drift(one: _On) -> str:
    return "more signs or craving than is usual for this client"


def _missed_doses(one: _On) -> str:
    if one["covered"]:
        return f"{one.medication} due since {one.day}"
    return f"no {one.medication} for {span(one['days'])}"


def _away_now(one: _On) -> str:
    not_given = "; medication is not given there" if one["given"] == 0 else ""
    return f"{_AWAY[AbsenceCause(one['cause'])]} since {one.day}{not_given}"


_AWAY: Final = dict(zip(AbsenceCause, ("in detox", "in custody", "in hospital", "travelling"), strict=True))


def _looks(one: _On) -> str:
    return f"look again by {listed([short_date(to_date(day), one.today) for day in one['days']])}"


def _pregnancy_review(one: _On) -> str:
    return f"medical review of the pregnancy {one.day}"


def _new(one: _On) -> str:
    days = "since today" if not one["days"] else f"for {count(one['days'], 'day')}"
    if one["medication"] is None:
        return f"in care {days}; no medication yet"
    return f"in care {days}; {one.medication} since {one.date(one['since'])}"


def _slipping(one: _On) -> str:
    return "a week with use or without coming"


def _plan(one: _On) -> str:
    return "weeks of use or of not coming, and not yet two good ones since"


def _likely(one: _On) -> str:
    return "nothing new; use or not coming is more likely than for most"


def _not_asked(one: _On) -> str:
    return "nobody has asked about signs or use for four weeks"


def _steady(one: _On) -> str:
    return "nothing asks for a call"


def _negatives(one: _On) -> str:
    number = counted(one["count"], "negative screen")
    return f"{number} since" if one["since"] else count(one["count"], "negative screen")


def _sessions(one: _On) -> str:
    return f"came to all {count(one['count'], 'session')} of four weeks"


_WORDS: Final[dict[str, Callable[[_On], str]]] = {
    "overdose": _overdose,
    "self_harm": _self_harm,
    "dangerous_withdrawal": _dangerous_withdrawal,
    "withdrawal_in_pregnancy": _withdrawal_in_pregnancy,
    "released": _released,
    "without": _without,
    "back": _back,
    "told": _told,
    "found": _found,
    "weeks": _weeks,
    "unseen": _unseen,
    "no_show": _no_show,
    "missed_screen": _missed_screen,
    "missed_weeks": _missed_weeks,
    "medication_absent": _medication_absent,
    "doses_told": _doses_told,
    "withdrawal": _withdrawal,
    "missed_doses": _missed_doses,
    "returned": _returned,
    "signs": _signs,
    "craving": _craving,
    "drift": _drift,
    "early_find": _early_find,
    "looks": _looks,
    "away_now": _away_now,
    "pregnancy_review": _pregnancy_review,
    "new": _new,
    "slipping": _slipping,
    "plan": _plan,
    "likely": _likely,
    "not_asked": _not_asked,
    "steady": _steady,
    "negatives": _negatives,
    "sessions": _sessions,
}


def strength(one: Said | None, today: dt.date) -> str:
    """What holds: "four negative screens since", "12 negative screens"; "" where nothing is known to."""
    return "" if one is None else _WORDS[one.id](_On(one, today))


def new_since(lines: list[str], call_on: dt.date | None, today: dt.date) -> str:
    """What is new since the last call that reached somebody; "" where nothing is, or nobody was called."""
    if not lines or call_on is None:
        return ""
    return f"new since the call of {short_date(call_on, today)}: {lines[0][:1].lower()}{lines[0][1:]}"
