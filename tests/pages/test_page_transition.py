"""A page that is called back by a late message of one of its fields, and one that somebody comes back to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import cast

import pytest
import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.pages_manager import PagesManager

from pages.shared import page_transition

CHECK_IN, SCHEDULE, CLIENTS = "check_in", "schedule", "clients"
# Outside of a run Streamlit makes no real page.
SHOWN = {name: cast(StreamlitPage, SimpleNamespace(url_path=name)) for name in (CHECK_IN, SCHEDULE, CLIENTS)}


@dataclass
class Session:
    """A session's runs, at times of its own clock, with Streamlit's own list of pages."""

    pages: PagesManager
    now: float = 0.0
    by_history: bool = False
    went_to: list[str] = field(default_factory=list)

    def runs(
        self,
        page: str,
        *,
        after: float,
        to_its_end: bool = True,
        told: bool = False,
        before_menu: str | None = None,
    ) -> page_transition.Visit | None:
        """A run of a page; `before_menu`: the page that the run seems to be for until the menu says which it is."""
        self.now += after
        self.pages.set_current_page_script_hash(page if before_menu is None else before_menu)
        page_transition.begin()
        visit = page_transition.opened(SHOWN[page])
        if to_its_end:
            page_transition.end(visit, SHOWN.values(), told=told)
        return visit


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    """Somebody has opened the Check-in by its address."""
    one = Session(PagesManager("streamlit_app.py"))
    known = {name: {"url_pathname": name} for name in SHOWN}
    monkeypatch.setattr(one.pages, "get_pages", lambda: known)
    monkeypatch.setattr(page_transition, "_pages", lambda: one.pages)
    monkeypatch.setattr(page_transition, "_by_the_browsers_buttons", lambda: one.by_history)
    monkeypatch.setattr(page_transition, "monotonic", lambda: one.now)

    def switch_page(page: StreamlitPage, query_params: Mapping[str, str]) -> None:
        one.went_to.append(page.url_path)

    monkeypatch.setattr(st, "switch_page", switch_page)
    one.runs(CHECK_IN, after=0, before_menu=one.pages.main_script_hash)
    return one


@pytest.mark.parametrize(("seconds", "drawn"), [(0.05, False), (0.1, True), (0.9, False)])
def test_a_page_that_a_late_field_calls_back_is_left_for_the_one_that_was_asked_for(
    session: Session, seconds: float, drawn: bool
) -> None:
    session.runs(SCHEDULE, after=60, to_its_end=drawn)
    session.runs(CHECK_IN, after=seconds)
    assert session.went_to == [SCHEDULE]


def test_what_the_late_field_said_is_kept_for_the_way_back(session: Session) -> None:
    session.runs(SCHEDULE, after=60, to_its_end=False)
    set_anew: list[str] = []

    class Watched(dict[str, object]):
        def __setitem__(self, key: str, value: object) -> None:
            set_anew.append(key)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "session_state", Watched(title="Relapse prev", members=[], note="", plan=True))
        session.runs(CHECK_IN, after=0.05)
    assert set_anew == ["title"]


def test_a_field_that_comes_later_still_keeps_nobody_from_the_page_that_was_asked_for(
    session: Session,
) -> None:
    session.runs(SCHEDULE, after=60, to_its_end=False)
    session.runs(CHECK_IN, after=0.05, to_its_end=False)
    session.runs(CHECK_IN, after=0.05)
    session.runs(SCHEDULE, after=0.1, to_its_end=False)
    session.runs(CHECK_IN, after=0.05)
    assert session.went_to == [SCHEDULE, SCHEDULE]


def test_of_two_pages_tapped_at_once_the_last_is_opened_whatever_a_late_field_calls_back(
    session: Session,
) -> None:
    session.runs(SCHEDULE, after=60, to_its_end=False)
    session.runs(CLIENTS, after=0.05, to_its_end=False)
    session.runs(CHECK_IN, after=0.05)
    assert session.went_to == [CLIENTS]


def test_a_run_that_an_older_one_gave_its_page_to_is_known_by_the_menu(session: Session) -> None:
    session.runs(SCHEDULE, after=60, to_its_end=False)
    session.runs(CHECK_IN, after=0.05, before_menu=SCHEDULE)
    assert session.went_to == [SCHEDULE]


@pytest.mark.parametrize(("seconds", "drawn"), [(0.5, True), (1.5, False), (30, True)])
def test_who_has_seen_the_other_page_or_has_waited_for_it_comes_back_and_stays(
    session: Session, seconds: float, drawn: bool
) -> None:
    session.runs(SCHEDULE, after=60, to_its_end=drawn)
    session.runs(CHECK_IN, after=seconds)
    assert session.went_to == []


def test_a_button_that_leads_back_at_once_is_no_accident(session: Session) -> None:
    session.runs(SCHEDULE, after=60, to_its_end=False)
    page_transition.switch(SHOWN[CHECK_IN])
    session.runs(CHECK_IN, after=0.05)
    assert session.went_to == [CHECK_IN]


def test_the_browsers_back_is_no_accident(session: Session) -> None:
    session.runs(SCHEDULE, after=60, to_its_end=False)
    session.by_history = True
    session.runs(CHECK_IN, after=0.05)
    assert session.went_to == []


def test_what_was_told_has_to_be_read_before_the_page_is_left(session: Session) -> None:
    session.runs(SCHEDULE, after=60, to_its_end=False)
    session.runs(CHECK_IN, after=0.05, told=True)
    session.runs(CHECK_IN, after=0.1)
    assert session.went_to == []


def test_a_page_whose_run_broke_down_is_not_left_much_later(session: Session) -> None:
    session.runs(SCHEDULE, after=60, to_its_end=False)
    session.runs(CHECK_IN, after=0.05, to_its_end=False)
    session.runs(CHECK_IN, after=300)
    assert session.went_to == []


def test_a_run_that_a_newer_one_has_overtaken_neither_leaves_nor_takes_its_place(session: Session) -> None:
    session.runs(SCHEDULE, after=60, to_its_end=False)
    overtaken = session.runs(CHECK_IN, after=0.05, to_its_end=False)
    session.runs(CHECK_IN, after=0.05, to_its_end=False)
    page_transition.end(overtaken, SHOWN.values(), told=False)
    assert session.went_to == []
    session.runs(CHECK_IN, after=0.05)
    assert session.went_to == [SCHEDULE]


def test_one_has_just_come_in_the_first_run_of_a_visit_alone(session: Session) -> None:
    assert page_transition.just_come()
    session.runs(CHECK_IN, after=1, to_its_end=False)
    assert not page_transition.just_come()
    session.runs(SCHEDULE, after=1)
    session.runs(CHECK_IN, after=5, to_its_end=False)
    assert page_transition.just_come()
    session.runs(CHECK_IN, after=0.1)
    assert not page_transition.just_come()
