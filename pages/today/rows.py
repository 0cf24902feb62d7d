"""Clients in full rows: who, what stands out, what next, how to reach them, and two actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.call_budget import NextSession, Ranked
from casework.caseload.worklist import Item
from casework.indicators.assessment import CHANGE_WEEKS
from casework.vocabulary import Band, Permission
from pages.shared import as_of
from pages.shared.widgets import flags, html_text, story, table
from pages.shared.widgets.calls import call_menu, claim_line, show_phone
from pages.shared.widgets.components import escaped, is_dark, plain
from pages.today.worklist_table import CHECK_IN, LIST, OPEN, RowStyle

WIDTHS: Final = (188, 340, 270, 166, 86)
HEADS: Final = ("Who", "What stands out", "Next", "Contact", "")
SHOWN_BENEATH: Final = 2
"""So many lines stand beneath the headline; the client's page has all."""


def heads() -> None:
    """The heads of the columns, once above all groups."""
    with st.container(key="worklist-heads"):
        for column, head in zip(st.columns(WIDTHS, gap="small"), HEADS, strict=True):
            with column:
                html_text.show(html_text.span(head, muted=True), small=True)


def show(ranked: Sequence[Ranked], style: RowStyle, *, beneath: Callable[[Item], None] | None = None) -> None:
    """A row each; `beneath` draws what else is to be done, under a client's number."""
    with st.container(gap="xxsmall"):
        for one in ranked:
            with st.container(key=f"worklist-row-{one.item.client_id}"):
                _row(one, style, beneath)


def _row(one: Ranked, style: RowStyle, beneath: Callable[[Item], None] | None) -> None:
    item, told = one.item, one.item.story
    who, stands_out, next_, contact, actions = st.columns(WIDTHS, gap="small")
    with who, st.container(gap=None):
        st.button(
            escaped(item.name),
            key=f"open-{item.client_id}",
            type="tertiary",
            wrap=True,
            on_click=table.pick,
            args=(LIST, item.client_id, OPEN),
        )
        html_text.show(flags.chips(told.chips), html_text.switched_off(item.off), small=True)
        if style.counselors and not item.mine:
            plain(item.counselor)
        if style.points:
            html_text.show(*_points(item, style), small=True)
    with stands_out:
        html_text.show(story.headline(told), *story.beneath(told)[:SHOWN_BENEATH], small=True)
    with next_, st.container(gap="xxsmall"):
        html_text.show(story.next_action(told), small=True)
        with st.container(horizontal=True, gap="xsmall"):
            story.do_next(told, item.name, place="today")
            story.also_menu(told, item.name, place="today")
    with contact, st.container(gap=None):
        _phone(item, one.next_session, style.today)
        if item.safe_to_call is not Permission.NO:
            claim_line(item, style.claims.get(item.client_id))
        html_text.show(_called(one), *_reached(item, style.today), small=True)
        if beneath is not None:
            beneath(item)
    with actions, st.container(gap="xxsmall"):
        st.button(
            "Check in",
            key=f"check_in-{item.client_id}",
            width="stretch",
            disabled=as_of.locked(),
            on_click=table.pick,
            args=(LIST, item.client_id, CHECK_IN),
        )
        call_menu(item, facts=told.refs)


def _points(item: Item, style: RowStyle) -> list[str]:
    """Band and points, for who asks; no group and no order comes from them alone."""
    dark = is_dark()
    line = html_text.sparkline(item.history, item.band, top=style.top, dark=dark)
    if item.band is Band.UNKNOWN:
        said = f"heard from {wording.percent(item.coverage)} of areas"
    else:
        said = (
            f"{wording.count(item.points, 'point')}, {wording.change(item.change, f'{CHANGE_WEEKS} weeks')}"
        )
    return [html_text.badge(item.band, dark=dark), html_text.span(said, muted=True), line]


def _phone(item: Item, next_session: NextSession | None, today: dt.date) -> None:
    """The number; where calling is not safe, another way to speak with the client."""
    if item.safe_to_call is Permission.NO:
        html_text.show(
            html_text.span("Not safe to call", strong=True), _other_way(next_session, today), small=True
        )
    elif item.phone:
        show_phone(item.phone, item.wrong_number_on, today)
    else:
        html_text.show(html_text.span("No phone number", muted=True), small=True)


def _other_way(expected: NextSession | None, today: dt.date) -> str:
    if expected is None:
        return html_text.span("No session planned: agree on a safe way at the next visit")
    return f"Speak at the next session: {html_text.when(expected.on, today)}, " + html_text.span(
        wording.clock(expected.at)
    )


def _called(one: Ranked) -> str:
    """What became of a call of today."""
    return html_text.span(wording.sentence(one.contact), strong=True) if one.called else ""


def _reached(item: Item, today: dt.date) -> list[str]:
    """The last contact, calls since then that reached nobody, and whether the client rests."""
    told = item.story
    if item.last_contact is None:
        lines = [html_text.span("Not heard from yet", strong=True)]
    else:
        kind = wording.label(item.last_contact.kind)
        lines = [f"{html_text.span(kind)} {html_text.when(item.last_contact.on, today)}"]
        if item.overdue:
            lines[0] = f"{html_text.span('Overdue', strong=True)}: {lines[0][:1].lower()}{lines[0][1:]}"
    if item.unanswered and item.last_unanswered:
        calls = (
            "No answer" if item.unanswered == 1 else f"{wording.count(item.unanswered, 'call')} unanswered,"
        )
        lines.append(f"{html_text.span(calls)} {html_text.when(item.last_unanswered, today)}")
    elif told.tries:
        lines.append(html_text.span(wording.sentence(told.tries)))
    if told.rest:
        lines.append(html_text.span(wording.sentence(told.rest), muted=True))
    return lines
