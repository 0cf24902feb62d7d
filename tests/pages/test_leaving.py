"""A page that is called back by a late message of one of its fields, and one that somebody comes back to."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.pages_manager import PagesManager

from pages.shared import leaving

CHECK_IN, SCHEDULE = "check_in", "schedule"


@dataclass
class Session:
    """A session's runs, at times of its own clock, with Streamlit's own list of pages."""

    pages: PagesManager
    shown: dict[str, StreamlitPage]
    now: float = 0.0
    went_to: list[str] = field(default_factory=list)

    def runs(self, page: str, *, after: float, to_its_end: bool = True) -> None:
        self.now += after
        self.pages.set_current_page_script_hash(page)
        leaving.begin()
        leaving.opened()
        if to_its_end:
            leaving.end(self.shown.values())


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    # Outside of a run Streamlit makes no real page.
    shown = {name: cast(StreamlitPage, SimpleNamespace(url_path=name)) for name in (CHECK_IN, SCHEDULE)}
    pages = PagesManager(str(Path("streamlit_app.py")))
    known = {
        name: {
            "page_script_hash": name,
            "url_pathname": name,
            "page_name": name,
            "icon": "",
            "script_path": "",
        }
        for name in shown
    }
    monkeypatch.setattr(pages, "get_pages", lambda: known)
    one = Session(pages, shown)
    monkeypatch.setattr(leaving, "_pages", lambda: pages)
    monkeypatch.setattr(time, "monotonic", lambda: one.now)
    monkeypatch.setattr(st, "switch_page", lambda page: one.went_to.append(page.url_path))
    one.runs(CHECK_IN, after=0)
    return one


@pytest.mark.parametrize(("seconds", "drawn"), [(0.05, False), (0.1, True), (0.9, False)])
def test_a_page_that_a_late_field_calls_back_is_left_for_the_one_that_was_asked_for(
    session: Session, seconds: float, drawn: bool
) -> None:
    session.runs(SCHEDULE, after=60, to_its_end=drawn)
    session.runs(CHECK_IN, after=seconds)
    assert session.went_to == [SCHEDULE]


def test_a_field_that_comes_later_still_keeps_nobody_from_the_page_that_was_asked_for(
    session: Session,
) -> None:
    session.runs(SCHEDULE, after=60, to_its_end=False)
    session.runs(CHECK_IN, after=0.05, to_its_end=False)
    session.runs(CHECK_IN, after=0.05)
    session.runs(SCHEDULE, after=0.1, to_its_end=False)
    session.runs(CHECK_IN, after=0.05)
    assert session.went_to == [SCHEDULE, SCHEDULE]


@pytest.mark.parametrize(("seconds", "drawn"), [(0.5, True), (1.5, False), (30, True)])
def test_who_has_seen_the_other_page_or_has_waited_for_it_comes_back_and_stays(
    session: Session, seconds: float, drawn: bool
) -> None:
    session.runs(SCHEDULE, after=60, to_its_end=drawn)
    session.runs(CHECK_IN, after=seconds)
    assert session.went_to == []


def test_one_has_just_come_in_the_first_run_alone_so_that_no_answer_typed_since_is_drawn_over(
    session: Session,
) -> None:
    assert leaving.just_come()
    session.runs(CHECK_IN, after=1, to_its_end=False)
    assert not leaving.just_come()
    session.runs(SCHEDULE, after=1)
    session.runs(CHECK_IN, after=5, to_its_end=False)
    assert leaving.just_come()
    session.runs(CHECK_IN, after=0.1)
    assert not leaving.just_come()
