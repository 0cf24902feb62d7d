"""axe-core on a page: what an automatic check of accessibility finds there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize

from tests.support.availability import Unavailable

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

CONTENT_HEIGHT = """() => Math.max(...["stMain", "stSidebarContent"].map(
    id => document.querySelector(`[data-testid=${id}]`)?.scrollHeight ?? 0))"""
SETTLE_MS = 300


def axe_violations(page: Page) -> dict[str, list[str]]:
    """Run axe-core on the whole page as it is now; returns per broken rule the elements that break it."""
    with _all_in_view(page):
        page.evaluate(_script())
        return _violations(page)


@contextmanager
def _all_in_view(page: Page) -> Iterator[None]:
    """A window as high as the page: axe-core cannot judge the contrast of what is scrolled out of sight."""
    size = page.viewport_size or ViewportSize(width=1366, height=768)
    page.evaluate("document.fonts.ready.then(() => true)")
    height, before = size["height"], 0
    while height != before:  # what comes into view may still grow
        before = height
        page.set_viewport_size(ViewportSize(width=size["width"], height=height))
        page.wait_for_timeout(SETTLE_MS)
        height = max(height, page.evaluate(CONTENT_HEIGHT))
    yield
    page.set_viewport_size(size)


def _violations(page: Page) -> dict[str, list[str]]:
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {resultTypes: ['violations'], runOnly: {type: 'tag', values: tags}})",
        list(TAGS),
    )
    return {
        violation["id"]: [f"{node['target'][0]}: {node['html'][:160]}" for node in violation["nodes"]]
        for violation in found["violations"]
    }


def beyond(found: dict[str, list[str]], stock: dict[str, list[str]]) -> dict[str, list[str]]:
    """What was found of rules that a stock Streamlit page keeps."""
    return {rule: elements for rule, elements in found.items() if rule not in stock}


@cache
def _script() -> str:
    package = find_spec("axe_playwright_python")
    if package is None or package.origin is None:
        raise Unavailable("axe-core is missing: install axe-playwright-python")
    return Path(package.origin).with_name("axe.min.js").read_text(encoding="utf-8")
