"""Today: my sessions of the day, and whom to see or call, in groups with a purpose: why, what is new, and what next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.call_budget import plan
from casework.caseload.calls import calls_of_day
from casework.caseload.claims import claims
from casework.caseload.worklist import Worklist, worklist
from casework.users import User
from casework.vocabulary import Group
from pages.shared import as_of, clock
from pages.shared.database import clinic
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import client_list, dialogs, layout
from pages.shared.widgets.client_list import Section
from pages.shared.widgets.components import is_dark, told_apart
from pages.today import budget, day, lines, picks, sections
from pages.today.lines import LineStyle

ALL: Final = "Everybody"


def render() -> None:
    """The page."""
    user = require_user()
    today = clock.today()
    with reading(user) as session:
        mine = worklist(session, user, today)
        calls = calls_of_day(session, user, today, mine.items)
        claimed = claims(session, user, today)
    style = LineStyle(today, user.sees_team, is_dark(), claimed)
    with st.container(gap="xxsmall"):
        _head(mine)
        notices()
        picks.follow(mine)
        if not mine.items:
            _nobody()
            return
        show = partial(_show, mine)
        show(
            sections.lane(plan(mine.items, calls), mine.safety, clinic().safety_protocol, style), "today-lane"
        )
        group, counselor = _chosen(mine, user, calls.per_day)
        caseload = [item for item in mine.items if counselor in (None, item.counselor_id)]
        show(sections.groups(plan(caseload, calls), group, style), "today-list")
    dialogs.show(user, today)


def _show(mine: Worklist, drawn: Sequence[Section], key: str) -> None:
    """Draw sections of clients; nothing where there are none."""
    if drawn:
        client_list.show(
            lines.LIST,
            drawn,
            key=key,
            label="Clients",
            on=lines.handlers(mine.items, mine.safety),
            top=max((point for item in mine.items for point in item.history if point == point), default=1.0),
        )


def _head(mine: Worklist) -> None:
    """The day and its sessions, in one line where there is room."""
    layout.title(wording.full_date(mine.today))
    with layout.head():
        day.show(mine)


def _nobody() -> None:
    as_of.nobody_yet(
        "Nobody is on your caseload yet.",
        "Admit a client, or ask your supervisor to assign one to you.",
        go=("Go to Clients", "clients"),
    )


def _chosen(mine: Worklist, user: User, calls_per_day: int) -> tuple[Group | None, int | None]:
    """The group and the counselor to show (None: all), in one line with the number of calls."""
    counts = {group: sum(item.story.group is group for item in mine.items) for group in Group}
    with st.container(key="today-filter", horizontal=True, vertical_alignment="center", gap="small"):
        group = st.pills(
            "Show",
            [ALL, *(group.value for group in Group if counts[group])],
            default=ALL,
            required=True,
            format_func=lambda value: _group_label(value, mine, counts),
            key="today_group",
            label_visibility="collapsed",
            wrap=True,
        )
        counselor = _counselor(mine) if user.sees_team else None
        budget.show_control(calls_per_day)
    return (None if group in (ALL, None) else Group(group)), counselor


def _group_label(value: str, mine: Worklist, counts: dict[Group, int]) -> str:
    if value == ALL:
        return f"{ALL} {len(mine.items)}"
    return f"{wording.short_label(Group(value))} {counts[Group(value)]}"


def _counselor(mine: Worklist) -> int | None:
    """The id of the counselor whose caseload to show; None for the whole team."""
    names = told_apart({item.counselor_id: item.counselor for item in mine.items})
    return st.selectbox(
        "Caseload",
        sorted(names, key=lambda id_: (names[id_], id_)),
        index=None,
        format_func=names.__getitem__,
        placeholder="All caseloads",
        key="today_counselor",
        label_visibility="collapsed",
        width=220,
    )
