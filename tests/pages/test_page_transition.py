"""What a browser's messages mean when a page is left right from one of its fields, in every order they can come in."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests

from pages.shared import page_transition
from pages.shared.page_transition import MOST_TYPED_BYTES, MOST_TYPED_FIELDS, Transitions

CHECK_IN, SCHEDULE, CLIENTS = "check_in", "schedule", "clients"
DAY = "as_of"
"""A widget of the sidebar, which every page has."""


@dataclass
class Tab:
    """A browser tab as Streamlit's own: which page it shows, and what its fields hold."""

    transitions: Transitions = field(default_factory=Transitions)
    shows: str = CHECK_IN
    fields: dict[str, str] = field(default_factory=lambda: {"note": ""})
    requests: ScriptRequests = field(default_factory=ScriptRequests)

    def is_told(self, page: str) -> None:
        """The server begins a run of a page, and says so; the tab has not heard it yet."""
        message = ForwardMsg()
        message.new_session.page_script_hash = page
        self.transitions.to_browser(message.SerializeToString())

    def hears(self, page: str, **fields: str) -> None:
        """The server begins a run of a page, and the tab shows it."""
        self.is_told(page)
        self.shows, self.fields = page, fields

    def says(self, **fields: str) -> ClientState:
        """Something was typed into fields; a widget's message holds what all of them say."""
        self.fields |= fields
        return self._send(self.shows, {DAY: "today", **self.fields})

    def clicks(self, button: str) -> ClientState:
        return self._send(self.shows, {DAY: "today", **self.fields}, clicked=button)

    def taps(self, page: str) -> ClientState:
        """A link of the menu: it says no more than which page, and what stands in the sidebar."""
        return self._send(page, {DAY: "today"})

    def goes_back(self, page: str) -> ClientState:
        """The browser's own button: the address is the other page's at once, the fields are the old one's still."""
        return self._send(page, {DAY: "today"}, address=page, by_history=True)

    def _send(
        self,
        page: str,
        values: dict[str, str],
        *,
        clicked: str | None = None,
        address: str | None = None,
        by_history: bool = False,
    ) -> ClientState:
        message = BackMsg()
        rerun = message.rerun_script
        rerun.page_script_hash, rerun.is_history_navigation = page, by_history
        rerun.context_info.url = f"http://localhost/{address or self.shows}?client=ann"
        rerun.query_string = f"of={page}"
        for id_, value in values.items():
            rerun.widget_states.widgets.add(id=id_, string_value=value)
        if clicked is not None:
            rerun.widget_states.widgets.add(id=clicked, trigger_value=True)
        understood = BackMsg.FromString(self.transitions.from_browser(message.SerializeToString()))
        passed = understood.rerun_script
        self.requests.request_rerun(
            RerunData(widget_states=passed.widget_states, page_script_hash=passed.page_script_hash)
        )
        return passed

    def waiting(self) -> tuple[str, dict[str, str]]:
        """What Streamlit would run now if it has run nothing of this yet: which page, and what fields hold."""
        request = self.requests.on_scriptrunner_ready()
        states = request.rerun_data.widget_states
        assert states is not None
        return request.rerun_data.page_script_hash, {one.id: one.string_value for one in states.widgets}


@pytest.fixture
def tab() -> Tab:
    """Somebody has opened the Check-in by its address."""
    one = Tab()
    one._send("", {})
    one.hears(CHECK_IN, note="")
    one.requests.on_scriptrunner_ready()
    return one


def test_a_field_that_comes_after_the_page_is_taken_to_it(tab: Tab) -> None:
    tab.taps(SCHEDULE)
    late = tab.says(note="Typed")
    assert (late.page_script_hash, late.query_string) == (SCHEDULE, f"of={SCHEDULE}")
    assert tab.waiting() == (SCHEDULE, {DAY: "today", "note": "Typed"})


def test_so_is_one_that_comes_after_the_server_has_begun_the_page(tab: Tab) -> None:
    tab.taps(SCHEDULE)
    tab.is_told(SCHEDULE)
    assert tab.says(note="Typed").page_script_hash == SCHEDULE


def test_a_field_that_comes_before_the_page_is_not_forgotten_when_neither_has_run(tab: Tab) -> None:
    tab.says(note="Typed")
    tab.taps(SCHEDULE)
    assert tab.waiting() == (SCHEDULE, {DAY: "today", "note": "Typed"})


def test_fields_of_two_messages_and_two_tapped_pages_are_all_there_at_the_last_page(tab: Tab) -> None:
    tab.says(note="Typed")
    tab.says(reason="Why")
    tab.taps(SCHEDULE)
    tab.taps(CLIENTS)
    tab.says(note="Typed on")
    assert tab.waiting() == (CLIENTS, {DAY: "today", "note": "Typed on", "reason": "Why"})


def test_the_first_field_after_a_change_of_page_is_kept_too(tab: Tab) -> None:
    tab.taps(SCHEDULE)
    tab.hears(SCHEDULE, title="")
    tab.says(title="Group")
    tab.taps(CLIENTS)
    assert tab.waiting() == (CLIENTS, {DAY: "today", "title": "Group"})


def test_a_field_is_kept_when_one_leaves_by_the_browsers_back(tab: Tab) -> None:
    tab.says(note="Typed")
    tab.goes_back(CLIENTS)
    assert tab.waiting() == (CLIENTS, {DAY: "today", "note": "Typed"})


def test_who_taps_the_first_page_again_stays_there(tab: Tab) -> None:
    tab.taps(SCHEDULE)
    assert tab.taps(CHECK_IN).page_script_hash == CHECK_IN
    assert tab.says(note="Typed").page_script_hash == CHECK_IN


def test_who_has_seen_the_other_page_comes_back_and_stays(tab: Tab) -> None:
    tab.taps(SCHEDULE)
    tab.hears(SCHEDULE, title="")
    assert tab.taps(CHECK_IN).page_script_hash == CHECK_IN
    tab.hears(CHECK_IN, note="")
    assert tab.says(note="Typed").page_script_hash == CHECK_IN


@pytest.mark.parametrize("by_history", [False, True])
def test_a_page_that_was_opened_takes_what_is_typed_there(tab: Tab, by_history: bool) -> None:
    _ = tab.goes_back(SCHEDULE) if by_history else tab.taps(SCHEDULE)
    tab.hears(SCHEDULE, title="")
    typed = tab.says(title="Group")
    assert (typed.page_script_hash, typed.query_string) == (SCHEDULE, f"of={SCHEDULE}")


def test_what_a_click_may_have_saved_is_not_brought_again(tab: Tab) -> None:
    tab.says(note="Typed")
    tab.clicks("save")
    tab.hears(CHECK_IN, note="")
    tab.requests.on_scriptrunner_ready()
    tab.taps(SCHEDULE)
    assert tab.waiting() == (SCHEDULE, {DAY: "today"})


@pytest.mark.parametrize("by_history", [False, True])
def test_what_was_left_behind_is_not_brought_again_and_the_browser_is_told_of_it(
    tab: Tab, by_history: bool
) -> None:
    """Streamlit takes what a browser brings for what it shows, and would not draw it."""
    tab.says(note="Typed")
    tab.taps(SCHEDULE)
    tab.hears(SCHEDULE, title="")
    tab.requests.on_scriptrunner_ready()
    _ = tab.goes_back(CHECK_IN) if by_history else tab.taps(CHECK_IN)
    assert tab.waiting() == (CHECK_IN, {DAY: "today"})


def test_a_page_that_leads_back_to_the_one_before_it_holds_nobody(tab: Tab) -> None:
    tab.taps(SCHEDULE)
    tab.is_told(SCHEDULE)
    tab.hears(CHECK_IN, note="")
    assert tab.says(note="Typed").page_script_hash == CHECK_IN


def test_a_page_that_a_button_opened_is_left_by_a_link(tab: Tab) -> None:
    tab.clicks("open")
    tab.hears(CHECK_IN, note="")
    tab.hears(SCHEDULE, title="")
    tab.taps(CHECK_IN)
    late = tab.says(title="Group")
    assert late.page_script_hash == CHECK_IN


def test_what_is_no_message_of_a_run_is_passed_on_as_it_is() -> None:
    stop = BackMsg(stop_script=True).SerializeToString()
    for data in (stop, b"\xff\xff", b""):
        assert Transitions().from_browser(data) == data


def test_an_address_that_is_none_is_passed_on_as_it_is_and_changes_nothing(tab: Tab) -> None:
    tab.says(note="Typed")
    message = BackMsg()
    message.rerun_script.context_info.url = "http://["
    message.rerun_script.page_script_hash = SCHEDULE
    data = message.SerializeToString()
    assert tab.transitions.from_browser(data) == data
    tab.taps(SCHEDULE)
    assert tab.waiting() == (SCHEDULE, {DAY: "today", "note": "Typed"})


def test_what_the_server_says_and_nobody_can_read_changes_nothing(tab: Tab) -> None:
    tab.transitions.to_browser(b"\xff\xff\xff")
    assert tab.transitions.page == CHECK_IN


def only(tab: Tab, **fields: str) -> None:
    """A message in which these are all the fields there are."""
    tab.fields = {}
    tab.says(**fields)


def test_of_many_fields_the_oldest_are_dropped(tab: Tab) -> None:
    for number in range(MOST_TYPED_FIELDS + 3):
        only(tab, **{f"field {number}": "x"})
    assert len(tab.transitions.typed) == MOST_TYPED_FIELDS
    assert list(tab.transitions.typed)[-1] == f"field {MOST_TYPED_FIELDS + 2}"
    assert "field 0" not in tab.transitions.typed


def test_of_much_text_the_oldest_is_dropped(tab: Tab) -> None:
    only(tab, first="x" * (MOST_TYPED_BYTES // 3), second="x" * (MOST_TYPED_BYTES // 3))
    only(tab, first="y" * (MOST_TYPED_BYTES // 3), third="x" * (MOST_TYPED_BYTES // 3))
    assert list(tab.transitions.typed) == ["first", "third"], "what was typed into again is no old field"
    assert tab.transitions.typed["first"].string_value.startswith("y")


def test_one_field_of_too_much_text_is_not_kept(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_transition, "MOST_TYPED_BYTES", 1000)
    only(tab, note="x" * 1001)
    assert tab.transitions.typed == {}
