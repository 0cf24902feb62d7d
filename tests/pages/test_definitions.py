"""The Definitions page says what the registries say."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from casework import wording
from casework.indicators import COMPARISONS, INDICATORS, TABLE
from casework.level_of_care import RULES
from casework.vocabulary import Score
from casework.wording import care_rules
from pages.definitions import page as definitions
from tests.pages.conftest import OpenPage
from tests.support.clinic import SmallClinic
from tests.support.pages import said


def part(app: AppTest, name: str) -> AppTest:
    app.session_state["definitions_part"] = name
    return app.run()


def test_every_row_of_the_three_tables_is_listed(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = open_page("definitions", as_user=sqlite_clinic.alice)
    assert not app.exception
    bands, *tables = (table.value for table in app.table)
    assert len(bands) == 5
    assert [len(table) for table in tables] == [sum(rule.score is score for rule in TABLE) for score in Score]


def test_bands_are_said_as_people_out_of_a_hundred(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    bands = open_page("definitions", as_user=sqlite_clinic.alice).table[0].value
    assert list(bands.iloc[:, 1]) == ["Fewer than 10", "10 to 24", "25 to 49", "50 or more", "Cannot be said"]


def test_the_signs_are_not_yet_validated_and_each_weight_has_its_reason(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = open_page("definitions", as_user=sqlite_clinic.alice)
    assert "Not yet validated" in said(app)
    reasons = app.table[4].value["Why so many"]
    assert len(reasons) == sum(rule.score is Score.SIGNS for rule in TABLE)
    assert reasons.str.len().min() > 20


def test_every_indicator_has_its_definition_limits_source_and_next_step(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = part(open_page("definitions", as_user=sqlite_clinic.alice), "Indicators")
    assert not app.exception
    every = [wording.INDICATORS[id_] for id_ in INDICATORS | COMPARISONS]
    assert {one.label for one in app.expander} == {one.label for one in every}
    for one in every:
        assert any(one.definition == words.value for words in app.markdown), one.label


def test_every_rule_of_the_level_of_care_is_listed(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = part(open_page("definitions", as_user=sqlite_clinic.alice), "Level of care")
    assert {one.label for one in app.expander} == {care_rules.label(id_) for id_ in RULES}


def test_every_list_is_there(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = part(open_page("definitions", as_user=sqlite_clinic.alice), "Word lists")
    assert len(app.expander) == len(definitions.LISTS)
    assert not app.exception


def test_a_search_finds_terms_of_every_kind(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = open_page("definitions", as_user=sqlite_clinic.alice)
    app.text_input(key="definitions_search").set_value("detox").run()
    found = app.table[0].value
    assert {"Level of care", "Levels of care"} <= set(found.index)


def test_a_search_without_a_hit_says_so_and_shows_nothing_that_was_typed_as_markup(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = open_page("definitions", as_user=sqlite_clinic.alice)
    app.text_input(key="definitions_search").set_value("![x](https://example.org)").run()
    assert not app.exception
    assert "Nothing here has these words." in said(app)
    assert "example.org" not in said(app)


@pytest.mark.usefixtures("sqlite_clinic")
def test_a_stranger_sees_nothing(open_page: OpenPage) -> None:
    app = open_page("definitions", as_user=None)
    assert not app.table
