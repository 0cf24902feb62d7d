"""Flags as chips: what no score hides, wherever a client's name stands. One way to draw them.

The words are ours and no user text; they are escaped and never Markdown. A chip says its words in full; what it means
stands on hover here, and in so many words on the client's page.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import streamlit as st

from casework import wording
from casework.caseload.story import Chip
from casework.vocabulary import Flag
from pages.shared.widgets import html_text

GRAVE: Final = frozenset({Flag.OVERDOSE, Flag.SAFETY_ANSWER, Flag.LOWERED_TOLERANCE, Flag.NO_MEDICATION})
"""Flags that can be about life and death within days: they stand out, the others are calm."""
COLUMN: Final[Any] = st.column_config.ListColumn(width=190)
"""How a table shows them."""
Raised: TypeAlias = Mapping[int, Sequence[Chip]]
"""The chips of the clients whom the user sees, by client id."""


def chips(raised: Sequence[Chip]) -> str:
    """The chips as one list in HTML, for `html_text.show`; nothing when no flag stands."""
    if not raised:
        return ""
    return f'<ul class="tideline-flags" aria-label="Flags">{"".join(map(_chip, raised))}</ul>'


def few(raised: Sequence[Chip]) -> str:
    """The grave chips, and the others behind their number where it is narrow."""
    grave, calm = ([one for one in raised if (one.flag in GRAVE) is holds] for holds in (True, False))
    if not calm:
        return chips(grave)
    more = f'<details class="tideline-more-flags"><summary>+{len(calm)}</summary>{chips(calm)}</details>'
    wide = f'<span class="tideline-other-flags">{chips(calm)}</span>'
    return f"{chips(grave)}{wide}{more}"


def show(raised: Sequence[Chip]) -> None:
    """The chips as an element of their own; no element when no flag stands."""
    if raised:
        st.html(chips(raised))


def explained(raised: Sequence[Chip]) -> list[str]:
    """What each grave flag means, a line each, for the client's own page."""
    return [
        f"{html_text.span(one.text, strong=True)}: {html_text.span(wording.clause(one.tooltip))}"
        for one in raised
        if one.flag in GRAVE
    ]


def cell(raised: Sequence[Chip]) -> list[str]:
    """The chips of a table's cell."""
    return [one.text for one in raised]


def _chip(one: Chip) -> str:
    grave = " tideline-flag-grave" if one.flag in GRAVE else ""
    return f'<li class="tideline-flag{grave}" title="{html.escape(one.tooltip)}">{html.escape(one.text)}</li>'
