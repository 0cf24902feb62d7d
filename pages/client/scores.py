"""The four scores of a client: the chance that each stands for, in plain words, and what speaks for and against it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.client_record import ClientRecord
from casework.caseload.scores import Accounts, Row, ScoreAccount
from casework.indicators import Chance
from casework.indicators.assessment import CHANGE_WEEKS
from casework.indicators.points import ENGAGEMENT_SHARE
from casework.vocabulary import Band, Score
from pages.shared.widgets import html_text

ADJUSTED: Final = "A supervisor has adjusted chances to this clinic (see the Report card)."
UNCHECKED: Final = "Read the chances with care: they were not checked for {}."
NOT_VALIDATED: Final = "Not yet validated: set by hand, and part of no chance."
TITLE: Final = "What the record says of the coming four weeks"
SHOWN_BAD, SHOWN_GOOD = 3, 2
"""So many findings of each side stand in sight; the others in the list of all rows."""


def show(record: ClientRecord) -> None:
    """What the scores say, in words; the points for who asks."""
    accounts, band, today = record.scores, record.item.band, record.today
    with st.container(gap="small", key="client-scores"):
        html_text.show(html_text.span(TITLE, strong=True))
        html_text.show(
            html_text.span(_whole(accounts, band)), html_text.span(_raised(accounts, band)), small=True
        )
        if accounts.unchecked:
            html_text.show(
                html_text.span(UNCHECKED.format(wording.listed(accounts.unchecked)), muted=True),
                small=True,
            )
        if accounts.adjusted:
            html_text.show(html_text.span(ADJUSTED, muted=True), small=True)
        for account in accounts.scores:
            html_text.show(*_in_short(account, band, today), small=True)
        html_text.show(
            html_text.span("Points, and where they come from", strong=True),
            html_text.span(_total(record)),
            html_text.span(_sum(accounts)),
            small=True,
        )
        for account in accounts.scores:
            html_text.show(*_in_full(account, today), small=True)


def _whole(accounts: Accounts, band: Band) -> str:
    """What the scores together say of the coming weeks."""
    if accounts.weeks_on:
        return (
            f"{accounts.weeks_on} weeks in a row with use or not coming already: look at the plan together."
        )
    first = (
        "Too little was asked to say more than a range."
        if band is Band.UNKNOWN
        else wording.coming_weeks(accounts.share)
    )
    return f"{first} Of people with such a record, {likely(accounts.chance, band)} {wording.RELAPSE_MEANING}."


def _total(record: ClientRecord) -> str:
    """ "Elevated, 131 points, up 12 points in 4 weeks; 100% of signs asked."."""
    item = record.item
    said = wording.label(item.band)
    if item.band is Band.UNKNOWN:
        said += f": heard from {wording.percent(item.coverage)} of areas"
    else:
        change = (
            "" if math.isnan(item.change) else f", {wording.change(item.change, f'{CHANGE_WEEKS} weeks')}"
        )
        said += f", {wording.count(item.points, 'point')}{change}"
    return f"{said}; {wording.percent(item.sign_coverage)} of signs asked."


def likely(chance: Chance, band: Band) -> str:
    """ "about 3 in 10 (2 to 5 in 10)"; of somebody unknown the range alone; and that it is this clinic's, if it is."""
    said = wording.chance(chance.low, chance.likely, chance.high)
    if band is Band.UNKNOWN:
        said = wording.between(chance.low, chance.high)
        said = f"anything from {said}" if " to " in said else said
    return f"{said}, adjusted to this clinic," if chance.adjusted else said


def _raised(accounts: Accounts, band: Band) -> str:
    """What the signs do to the band, where they do something: the chances know nothing of them."""
    if band in (Band.UNKNOWN, accounts.checked):
        return ""
    checked, raised = wording.within(accounts.checked), wording.within(band)
    return f"The warning signs, which no chance counts, raise the band from {checked} to {raised}."


def _in_short(account: ScoreAccount, band: Band, today: dt.date) -> list[str]:
    return [
        f"{_title(account)} {html_text.span(meaning(account, band))}",
        *_side("for", account.bad[:SHOWN_BAD], today, points=False),
        *(_against(account, SHOWN_GOOD, today, points=False) if account.score is not Score.SIGNS else ()),
    ]


def _title(account: ScoreAccount) -> str:
    return html_text.span(wording.label(account.score), strong=True)


def meaning(account: ScoreAccount, band: Band) -> str:
    """What a score says in one sentence: its chance, that it has come already, or that it is not validated."""
    if account.weeks_on:
        return f"{account.weeks_on} weeks in a row without coming already: contact has to be found again."
    if account.known:
        return account.known
    if account.chance is not None:
        return f"{wording.sentence(likely(account.chance, band))} {wording.score_meaning(account.score)}."
    if not account.bad:
        return f"None on record lately. {NOT_VALIDATED}"
    return f"{wording.count(account.points, 'point')}. {NOT_VALIDATED}"


def _against(account: ScoreAccount, most: int | None, today: dt.date, *, points: bool = True) -> list[str]:
    """What speaks for the client. That nothing does is said: a score starts high, and good facts bring it down."""
    if not account.good:
        return [html_text.entry("against", None, html_text.span("nothing on record lately", muted=True))]
    return _side("against", account.good[:most], today, points=points)


def _side(side: str, rows: Sequence[Row], today: dt.date, *, points: bool = True) -> list[str]:
    """Rows of one side; the side is said once."""
    return [
        html_text.entry("" if place else side, row.points if points else None, _found(row, today))
        for place, row in enumerate(rows)
    ]


def _found(row: Row, today: dt.date) -> str:
    """What was found, with its day; a length of time says itself up to when it is."""
    return html_text.dated(row.text, row.on, today, names_day=row.names_day)


def _sum(accounts: Accounts) -> str:
    of = {account.score: account.points for account in accounts.scores}
    return (
        f"{wording.count(accounts.total, 'point')}: {of[Score.EARLY]} of the early warning, {of[Score.SIGNS]} for "
        f"warning signs, and {wording.part(ENGAGEMENT_SHARE)} of the {of[Score.ENGAGEMENT]} for contact, because "
        "missed weeks already count in the first, as use does."
    )


def _in_full(account: ScoreAccount, today: dt.date) -> list[str]:
    """Every row. Of the signs each weight has its reason; the others are fitted."""
    total = html_text.span(f"{wording.count(account.points, 'point')}, the sum of these rows.")
    lines = [f"{_title(account)} {total}"]
    if account.score is Score.SIGNS:
        for row in account.bad:
            lines += [
                *_side("for", [row], today),
                html_text.entry("", None, html_text.span(row.basis, muted=True)),
            ]
        return lines
    return [
        *lines,
        *_side("for", account.bad, today),
        *_against(account, None, today),
        *(
            html_text.entry("" if place else "start", row.points, html_text.span(row.text))
            for place, row in enumerate(account.start)
        ),
    ]
