"""The first clients of the worklist, each in a full row: who, trend, why, what next, contact, and two actions."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.call_budget import NextSession, Ranked
from casework.caseload.worklist import Item
from casework.indicators.assessment import CHANGE_WEEKS
from casework.vocabulary import Band, Permission
from pages.shared import as_of
from pages.shared.widgets import html_text, table
from pages.shared.widgets.calls import call_menu, show_phone
from pages.shared.widgets.components import escaped, is_dark, plain
from pages.today.worklist_table import CHECK_IN, LIST, OPEN

WIDTHS: Final = (184, 142, 315, 220, 154, 85)
HEADS: Final = ("Who", "12 weeks", "Why", "Next step", "Contact", "")


def show(ranked: Sequence[Ranked], today: dt.date, *, top: float, counselors: bool) -> None:
    """Rows of `ranked`; `top` is the highest value of all sparklines, `counselors` names whose caseload it is."""
    if not ranked:
        return
    with st.container(key="worklist-heads"):
        for column, head in zip(st.columns(WIDTHS, gap="small"), HEADS, strict=True):
            with column:
                html_text.show(html_text.span(head, muted=True), small=True)
    for one in ranked:
        with st.container(key=f"worklist-row-{one.item.client_id}"):
            _row(one, today, top, counselors)


def _row(one: Ranked, today: dt.date, top: float, counselors: bool) -> None:
    item, dark = one.item, is_dark()
    who, trend, why, step, contact, actions = st.columns(WIDTHS, gap="small")
    with who, st.container(gap=None):
        st.button(
            escaped(item.name),
            key=f"open-{item.client_id}",
            type="tertiary",
            wrap=True,
            on_click=table.pick,
            args=(LIST, item.client_id, OPEN),
        )
        html_text.show(_rank(one, dark=dark), html_text.switched_off(item.off), small=True)
        if counselors and not item.mine:
            plain(item.counselor)
    with trend:
        trend_line = html_text.sparkline(item.history, item.band, top=top, dark=dark)
        html_text.show(trend_line, _change(item), _coverage(item), small=True)
    with why:
        html_text.show(*_reasons(item, today), small=True)
    with step:
        html_text.show(*_step(item, today), small=True)
    with contact, st.container(gap=None):
        _phone(item, one.next_session, today)
        html_text.show(*_last_contact(item, today), small=True)
    with actions, st.container(gap="xxsmall"):
        st.button(
            "Check in",
            key=f"check_in-{item.client_id}",
            width="stretch",
            disabled=as_of.locked(),
            on_click=table.pick,
            args=(LIST, item.client_id, CHECK_IN),
        )
        call_menu(item)


def _rank(one: Ranked, *, dark: bool) -> str:
    """The rank and its reason: "3: Elevated 131 points, no contact for 12 days"."""
    badge = html_text.badge(one.item.band, dark=dark)
    return f"{html_text.span(f'{one.item.rank}:', strong=True)} {badge} {html_text.span(one.beside_band)}"


def _coverage(item: Item) -> str:
    """How much the score rests on. Beside `unknown` it says what made it so."""
    if item.band is Band.UNKNOWN:
        return html_text.span(f"heard from {wording.percent(item.coverage)} of areas", muted=True)
    return html_text.span(f"{wording.percent(item.sign_coverage)} of signs asked", muted=True)


def _change(item: Item) -> str:
    if math.isnan(item.change):
        return html_text.span("no score before", muted=True)
    points = round(item.change)
    said = f"{'up' if points > 0 else 'down'} {abs(points)}" if points else "±0"
    return html_text.span(f"{said} in {CHANGE_WEEKS} weeks")


def _reasons(item: Item, today: dt.date) -> list[str]:
    """The strongest reasons with their days, then the flag that no score clears."""
    lines = [
        html_text.clamped(
            html_text.dated(reason.text, reason.on, today, names_day=reason.names_day), reason.text
        )
        for reason in item.reasons
    ]
    if item.tolerance is not None:
        kit = item.tolerance.naloxone_on
        said = f"naloxone {html_text.when(kit, today)}" if kit else html_text.span("no naloxone", strong=True)
        lines.append(f"{html_text.span('Lowered tolerance', strong=True)}: {said}")
    return lines or [html_text.span(html_text.no_reason(item.band), muted=True)]


def _step(item: Item, today: dt.date) -> list[str]:
    step = item.next_step
    who = f"{html_text.span(step.who)}, {html_text.by(step.by, today)}"
    rows = 6 if item.safety_open else 2  # what the protocol asks for is never cut
    return [html_text.clamped(html_text.span(step.what), step.what, rows), who]


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


def _last_contact(item: Item, today: dt.date) -> list[str]:
    if item.last_contact is None:
        lines = [html_text.span("Not heard from yet", strong=True)]
    else:
        kind = wording.label(item.last_contact.kind)
        last = f"{html_text.span(kind)} {html_text.when(item.last_contact.on, today)}"
        lines = [
            f"{html_text.span('Overdue', strong=True)}: {last[:1].lower() + last[1:]}"
            if item.overdue
            else last
        ]
    if item.unanswered and item.last_unanswered:
        calls = (
            "No answer" if item.unanswered == 1 else f"{wording.count(item.unanswered, 'call')} unanswered,"
        )
        lines.append(f"{html_text.span(calls)} {html_text.when(item.last_unanswered, today)}")
    return lines
