"""Rows about a first visit: a browser that has nothing in its cache opens a page, in turns with an empty stock page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from playwright.sync_api import Browser

from pages.shared.sign_in import sessions
from tests.benchmarks.rows import Bench, Row, times
from tests.support.availability import Unavailable
from tests.support.browsing import DESKTOP
from tests.support.chromium import chromium_path, running_chromium
from tests.support.patience import PATIENCE_MS

PAGES: Final = (("First page (Today)", "", 1.3), ("Overview as the first page", "overview", 2.0))
ON_A_PHONE: Final = {
    "offline": False,
    "latency": 40,
    "downloadThroughput": 10_000_000 / 8,
    "uploadThroughput": 5_000_000 / 8,
}
"""A phone's line: 10 Mbit a second down, 5 up, 40 ms there and back."""
_AT_REST: Final = """() => {
    const app = document.querySelector("[data-testid=stApp]");
    const charts = [...document.querySelectorAll("[data-testid=stPlotlyChart]")];
    const rests = app?.dataset.testScriptState === "notRunning"
        && document.querySelector("[data-testid=stMain] [data-testid=stElementContainer]")
        && !document.querySelector("[data-stale=true], [data-testid=stSkeleton]")
        && charts.every(chart => chart.querySelector(".main-svg"));
    window.at_rest_since = rests ? (window.at_rest_since ?? performance.now()) : undefined;
    return rests && performance.now() - window.at_rest_since > 300 ? window.at_rest_since : 0;
}"""
"""Milliseconds from the start of the visit until the page was drawn, once it has stayed so; 0 before."""


def rows(bench: Bench) -> Iterator[Row]:
    """On this machine, and over a phone's line."""
    served, _ = bench.ours
    executable = chromium_path()
    if executable is None:
        raise Unavailable(
            "The first page needs Chromium: make bench installs it, or set CHROMIUM to its path"
        )
    stock = bench.stock("stock_empty").url
    visits = {"stock": (stock, None)} | {
        name: (f"{served.url}/{path}", bench.cookies[0]) for name, path, _ in PAGES
    }
    found = {}
    with running_chromium(executable) as browser:
        for phone in (False, True):
            rounds = 1 if bench.short else 7
            taken: dict[str, list[float]] = {name: [] for name in visits}
            for at in range(rounds + 1):
                for name, (url, cookie) in visits.items():
                    spent = _visit(browser, url, cookie, phone=phone)
                    if at or bench.short:  # the first visit compresses, and loads what a server loads once
                        taken[name].append(spent)
            found[phone] = {name: min(each) for name, each in taken.items()}
    for phone, where in ((False, "on this machine"), (True, "over a phone's line of 10 Mbit/s")):
        theirs = found[phone]["stock"]
        for name, _, most in PAGES:
            ours = found[phone][name]
            yield Row(
                f"{name}, cold browser, against an empty stock page, {where}",
                f"{times(ours, theirs)} ({ours / 1e3:.2f} s; there {theirs / 1e3:.2f} s)",
                f"{most}x",
                ours <= most * theirs,
            )


def _visit(browser: Browser, url: str, cookie: str | None, *, phone: bool) -> float:
    """Milliseconds until the page is drawn, in a new profile."""
    context = browser.new_context(viewport=DESKTOP)
    if cookie:
        context.add_cookies([{"name": sessions.COOKIE, "value": cookie, "url": url}])
    page = context.new_page()
    if phone:
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", ON_A_PHONE)
    page.goto(url, timeout=PATIENCE_MS)
    taken = page.wait_for_function(_AT_REST, timeout=PATIENCE_MS).json_value()
    context.close()
    return float(taken)
