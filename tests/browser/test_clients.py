"""Clients in a real browser: admitted, then found by record number."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.support.journeys import open_screen, settled, sign_in, tap_from_a_field
from tests.support.server import Served


def test_a_new_client_is_admitted_and_found_for_a_check_in(page: Page, own_clinic: Served) -> None:
    sign_in(page, own_clinic, to="clients")
    page.get_by_text("Admit a client").click()
    name = "Zoe ![x](https://example.org/x.png) *Zander*"
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Record number", exact=True).fill("007")
    page.get_by_role("button", name="Admit", exact=True).click()
    expect(page.get_by_text("is admitted to your caseload.")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("")
    open_screen(page, own_clinic, "check_in")
    page.get_by_role("combobox", name="Client").click()
    page.keyboard.type("Zander")
    expect(page.get_by_role("option").first).to_have_text(name)
    page.get_by_role("option").first.click()
    expect(page.get_by_text("the first check-in with this client")).to_be_visible()


def test_a_form_that_is_left_by_a_tap_from_its_first_field_still_holds_what_was_typed(
    page: Page, own_clinic: Served
) -> None:
    sign_in(page, own_clinic, to="clients")
    page.get_by_text("Admit a client").click()
    page.get_by_label("Name", exact=True).fill("Zoe Zan")
    tap_from_a_field(page, "Definitions")
    expect(page.get_by_role("heading", name="Definitions")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Clients").click()
    settled(page)
    page.get_by_text("Admit a client").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Zoe Zan")
