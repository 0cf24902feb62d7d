"""The three scores of a client: the chance that each stands for, in plain words, and what speaks for and against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.scores import Account, Accounts, Row
from casework.frames import to_day
from casework.indicators import Chance
from casework.indicators.reasons import said_day
from casework.vocabulary import Band, Score
from pages.shared import words

TITLES: Final = {
    Score.USE: "Is use returning?",
    Score.ENGAGEMENT: "Will contact be lost?",
    Score.SIGNS: "Warning signs",
}
MEANING: Final = {
    Score.USE: "Use in at least two of the next four weeks",
    Score.ENGAGEMENT: "Not coming for four weeks in a row, within the next four",
}
WHOLE: Final = "Four weeks in a row with use or without coming, within the next four"
NOT_VALIDATED: Final = "not yet validated; part of no chance"
SHOWN_BAD, SHOWN_GOOD = 3, 2
"""So many findings of each side stand in sight; the others in the list of all rows."""


def show(accounts: Accounts, band: Band, today: dt.date) -> None:
    """The whole, then each score."""
    points = "" if band is Band.UNKNOWN else f", {wording.count(accounts.total, 'point')}"
    st.markdown(f"**Why: {band.value}{points}**")
    words.show(
        words.said(f"{WHOLE}: {_likely(accounts.chance, band)}."),
        words.said(_raised(accounts, band)),
        small=True,
    )
    for account in accounts.scores:
        words.show(*_in_short(account, band, today), small=True)
    with st.expander("All points, and where the scores start", type="compact"):
        words.show(words.said(_sum(accounts)), small=True)
        for account in accounts.scores:
            words.show(*_in_full(account, today), small=True)


def _likely(chance: Chance, band: Band) -> str:
    """ "about 3 in 10 (2 to 5 in 10)"; of somebody unknown the range alone."""
    if band is Band.UNKNOWN:
        return f"too little is known, anything from {wording.between(chance.low, chance.high)}"
    return wording.chance(chance.low, chance.likely, chance.high)


def _raised(accounts: Accounts, band: Band) -> str:
    """What the signs do to the band, where they do something: the chances know nothing of them."""
    if band in (Band.UNKNOWN, accounts.checked):
        return ""
    return f"The warning signs, which no chance counts, raise the band from {accounts.checked.value} to {band.value}."


def _in_short(account: Account, band: Band, today: dt.date) -> list[str]:
    return [
        f"{_title(account)} {words.said(_meaning(account, band))}",
        *_side("for", account.bad[:SHOWN_BAD], today),
        *_side("against", account.good[:SHOWN_GOOD], today),
    ]


def _title(account: Account) -> str:
    return words.said(TITLES[account.score], strong=True)


def _meaning(account: Account, band: Band) -> str:
    if account.chance is None:
        return f"{wording.count(account.points, 'point')}, {NOT_VALIDATED}."
    return f"{MEANING[account.score]}: {_likely(account.chance, band)}."


def _side(side: str, rows: Sequence[Row], today: dt.date) -> list[str]:
    """Rows of one side; the side is said once."""
    return [
        words.entry("" if place else side, row.points, _dated(row, today)) for place, row in enumerate(rows)
    ]


def _dated(row: Row, today: dt.date) -> str:
    """A finding that does not name its day gets it in front."""
    if row.on is None or said_day(to_day(row.on), to_day(today)) in row.text:
        return words.said(row.text)
    return f"{words.when(row.on, today)}: {words.said(row.text)}"


def _sum(accounts: Accounts) -> str:
    use, engagement, signs = (account.points for account in accounts.scores)
    return (
        f"{wording.count(accounts.total, 'point')}: {use} for use, {signs} for warning signs, and a fifth of the "
        f"{engagement} for contact, because missed weeks already count in the first."
    )


def _in_full(account: Account, today: dt.date) -> list[str]:
    total = words.said(f"{wording.count(account.points, 'point')}, the sum of these")
    lines = [f"{_title(account)}: {total}", *_side("for", account.bad, today)]
    lines += [*_side("against", account.good, today), *_side("start", account.start, today)]
    if account.score is Score.SIGNS:
        lines += [
            words.said(f"{row.text.partition(':')[0].partition('[')[0]}: {row.basis}", muted=True)
            for row in account.bad
        ]
    return lines
