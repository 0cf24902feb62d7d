"""Clients, a line each, in lists of any length: one element of the page, drawn by `tideline_components`.

A page makes a `Line` of each client, in `Section`s with a heading, and draws them all at once::

    client_list.show("worklist", sections, key="today-list", on={"call": log_it})
    …
    chosen = table.picked("worklist", ids)    # at the top of the page: whose name was clicked

A line says who, what stands out and what next, and has a few `Button`s; the rest stands behind one click on it.
Words are text, never markup, whoever typed them. What somebody did comes back as an event about the client who was
drawn: what was offered in the last drawing is done, anything else is told of as gone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pages.shared import as_of
from pages.shared.widgets import component, table
from pages.shared.widgets.component import Event

OPEN: Final = "open"
"""The act of a click on a client's name."""


@dataclass(frozen=True)
class MenuItem:
    """An act to choose from a menu; `about` None: about the client of the line."""

    label: str
    kind: str
    value: str = ""
    about: int | None = None


@dataclass(frozen=True)
class Menu:
    """Choices that belong together, under a heading or none."""

    choices: tuple[MenuItem, ...]
    heading: str = ""


@dataclass(frozen=True)
class Button:
    """A button: an act of this `kind` with this `value`, or `menu`s of acts to choose from.

    says: the button's name for who does not see where it stands ("Done: plan review"); a client's name is added.
    about: what else than the line's client it is about. looks: it begins no entry, so that it stays on a past day.
    only: "wide" or "narrow", for a button that is drawn only where there is much room, or little.
    """

    label: str
    kind: str = ""
    value: str = ""
    about: int | None = None
    menu: tuple[Menu, ...] = ()
    primary: bool = False
    says: str = ""
    looks: bool = False
    only: str = ""


@dataclass(frozen=True)
class Tag:
    """A few words as a chip, and what they mean; `grave` ones stand out."""

    text: str
    meaning: str = ""
    grave: bool = False


@dataclass(frozen=True)
class Remark:
    """Words, with the full date of a day among them; `strong` or `muted`."""

    text: str
    date: str = ""
    strong: bool = False
    muted: bool = False


@dataclass(frozen=True)
class Phone:
    """A number as it was typed, and as a link that dials it ("": it cannot be dialed)."""

    number: str
    href: str


@dataclass(frozen=True)
class Spark:
    """Points by week, oldest first (NaN: unknown), the last week in `color`; `label` says the same in words."""

    points: tuple[float, ...]
    color: str
    label: str


@dataclass(frozen=True)
class Line:
    """A client's line.

    marks: chips beside the name. new: the headline is what is new. next: the next action, with its own acts (done,
    later) in `next_acts`. beneath: what else is said in sight; more: what stands behind a click, with a head each.
    token: sent back with each act, so that what is saved from the line is saved once.
    """

    id: int
    name: str
    marks: tuple[Tag, ...] = ()
    group: str = ""
    of: str = ""
    headline: str = ""
    new: bool = False
    next: Remark | None = None
    next_acts: tuple[Button, ...] = ()
    beneath: tuple[str, ...] = ()
    spark: Spark | None = None
    phone: Phone | None = None
    contact: tuple[Remark, ...] = ()
    acts: tuple[Button, ...] = ()
    more: tuple[tuple[str, tuple[str, ...]], ...] = ()
    token: str = ""


@dataclass(frozen=True)
class Section:
    """Lines under a heading, with how many there are and what they have in common; `tone`: "lane", "dense", "line" (the
    end of the day's calls), "bar" (buttons, no lines) or "". `folded`: a title and what is behind a click on it."""

    heading: str = ""
    count: str = ""
    meaning: str = ""
    lines: tuple[Line, ...] = ()
    tone: str = ""
    acts: tuple[Button, ...] = ()
    notes: tuple[str, ...] = ()
    folded: tuple[str, str] | None = None


def show(
    list_name: str,
    sections: Sequence[Section],
    *,
    key: str,
    label: str,
    on: Mapping[str, Callable[[Event], None]] | None = None,
    top: float = 1.0,
) -> None:
    """Draw the sections as one element. `on` runs a callback for acts of a kind, right after the act and before the
    page; all others are picks from `list_name`, with the kind as their action (`table.picked`). `top` is the highest
    point of the small lines."""
    offered = _offered(sections)

    def acted(event: Event) -> None:
        value = "" if event.value is None else event.value
        if not isinstance(value, str) or (event.kind, event.about, value) not in offered:
            table.gone(list_name)
        elif on is not None and event.kind in on:
            on[event.kind](event)
        else:
            table.pick(list_name, event.about, event.kind)

    menus: dict[Menu, int] = {}
    drawn = [_json(section, menus) for section in sections]
    component.show(
        "client_list",
        {
            "id": key,
            "label": label,
            "top": top,
            "locked": as_of.locked(),
            "sections": drawn,
            "menus": [{"heading": one.heading, "choices": _json(one.choices, {})} for one in menus],
        },
        key=key,
        kinds={kind for kind, _, _ in offered},
        on_act=acted,
    )


def _offered(sections: Sequence[Section]) -> set[tuple[str, int | str, str]]:
    """What can be done in the sections: kind, about what, and value."""
    found: set[tuple[str, int | str, str]] = set()
    for section in sections:
        found |= set(_acts_of(section.acts, 0))
        for line in section.lines:
            found.add((OPEN, line.id, ""))
            found |= set(_acts_of((*line.next_acts, *line.acts), line.id))
    return found


def _acts_of(acts: Sequence[Button], about: int) -> Iterator[tuple[str, int | str, str]]:
    for act in acts:
        offered: list[Button | MenuItem] = [choice for menu in act.menu for choice in menu.choices] or [act]
        for one in offered:
            yield one.kind, about if one.about is None else one.about, one.value


def _json(value: Any, menus: dict[Menu, int]) -> Any:
    """A value of this module as JSON, without what is empty. A menu, which many lines share, becomes its number."""
    match value:
        case Menu():
            return menus.setdefault(value, len(menus))
        case tuple():
            return [_json(one, menus) for one in value]
        case float():
            return None if math.isnan(value) else value
        case str() | int() | None:
            return value
    return {name: _json(one, menus) for name, one in vars(value).items() if one not in _EMPTY}


_EMPTY: Final[tuple[object, ...]] = ("", (), None, False)
