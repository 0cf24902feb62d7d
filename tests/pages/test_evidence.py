"""The Evidence page: what the scores are for and not for, and how well they do."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from casework import wording
from casework.caseload.calls_report import TIDELINE, TURNS, read_calls_report
from casework.caseload.evidence_report import read_report
from casework.indicators import TABLE
from casework.vocabulary import OUTCOMES, Score
from pages.evidence.page import PART, VIEWS
from tests.pages.conftest import OpenPage
from tests.support.clinic import SmallClinic
from tests.support.pages import said


def part(open_page: OpenPage, clinic: SmallClinic, name: str) -> AppTest:
    return open_page("evidence", as_user=clinic.alice, state={PART: name})


def cells(app: AppTest) -> str:
    return "\n".join(table.value.to_string() for table in app.table)


@pytest.mark.parametrize("name", VIEWS)
def test_every_part_opens(open_page: OpenPage, sqlite_clinic: SmallClinic, name: str) -> None:
    app = part(open_page, sqlite_clinic, name)
    assert not app.exception
    assert app.table


def test_the_page_opens_with_what_it_is_for_not_for_and_who_must_not_be_scored(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    words = said(open_page("evidence", as_user=sqlite_clinic.alice))
    for heading in (
        "1. What it is for, and for whom",
        "Who must not be scored",
        "What it is not for",
        "2. What it reads",
        "Never read by a score:",
        "3. How it works, and what that rests on",
        "4. What to look at for each client",
        "What is known to be weak",
        "Warning signs: not yet validated",
    ):
        assert heading in words, heading
    assert "FDA has not reviewed Tideline" in words


def test_the_data_are_named_with_their_version(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    words, data = said(open_page("evidence", as_user=sqlite_clinic.alice)), read_report().data
    assert data.digest in words
    assert data.packages in words
    assert f"{data.variants} variants" in words


def test_every_row_of_the_warning_signs_has_its_reason(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    shown = open_page("evidence", as_user=sqlite_clinic.alice).table[-1].value
    signs = [rule for rule in TABLE if rule.score is Score.SIGNS]
    assert len(shown) == len(signs)
    assert [why.lower() for why in shown["Why"]] == [wording.basis(rule.basis).lower() for rule in signs]


def test_use_or_not_coming_stands_beside_observed_use(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = part(open_page, sqlite_clinic, "How well it does")
    columns = [column for table in app.table for column in table.value.columns]
    assert {"Use or not coming", "Observed use only"} <= set(columns)


def test_choosing_another_outcome_shows_its_figures(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = part(open_page, sqlite_clinic, "Groups of people")
    before = cells(app)
    app.button_group[-1].set_value("dropout").run()
    assert not app.exception
    assert cells(app) != before
    assert next(wording.sentence_of(one) for one in OUTCOMES if one.id == "dropout") in said(app)


def test_groups_in_which_it_does_less_well_are_named(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    words = said(part(open_page, sqlite_clinic, "Groups of people"))
    uneven = [one for one in read_report().uneven() if one.outcome == "early"]
    assert uneven
    for one in uneven:
        assert f"{one.by}: {one.group}." in words


@pytest.mark.usefixtures("sqlite_clinic")
def test_a_stranger_sees_nothing(open_page: OpenPage) -> None:
    app = open_page("evidence", as_user=None)
    assert not app.table
    assert "Who must not be scored" not in said(app)


def test_the_page_opens_with_what_the_calls_reach_and_on_which_trials_it_rests(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    words, figures = said(open_page("evidence", as_user=sqlite_clinic.alice)), read_calls_report()
    ours, turns = figures.of(TIDELINE, 5), figures.of(TURNS, 5)
    assert words.index("Built on trials that did not measure fentanyl") < words.index("1. What it is for")
    assert f"of 100 people who begin to slip, **{round(100 * ours.before)} were on the list" in words
    assert f"by turns it would be {round(100 * turns.before)}" in words


def test_all_figures_of_the_list_stand_in_its_part(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    shown = cells(part(open_page, sqlite_clinic, "Calls in time"))
    for one in read_calls_report().lists:
        assert wording.percent(one.before) in shown
        assert wording.percent(one.past) in shown
