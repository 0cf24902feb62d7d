"""axe-core on a page: what an automatic check of accessibility finds there."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.support.availability import Unavailable

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def axe_violations(page: Page) -> dict[str, list[str]]:
    """Run axe-core on the page as it is now; returns per broken rule the elements that break it."""
    page.evaluate(_script())
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
