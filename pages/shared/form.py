"""A form: what it is called, whom or what it is about, and its fields.

What is typed belongs to the client (or group, series, rule …) that the form is about: the keys of its widgets hold that
subject, so nothing that was meant for one can stand in the form of another, and each finds its own words again. It is
kept for the whole session, through errors, other pages and other clients, until it is saved. A number in the keys
rises with each save: the browser then draws new, empty fields, where one that is merely forgotten here keeps its text.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypedDict, TypeVar

import streamlit as st

from casework import wording
from casework.users import User
from pages.shared import clock, saving
from pages.shared.saving import Saved
from pages.shared.widgets import component

EMPTY: Final[tuple[object, ...]] = (None, "", [], ())
"""What a field holds in which nothing stands."""

_TOKEN: Final = re.compile("[A-Za-z0-9_-]{32}")
"""What `secrets.token_urlsafe` makes of 24 bytes."""

Result = TypeVar("Result")
Choice = TypeVar("Choice")


@dataclass(frozen=True)
class Subject:
    """Whom or what a form is about: `key` tells it from all others, `name` is told with each confirmation."""

    key: str
    name: str


def client(client_id: int, name: str) -> Subject:
    """A client as what a form is about."""
    return Subject(f"client-{client_id}", name)


def with_stored(choices: Sequence[Choice], stored: Collection[Choice]) -> list[Choice]:
    """`choices`, and what the entry that is corrected holds beside them: a widget drops what it does not offer."""
    return [*choices, *sorted(set(stored) - set(choices), key=str)]


def _differ(held: Any, start: Any) -> bool:
    return bool(held != start) and not (held in EMPTY and start in EMPTY)


class FieldOptions(TypedDict):
    """What the widget of a field takes beside its own options."""

    key: str
    persist_state: Literal["session"]


@dataclass(frozen=True)
class Form:
    """A form of this `name` about somebody or something; `about` is None for what concerns nobody yet (an admission)
    or the whole clinic.

    fields: the value with which each starts; with None the widget takes its own default. When a start changes (the day,
    at midnight), untouched fields follow.
    drawn: the token under which its button was drawn, in the form that a callback gets.
    """

    name: str
    about: Subject | None
    fields: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    drawn: str | None = None

    # --- keys -----------------------------------------------------------------------------------------------------

    @property
    def id(self) -> str:
        """The form's name and subject in one."""
        return self.name if self.about is None else f"{self.name}:{self.about.key}"

    def key(self, name: str) -> str:
        """Key in the session state of a field. KeyError when the form has no such field."""
        if name not in self.fields:
            raise KeyError(f"{self.name} has no field {name}")
        return f"{self._start_of_keys}{name}"

    def field(self, name: str, *, among: Collection[Any] | None = None) -> FieldOptions:
        """What makes a widget this form's: `st.text_area("Note", **form.field("text"))`.

        among: what can be chosen now; what was chosen and cannot be any more is forgotten.
        """
        if among is not None:
            self.keep_among(name, among)
        key = self.key(name)
        self._begin(name, key)
        return {"key": key, "persist_state": "session"}

    def part(self, name: str) -> str:
        """The key of a component of our own in which fields of this form are filled. Like theirs it is another one
        after each save."""
        return f"{self._start_of_keys}{name}"

    def button(self, name: str = "save") -> str:
        """The key of a button of this form. It stays through a save, so that a double click's second half arrives."""
        return f"{self.id}:{name}"

    def save_button(
        self,
        label: str,
        save: Callable[..., None],
        *args: object,
        name: str = "save",
        type: Literal["primary", "secondary", "tertiary"] = "primary",
        help: str | None = None,
        shortcut: str | None = None,
        disabled: bool = False,
    ) -> None:
        """A button that saves: `save(form, *args)` is its callback, with the form as it was drawn."""
        st.button(
            label,
            type=type,
            key=self.button(name),
            on_click=_after_its_parts,
            args=(save, self.as_drawn(), *args),
            help=help,
            shortcut=shortcut,
            disabled=disabled,
        )

    def catch_up(self) -> None:
        """Take in what was done in the form's components and came with the same message as the click that saves."""
        component.catch_up(self._start_of_keys)

    def as_drawn(self) -> Form:
        """The form for the callback of a widget that saves: however late it comes, a second message of what is drawn
        now is known as such. Call it after the form's fields are drawn."""
        first_drawn: set[str] = st.session_state.pop(f"{self._start_of_keys}first drawn", set())
        self._starts().update({name: st.session_state.get(self.key(name)) for name in first_drawn})
        return dataclasses.replace(self, drawn=self.token)

    def drawn_with(self, token: str) -> Form:
        """The form for the callback of a component, which sends back the token that was drawn. Whatever cannot be one
        is as good as none."""
        return dataclasses.replace(self, drawn=token) if _TOKEN.fullmatch(token) else self

    @property
    def token(self) -> str:
        """The idempotency token of the entry: another one after each save.

        The second half of a double click finds the form empty, and has the token that was drawn. What was typed since
        is another entry, even where the page was not drawn to its end and the button is still the old one.
        """
        if self.drawn is not None and not self._is_typed():
            return self.drawn
        kept: str = st.session_state.setdefault(f"{self._start_of_keys}token", secrets.token_urlsafe(24))
        return kept

    def _is_typed(self) -> bool:
        """Whether a field holds something else than it started with, by itself or by its widget's own default."""
        return any(
            all(_differ(st.session_state[key], start) for start in (self.fields[name], *self._started(name)))
            for name in self.fields
            if (key := self.key(name)) in st.session_state
        )

    def _starts(self) -> dict[str, Any]:
        """What the fields started with in the page, by name."""
        kept: dict[str, Any] = st.session_state.setdefault(f"{self._start_of_keys}starts", {})
        return kept

    def _started(self, name: str) -> list[Any]:
        proposed = st.session_state.get(f"{self._start_of_keys}proposed", {})
        return [known[name] for known in (self._starts(), proposed) if name in known]

    @property
    def _start_of_keys(self) -> str:
        return f"{self.id}:{st.session_state.get(f'{self.id}:number', 0)}:"

    def _begin(self, name: str, key: str) -> None:
        """Give an untouched field what it starts with."""
        start = self.fields[name]
        if start is None:
            first_drawn: set[str] = st.session_state.setdefault(f"{self._start_of_keys}first drawn", set())
            (first_drawn.discard if key in st.session_state else first_drawn.add)(name)
            return
        starts = self._starts()
        untouched = name in starts and starts[name] != start and st.session_state.get(key) == starts[name]
        if untouched or key not in st.session_state:
            st.session_state[key] = starts[name] = start

    def keep_among(self, name: str, among: Collection[Any]) -> None:
        """Forget what cannot be chosen any more. Call it where the field is not drawn when there is no choice left."""
        held = st.session_state.get(self.key(name))
        if isinstance(held, list):
            st.session_state[self.key(name)] = [one for one in held if one in among]
        elif held is not None and held not in among:
            del st.session_state[self.key(name)]

    # --- what is typed --------------------------------------------------------------------------------------------

    def get(self, name: str) -> Any:
        """What a field holds; None where somebody emptied it."""
        return st.session_state.get(self.key(name), self.fields[name])

    def fill(self, **values: Any) -> None:
        """Set fields, as for a correction."""
        for name, value in values.items():
            st.session_state[self.key(name)] = value

    def begin_with(self, **values: Any) -> None:
        """Set fields of a form in which nothing is typed yet, as a proposal: by itself that is no entry."""
        self.fill(**values)
        st.session_state.setdefault(f"{self._start_of_keys}proposed", {}).update(values)

    def clear(self) -> None:
        """Start afresh: forget every field."""
        number = st.session_state.get(f"{self.id}:number", 0) + 1
        for key in self._kept():
            del st.session_state[key]
        st.session_state[f"{self.id}:number"] = number

    def _kept(self) -> list[str]:
        return [str(key) for key in st.session_state if str(key).startswith(self._start_of_keys)]

    def day(
        self,
        name: str = "day",
        label: str = "Day",
        *,
        first: dt.date | None = None,
        ahead: bool = False,
        width: int | Literal["stretch"] = "stretch",
    ) -> None:
        """The field of a day: not before `first`, not after today unless it may lie `ahead`.

        A day that was typed while another one was shown, and cannot be chosen any more, gives way to the nearest.
        """
        last = None if ahead else clock.today()
        options, held = self.field(name), self.get(name)
        if held is not None and last is not None and held > last:
            self.fill(**{name: last})
        elif held is not None and first is not None and held < first:
            self.fill(**{name: first})
        st.date_input(
            label, value=None, min_value=first, max_value=last, format="YYYY-MM-DD", width=width, **options
        )

    # --- saving ---------------------------------------------------------------------------------------------------

    def save(
        self,
        act: Callable[..., Result],
        confirmation: str | Callable[[Result], str],
        *,
        on: dt.date | None = None,
        toast: bool = False,
        with_token: bool = True,
        keep: bool = False,
        answers: Callable[[], Mapping[str, Any]] | None = None,
        by: User,
        **what: object,
    ) -> Saved[Result] | None:
        """Run one act of `casework.actions` with the form's token, and empty the form; for `on_click` callbacks.

        confirmation: the subject's name goes before it, and the day (`on`) if that is not today.
        `keep` leaves the fields as they are, for what is set rather than entered. `answers` reads the fields, and may
        raise Refused. None when it was refused: then every field stays as it was.
        """

        def in_full(result: Result) -> str:
            return self._named(confirmation(result) if callable(confirmation) else confirmation, on)

        saved = saving.save(
            self.id,
            self.token,
            act,
            in_full,
            already=self._named("this was already saved.", on),
            toast=toast,
            with_token=with_token,
            untouched=not keep and not self._is_typed(),
            chosen={} if self.fields else what,
            answers=answers,
            by=by,
            **what,
        )
        if saved is not None and keep:
            st.session_state.pop(f"{self._start_of_keys}token", None)
        elif saved is not None:
            self.clear()
        return saved

    def _named(self, text: str, on: dt.date | None) -> str:
        """ "Ann Archer, Mar 3: note saved."; without a subject "Admitted." """
        today = clock.today()
        day = None if on is None or on == today else wording.short_date(on, today)
        head = ", ".join(part for part in (self.about.name if self.about else None, day) if part)
        return f"{head}: {text}" if head else wording.sentence(text)

    def refusal(self, *fields: str) -> None:
        """Beside a field: what the last save had to say about it, under these names of the action's."""
        told = saving.refusal(self.id, *fields)
        if told is not None:
            st.error(told, icon=":material/arrow_upward:")


def _after_its_parts(save: Callable[..., None], form: Form, *args: object) -> None:
    form.catch_up()
    save(form, *args)
