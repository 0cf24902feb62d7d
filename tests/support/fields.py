"""Finding the fields of a page by their role, whoever made them, reading what stands in them, and filling them."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Final

from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.support.journeys import settled

VIEWS: Final = ("Section", "Kind", "Span", "Client", "On whom")
"""Choices of what is shown, or of whom; all others are fields of a form. A new one is named here on purpose."""

SAVES: Final = re.compile(
    "^(Save|End it|Acknowledge as|Done|Put off|Open the task|Record the kit|Log the call)"
)
"""What a button says that saves what was typed."""
ASKS_MORE: Final = re.compile("…$")
"""How a choice of a menu ends that opens fields, where the others save at once."""
OVER: Final = "[role=dialog], [data-testid=stPopoverBody]"
"""What hangs over a page."""
_READ: Final = """(root, views) => {
    const roles = 'input:not([type=hidden]):not([type=file]):not([type=date]):not([type=time]), textarea, '
        + ['textbox', 'combobox', 'spinbutton', 'slider', 'radio', 'checkbox', 'switch']
            .map(role => `[role=${role}]`).join(', ') + ', [contenteditable=true], [data-row] [aria-pressed]';
    const named = e => {
        const group = e.closest('[role=radiogroup], [role=group]');
        return e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent
            ?? group?.getAttribute('aria-label') ?? e.textContent;
    };
    const around = e => e.closest('[data-row]') ?? e.closest('.stElementContainer') ?? e.parentElement;
    return [...root.querySelectorAll(roles)]
        .filter(e => !e.closest('[data-testid=stDataFrame]'))
        .filter(e => !views.some(view => named(e) === view || around(e).textContent.startsWith(view)))
        .map(e => ({
            name: named(e) ?? '',
            holds: [
                e.type === 'radio' || e.type === 'checkbox' ? e.checked
                    : e.ariaPressed ?? e.ariaChecked ?? e.ariaValueText ?? e.ariaValueNow ?? e.value ?? e.textContent,
                around(e).textContent,
            ].join(' | '),
        }));
}"""
_CHOOSE: Final = """(root, views) => {
    const groups = new Map();
    for (const e of root.querySelectorAll('[role=radio], input[type=radio]')) {
        const group = e.closest('[role=radiogroup], [role=group], .stElementContainer');
        const around = e.closest('.stElementContainer') ?? group;
        if (views.some(view => around.textContent.startsWith(view))) continue;
        groups.set(group, [...(groups.get(group) ?? []), e]);
    }
    for (const options of groups.values()) {
        const is_chosen = e => e.checked || e.ariaChecked === 'true';
        // The last of round buttons (a way out that asks for more), the first of pills (which asks for more there).
        const wanted = options[0].tagName === 'BUTTON' ? options[0] : options[options.length - 1];
        if (!options.some(is_chosen) || (options[0].tagName !== 'BUTTON' && !is_chosen(wanted))) wanted.click();
    }
    for (const row of root.querySelectorAll('[data-row]')) {
        const wanted = [...row.querySelectorAll('button')].at(-1);
        if (!row.hidden && wanted.ariaPressed !== 'true') wanted.click();
    }
    for (const e of root.querySelectorAll('input[type=checkbox]')) if (!e.checked) e.click();
}"""


def fields(page: Page, within: Locator | None = None) -> list[dict[str, str]]:
    """Each field of a part of the page (None: of the open dialog, else of all): its `name`, and what it `holds` as one
    text."""
    found: list[dict[str, str]] = (within or root(page)).evaluate(_READ, list(VIEWS))
    return found


def unfold(page: Page) -> None:
    """Open all that is folded, so that what is in it can be filled."""
    root(page).evaluate(
        "root => [...root.querySelectorAll('details:not([open]) > summary')].forEach(e => e.click())"
    )
    settled(page)


def fill(page: Page, word: str, within: Locator | None = None) -> int:
    """Fill every field that can be filled, in a part of the page or in all of it, tab by tab, until no more appear.
    `word` goes into each text; returns into how many."""
    texts = 0
    tabs = page.get_by_role("tab")
    for number in range(max(tabs.count(), 1)):
        if tabs.count():
            tabs.nth(number).click()
            settled(page)
        for _ in range(3):  # some choices ask for more
            before = len(fields(page, within))
            (within or root(page)).evaluate(_CHOOSE, list(VIEWS))
            settled(page)
            _choose_in_lists(page, within)
            texts += _type(page, word, within)
            if len(fields(page, within)) == before:
                break
    return texts


def _type(page: Page, word: str, within: Locator | None) -> int:
    """Type into texts and numbers, fill empty dates, and take a day off each date."""
    here, texts = within or root(page), 0
    for field in here.locator("textarea, input[type=text]:not([role=combobox])").all():
        if field.is_visible() and field.is_enabled() and word not in field.input_value():
            field.fill(f"{word} {texts}")
            field.blur()
            texts += 1
    for field in here.locator("input[type=number]").all():
        if field.is_visible() and field.is_enabled() and field.input_value() in ("", "1"):
            field.fill("2")
            field.blur()
    for field in here.locator("[role=spinbutton][aria-valuetext=Empty]").all():
        if field.is_visible():
            field.press("ArrowDown")  # the first press fills in the day of the clock
    for field in here.locator("[role=spinbutton][aria-label^=day]").all():
        if field.is_visible():
            field.press("ArrowDown")
            field.blur()
    settled(page)
    return texts


def _choose_in_lists(page: Page, within: Locator | None) -> None:
    """Choose the last option of each list."""
    for field in (within or root(page)).get_by_role("combobox").all():
        if not field.is_visible() or not field.is_enabled() or _says_of_whom(field):
            continue
        field.click()
        settled(page)
        if (
            field.is_visible() and field.get_attribute("aria-expanded") == "false"
        ):  # closed again by a run of the page
            field.press("ArrowDown")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("End")
        page.get_by_role("option").last.click()
        page.keyboard.press("Tab")
        settled(page)


def _says_of_whom(field: Locator) -> bool:
    """True for a choice of `VIEWS`: its label stands beside it; the field's own name may begin with what is chosen."""
    words: str = field.evaluate("e => (e.closest('.stElementContainer') ?? e.parentElement).textContent")
    return words.startswith(VIEWS)


def press(page: Page, button: Locator) -> None:
    """Click a button; where a menu opens, choose what asks for more before it saves."""
    button.click()
    settled(page)
    more = menu_choices(page).filter(has_text=ASKS_MORE)
    if more.count():
        more.last.click()
        settled(page)


def menu_choices(page: Page, named: str | None = None) -> Locator:
    """What the open menu has to choose from; with a name, the choice that is called so."""
    exact = named is not None
    choice = page.get_by_role("menuitem", name=named, exact=exact)
    return choice.or_(page.get_by_role("option", name=named, exact=exact))


def save(page: Page, within: Locator | None = None) -> None:
    """Press what saves, tab by tab, in a part of the page (None: in the open dialog, else in all of it), until what
    hangs over the page has closed."""
    here = within or root(page)
    hung = page.locator(OVER).count()
    tabs = here.get_by_role("tab")
    for number in range(max(tabs.count(), 1)):
        if hung and not page.locator(OVER).count():
            return
        if tabs.count():
            tabs.nth(number).click()
            settled(page)
        button = here.get_by_role("button", name=SAVES).first
        if button.count() and button.is_visible() and button.is_enabled():
            button.click()
            settled(page)


def close(page: Page) -> None:
    """Close what hangs over the page."""
    way_out = page.get_by_role("dialog").get_by_role("button", name="Close", exact=True)
    if way_out.count():
        with suppress(TimeoutError):  # what was saved closes a dialog by itself, perhaps just now
            way_out.click(timeout=10_000)
        expect(page.get_by_role("dialog")).to_have_count(0)
    elif page.locator(f"{OVER}, [role=menu], [role=listbox]").count():
        page.keyboard.press("Escape")
    else:
        return
    settled(page)


def root(page: Page) -> Locator:
    """What hangs over the page, else the page."""
    over = page.locator(OVER)
    return over.first if over.count() else page.get_by_test_id("stMain")
