"""The week as a calendar: days as columns, hours as rows, and each session a button."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from casework import wording
from casework.caseload.sessions import SessionOn
from pages.shared.widgets import component, table
from pages.shared.widgets.component import Event

LIST: Final = "schedule"
KEY: Final = "schedule-week-grid"
OPEN: Final = "open"
_WORKING_DAYS: Final = 5


def show(
    sessions: Sequence[SessionOn],
    monday: dt.date,
    today: dt.date,
    *,
    closed: Mapping[dt.date, str | None],
    series: Collection[int],
    leaders: bool,
) -> None:
    """Draw the week from `monday` on. `closed`: the days on which the clinic is closed, and why; `series`: those that
    can be opened; `leaders`: whether it is said who leads a session. A click is a pick of the list."""
    component.show(
        "week",
        grid(sessions, monday, today, closed=closed, series=series, leaders=leaders),
        key=KEY,
        kinds=(OPEN,),
        on_act=_picked,
    )


def identifier(one: SessionOn) -> tuple[int, dt.date]:
    """Which session it is: of which series, on which day."""
    return one.series_id, one.held_on


def takes_roll_call(one: SessionOn, today: dt.date) -> bool:
    """Whether the user takes the roll call of the session, and it is time for it."""
    return one.mine and one.held_on <= today


def grid(
    sessions: Sequence[SessionOn],
    monday: dt.date,
    today: dt.date,
    *,
    closed: Mapping[dt.date, str | None],
    series: Collection[int],
    leaders: bool,
) -> dict[str, Any]:
    """What the component draws: the days, the hours from the first session of the week to the last, and the sessions.
    A weekend is there when something happens on it."""
    week = [monday + dt.timedelta(days=n) for n in range(7)]
    held = {one.held_on for one in sessions} | {today}
    days = [day for n, day in enumerate(week) if n < _WORKING_DAYS or held & set(week[n:])]
    hours = {one.starts_at.hour for one in sessions}
    return {
        "label": f"Sessions of the week from {wording.long_date(monday)}",
        "nothing": "No session on this day.",
        "days": [_day(day, today, closed) for day in days],
        "hours": [
            {"hour": hour, "label": wording.clock(dt.time(hour)).replace(":00", "")}
            for hour in range(min(hours), max(hours) + 1)
        ],
        "sessions": [_session(one, today, series, leaders) for one in sessions],
    }


def _day(day: dt.date, today: dt.date, closed: Mapping[dt.date, str | None]) -> dict[str, Any]:
    name, reason = wording.WEEKDAYS[day.weekday()], closed.get(day)
    return {
        "key": day.isoformat(),
        "name": name,
        "short": name[:3],
        "date": wording.short_date(day, today),
        "today": day == today,
        "closed": "" if day not in closed else f"Closed: {reason}" if reason else "Closed",
    }


def _session(one: SessionOn, today: dt.date, series: Collection[int], leaders: bool) -> dict[str, Any]:
    note = [f"{one.minutes} min"]
    if not one.only:
        note.append(f"{one.expected} expected")
    if leaders:
        note.append(one.leader)
    due = takes_roll_call(one, today)
    look = "taken" if one.taken else "due" if due else "ahead"
    opens = "Open the roll call" if due else "Show the series" if one.series_id in series else ""
    return {
        "id": f"{one.series_id}@{one.held_on.isoformat()}",
        "day": one.held_on.isoformat(),
        "hour": one.starts_at.hour,
        "time": wording.clock(one.starts_at),
        "title": one.only or one.title,
        "note": ", ".join(note),
        "look": look,
        "state": {"taken": "✓ taken", "due": "to take", "ahead": ""}[look],
        "opens": opens,
    }


def _picked(event: Event) -> None:
    """A session was chosen. The page looks whether it is still in the week."""
    series_id, _, day = str(event.about).partition("@")
    try:
        table.pick(LIST, (int(series_id), dt.date.fromisoformat(day)), OPEN)
    except ValueError:
        return
