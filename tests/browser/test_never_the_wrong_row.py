"""What is typed or clicked for one client of a list, a choice or a row never reaches another: every way to open one
that is no address."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from casework.vocabulary import Mark
from tests.support import builders
from tests.support.clinic import add_client, build_clinic
from tests.support.databases import open_database
from tests.support.fields import close, fields, fill, save
from tests.support.fills import fill_nothing
from tests.support.journeys import open_screen
from tests.support.server import Served
from tests.support.subjects import ALL, AMIR, ANN, NOBODY, TESS, WAYS, WORD, Way
from tests.support.written import everything_written


def fill_clinic(url: str) -> None:
    """Ann and Amir, each with a group of the day whose roll call is not taken and two in common whose are, to one of
    which nobody came, and a safety answer that waits."""
    fill_nothing(url)
    database = open_database(url)
    with database.writing() as session:
        clinic = build_clinic(session)
        add_client(session, TESS, counselor=clinic.alice)
    both = {ANN: clinic.ann, AMIR: clinic.amir}
    for name, client_id in both.items():
        builders.group(database, clinic.alice, (client_id,), title=f"Circle of {name}")
        builders.check_in(database, clinic.alice, client_id, suicidal=True)
    for title, mark in ((ALL, Mark.LATE), (NOBODY, Mark.NO_SHOW)):
        common = builders.group(database, clinic.alice, tuple(both.values()), title=title)
        builders.roll_call(database, clinic.alice, common, dict.fromkeys(both.values(), mark))
    database.close()


@pytest.mark.timeout(600)  # as long as a busy machine takes
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_nothing_that_was_entered_for_one_row_reaches_the_next(
    tab: Page, filled_clinic: Served, way: Way
) -> None:
    # Given what stands in Amir's fields on an untouched page
    open_screen(tab, filled_clinic, way.screen)
    untouched = held(tab, way, AMIR)
    assert untouched
    # When every field is filled for Ann
    way.open(tab, ANN)
    if way.prepare is not None:
        way.prepare(tab)
    before = fields(tab, way.part(tab, ANN))
    fill(tab, WORD, way.part(tab, ANN))
    assert fields(tab, way.part(tab, ANN)) != before
    close(tab)
    # Then nothing of it stands in Amir's
    assert held(tab, way, AMIR) == untouched
    # and nothing of it is saved there
    way.open(tab, AMIR)
    save(tab, way.part(tab, AMIR))
    close(tab)
    assert everything_written(filled_clinic, WORD) == []


def held(tab: Page, way: Way, name: str) -> list[dict[str, str]]:
    """What stands in the fields of somebody."""
    way.open(tab, name)
    found = fields(tab, way.part(tab, name))
    close(tab)
    return found
