"""The head of the day: its sessions, each a click from its roll call, and the urine screens that wait for a result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from casework import wording
from casework.caseload.worklist import ScreenDue, SessionToday, Worklist
from pages.shared.widgets import client_list, table
from pages.shared.widgets.client_list import Button, Menu, MenuItem, Section

SESSIONS: Final = "sessions"
SCREENS: Final = "screens-due"
ROLL_CALL, RECORD = "roll_call", "record"
SHOWN: Final = 2
"""So many sessions have a button of their own. The others open from one more button."""


def show(mine: Worklist) -> None:
    """A button for each session that the user leads today, and one for the screens."""
    client_list.show(
        SESSIONS,
        [
            Section(
                tone="bar",
                meaning="Roll call" if mine.sessions else "You lead no session today.",
                acts=(*_sessions(mine.sessions), *_screens(mine.screens_due, mine.today)),
            )
        ],
        key="today-day",
        label="The day",
        on={
            ROLL_CALL: lambda event: table.pick(SESSIONS, event.about, "open"),
            RECORD: lambda event: table.pick(SCREENS, event.about, RECORD),
        },
    )


def _sessions(led: Sequence[SessionToday]) -> list[Button]:
    first, others = _in_line(led)
    only = "wide" if len(led) > 1 else ""
    acts = [
        Button(
            _words(one),
            ROLL_CALL,
            about=one.series_id,
            says=f"Roll call, {_words(one)}",
            looks=True,
            only=only,
        )
        for one in first
    ]
    if others:
        acts.append(Button(f"{len(others)} more", menu=(_menu(others),), looks=True, only=only))
    if only:
        acts.append(Button(wording.count(len(led), "session"), menu=(_menu(led),), looks=True, only="narrow"))
    return acts


def _menu(led: Sequence[SessionToday]) -> Menu:
    return Menu(tuple(MenuItem(_words(one), ROLL_CALL, about=one.series_id) for one in led), "Roll call")


def _in_line(sessions: Sequence[SessionToday]) -> tuple[list[SessionToday], list[SessionToday]]:
    """Those that stand in the line, and those behind "3 more": first what is still to take. Each group is in order of
    time, and a single one never hides alone."""
    if len(sessions) <= SHOWN + 1:
        return list(sessions), []
    first = sorted(sessions, key=lambda one: one.roll_call_taken)[:SHOWN]
    return [one for one in sessions if one in first], [one for one in sessions if one not in first]


def _words(one: SessionToday) -> str:
    label = f"{wording.clock(one.starts_at)} {one.title}"
    return f"{label} (taken)" if one.roll_call_taken else label


def _screens(due: Sequence[ScreenDue], today: dt.date) -> list[Button]:
    """One button for all screens that wait for their result; none when none does."""
    if not due:
        return []
    choices = tuple(
        MenuItem(f"{one.name}, {wording.ago(one.due_on, today)}", RECORD, about=one.id) for one in due
    )
    label = f"{wording.count(len(due), 'screen')} due"
    return [
        Button(
            label,
            menu=(Menu(choices, "Record the result of a urine screen"),),
            says=f"Urine screens, {label}",
        )
    ]
