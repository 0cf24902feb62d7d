"""Tables in a real browser: which rows they show, and where a click in a row does something."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Locator, Page

ROW_HEIGHT: Final = 35
STEP: Final = 12
"""Pixels between two tries where the pointer turns into a hand; no button is narrower."""
_ROWS: Final = """frame => [...frame.querySelectorAll('canvas table tr')]
    .map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent)).filter(cells => cells.length)"""
_INTO_THE_MIDDLE: Final = """(frame, down) => {
    const main = document.querySelector('[data-testid=stMain]');
    main.scrollTop += frame.getBoundingClientRect().top + down - innerHeight / 2;
}"""
_IS_HOT: Final = "([x, y]) => getComputedStyle(document.elementFromPoint(x, y)).cursor === 'pointer'"


def tables(page: Page) -> list[Locator]:
    """The tables of the page, drawn."""
    found = page.get_by_test_id("stDataFrame").all()
    for frame in found:
        frame.locator("canvas table td").first.wait_for(state="attached")
    return found


def rows_of(table: Locator) -> list[list[str]]:
    """The cells of each row that is drawn, as text."""
    rows: list[list[str]] = table.evaluate(_ROWS)
    return rows


def click_row(table: Locator, row: int, *, beyond: int = 0) -> bool:
    """Click the first place in a row that does something, a button or the mark that chooses the row, or so many pixels
    `beyond` it; False when there is none."""
    page, down = table.page, ROW_HEIGHT * (row + 1.5)
    table.evaluate(_INTO_THE_MIDDLE, down)
    box = table.bounding_box()
    assert box is not None
    y = box["y"] + down
    for x in range(round(box["x"]) + STEP // 2, round(box["x"] + box["width"]), STEP):
        page.mouse.move(x, y)
        page.wait_for_timeout(30)  # the pointer changes with the next picture
        if page.evaluate(_IS_HOT, [x, y]):
            page.mouse.click(x + STEP // 2 + beyond, y)
            return True
    return False
