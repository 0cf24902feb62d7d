"""The Level of care page: options, reasons, and a clinician's decision."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, select
from streamlit.testing.v1 import AppTest

from casework import wording
from casework.actions import placements
from casework.caseload.level_of_care import CareRow, read_levels
from casework.level_of_care import RULES, Statement
from casework.level_of_care.ladder import move
from casework.users import User
from casework.vocabulary import Level, Role, Use
from casework.wording import care_rules
from db.models import Assignment, Placement
from pages.level_of_care import page as level_of_care
from pages.shared import saving
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.care import without_rule
from tests.support.clinic import TODAY, SmallClinic, add_client
from tests.support.databases import Database
from tests.support.pages import button, field, said
from tests.support.statements import statements
from tests.support.stories import TOLD


@pytest.fixture
def slipped(sqlite_clinic: SmallClinic, sqlite_database: Database) -> SmallClinic:
    """Ann reported a slip three days ago."""
    builders.check_in(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, on=days_ago(3), use=Use.SLIP)
    return sqlite_clinic


def opened(open_page: OpenPage, clinic: SmallClinic, client_id: int | None = None) -> AppTest:
    app = open_page(
        "level_of_care", as_user=clinic.alice, state={"client_id": client_id} if client_id else None
    )
    assert not app.exception
    return app


def decisions(database: Database, client_id: int) -> list[Any]:
    """The decisions of a client after admission."""
    with database.reading() as session:
        rows = session.scalars(
            select(Placement).where(Placement.client_id == client_id).order_by(Placement.id)
        )
        return [
            (one.level, one.accepted, one.reason, one.next_level, one.local_code, one.recommended)
            for one in rows
        ][1:]


def save(app: AppTest) -> AppTest:
    return button(app, "decision").click().run()


def test_the_list_shows_now_and_first_option_for_everybody(open_page: OpenPage, slipped: SmallClinic) -> None:
    table = opened(open_page, slipped).dataframe[0].value
    assert table["Client"].tolist() == ["Ann Archer", "Amir Aziz"]
    assert table["First option"].tolist() == ["Same level, medication first", "Same level"]


def test_the_list_says_how_many_plans_may_need_a_change(open_page: OpenPage, slipped: SmallClinic) -> None:
    assert "Of 2 clients, one may need a change of plan." in said(opened(open_page, slipped))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((), "Of 3 clients, nobody’s plan seems to need adjusting."),
        ((Level.AFTERCARE,), "Of 3 clients, one may be ready for less."),
        ((Level.AFTERCARE, Level.AFTERCARE), "Of 3 clients, two may be ready for less."),
        (
            (Level.RESIDENTIAL, Level.AFTERCARE),
            "Of 3 clients, one may need a change of plan and one may be ready for less.",
        ),
    ],
)
def test_a_step_down_is_not_told_as_a_need(rows: tuple[Level, ...], words: str) -> None:
    recommended = [*rows, *[Level.OUTPATIENT] * (3 - len(rows))]
    assert level_of_care.in_short([care_row(level) for level in recommended]) == words


@pytest.mark.parametrize(
    ("now", "recommended", "sign"),
    [
        (Level.OUTPATIENT, Level.RESIDENTIAL, "↑"),
        (Level.OUTPATIENT, Level.AFTERCARE, "↓"),
        (Level.DETOX, Level.RESIDENTIAL, "→"),
    ],
)
def test_detox_is_no_rung_so_that_nothing_leads_up_to_it_or_out_of_it(
    now: Level, recommended: Level, sign: str
) -> None:
    words = level_of_care.first_option(care_row(recommended, now))
    assert words == f"{sign} {wording.label(recommended)}"


def care_row(recommended: Level, now: Level = Level.OUTPATIENT) -> CareRow:
    """Somebody at one level of care to whom another is recommended."""
    where, step = move(now, recommended), Statement("stay")
    calm = replace(TOLD, lane=(), lane_label="")
    return CareRow(1, "Ann", "Alice", calm, now, recommended, where, step, recommended is not now, False)


def test_who_comes_before_all_groups_is_counted_first_whatever_the_options() -> None:
    rows = [care_row(Level.AFTERCARE), replace(care_row(Level.OUTPATIENT), story=TOLD)]
    assert level_of_care.in_short(rows) == (
        "Of 2 clients, one comes before all others today and one may be ready for less."
    )


def test_an_open_client_shows_options_with_dated_reasons(open_page: OpenPage, slipped: SmallClinic) -> None:
    words = said(opened(open_page, slipped, slipped.ann))
    assert "First option: Outpatient (as now), with an offer of medication" in words
    assert "Option 2: Intensive outpatient, with an offer of medication" in words
    assert "A slip was reported · 3 days ago (March 8, 2026)" in words
    assert "treatment has failed" in words
    assert "Behavioral therapy" in words


def test_each_option_says_what_speaks_for_it_and_against_it_with_the_range_that_was_read(
    open_page: OpenPage, slipped: SmallClinic
) -> None:
    words = said(opened(open_page, slipped, slipped.ann))
    assert "Speaks for it" in words
    assert "Speaks against it" in words
    assert "Chances are given as a range" in words


def test_what_a_lower_level_needs_is_listed_and_what_is_not_known_is_said(
    open_page: OpenPage, slipped: SmallClinic
) -> None:
    app = opened(open_page, slipped, slipped.ann)
    (heading,) = [one.label for one in app.expander if one.label.startswith("What a lower level needs")]
    needs = app.table[0].value
    holds = needs["Holds"].tolist()
    assert heading == f"What a lower level needs: {holds.count('Yes')} of {len(holds)} hold"
    assert needs.loc["No use known in 90 days", "Holds"] == "Not yet"
    assert "Not known" in holds


@pytest.mark.parametrize("one_client", [True, False])
def test_all_rules_are_there_in_words(open_page: OpenPage, slipped: SmallClinic, one_client: bool) -> None:
    app = opened(open_page, slipped, slipped.ann if one_client else None)
    (rules,) = [one.value for one in app.table if one.value.index.name == "Rule"]
    assert rules.index.tolist() == [care_rules.label(id_) for id_ in RULES]
    assert rules["Then"].tolist() == [
        f"{care_rules.then(rule.id, rule.limits)} *{care_rules.direction(rule.pro, rule.contra)}*"
        for rule in RULES.values()
    ]


def test_an_accepted_option_is_saved_with_the_recommendation_as_shown(
    open_page: OpenPage, slipped: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, slipped, slipped.ann)
    field(app, "decision", "choice").set_value("intensive_outpatient-with_medication").run()
    field(app, "decision", "code").set_value("2.1").run()
    app = save(app)
    [(level, accepted, reason, next_level, code, shown)] = decisions(sqlite_database, slipped.ann)
    assert (level, accepted, reason, next_level, code) == (
        Level.INTENSIVE_OUTPATIENT,
        True,
        None,
        None,
        "2.1",
    )
    assert [option["level"] for option in shown["options"]] == ["outpatient", "intensive_outpatient"]
    assert "Ann Archer: decision saved, Intensive outpatient" in said(app)


def test_a_choice_is_taken_back_when_the_recommendation_changes_under_it(
    open_page: OpenPage, slipped: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, slipped, slipped.ann)
    field(app, "decision", "reason").set_value("She said so.").run()
    field(app, "decision", "choice").set_value("outpatient-with_medication").run()
    builders.check_in(sqlite_database, slipped.alice, slipped.ann, on=TODAY, use=Use.REGULAR)
    app.run()
    assert "The recommendation has changed since you chose" in said(app)
    assert field(app, "decision", "choice").value is None
    assert field(app, "decision", "reason").value == "She said so."
    assert button(app, "decision").disabled
    field(app, "decision", "choice").set_value("intensive_outpatient-with_medication").run()
    assert "The recommendation has changed since you chose" not in said(app)
    save(app)
    [(level, *_, shown)] = decisions(sqlite_database, slipped.ann)
    assert level is Level.INTENSIVE_OUTPATIENT
    assert shown["options"][0]["reasons"][0]["says"] == "regular_use_reported"


def test_a_choice_is_refused_when_the_facts_changed_before_the_click(
    open_page: OpenPage, slipped: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, slipped, slipped.ann)
    field(app, "decision", "choice").set_value("outpatient-with_medication").run()
    builders.check_in(sqlite_database, slipped.alice, slipped.ann, on=TODAY, use=Use.REGULAR)
    app = save(app)
    assert decisions(sqlite_database, slipped.ann) == []
    assert placements.CHANGED in said(app)
    assert "Regular opioid use was reported" in said(app)
    field(app, "decision", "choice").set_value("outpatient-with_medication").run()
    save(app)
    [(*_, shown)] = decisions(sqlite_database, slipped.ann)
    assert shown["options"][0]["reasons"][0]["says"] == "regular_use_reported"


def recommended_then(app: AppTest) -> str:
    """What stands behind the latest decision."""
    (then,) = [one for one in app.expander if one.label == "What was recommended on March 11, 2026"]
    return "\n".join(one.value for one in (*then.markdown, *then.info))


def test_the_decisions_offer_what_was_recommended_then_in_the_same_words(
    open_page: OpenPage, slipped: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, slipped, slipped.ann)
    shown = [one.value for one in app.markdown if "option" in one.value or "Speaks" in one.value]
    assert len(shown) >= 4
    field(app, "decision", "choice").set_value("outpatient-with_medication").run()
    save(app)
    builders.check_in(sqlite_database, slipped.alice, slipped.ann, on=TODAY, use=Use.REGULAR)
    with without_rule("familiar"):
        app = opened(open_page, slipped, slipped.ann)
    then = recommended_then(app)
    assert not [text for text in shown if text not in then]
    assert "A slip was reported · 3 days ago (March 8, 2026)" in then
    assert "(What is familiar)" in then, "the rule was removed since"
    assert "Regular opioid use was reported" not in then


def test_a_recommendation_in_a_form_that_cannot_be_read_is_told_calmly(
    open_page: OpenPage, slipped: SmallClinic, sqlite_database: Database
) -> None:
    made = builders.decide(sqlite_database, slipped.alice, slipped.ann, Level.OUTPATIENT)
    with sqlite_database.writing() as session:
        session.get_one(Placement, made.id).recommended = {"version": 99}
    assert "kept, in a form that cannot be shown here" in said(opened(open_page, slipped, slipped.ann))


def test_another_level_needs_a_reason_and_nothing_typed_is_lost(
    open_page: OpenPage, slipped: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, slipped, slipped.ann)
    field(app, "decision", "choice").set_value("other").run()
    field(app, "decision", "level").set_value(Level.RESIDENTIAL).run()
    field(app, "decision", "code").set_value("3.5").run()
    field(app, "decision", "wished").set_value(True).run()
    app = save(app)
    assert [one.value.replace("\\", "") for one in app.error] == 2 * [
        "This field cannot be empty."
    ]  # above, and at the field
    assert decisions(sqlite_database, slipped.ann) == []
    assert field(app, "decision", "code").value == "3.5"
    before = field(app, "decision", "reason")
    before.set_value("Asked for it **herself** <b>").run()
    app = save(app)
    [(level, accepted, reason, *_)] = decisions(sqlite_database, slipped.ann)
    assert (level, accepted, reason) == (Level.RESIDENTIAL, False, "Asked for it **herself** <b>")
    assert any("Asked for it **herself** <b>" in one.value for one in app.text), (
        "shown as text, not as markup"
    )
    after = field(app, "decision", "reason")
    assert after.value == ""
    assert after.key != before.key, "under its old key a browser keeps the text in the field"


def test_detox_needs_the_rung_that_follows(
    open_page: OpenPage, slipped: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, slipped, slipped.ann)
    field(app, "decision", "choice").set_value("other").run()
    field(app, "decision", "level").set_value(Level.DETOX).run()
    field(app, "decision", "reason").set_value("Withdrawal").run()
    agree(app)
    app = save(app)
    assert "Detox needs the level of care that follows it" in said(app)
    assert decisions(sqlite_database, slipped.ann) == []
    assert Level.AFTERCARE.value not in field(app, "decision", "next_level").options, "it cannot follow detox"
    field(app, "decision", "next_level").set_value(Level.RESIDENTIAL).run()
    save(app)
    [(level, accepted, _, next_level, *_)] = decisions(sqlite_database, slipped.ann)
    assert (level, accepted, next_level) == (Level.DETOX, False, Level.RESIDENTIAL)


def agree(app: AppTest) -> None:
    """Fill in a prescriber's agreement."""
    field(app, "decision", "prescriber").set_value("Dr. Vera Lind").run()
    field(app, "decision", "agreed_on").set_value(TODAY).run()
    field(app, "decision", "agreement").set_value("With naloxone and a bed for tonight.").run()


def test_a_choice_against_the_rules_says_what_they_say_and_needs_a_prescribers_agreement(
    open_page: OpenPage, slipped: SmallClinic, sqlite_database: Database
) -> None:
    builders.prescription(sqlite_database, slipped.alice, slipped.ann)
    app = opened(open_page, slipped, slipped.ann)
    field(app, "decision", "choice").set_value("other").run()
    field(app, "decision", "level").set_value(Level.DETOX).run()
    field(app, "decision", "next_level").set_value(Level.INTENSIVE_OUTPATIENT).run()
    field(app, "decision", "reason").set_value("She asks for it.").run()
    assert "The rules speak against this" in said(app)
    assert "Detox from opioids is never a way to stop methadone or buprenorphine" in said(app)
    app = save(app)
    assert app.error
    assert decisions(sqlite_database, slipped.ann) == []
    agree(app)
    app = save(app)
    [(level, accepted, *_)] = decisions(sqlite_database, slipped.ann)
    assert (level, accepted) == (Level.DETOX, False)
    told = said(app)
    assert "Agreed by Dr. Vera Lind on March 11, 2026: “With naloxone and a bed for tonight.”" in told


def test_residential_care_on_the_clients_wish_needs_nobodys_agreement(
    open_page: OpenPage, slipped: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, slipped, slipped.ann)
    field(app, "decision", "choice").set_value("other").run()
    field(app, "decision", "level").set_value(Level.RESIDENTIAL).run()
    field(app, "decision", "reason").set_value("The flat is not quiet enough.").run()
    assert "It needs a prescriber’s agreement" in said(app)
    field(app, "decision", "wished").set_value(True).run()
    assert "It needs a prescriber’s agreement" not in said(app)
    app = save(app)
    [(level, *_)] = decisions(sqlite_database, slipped.ann)
    assert level is Level.RESIDENTIAL
    assert "chosen instead, the client wished it, Alice" in said(app)


def test_what_a_decision_has_answered_is_told_as_answered_on_the_same_day(
    open_page: OpenPage, slipped: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, slipped, slipped.ann)
    field(app, "decision", "choice").set_value("intensive_outpatient-with_medication").run()
    app = save(app)
    assert "First option: Intensive outpatient (as now), with an offer of medication" in said(app)
    assert "A slip was reported: answered by the decision of March 11, 2026" in said(app)
    builders.check_in(sqlite_database, slipped.alice, slipped.ann, on=TODAY, use=Use.SLIP)
    assert (
        "answered by the decision"
        not in said(opened(open_page, slipped, slipped.ann)).split("Decisions so far")[0]
    )


def test_a_decision_under_way_does_not_follow_to_the_next_client(
    open_page: OpenPage, slipped: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, slipped, slipped.ann)
    field(app, "decision", "choice").set_value("other").run()
    field(app, "decision", "level").set_value(Level.RESIDENTIAL).run()
    field(app, "decision", "reason").set_value("Ann asked for it herself.").run()
    field(app, "decision", "code").set_value("3.5").run()
    app.selectbox(key="client_picker").set_value(slipped.amir).run()
    assert [field(app, "decision", name).value for name in ("choice", "reason", "code")] == [None, "", ""]
    field(app, "decision", "choice").set_value("outpatient-with_medication").run()
    save(app)
    [(level, accepted, reason, next_level, code, _)] = decisions(sqlite_database, slipped.amir)
    assert (level, accepted, reason, next_level, code) == (Level.OUTPATIENT, True, None, None, None)
    assert decisions(sqlite_database, slipped.ann) == []


def test_a_decision_under_way_is_found_again_after_another_client_was_open(
    open_page: OpenPage, slipped: SmallClinic
) -> None:
    app = opened(open_page, slipped, slipped.ann)
    field(app, "decision", "reason").set_value("Ann asked for it herself.").run()
    app.selectbox(key="client_picker").set_value(slipped.amir).run()
    app.selectbox(key="client_picker").set_value(slipped.ann).run()
    assert field(app, "decision", "reason").value == "Ann asked for it herself."


def test_a_double_click_saves_one_decision(
    open_page: OpenPage,
    slipped: SmallClinic,
    sqlite_database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(saving, "DOUBLE_CLICK_SECONDS", 600.0)  # as long as this test may take
    app = opened(open_page, slipped, slipped.ann)
    field(app, "decision", "choice").set_value("outpatient-with_medication").run()
    save(app)
    button(app, "decision").proto.disabled = False  # the browser still shows the first one
    save(app)
    assert len(decisions(sqlite_database, slipped.ann)) == 1
    field(app, "decision", "choice").set_value("outpatient-with_medication").run()
    save(app)
    assert len(decisions(sqlite_database, slipped.ann)) == 2, "what is chosen anew is another decision"


def test_nothing_can_be_saved_before_a_choice(open_page: OpenPage, slipped: SmallClinic) -> None:
    app = opened(open_page, slipped, slipped.ann)
    assert button(app, "decision").disabled


def test_a_foreign_client_is_not_opened(open_page: OpenPage, slipped: SmallClinic) -> None:
    app = opened(open_page, slipped, slipped.dee)
    assert "Dee" not in said(app)
    assert not app.radio


def test_a_stranger_sees_nothing(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = open_page("level_of_care", as_user=User(id=9999, name="Mallory", role=Role.COUNSELOR, team_id=1))
    assert not app.dataframe


def test_an_empty_caseload_says_so_calmly(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        session.execute(delete(Assignment))
    assert "Nobody is on your caseload yet" in said(opened(open_page, sqlite_clinic))


def test_the_number_of_statements_does_not_grow_with_the_caseload(
    sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    def run() -> int:
        with statements(sqlite_database) as seen, sqlite_database.reading() as session:
            read_levels(session, sqlite_clinic.alice, TODAY, client_id=sqlite_clinic.ann)
        return len(seen)

    before = run()
    with sqlite_database.writing() as session:
        for number in range(30):
            add_client(session, f"Client {number}", counselor=sqlite_clinic.alice)
    assert run() == before
