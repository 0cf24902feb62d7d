"""What the tests of a kind share: a clinic that the module fills, and one tab in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browsing import CLOCK, new_context
from tests.support.databases import SqliteTemplates
from tests.support.journeys import sign_in
from tests.support.server import Served, running_dashboard


@pytest.fixture(scope="module")
def filled_clinic(
    request: pytest.FixtureRequest,
    sqlite_templates: SqliteTemplates,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Served]:
    """The clinic that the module's `fill_clinic(url)` makes, served for this module."""
    name = request.module.__name__.rpartition(".")[2]
    folder = tmp_path_factory.mktemp(name)
    with (
        sqlite_templates.copy(name, request.module.fill_clinic, folder) as url,
        running_dashboard(url, folder, CLOCK) as served,
    ):
        yield served


@pytest.fixture(scope="module")
def tab(browser: Browser, filled_clinic: Served) -> Iterator[Page]:
    """One tab in which Alice has signed in to it."""
    with new_context(browser) as context:
        page = context.new_page()
        sign_in(page, filled_clinic)
        yield page
