"""Counting what a user has to do: a click, a key chord or a filled field is one interaction; Tab is free."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


class Counted:
    """Acts on a page and counts."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.count = 0

    def click(self, target: Locator) -> None:
        """One click."""
        target.click()
        self.count += 1

    def press(self, keys: str) -> None:
        """One key chord."""
        self._page.keyboard.press(keys)
        self.count += 1
