"""Fixtures for tests against the served dashboard, by HTTP or in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from tests.support.availability import Unavailable, skip_or_fail
from tests.support.axe import axe_violations
from tests.support.chromium import chromium_path, running_chromium
from tests.support.clinic import NOW
from tests.support.databases import SqliteTemplates
from tests.support.fills import fill_demo, fill_small
from tests.support.journeys import settled
from tests.support.patience import PATIENCE_MS
from tests.support.server import ROOT, Served, running_dashboard, running_stock_page

FAILURES = ROOT / "var" / "failures"
DESKTOP = ViewportSize(width=1366, height=768)
PHONE = ViewportSize(width=390, height=844)
CLOCK = {"TIDELINE_NOW": NOW.isoformat()}

expect.set_options(timeout=PATIENCE_MS)


class Serve(Protocol):
    """Starts a dashboard on a database and stops it when the test ends."""

    def __call__(self, database_url: str, environment: Mapping[str, str] | None = None) -> Served: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that opens a browser `browser`: it may be tried a second time, and the run ends by naming those
    that were."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep a picture of the page on which a test failed, in var/failures."""
    report = yield
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and isinstance(page, Page) and not page.is_closed():
        FAILURES.mkdir(parents=True, exist_ok=True)
        picture = FAILURES / f"{re.sub(r'[^a-z0-9]+', '-', item.nodeid.lower())[-120:]}.png"
        page.screenshot(path=picture)
        report.sections.append(("picture of the page", str(picture.relative_to(ROOT))))
    return report


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium for one module: while it runs, Playwright's event loop keeps `asyncio.run` from all other tests."""
    with ExitStack() as stack:
        try:
            executable = chromium_path()
            if executable is None:
                raise Unavailable("Chromium is missing, and `make test` could not install it")
            chromium = stack.enter_context(running_chromium(executable))
        except Unavailable as missing:
            skip_or_fail(str(missing))
        yield chromium


@contextmanager
def new_context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile that reaches this machine only; AssertionError at its end if a page wanted to go elsewhere."""
    context, outside = _this_machine_only(browser)
    yield context
    context.close()
    assert not outside, f"a page asked hosts outside this machine: {outside}"


def _this_machine_only(browser: Browser) -> tuple[BrowserContext, list[str]]:
    context = browser.new_context(viewport=DESKTOP, locale="en-US", timezone_id="America/New_York")
    context.set_default_timeout(PATIENCE_MS)
    outside: list[str] = []

    def only_here(route: Route) -> None:
        if urlsplit(route.request.url).hostname in ("127.0.0.1", "localhost"):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    context.route(re.compile("^(http|ws)s?://(?!127\\.0\\.0\\.1[:/])"), only_here)
    return context, outside


@pytest.fixture(scope="module")
def profile(browser: Browser) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A browser profile that reaches this machine only, and the addresses elsewhere that its pages asked for.

    One for a module: with Streamlit's scripts in its cache a page opens in a quarter of the time.
    """
    context, outside = _this_machine_only(browser)
    yield context, outside
    context.close()


@pytest.fixture
def context(profile: tuple[BrowserContext, list[str]]) -> Iterator[BrowserContext]:
    """A browser profile in which nobody is signed in; the test fails if a page wanted to go elsewhere."""
    context, outside = profile
    context.clear_cookies()
    outside.clear()
    yield context
    for page in context.pages:
        page.close()
    assert not outside, f"a page asked hosts outside this machine: {outside}"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab of 1366x768."""
    return context.new_page()


@contextmanager
def _serving(
    templates: SqliteTemplates, name: str, fill: Callable[[str], None], folder: Path
) -> Iterator[Served]:
    with templates.copy(name, fill, folder) as url, running_dashboard(url, folder, CLOCK) as served:
        yield served


@pytest.fixture(scope="session")
def served(sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo clinic, served once per worker: for tests that change nothing."""
    with _serving(sqlite_templates, "demo", fill_demo, tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(scope="session")
def served_small(
    sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The small clinic of tests/support/clinic.py, served once per worker: for tests that change nothing."""
    with _serving(sqlite_templates, "small", fill_small, tmp_path_factory.mktemp("small")) as served:
        yield served


@pytest.fixture(scope="session")
def once_a_worker() -> dict[str, dict[str, list[str]]]:
    """Keeps what fixtures of a module worked out, because a browser lives for one module only."""
    return {}


@pytest.fixture(scope="module")
def stock_violations(
    browser: Browser,
    once_a_worker: dict[str, dict[str, list[str]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, list[str]]:
    """What axe-core finds on a page of stock Streamlit elements: rules that no page of Tideline can keep."""
    if "stock" not in once_a_worker:
        once_a_worker["stock"] = _stock_violations(browser, tmp_path_factory)
    return once_a_worker["stock"]


def _stock_violations(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    with running_stock_page(tmp_path_factory.mktemp("stock")) as stock:
        page = browser.new_page(viewport=DESKTOP)
        page.set_default_timeout(PATIENCE_MS)
        page.goto(stock.url)
        settled(page)
        for late in ("stDateInput", "stDateTimeInput", "stTimeInput", "stFileUploader"):
            page.get_by_test_id(late).first.wait_for()
        page.locator("svg.marks").first.wait_for(state="attached")
        found = axe_violations(page)
        page.close()
    return found


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Start servers of this test's own, on whichever database: `serve(url, {"TIDELINE_…": …})`."""
    with ExitStack() as stack:

        def start(database_url: str, environment: Mapping[str, str] | None = None) -> Served:
            return stack.enter_context(
                running_dashboard(database_url, tmp_path, {**CLOCK, **(environment or {})})
            )

        yield start


@pytest.fixture(scope="session")
def served_to_change(
    sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The demo clinic, served once per worker: `own_clinic` puts it back for each test."""
    with _serving(sqlite_templates, "demo", fill_demo, tmp_path_factory.mktemp("own")) as served:
        yield served


@pytest.fixture
def own_clinic(served_to_change: Served, sqlite_templates: SqliteTemplates) -> Served:
    """The demo clinic as it was loaded: for journeys that record something."""
    assert served_to_change.process.poll() is None, served_to_change.logged()[-4000:]
    sqlite_templates.put_back("demo", fill_demo, served_to_change.database_url)
    return served_to_change
