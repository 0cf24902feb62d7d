"""Today: my sessions of the day, and whom to see or call, in groups with a purpose: why, what is new, and what next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.call_budget import CallPlan, Ranked, plan
from casework.caseload.calls import calls_of_day
from casework.caseload.claims import Claim, claims
from casework.caseload.standing import good_news
from casework.caseload.worklist import Item, Worklist, worklist
from casework.users import User
from casework.vocabulary import Group
from pages.shared import as_of, clock
from pages.shared.database import clinic
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import dialogs, html_text, safety
from pages.shared.widgets.components import plain, told_apart
from pages.today import budget, picks, rows, screens, sessions, worklist_table
from pages.today.worklist_table import RowStyle

FULL_ROWS = 12
"""So many clients above the line stand in full rows; the others in a table, because every full row costs five widgets
and the page stays quick."""
ALL: Final = "Everybody"
POINTS: Final = "today_points"


def render() -> None:
    """The page."""
    user = require_user()
    today = clock.today()
    with reading(user) as session:
        mine = worklist(session, user, today)
        calls = calls_of_day(session, user, today, mine.items)
        claimed = claims(session, user, today)
    with st.container(gap="xsmall"):
        _head(mine)
        notices()
        picks.follow(mine)
        _lane(mine, plan(mine.items, calls), user, claimed)
        if not mine.items:
            _nobody()
            return
        group, counselor = _chosen(mine, user, calls.per_day)
        asked = bool(st.session_state.get(POINTS))
        caseload = [item for item in mine.items if counselor in (None, item.counselor_id)]
        top = max((point for item in mine.items for point in item.history if point == point), default=1.0)
        _calls(plan(caseload, calls), group, RowStyle(today, user.sees_team, asked, top, claimed))
    dialogs.show(user, today)


def _calls(day: CallPlan, group: Group | None, style: RowStyle) -> None:
    """The lane, the groups of those above the line, the line, and the rest. A group that was chosen hides the others;
    it moves nobody over the line."""
    within, below = (
        tuple(one for one in part if not one.item.story.lane and group in (None, one.item.story.group))
        for part in (day.within, day.below)
    )
    rows.heads()
    left = FULL_ROWS
    for group_, some in _groups(within):
        heading = wording.label(group_)
        more = sum(one.item.story.group is group_ for one in below)
        _heading(heading, wording.sentence_of(group_), len(some), len(some) + more)
        rows.show(some[:left], style)
        others = f"{wording.sentence(wording.counted(len(some[left:]), 'more client'))} above the line"
        worklist_table.show(some[left:], others, style, key=f"{worklist_table.MORE}-{heading}")
        left = max(0, left - len(some))
    budget.show_line(day)
    heading = f"Then {wording.counted(len(below), 'more client')}"
    worklist_table.show(below, heading, style)
    _good_news(day, style)
    st.toggle("Show points and bands", key=POINTS, persist_state="session")
    if not within and not below:
        st.info("Nobody is in this group.")


def _good_news(day: CallPlan, style: RowStyle) -> None:
    """How many stand steady, and one line a day that says what holds."""
    everybody = [one.item for one in (*day.within, *day.below)]
    steady = [item for item in everybody if item.story.group is Group.STEADY]
    told = good_news((item.story for item in steady), style.today)
    if not steady:
        return
    said = f"{wording.sentence(wording.counted(len(steady), 'client'))} steady, and nothing asks for a call."
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="good-news"):
        html_text.show(html_text.span(said))
        if told is not None:
            plain(
                f"{next(item.name for item in steady if item.client_id == told.client_id)}: {told.strength}."
            )


def _groups(within: Sequence[Ranked]) -> list[tuple[Group, list[Ranked]]]:
    """Those above the line by what they are listed for, in the order of the groups."""
    found = []
    for group in Group:
        some = [one for one in within if one.item.story.group is group and not one.item.story.lane]
        if some:
            found.append((group, some))
    return found


def _lane(mine: Worklist, day: CallPlan, user: User, claimed: Mapping[int, Claim]) -> None:
    """Who comes before all groups today, outside the day's calls, with the lines to call and what waits for a name."""
    lane = [one for one in (*day.within, *day.below) if one.item.story.lane]
    if not lane and not mine.safety:
        return
    names = {one.item.client_id: one.item.name for one in lane} | {
        one.client_id: one.name for one in mine.safety
    }
    asks_who = safety.asks_who_looks(user, mine.today)

    def acknowledge(item: Item) -> None:
        for alert in mine.safety:
            if alert.client_id == item.client_id:
                safety.acknowledge_button(alert, user, asks_who=asks_who)

    with st.container(border=True, key="safety", gap="xxsmall"):
        safety.head(
            f"Today, before all others: {wording.counted(len(names), 'client')}.", clinic().safety_protocol
        )
        style = RowStyle(mine.today, user.sees_team, points=False, top=1.0, claims=claimed)
        rows.show(lane, style, beneath=acknowledge)
        in_rows = {one.item.client_id for one in lane}
        others = [alert for alert in mine.safety if alert.client_id not in in_rows]
        safety.show_lines(others, mine.today, user, asks_who=asks_who)


def _heading(heading: str, meaning: str, above: int, in_all: int) -> None:
    """A group's name, how many of it stand above the line, and what it means."""
    count = str(above) if above == in_all else f"{above} of {in_all}"
    with st.container(key=f"group-{heading}"):
        html_text.show(
            f"{html_text.span(heading, strong=True)} {count} {html_text.span(meaning, muted=True)}"
        )


def _head(mine: Worklist) -> None:
    """The day and its sessions, in one line where there is room."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.subheader(wording.full_date(mine.today), anchor=False, width="content")
        sessions.show(mine)


def _nobody() -> None:
    as_of.nobody_yet(
        "Nobody is on your caseload yet.",
        "Admit a client, or ask your supervisor to assign one to you.",
        go=("Go to Clients", "clients"),
    )


def _chosen(mine: Worklist, user: User, calls_per_day: int) -> tuple[Group | None, int | None]:
    """The group and the counselor to show (None: all), in one line with the screens due and the number of calls."""
    counts = {group: sum(item.story.group is group for item in mine.items) for group in Group}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
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
        screens.show(mine.screens_due, mine.today)
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
