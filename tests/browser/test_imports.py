"""Importing a spreadsheet in a real browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support.journeys import open_screen, settled, sign_in
from tests.support.server import Served

HEAD = "record_number,name,admitted_on,level\n"
NAME = "O'Brien <b>Pat</b> ![x](https://evil.example/x.png)"


def choose(page: Page, folder: Path, text: str) -> None:
    file = folder / "clients.csv"
    file.write_text(text, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("To put right").wait_for()
    settled(page)


def test_a_spreadsheet_is_put_right_looked_at_and_imported_once(
    page: Page, own_clinic: Served, tmp_path: Path
):
    """Given a sheet with a wrong date, when it is put right and confirmed, then its clients are there once."""
    sign_in(page, own_clinic, "alice", to="imports")

    choose(page, tmp_path, f"{HEAD}007,{NAME},yesterday,outpatient\n")
    expect(page.get_by_text("Nothing can be imported until these rows are put right")).to_be_visible()
    expect(page.get_by_role("button", name="Import 0 rows")).to_be_disabled()

    open_screen(page, own_clinic, "imports")
    choose(page, tmp_path, f"{HEAD}007,{NAME},2026-03-01,outpatient\n")
    page.get_by_role("button", name="Import 1 row").dblclick()
    expect(page.get_by_text("Imported clients: 1 new.")).to_be_visible()

    settled(page)
    choose(page, tmp_path, f"{HEAD}007,{NAME},2026-03-01,outpatient\n")
    expect(page.get_by_text("Every row of this file is here already")).to_be_visible()

    open_screen(page, own_clinic, "today")
    expect(page.get_by_text(NAME, exact=True).first).to_be_attached()


def test_an_empty_sheet_to_start_from_can_be_downloaded(page: Page, served: Served):
    sign_in(page, served, "alice", to="imports")
    page.get_by_text("Columns of this spreadsheet").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download an empty one").click()
    assert download.value.suggested_filename == "tideline-clients.csv"
    assert Path(download.value.path()).read_bytes().startswith(b"\xef\xbb\xbfrecord_number,name")
