"""The Rule report card in Streamlit's simulated app."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from dataclasses import replace

import pytest
from sqlalchemy import delete
from streamlit.testing.v1 import AppTest

from casework import recalibration
from casework.actions import rules as actions
from casework.actions.attendance import take_roll_call
from casework.actions.schedule import create_series
from casework.caseload.assessment import adjustments, assess_for
from casework.caseload.report_card import read_report_card
from casework.recalibration import Adjustment, Proposal, Third
from casework.users import User
from casework.vocabulary import Mark, Outcome, Role, SessionKind
from db.models import Assignment
from db.queries import rules as queries
from pages.client.scores import ADJUSTED
from pages.shared.widgets.components import CLIENT
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import days_ago, token
from tests.support.clinic import NOW, TODAY, SmallClinic, add_client
from tests.support.databases import Database
from tests.support.pages import button, field, said
from tests.support.statements import statements

NO_SHOW = "engagement.missed_0"
SAID = "Did not come in the latest week, each week"
WHY = "Our roll calls are not kept."


@pytest.fixture
def missed(sqlite_clinic: SmallClinic, sqlite_database: Database) -> SmallClinic:
    """Ann came to the group for weeks and then not, and Alice said that the reason did not apply."""
    alice, ann = sqlite_clinic.alice, sqlite_clinic.ann
    series = builders.save(
        sqlite_database,
        create_series,
        by=alice,
        now=builders.at(days_ago(70), 8),
        kind=SessionKind.GROUP,
        title="Relapse prevention",
        first_on=days_ago(70),
        starts_at=dt.time(10),
        minutes=90,
        weekly=True,
        members=(ann,),
        token=token(),
    )
    for week in range(10, -1, -1):
        mark = Mark.ATTENDED if week > 6 else Mark.NO_SHOW
        builders.save(
            sqlite_database,
            take_roll_call,
            by=alice,
            now=builders.at(days_ago(7 * week), 12),
            series_id=series,
            held_on=days_ago(7 * week),
            marks={ann: mark},
            token=token(),
        )
    builders.save(
        sqlite_database,
        actions.record_override,
        by=alice,
        client_id=ann,
        rule_id=NO_SHOW,
        reason="The *bus* did not run.",
        token=token(),
    )
    return sqlite_clinic


def opened(open_page: OpenPage, user: User, rule: str = NO_SHOW) -> AppTest:
    score = rule.partition(".")[0]
    app = open_page("report_card", as_user=user, state={"report_card_part": score})
    assert not app.exception
    app.selectbox(key=f"report_card_rule-{score}").select(rule).run()
    assert not app.exception
    return app


def table_row(app: AppTest, rule: str) -> dict[Hashable, str]:
    for table in app.table:
        if rule in table.value.index:
            return table.value.loc[rule].to_dict()
    raise KeyError(rule)


def test_a_rule_that_fired_says_how_often_and_what_followed(open_page: OpenPage, missed: SmallClinic) -> None:
    app = opened(open_page, missed.charlie)
    row = table_row(app, SAID)
    assert (row["Fired"], row["Followed"], row["State"]) == ("1", "1 of 1", "on")
    assert row["Said not to apply"] == "1"
    assert "It fired once, for one client." in said(app)
    assert " It came within " in said(app), "of one outcome there is no half"


def test_what_was_said_of_a_rule_is_read_as_it_was_typed_by_those_who_see_the_client(
    open_page: OpenPage, missed: SmallClinic
) -> None:
    for user, sees in (
        (missed.charlie, True),
        (missed.alice, True),
        (missed.bob, False),
        (missed.dave, False),
    ):
        words = said(opened(open_page, user))
        assert ("The *bus* did not run." in words) is sees
        assert "Said not to apply once" in words
        assert "Ann" not in words


def test_a_supervisor_switches_a_rule_off_with_a_reason_and_on_again(
    open_page: OpenPage, missed: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, missed.charlie)
    field(app, "switch_off", "reason", f"rule-{NO_SHOW}").input(WHY).run()
    button(app, "switch_off").click().run()
    assert f"“{SAID}”: switched off." in said(app)
    assert WHY in said(app)
    assert table_row(app, SAID)["State"] == "off since Mar 11"
    button(app, "switch_on").click().run()
    assert f"“{SAID}”: switched on again." in said(app)
    assert table_row(app, SAID)["State"] == "on"
    with sqlite_database.reading() as session:
        assert queries.ids_switched_off(session, TODAY) == frozenset()
        assert len(queries.switches(session, TODAY)) == 1


def test_without_a_reason_nothing_is_switched_and_the_field_says_so(
    open_page: OpenPage, missed: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, missed.charlie)
    button(app, "switch_off").click().run()
    assert "This field cannot be empty." in said(app)
    with sqlite_database.reading() as session:
        assert queries.switches(session, TODAY) == ()


def test_a_counselor_reads_and_cannot_switch(open_page: OpenPage, missed: SmallClinic) -> None:
    app = opened(open_page, missed.alice)
    assert "A supervisor can switch it off" in said(app)
    assert not [one for one in app.button if (one.key or "").startswith("switch_o")]


def test_a_rule_about_safety_cannot_be_switched_off(open_page: OpenPage, missed: SmallClinic) -> None:
    app = opened(open_page, missed.charlie, "signs.overdose")
    assert "This rule is about safety. It stays on" in said(app)
    assert not [one for one in app.button if (one.key or "").startswith("switch_o")]


def test_with_few_outcomes_nothing_is_suggested_and_the_page_says_how_many_there_are(
    open_page: OpenPage, missed: SmallClinic
) -> None:
    app = chances(open_page, missed.charlie)
    assert "one outcome" in said(app)
    assert "of at least 100 each. Nothing is suggested yet." in said(app)
    assert not app.button


@pytest.fixture
def enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this clinic had had enough outcomes."""
    groups = (Third(900, 0.1, 0.16, 0.2), Third(900, 0.2, 0.3, 0.31), Third(900, 0.4, 0.52, 0.5))

    def propose(outcome: Outcome, *_: object) -> Proposal:
        moved = Adjustment(0.6, 1.0), Adjustment(0.5, 1.0)
        return Proposal(outcome, 80, 2700, 140, *moved, 0.23, 0.33, 0.34, groups)

    monkeypatch.setattr(recalibration, "propose", propose)


def chances(open_page: OpenPage, user: User) -> AppTest:
    app = open_page("report_card", as_user=user, state={"report_card_part": "chances"})
    assert not app.exception
    return app


@pytest.mark.usefixtures("enough")
def test_chances_that_were_adjusted_say_so_beside_the_scores(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    client = {CLIENT: sqlite_clinic.ann, f"chances-{sqlite_clinic.ann}": True}
    # The chance of use is stated only of somebody who was seen.
    builders.screen(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, on=days_ago(3))
    assert ADJUSTED not in said(open_page("client", as_user=sqlite_clinic.alice, state=client))
    button(
        chances(open_page, sqlite_clinic.charlie), "apply_recalibration", about="outcome-use"
    ).click().run()
    assert ADJUSTED in said(open_page("client", as_user=sqlite_clinic.alice, state=client))


@pytest.mark.usefixtures("enough")
def test_adjusted_chances_warn_when_a_rule_was_switched_since(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = (
        button(chances(open_page, sqlite_clinic.charlie), "apply_recalibration", about="outcome-use")
        .click()
        .run()
    )
    assert not app.warning
    switch = {"rule_id": "use.found_0", "reason": "Not here", "now": NOW + dt.timedelta(minutes=1)}
    builders.save(sqlite_database, actions.switch_off, by=sqlite_clinic.charlie, **switch, token=token())
    assert "Since then a rule of this score was switched" in app.run().warning[0].value


@pytest.mark.usefixtures("enough")
def test_a_supervisor_applies_a_suggestion_and_goes_back_to_the_published_chances(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = chances(open_page, sqlite_clinic.charlie)
    assert "On average the published chance was 23%; suggested is 33%." in said(app)
    assert list(app.table[0].value.loc["Highest third"]) == ["900", "40%", "52%", "50%"]
    button(app, "apply_recalibration", about="outcome-use").click().run()
    assert "Now: adjusted to this clinic since March 11, 2026 by Charlie, from 140 outcomes" in said(app)
    with sqlite_database.reading() as session:
        _, assessment = assess_for(session, sqlite_clinic.alice, TODAY)
        adjusted = assessment.chance(sqlite_clinic.ann, Outcome.USE)
        published = replace(assessment, adjusted={}).chance(sqlite_clinic.ann, Outcome.USE)
        other = assessment.chance(sqlite_clinic.ann, Outcome.DROPOUT)
    assert adjusted == published.moved(Adjustment(0.5, 1.0).of)
    assert adjusted.adjusted
    assert adjusted.likely > published.likely
    assert not published.adjusted
    assert not other.adjusted
    button(app, "revoke_recalibration", about="outcome-use").click().run()
    assert "adjusted to this clinic since" not in said(app)
    with sqlite_database.reading() as session:
        assert adjustments(session, TODAY) == {}


@pytest.mark.usefixtures("enough")
def test_a_counselor_reads_a_suggestion_and_cannot_apply_it(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = chances(open_page, sqlite_clinic.alice)
    assert "suggested is 33%" in said(app)
    assert not app.button


def test_a_stranger_and_an_administrator_see_nothing(open_page: OpenPage, missed: SmallClinic) -> None:
    for nobody in (None, User(id=9999, name="Mallory", role=Role.ADMIN, team_id=1)):
        app = open_page("report_card", as_user=nobody)
        assert not app.table


def test_an_empty_clinic_says_so_calmly(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        session.execute(delete(Assignment))
    app = open_page("report_card", as_user=sqlite_clinic.charlie)
    assert not app.exception
    assert "Nobody has been on a caseload yet" in said(app)


def test_clients_who_have_left_are_counted_until_they_left(
    missed: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        session.query(Assignment).filter_by(client_id=missed.ann).update({"ends_on": days_ago(30)})
    with sqlite_database.reading() as session:
        card = read_report_card(session, missed.charlie, TODAY)
    row = next(row for row in card.rules if row.rule.id == NO_SHOW)
    assert card.clients == 4
    assert (row.fired, row.followed_up) == (1, 0)  # the four weeks after it were not seen to their end


def test_the_number_of_statements_does_not_grow_with_the_clinic(
    missed: SmallClinic, sqlite_database: Database
) -> None:
    def run() -> int:
        with statements(sqlite_database) as seen, sqlite_database.reading() as session:
            read_report_card(session, missed.charlie, TODAY + dt.timedelta(days=0))
        return len(seen)

    before = run()
    with sqlite_database.writing() as session:
        for number in range(20):
            add_client(session, f"Client {number}", counselor=missed.alice)
    assert run() == before
