"""The time machine: choosing a past day, saying on every page that one looks at it, and what stands where one types.

In a study the day is the one to play on, and entries are made on it. In a real or a demo clinic nothing is saved while
a past day is shown: `clock.now` refuses, and forms are left out, so that no field keeps a past day for later.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import streamlit as st

from casework import wording
from casework.users import User
from casework.vocabulary import ClinicKind
from pages.shared import clock, open_session
from pages.shared.database import clinic
from pages.shared.widgets import layout

LOCKED: Final = "Nothing can be saved while you look at a past day."
BANNER: Final = "looking-back"


def choose_day() -> None:
    """The sidebar's control. The day stands in the address too, so that a refresh and a link keep it: it is nobody's
    personal data."""
    here = clinic()
    study = here.kind is ClinicKind.STUDY
    empty = "" if st.session_state.get(clock.AS_OF) else ": today"
    st.date_input(
        "As of" if study else f"As known on{empty}",
        clock.first_day(here) if study else None,
        key=clock.AS_OF,
        format="YYYY-MM-DD",
        help="Nothing after this day is visible." if study else _HELP,
        on_change=open_session.forget,
        bind="query-params",
    )


_HELP: Final = (
    "Choose a past day to see every page as it was known then. Leave it empty for today. Names and record numbers are "
    "those of today; a phone number that was changed later is left out."
)


def banner() -> None:
    """Above every page: which past day is shown, that nothing can be saved, and the way back."""
    ahead, past = clock.ahead(), clock.past()
    if ahead is not None:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.info(f"{wording.full_date(ahead)} has not come yet. You see today.", width="stretch")
            _back_to_today()
    elif past is not None:
        with st.container(key=BANNER, horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                f":material/history: You are looking at **{_day(past)}**, as it was known then. "
                "Nothing can be saved.",
                width="stretch",
            )
            _back_to_today()


def _day(past: dt.date) -> str:
    """ "Tuesday, Nov 3", with the year where it is another one."""
    return f"{wording.WEEKDAYS[past.weekday()]}, {wording.short_date(past, clock.present_day())}"


def _back_to_today() -> None:
    st.button("Back to today", key="back_to_today", icon=":material/today:", on_click=_leave)


def _leave() -> None:
    st.session_state[clock.AS_OF] = None
    open_session.forget()


def with_present_rights(user: User) -> User:
    """The user as the pages read for: a past day is shown of those clients only whom they may see today."""
    if clock.past() is None:
        return user
    return User(user.id, user.name, user.role, user.team_id, rights_on=clock.present_day())


def locked() -> bool:
    """True while nothing can be saved: buttons that begin an entry are disabled then."""
    return clock.past() is not None


def instead_of_form() -> bool:
    """While nothing can be saved say so where a form would stand; True then, and the form is left out."""
    if not locked():
        return False
    st.info(LOCKED, icon=":material/history:")
    return True


def nobody_yet(said: str, do: str, *, go: tuple[str, str] | None = None) -> None:
    """Say why nobody is on the page, and what to do: on a chosen day nobody was known by then, else as
    `layout.empty`."""
    study = clinic().kind is ClinicKind.STUDY
    if not study and not locked():
        layout.empty(said, do, go=go)
        return
    label = "As of" if study else "As known on"
    layout.empty("Nobody was known by this day.", f"Choose a later one under “{label}”.")
