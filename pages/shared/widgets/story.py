"""Where a client stands, as every screen shows it: group, headline, flags and next action, in the same words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from casework import wording
from casework.caseload.story import NextAction, Story
from casework.vocabulary import Group
from pages.shared.widgets import flags, html_text, tasks

GROUP, HEADLINE, FLAGS, NEXT = "Group", "What stands out", "Flags", "Next"
COLUMNS: Final[dict[str, Any]] = {
    GROUP: st.column_config.TextColumn(width=150),
    HEADLINE: st.column_config.TextColumn(width=330),
    FLAGS: flags.COLUMN,
    NEXT: st.column_config.TextColumn(width=250),
}
"""How a table shows them."""


def group_words(told: Story) -> str:
    """ "Needs a plan: away"."""
    kind = told.plan_kind_label
    return f"{told.group_label}: {wording.clause(kind)}" if kind else told.group_label


def group(told: Story) -> str:
    """The group as a quiet tag in HTML; before it what puts the client before all groups. Beside that nobody is called
    steady."""
    calm = bool(told.lane) and told.group is Group.STEADY
    return f"{_tag(told.lane_label, 'tideline-lane')} {'' if calm else _tag(group_words(told))}".strip()


def _tag(words: str, more: str = "") -> str:
    return f'<span class="tideline-tag tideline-group {more}">{html_text.span(words)}</span>' if words else ""


def headline(told: Story) -> str:
    """What is said first; it is marked where it is what is new."""
    said = html_text.span(told.headline, strong=True)
    return f"{_NEW} {said}" if is_new(told) else said


def is_new(told: Story) -> bool:
    """The headline itself is what is new since the last call: then it is not said twice."""
    return bool(told.new) and told.new.endswith(wording.clause(told.headline))


def beneath(told: Story) -> list[str]:
    """What is said beneath the headline: what is new, the other facts, the gravest first, and what holds."""
    new, holds = new_and_holds(told)
    return [line for line in (new, *map(html_text.span, told.lines), holds) if line]


def new_and_holds(told: Story) -> tuple[str, str]:
    """What is new since the last call, unless the headline is, and what holds; "" where there is nothing."""
    new = "" if is_new(told) or not told.new else f"{_NEW} {html_text.span(told.new.removeprefix('new '))}"
    holds = f"{html_text.span('Holds', muted=True)}: {html_text.span(told.strength)}" if told.strength else ""
    return new, holds


_NEW: Final = '<span class="tideline-new">new</span>'


def next_words(action: NextAction) -> str:
    """ "Plan review: what helps next time · Alice Bennett, by tomorrow"."""
    return f"{action.text} · {action.owner}, {action.due_text}"


def next_action(told: Story) -> str:
    """The next action in HTML, with the day on hover."""
    return _action(told.action)


def _action(one: NextAction) -> str:
    return f"{html_text.span(one.text)} · {html_text.span(one.owner)}, {html_text.named_day(one.due, one.due_text)}"


def do_next(told: Story, name: str, *, place: str) -> None:
    """The next action as a button that does it. `place` tells two lists of a page apart."""
    if told.action.kind not in tasks.HAS_ITS_BUTTON:
        tasks.show_action(told.client_id, name, told.action, primary=True, place=place)


def also_line(told: Story, name: str, one: NextAction, counselor: str, *, place: str) -> None:
    """One of them as a line: a button that does it, with what it is on hover, by when, and whose it is where that is
    not the client's `counselor`; in words where the button stands elsewhere."""
    if one.kind in tasks.HAS_ITS_BUTTON:
        html_text.show(f"{html_text.span('Also', muted=True)}: {_action(one)}", small=True)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        tasks.show_action(told.client_id, name, one, place=place)
        whose = "" if one.owner == counselor else f"{html_text.span(one.owner)}, "
        html_text.show(f"{whose}{html_text.named_day(one.due, one.due_text)}", small=True)


def columns(story_of: Callable[[Any], Story]) -> dict[str, Callable[[Any], object]]:
    """The same as columns of a table, by the heads of `COLUMNS`."""
    return {
        GROUP: lambda row: group_words(story_of(row)),
        FLAGS: lambda row: flags.cell(story_of(row).chips),
        HEADLINE: lambda row: story_of(row).headline,
        NEXT: lambda row: next_words(story_of(row).action),
    }
