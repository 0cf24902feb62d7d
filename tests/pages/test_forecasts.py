"""The Forecasts page: blind until a forecast is saved, then beside Tideline's; later beside what happened."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select
from streamlit.testing.v1 import AppTest

from casework import wording
from casework.caseload.assessment import assess_for
from casework.figures.template import BAND_STYLES
from casework.forecasts import EngineView, compare
from casework.users import User
from casework.vocabulary import WARNING_SIGNS, Band, CallOutcome, Likelihood, Mark, Outcome, Role, Use, ids
from db.models import Assignment, Forecast, Staff
from pages.forecasts import phrases, results
from pages.shared.widgets.components import escaped
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import count
from tests.support.clinic import NOW, TODAY, SmallClinic, add_client
from tests.support.databases import Database
from tests.support.forecasts import case, forecast
from tests.support.pages import button, field, said

ALL_SIGNS = {id_: True for id_ in ids(WARNING_SIGNS) if id_ != "not_taking_medication"}
BANDS_SAID = re.compile("|".join(f"{style.label}</span>" for style in BAND_STYLES.values()))
FIVE_WEEKS_AGO = NOW - dt.timedelta(weeks=5)


def opened(open_page: OpenPage, user: User) -> AppTest:
    app = open_page("forecasts", as_user=user)
    assert not app.exception
    return app


def answer(app: AppTest, client_id: int, question: Outcome, given: Likelihood) -> AppTest:
    return field(app, "forecast", question.value, f"client-{client_id}").set_value(given).run()


def save(app: AppTest, client_id: int) -> AppTest:
    button(app, "forecast", about=f"client-{client_id}").click().run()
    assert not app.exception
    return app


def open_review(app: AppTest) -> AppTest:
    app.segmented_control(key="forecast-view").set_value("review").run()
    assert not app.exception
    return app


def everything(app: AppTest) -> str:
    """All that the page sent to the browser: each element as the protocol writes it."""
    return "\n".join(str(element.proto) for element in app.main if hasattr(element, "proto"))


def at_risk(database: Database, clinic: SmallClinic) -> None:
    """Ann reports regular use and every sign: there is much to give away."""
    builders.check_in(database, clinic.alice, clinic.ann, use=Use.REGULAR, signs=ALL_SIGNS)


def doing_well(database: Database, clinic: SmallClinic) -> None:
    """Ann answers everything, and nothing weighs on her."""
    builders.check_in(
        database, clinic.alice, clinic.ann, use=Use.NONE, craving=0, signs=dict.fromkeys(ALL_SIGNS, False)
    )


def in_danger(database: Database, clinic: SmallClinic) -> None:
    """Ann's safety answer waits for a named person."""
    builders.check_in(database, clinic.alice, clinic.ann, suicidal=True)


def gone(database: Database, clinic: SmallClinic) -> None:
    """Ann missed her last session, and nobody reached her."""
    series = builders.group(database, clinic.alice, (clinic.ann,))
    builders.roll_call(database, clinic.alice, series, {clinic.ann: Mark.NO_SHOW})
    builders.call(database, clinic.alice, clinic.ann, CallOutcome.NO_ANSWER)


# This week


def test_the_week_shows_names_in_order_and_two_questions_each(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = opened(open_page, sqlite_clinic.alice)
    text = said(app)
    assert text.index("Amir Aziz") < text.index("Ann Archer")
    assert "Two clients to go this week, three taps each." in text
    assert "Ben Brook" not in text
    asked = [one.label for one in app.segmented_control if one.key != "forecast-view"]
    assert asked == list(phrases.QUESTIONS.values()) * 2


@pytest.mark.parametrize("history", [at_risk, doing_well, in_danger, gone])
def test_whatever_is_on_record_the_page_is_the_same_until_the_forecast_is_saved(
    history: Callable[[Database, SmallClinic], None],
    open_page: OpenPage,
    sqlite_clinic: SmallClinic,
    sqlite_database: Database,
) -> None:
    blank = everything(opened(open_page, sqlite_clinic.alice))
    history(sqlite_database, sqlite_clinic)
    app = opened(open_page, sqlite_clinic.alice)
    assert everything(app) == blank
    assert "Ann Archer" in blank
    for question in phrases.QUESTIONS:
        answer(app, sqlite_clinic.ann, question, Likelihood.EVEN)
    assert not BANDS_SAID.search(everything(app))
    save(app, sqlite_clinic.ann)
    assert BANDS_SAID.search(everything(app)), "only now the band shows"


def test_a_saved_forecast_shows_tidelines_beside_it(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    at_risk(sqlite_database, sqlite_clinic)
    app = opened(open_page, sqlite_clinic.alice)
    answer(app, sqlite_clinic.ann, Outcome.DROPOUT, Likelihood.LIKELY)
    answer(app, sqlite_clinic.ann, Outcome.USE, Likelihood.VERY_LIKELY)
    save(app, sqlite_clinic.ann)
    with sqlite_database.reading() as session:
        row = session.scalars(select(Forecast)).one()
        assert (row.says_dropout, row.says_use) == (Likelihood.LIKELY, Likelihood.VERY_LIKELY)
        _, assessment = assess_for(session, sqlite_clinic.alice, TODAY, client_ids=[sqlite_clinic.ann])
        assert row.engine_band is assessment.band(sqlite_clinic.ann)
        assert row.engine_dropout == assessment.chance(sqlite_clinic.ann, Outcome.DROPOUT).likely
        assert row.engine_use == assessment.chance(sqlite_clinic.ann, Outcome.USE).likely
    assert [one.value for one in app.toast] == [
        escaped("Ann Archer: your forecast is saved. Beside it is what Tideline says.")
    ]
    text = re.sub(r"<[^>]+>", "", said(app))
    assert f"Losing contact: you Likely 80%, Tideline {wording.percent(row.engine_dropout)}" in text
    assert f"Return of use: you Very likely 95%, Tideline {wording.percent(row.engine_use)}" in text
    assert BAND_STYLES[row.engine_band].label in text
    assert "One client to go this week" in text
    assert f"forecast:client-{sqlite_clinic.ann}:save" not in [one.key for one in app.button]
    app.button(key=f"forecast-open-{sqlite_clinic.ann}").click().run()
    assert app.session_state["test:page"] == "client"
    assert app.session_state["client_id"] == sqlite_clinic.ann


def test_without_both_answers_nothing_is_saved_and_the_one_given_stays(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic.alice)
    answer(app, sqlite_clinic.ann, Outcome.USE, Likelihood.EVEN)
    save(app, sqlite_clinic.ann)
    assert [one.value for one in app.error] == [r"Please choose an answer to both questions\."]
    assert count(sqlite_database, Forecast) == 0
    assert field(app, "forecast", Outcome.USE.value, f"client-{sqlite_clinic.ann}").value == Likelihood.EVEN


def test_a_forecast_made_meanwhile_in_another_tab_is_told_calmly(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic.alice)
    for question in phrases.QUESTIONS:
        answer(app, sqlite_clinic.ann, question, Likelihood.EVEN)
    forecast(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann)
    save(app, sqlite_clinic.ann)
    assert "is recorded already" in said(app)
    assert count(sqlite_database, Forecast) == 1


def test_any_other_client_can_be_picked(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        for number in range(8):
            add_client(session, f"Client {number}", counselor=sqlite_clinic.alice)
    app = opened(open_page, sqlite_clinic.alice)
    picker = app.selectbox(key="forecast-picked")
    assert len(picker.options) == 5
    name = picker.options[0]
    picked: Any = picker.select(name).run().selectbox(key="forecast-picked").value
    for question in phrases.QUESTIONS:
        answer(app, picked, question, Likelihood.EVEN)
    save(app, picked)
    assert name not in app.selectbox(key="forecast-picked").options
    assert app.selectbox(key="forecast-picked").value is None
    with sqlite_database.reading() as session:
        assert session.scalars(select(Forecast.by_turn)).one() is False


def test_somebody_without_clients_is_told_so(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        session.execute(delete(Assignment))
    assert "Nobody is on your caseload yet" in said(opened(open_page, sqlite_clinic.alice))


def test_a_name_is_text_and_never_markup(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    name = "<b>Zoe</b> ![x](https://example.org/x.png)"
    with sqlite_database.writing() as session:
        zoe = add_client(session, name, counselor=sqlite_clinic.alice)
    forecast(sqlite_database, sqlite_clinic.alice, zoe)
    app = opened(open_page, sqlite_clinic.alice)
    assert f"**{escaped(name)}**" in [one.value for one in app.markdown]
    assert "<b>Zoe" not in everything(app)


# How it turned out


def test_before_four_weeks_are_over_there_is_nothing_to_compare(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    forecast(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann)
    text = said(open_review(opened(open_page, sqlite_clinic.alice)))
    assert "One forecast not four weeks old yet" in text
    assert "None of your forecasts is four weeks old yet." in text


def test_few_forecasts_show_one_by_one_without_a_figure(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    engine = EngineView(0.62, 0.4, Band.WATCH)
    forecast(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, now=FIVE_WEEKS_AGO, engine=engine)
    app = open_review(opened(open_page, sqlite_clinic.alice))
    assert "Not yet enough to sum up" in said(app)
    assert "How far off on average" not in said(app)
    table = app.dataframe[0].value
    assert table[["Client", "You", "Tideline", "It happened"]].to_numpy().tolist() == [
        ["Ann Archer", "Unlikely 20%", "62%", "cannot be said"]
    ]


def test_enough_forecasts_are_summed_up_for_both(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    many_attended(sqlite_database, sqlite_clinic.alice)
    app = open_review(opened(open_page, sqlite_clinic.alice))
    text = said(app)
    assert "24 forecasts on 6 clients: it happened in 0, it did not in 24." in text
    assert "How far off on average" in text
    assert "You: 0.04" in re.sub(r"<[^>]+>", "", text)
    assert "Tideline: 0.10" in re.sub(r"<[^>]+>", "", text)
    assert "Too few endings of both kinds so far" in text
    table = next(one.value for one in app.dataframe if "Answer" in one.value)
    assert table.iloc[1].tolist() == ["Unlikely 20%", "0 of 24 (0% to 14%)", "0 of 24 (0% to 14%)"]


def test_a_supervisor_sees_the_team_without_a_name(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    many_attended(sqlite_database, sqlite_clinic.alice)
    app = opened(open_page, sqlite_clinic.charlie)
    assert "so that they are nobody's alone" in said(app)
    assert not app.dataframe
    forecast(sqlite_database, sqlite_clinic.bob, sqlite_clinic.ben, now=FIVE_WEEKS_AGO)
    app = opened(open_page, sqlite_clinic.charlie)
    sent = said(app) + "".join(one.value.to_string() for one in app.dataframe)
    assert "The team: " in re.sub(r"<[^>]+>", "", sent)
    for name in ("Alice", "Bob", "Ben", "Client 0"):
        assert name not in sent


def test_an_administrator_finds_a_calm_page(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        session.get_one(Staff, sqlite_clinic.bob.id).role = Role.ADMIN
    admin = User(sqlite_clinic.bob.id, "Bob", Role.ADMIN, sqlite_clinic.bob.team_id)
    assert "None of your forecasts" in said(opened(open_page, admin))


@pytest.mark.parametrize(
    ("engine", "sentence"),
    [
        (0.9, "You came closer to what happened."),
        (0.05, "Tideline came closer to what happened."),
        (0.2, "Too close to tell apart so far."),
    ],
)
def test_who_came_closer_is_said_only_when_the_numbers_tell(engine: float, sentence: str) -> None:
    good = [case(Likelihood.UNLIKELY, engine, False, client_id=place) for place in range(15)]
    bad = [case(Likelihood.LIKELY, 1 - engine, True, client_id=place) for place in range(15, 20)]
    found = compare([*good, *bad])
    assert found.summary is not None
    assert results.closer(found, found.summary.difference, "You") == sentence


def many_attended(database: Database, by: User) -> None:
    """Six clients who come every week, with four forecasts each: the counselor said 20%, Tideline 32%."""
    with database.writing() as session:
        clients = [add_client(session, f"Client {number}", counselor=by) for number in range(6)]
    series = builders.group(database, by, tuple(clients), first_on=builders.days_ago(140))
    for week in range(20, -1, -1):
        marks = dict.fromkeys(clients, Mark.ATTENDED)
        builders.roll_call(database, by, series, marks, on=builders.days_ago(7 * week))
    for weeks in range(5, 9):
        for client_id in clients:
            now = NOW - dt.timedelta(weeks=weeks)
            forecast(database, by, client_id, now=now, engine=EngineView(0.32, None, Band.WATCH))
