"""Rows with one answer each, as one element of the page: the signs of a check-in, the marks of a roll call.

What is answered stands in the fields of a form, as from a widget: its key holds whom it is about, it is kept until it
is saved, and a press for one client can never be read for another. Each press is sent at once, so that a change of page
or a lost connection loses none; it runs only the fragment that draws the rows. The browser shows it without waiting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from casework.caseload.story import Chip
from pages.shared.form import Form
from pages.shared.widgets import component
from pages.shared.widgets.component import Event
from pages.shared.widgets.flags import GRAVE

COMPONENT: Final = "choices"


@dataclass(frozen=True)
class AnswerOption:
    """One answer that a row offers, with the keys that give it."""

    value: str
    label: str
    keys: str


@dataclass(frozen=True)
class Last:
    """What was answered last time, beside a row."""

    said: str
    strong: bool = False
    muted: bool = False


@dataclass(frozen=True)
class AnswerRow:
    """One question, or one client. `id` is the field of the form that takes the answer; without `options` the row says
    why nothing can be answered. It is there only while the row `under` (its id, and the answer) is answered so."""

    id: str
    label: str
    options: tuple[AnswerOption, ...] = ()
    words: str | None = None
    last: Last | None = None
    flags: Sequence[Chip] = ()
    under: tuple[str, str] | None = None

    def data(self) -> dict[str, Any]:
        """As the component takes it."""
        return {
            "id": self.id,
            "label": self.label,
            "words": self.words,
            "options": [vars(one) for one in self.options] or None,
            "last": None if self.last is None else vars(self.last),
            "flags": [[one.text, one.flag in GRAVE] for one in self.flags],
            "under": None if self.under is None else dict(zip(("row", "value"), self.under, strict=True)),
        }


@dataclass(frozen=True)
class Together:
    """A button that gives one answer to several rows that have none; `whole` only while none of them has one."""

    label: str
    value: str
    of: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True)
class Help:
    """Lines that show as soon as one of the rows `of` is answered with "present", without waiting for the server."""

    lines: tuple[str, ...]
    of: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """Rows under a heading; `folded` closes them. `count` says how many are answered, with {n} and {of}."""

    id: str
    rows: tuple[AnswerRow, ...]
    title: str | None = None
    words: str | None = None
    count: str | None = None
    folded: bool = False
    all: Together | None = None
    help: Help | None = None

    def data(self) -> dict[str, Any]:
        """As the component takes it."""
        return {
            **vars(self),
            "rows": [row.data() for row in self.rows],
            "all": None if self.all is None else {**vars(self.all), "of": list(self.all.of)},
            "help": None if self.help is None else {"lines": list(self.help.lines), "of": list(self.help.of)},
        }


def show(
    form: Form,
    name: str,
    parts: Sequence[Part],
    *,
    look: str,
    label: str,
    unanswered: str,
    keys: str | None = None,
    after: str | None = None,
) -> None:
    """Draw the rows of a form. Call it in a fragment.

    name: tells the rows of one form apart. look: "signs" or "marks". unanswered: what a field holds without an answer.
    keys: a line on the keyboard. after: the key of what holds the button to which the last row leads.
    """
    offered = {row.id: {one.value for one in row.options} for part in parts for row in part.rows}
    key = form.part(name)

    def acted(event: Event) -> None:
        if form.part(name) == key:  # else the form was saved since
            _take_in(form, offered, event, unanswered)

    held = {id_: form.get(id_) for id_, values in offered.items() if values}
    component.show(
        COMPONENT,
        {
            "look": look,
            "label": label,
            "keys": keys,
            "next": after,
            "parts": [part.data() for part in parts],
            "state": {id_: value for id_, value in held.items() if value != unanswered},
        },
        key=key,
        kinds=("answer", "all"),
        on_act=acted,
    )


def _take_in(form: Form, offered: dict[str, set[str]], event: Event, unanswered: str) -> None:
    """One press, or one press for several rows; what was not drawn is no answer."""
    if event.kind == "answer" and event.about in offered:
        if event.value is None:
            form.fill(**{str(event.about): unanswered})
        elif event.value in offered[str(event.about)]:
            form.fill(**{str(event.about): event.value})
    elif event.kind == "all" and isinstance(event.value, list):
        rows = [id_ for id_ in event.value if isinstance(id_, str) and event.about in offered.get(id_, ())]
        form.fill(**dict.fromkeys(rows, event.about))
