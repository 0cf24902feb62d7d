"""What is typed or clicked for one client never reaches another: every page, every field, every way to the next.

Pages, fields, and what opens more of them are found here by themselves, so that a new one is held to this the day it is
made.
"""

from __future__ import annotations

import re
from typing import Final

import pytest
from playwright.sync_api import Locator, Page

from casework.actions import tasks
from casework.vocabulary import ActionKind, CallOutcome, Mark, Use
from pages.shared.menu import ENTRIES
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.client_lines import name_in, row
from tests.support.clinic import SmallClinic, add_client, build_clinic
from tests.support.databases import Database, open_database
from tests.support.fields import close, fields, fill, press, save, unfold
from tests.support.fills import fill_nothing
from tests.support.journeys import open_screen, settled
from tests.support.server import ROOT, Served
from tests.support.subjects import AMIR, ANN, TESS, WAYS, WITHOUT_FIELDS, WORD
from tests.support.written import everything_written

SCREENS: Final = sorted(path.parent.name for path in (ROOT / "pages").glob("*/page.py"))
WITH_FIELDS: Final = {
    "check_in": {"Note"},
    "client": {
        "day, Appointment on",
        "day, Handed over on",
        "It still goes on",
        "What came of it",
        "What exactly",
        "What the prescriber said",
        "Why later",
    },
    "level_of_care": {"Prescriber", "What the prescriber said"},
}
"""Screens that are about one client, and fields that they are known to have: the test must not pass because it did not
find them."""
OPENED_OTHERWISE: Final = {way.screen for way in WAYS} | set(WITHOUT_FIELDS)
"""Screens whose address takes no client: `test_never_the_wrong_row` holds their fields, or it is said why they have
none. A screen in neither fails."""
NO_OPENER: Final = re.compile(
    r"Sign out|Back to today|Everybody|Safety protocol|^Show|search|ullscreen|^\w{3} \d+ · ", re.I
)
"""Buttons that open no field; the last are rows behind a reason, which open an entry to read: what is corrected from
there is corrected by the same dialog as from the list of entries."""


def fill_clinic(url: str) -> None:
    """The small clinic; Ann, Amir and Tess, on whom the test finds out what there is, have entries of every kind."""
    fill_nothing(url)
    database = open_database(url)
    with database.writing() as session:
        clinic = build_clinic(session)
        tess = add_client(session, TESS, counselor=clinic.alice)
    for shift, client_id in enumerate((clinic.ann, clinic.amir, tess)):
        entries_of(database, clinic, client_id, shift)
    database.close()


def entries_of(database: Database, c: SmallClinic, client_id: int, shift: int) -> None:
    """Entries of every kind. `shift` keeps marks in charts apart."""
    series = builders.group(database, c.alice, (client_id,), first_on=days_ago(28))
    builders.roll_call(database, c.alice, series, {client_id: Mark.NO_SHOW}, on=days_ago(7))
    builders.check_in(database, c.alice, client_id, on=days_ago(10), use=Use.SLIP, craving=3 + 2 * shift)
    builders.prescription(database, c.alice, client_id)
    builders.screen(database, c.alice, client_id, "fentanyl", on=days_ago(9 - shift))
    builders.note(database, c.alice, client_id, "Talked.")
    builders.call(database, c.alice, client_id, CallOutcome.NO_ANSWER)
    builders.save(
        database,
        tasks.open_task,
        by=c.alice,
        client_id=client_id,
        kind=ActionKind.OFFER_MEDICATION,
        due_on=days_ago(0),
        token=builders.token(),
    )


# --- forms --------------------------------------------------------------------------------------------------------


@pytest.mark.timeout(1800)  # as long as a busy machine takes
@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_that_was_typed_for_one_client_reaches_the_next(
    tab: Page, filled_clinic: Served, screen: str
) -> None:
    # Given a screen that is about one client, and the places on it that have fields
    if not about_one_client(tab, filled_clinic, screen):
        assert screen in OPENED_OTHERWISE
        return
    places = places_of(tab, filled_clinic, screen)
    # and what stands in them for Amir before anything is typed
    open_screen(tab, filled_clinic, f"{screen}?client={handle(AMIR)}")
    untouched = {place: held(tab, place) for place in places}
    # When every field is filled for Ann
    by_picker(tab, ANN)
    named_fields = set[str]().union(*(filled(tab, place) for place in places))
    assert WITH_FIELDS.get(screen, set()) <= named_fields
    assert held(tab, places[0]) != untouched[places[0]] or not untouched[places[0]]
    # Then nothing of it stands in Amir's, whichever way one goes to him
    by_the_browsers_button(tab)
    assert {place: held(tab, place) for place in places} == untouched
    for way in (by_today, by_a_chart):
        by_picker(tab, ANN)
        way(tab, screen)
        assert held(tab, places[0]) == untouched[places[0]], way.__name__
    by_picker(tab, ANN)
    by_picker(tab, AMIR)
    assert held(tab, places[0]) == untouched[places[0]]
    # and nothing is saved of it, wherever something can be saved
    for place in places:
        saved(tab, place)
    assert everything_written(filled_clinic, WORD) == []
    open_screen(tab, filled_clinic, f"{screen}?client={handle(AMIR)}")
    assert WORD not in tab.get_by_test_id("stMain").inner_text()


def about_one_client(tab: Page, filled_clinic: Served, screen: str) -> bool:
    """True when the address with a client opens the screen on that client."""
    open_screen(tab, filled_clinic, f"{screen}?client={handle(TESS)}")
    picker = tab.get_by_role("combobox", name="Client", exact=True)
    return picker.count() == 1 and picker.input_value() == TESS


def places_of(tab: Page, filled_clinic: Served, screen: str) -> list[str]:
    """Where on the screen fields are: "" is the screen itself, else the button that opens a dialog or more fields. It
    is tried on Tess, for whom anything may be saved."""
    start = f"{screen}?client={handle(TESS)}"
    found = [""]
    everything = tab.get_by_role("radio", name="All entries")
    if everything.count():  # the part of the screen with the most ways to open something; it stays chosen
        everything.click()
        settled(tab)
    unfold(tab)
    for label in buttons_of(tab):
        if at_rest(tab, screen):
            before = [one["name"] for one in fields(tab)]
        else:
            open_screen(tab, filled_clinic, start)
            before = [one["name"] for one in fields(tab)]
        button = named(tab, label)
        if not button.count() or not button.is_enabled():
            continue
        press(tab, button)
        more = [one["name"] for one in fields(tab)]
        if (
            at_rest(tab, screen)
            and tab.get_by_role("combobox", name="Client", exact=True).count()
            and (tab.get_by_role("dialog").count() or len(more) > len(before))
        ):
            found.append(label)
        close(tab)
    return found


def at_rest(tab: Page, screen: str) -> bool:
    """True on the screen, on Tess, with no dialog open."""
    return f"/{screen}?" in tab.url and handle(TESS) in tab.url


def buttons_of(tab: Page) -> list[str]:
    """The labels of the screen's buttons that may open something."""
    found: list[str] = tab.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain] button')]
            .filter(e => e.getClientRects().length && !e.disabled && !e.closest('[data-testid=stDataFrame]')
                && !e.closest('.tideline-choices')
                && !['radio', 'tab', 'spinbutton'].includes(e.role) && !e.closest('[role=radiogroup]'))
            .map(e => (e.querySelector('[data-testid=stMarkdownContainer]') ?? e).innerText.trim())
            .filter(label => label)"""
    )
    return [label for label in dict.fromkeys(found) if not NO_OPENER.search(label)]


def named(tab: Page, label: str) -> Locator:
    buttons = tab.get_by_test_id("stMain").get_by_role("button")
    exactly = buttons.filter(has=tab.get_by_text(label, exact=True))
    return (exactly if exactly.count() else buttons.filter(has_text=label)).first


def opened(tab: Page, place: str) -> None:
    unfold(tab)
    if place:
        press(tab, named(tab, place))


def held(tab: Page, place: str) -> list[dict[str, str]]:
    """What stands in the fields of a place."""
    opened(tab, place)
    found = fields(tab)
    close(tab)
    return found


def filled(tab: Page, place: str) -> set[str]:
    """Fill the fields of a place; what they are called."""
    opened(tab, place)
    fill(tab, WORD)
    names = {one["name"] for one in fields(tab)}
    close(tab)
    return names


def saved(tab: Page, place: str) -> None:
    """Press each button of a place that saves. What was saved in one place may have done away with another."""
    unfold(tab)
    if not place or named(tab, place).count():
        opened(tab, place)
        save(tab)
        close(tab)


# --- ways from one client to another --------------------------------------------------------------------------------


def handle(name: str) -> str:
    return name.lower().replace(" ", "-")


def by_picker(tab: Page, name: str) -> None:
    picker = tab.get_by_role("combobox", name="Client", exact=True)
    picker.click()
    picker.fill(name)
    tab.get_by_role("option", name=name).click()
    tab.wait_for_url(f"**client={handle(name)}**")
    settled(tab)


def by_the_browsers_button(tab: Page) -> None:
    """Back, from Ann to Amir."""
    tab.go_back()
    tab.wait_for_url(f"**client={handle(AMIR)}**")
    settled(tab)


def by_today(tab: Page, screen: str) -> None:
    tab.get_by_role("link", name="Today", exact=True).click()
    settled(tab)
    name_in(row(tab, AMIR)).click()
    on_to(tab, screen)


def by_a_chart(tab: Page, screen: str) -> None:
    tab.get_by_role("link", name="Overview", exact=True).click()
    settled(tab)
    tab.get_by_text("Points and risk bands").click()
    settled(tab)
    x, y = mark_of(tab, 2)
    tab.mouse.click(x, y)
    on_to(tab, screen)


def on_to(tab: Page, screen: str) -> None:
    """From the client's page to the screen, by the menu or by the page's own button."""
    tab.wait_for_url(f"**/client?client={handle(AMIR)}")
    settled(tab)
    title = next(entry.title for entry in ENTRIES if entry.path == screen)
    if screen != "client":
        tab.get_by_role("link", name=title, exact=True).click()
        tab.wait_for_url(f"**/{screen}?client={handle(AMIR)}")
        settled(tab)


def mark_of(tab: Page, client_id: int) -> tuple[float, float]:
    """Where a client's mark lies in the first chart that has one."""
    tab.wait_for_function(_MARK, arg=client_id)
    x, y = tab.evaluate(_MARK, client_id)
    tab.mouse.move(x, y)
    return x, y


_MARK: Final = """id => {
    const axis = (chart, name) => chart._fullLayout[`${name[0]}axis${name.slice(1)}`];
    for (const chart of document.querySelectorAll('.js-plotly-plot')) {
        for (const trace of chart._fullData ?? []) {
            const n = [...(trace.customdata ?? [])].indexOf(id);
            if (n < 0 || !trace.xaxis) continue;
            chart.scrollIntoView({block: 'center'});
            const box = chart.getBoundingClientRect();
            const [x, y] = [axis(chart, trace.xaxis), axis(chart, trace.yaxis)];
            return [box.left + x._offset + x.d2p(trace.x[n]), box.top + y._offset + y.d2p(trace.y[n])];
        }
    }
}"""
