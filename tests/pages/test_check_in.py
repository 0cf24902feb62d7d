"""The check-in screen: what it shows, what it keeps, and what a save tells."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from casework.checks import check_ins
from casework.vocabulary import HALT, MEDICATION_SIGN, SUBSTANCES, WARNING_SIGNS, Use, ids, mask
from db.models import CheckIn, SafetyItem
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.clinic import SmallClinic
from tests.support.databases import Database
from tests.support.pages import answer, answered, button, drawn_in, rows_in, said

SIGNS = ids(WARNING_SIGNS)


def field(client_id: int, name: str, number: int = 0) -> str:
    """The key of a field of a new check-in's form."""
    return f"check_in:client-{client_id}:{number}:{name}"


def press(app: AppTest, client_id: int, answers: dict[str, str | None], form: str = "check_in") -> AppTest:
    """Press in the rows of signs, of what helps, and of the stages."""
    names = {"protective": "helps", "stage": "stages"}
    name = names.get(next(iter(answers)).split(":")[0], "signs")
    return answer(app, f"{form}:client-{client_id}:0:{name}", answers)


def opened(open_page: OpenPage, clinic: SmallClinic, **more: object) -> AppTest:
    """The form, open for Ann by Alice."""
    return open_page("check_in", as_user=clinic.alice, state={"client_id": clinic.ann, **more})


def saved_check_ins(database: Database) -> list[CheckIn]:
    with database.reading() as session:
        found = list(session.scalars(select(CheckIn).order_by(CheckIn.id)))
        session.expunge_all()
        return found


def test_without_a_client_it_asks_for_one(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = open_page("check_in", as_user=sqlite_clinic.alice)
    assert not app.exception
    assert "Choose a client" in said(app)


def test_another_counselors_client_is_not_there(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = open_page("check_in", as_user=sqlite_clinic.alice, query={"client": "ben-brook"})
    assert "no such record" in said(app)
    assert "Ben" not in said(app)
    assert not app.button


def test_a_sign_that_nobody_asked_about_stays_not_asked(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic)
    press(app, sqlite_clinic.ann, {"sign:isolating": "absent", "sign:boredom": "present"})
    button(app, "check_in").click().run()
    assert not app.exception
    (one,) = saved_check_ins(sqlite_database)
    assert one.signs_asked == mask(WARNING_SIGNS, ["isolating", "boredom"])
    assert one.signs_present == mask(WARNING_SIGNS, ["boredom"])
    assert (one.craving, one.use, one.suicidal, one.stage_asked) == (None, None, None, 0)


def test_the_last_answers_stand_beside_the_form_and_are_not_copied_into_it(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.check_in(
        sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, on=days_ago(7), signs={"isolating": True}
    )
    app = opened(open_page, sqlite_clinic)
    assert "last check-in 7 days ago" in drawn_in(app, field(sqlite_clinic.ann, "signs"))["parts"][0]["words"]
    rows = field(sqlite_clinic.ann, "signs")
    assert rows_in(app, rows)["sign:isolating"]["last"]["said"] == "yes"
    assert rows_in(app, rows)["sign:boredom"]["last"]["said"] == "not asked"
    assert answered(app, rows) == {}
    assert {radio.value for radio in app.radio if ":" in str(radio.key)} == {"not_asked"}


def test_halt_parts_open_under_a_present_self_care_sign_only(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic)
    rows = rows_in(app, field(sqlite_clinic.ann, "signs"))
    under = {"row": "sign:no_self_care", "value": "present"}  # the browser opens and closes them
    assert all(rows[f"halt:{part.id}"]["under"] == under for part in HALT)
    press(app, sqlite_clinic.ann, {"sign:no_self_care": "present", "halt:lonely": "present"})
    button(app, "check_in").click().run()
    (one,) = saved_check_ins(sqlite_database)
    assert (one.halt_asked, one.halt_present) == (mask(HALT, ["lonely"]), mask(HALT, ["lonely"]))


def test_the_medication_sign_is_not_applicable_without_a_prescription(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic)
    rows = field(sqlite_clinic.ann, "signs")
    row = rows_in(app, rows)[f"sign:{MEDICATION_SIGN}"]
    assert row["options"] is None
    assert row["words"].startswith("Not applicable")
    assert "0 of 11 warning signs asked" in said(app)
    builders.prescription(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann)
    app.run()
    assert rows_in(app, rows)[f"sign:{MEDICATION_SIGN}"]["options"]
    assert "0 of 12 warning signs asked" in said(app)


@pytest.mark.parametrize("question", ["suicidal", "overdosed"])
def test_a_yes_to_a_safety_question_shows_help_before_anything_is_saved(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database, question: str
) -> None:
    app = opened(open_page, sqlite_clinic)
    safety = drawn_in(app, field(sqlite_clinic.ann, "signs"))["parts"][1]
    assert question in safety["help"]["of"]  # there before the answer: no server has to be waited for
    assert all(
        words in " ".join(safety["help"]["lines"]) for words in ("988", "911", "Stay with the client.")
    )
    press(app, sqlite_clinic.ann, {question: "present"})
    assert saved_check_ins(sqlite_database) == []
    button(app, "check_in").click().run()
    with sqlite_database.reading() as session:
        assert session.scalars(select(SafetyItem.client_id)).all() == [sqlite_clinic.ann]
    assert "waits for a named person" in said(app)


def test_the_day_of_an_overdose_and_the_last_day_of_use_are_asked_where_they_are_told(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic)
    asked = {field(sqlite_clinic.ann, name) for name in ("overdosed_on", "naloxone_used", "used_on")}

    def drawn() -> set[str | None]:
        return {one.key for one in (*app.date_input, *app.radio)}

    assert not asked & drawn()
    press(app, sqlite_clinic.ann, {"overdosed": "present"})
    app.radio(key=field(sqlite_clinic.ann, "use")).set_value(Use.SLIP).run()
    assert asked <= drawn()
    app.date_input(key=field(sqlite_clinic.ann, "overdosed_on")).set_value(days_ago(2))
    app.radio(key=field(sqlite_clinic.ann, "naloxone_used")).set_value("present")
    app.date_input(key=field(sqlite_clinic.ann, "used_on")).set_value(days_ago(1))
    press(app, sqlite_clinic.ann, {"suicidal": "absent"})
    button(app, "check_in").click().run()
    (one,) = saved_check_ins(sqlite_database)
    assert (one.suicidal, one.overdosed, one.naloxone_used) == (False, True, True)
    assert (one.overdosed_on, one.used_on) == (days_ago(2), days_ago(1))


def test_a_day_is_left_out_again_with_the_answer_that_it_belongs_to(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic)
    press(app, sqlite_clinic.ann, {"overdosed": "present"})
    app.radio(key=field(sqlite_clinic.ann, "use")).set_value(Use.SLIP).run()
    app.date_input(key=field(sqlite_clinic.ann, "overdosed_on")).set_value(days_ago(2))
    app.radio(key=field(sqlite_clinic.ann, "naloxone_used")).set_value("absent")
    app.date_input(key=field(sqlite_clinic.ann, "used_on")).set_value(days_ago(1)).run()
    press(app, sqlite_clinic.ann, {"overdosed": "absent"})
    app.radio(key=field(sqlite_clinic.ann, "use")).set_value(Use.NONE).run()
    button(app, "check_in").click().run()
    (one,) = saved_check_ins(sqlite_database)
    assert (one.use, one.overdosed) == (Use.NONE, False)
    assert one.used_on is one.overdosed_on is one.naloxone_used is None


def test_a_correction_keeps_what_it_does_not_touch_of_safety_and_days(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    told: dict[str, Any] = {"use": Use.REGULAR, "used_on": days_ago(3), "suicidal": False}
    told |= {"overdosed": True, "overdosed_on": days_ago(4), "naloxone_used": False}
    ann = sqlite_clinic.ann
    old = builders.check_in(sqlite_database, sqlite_clinic.alice, ann, on=days_ago(2), **told)
    app = opened(open_page, sqlite_clinic, **{f"correct_check_in:client-{ann}:0:begun": old.id})
    correction = f"check_in-{old.id}"
    app.text_input(key=f"{correction}:client-{ann}:0:reason").set_value("Typing error")
    button(app, correction).click().run()
    assert not app.exception
    _, new = saved_check_ins(sqlite_database)
    assert new.supersedes_id == old.id
    assert {name: getattr(new, name) for name in told} == told


def test_self_harm_to_control_urges_shows_help_too(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = opened(open_page, sqlite_clinic)
    stages = drawn_in(app, field(sqlite_clinic.ann, "stages"))["parts"]
    (help_,) = [part["help"] for part in stages if part["help"]]
    assert help_["of"] == ["stage:self_harm_for_urges"]
    assert "988" in help_["lines"][0]


def test_the_confirmation_names_what_changed(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = opened(open_page, sqlite_clinic)
    signs = ("isolating", "boredom", "old_places", "refusing_support", "glamorizing")
    press(app, sqlite_clinic.ann, {f"sign:{sign}": "present" for sign in signs})
    app.radio(key=field(sqlite_clinic.ann, "use")).set_value("slip")
    button(app, "check_in").click().run()
    assert not app.exception
    assert "Ann Archer: the check-in is saved." in said(app)
    assert "Slipping now, was " in said(app)
    table = app.dataframe[0].value
    changed = dict(zip(table["Indicator"], table["Now"], strict=True))
    assert changed["Active warning signs"] == "5 signs"
    assert changed["Reported opioid use"] == "slip"


def test_a_refused_entry_says_why_and_loses_nothing(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic)
    note = field(sqlite_clinic.ann, "note")
    app.text_area(key=note).input("She called at night.")
    app.radio(key=field(sqlite_clinic.ann, "others")).set_value("some").run()
    button(app, "check_in").click().run()
    assert "Say which other substances" in said(app)
    assert app.text_area(key=note).value == "She called at night."
    assert app.radio(key=field(sqlite_clinic.ann, "others")).value == "some"
    assert saved_check_ins(sqlite_database) == []


def test_text_that_cannot_be_stored_is_refused_calmly(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic)
    app.text_area(key=field(sqlite_clinic.ann, "note")).input("with a \0 in it")
    button(app, "check_in").click().run()
    assert saved_check_ins(sqlite_database) == []
    assert "characters that cannot be stored" in said(app)
    assert app.text_area(key=field(sqlite_clinic.ann, "note")).value == "with a \0 in it"


def test_what_is_typed_for_one_client_waits_while_another_is_open(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = opened(open_page, sqlite_clinic)
    press(app, sqlite_clinic.ann, {"sign:isolating": "present"})
    app.selectbox(key="client_picker").set_value(sqlite_clinic.amir).run()
    assert answered(app, field(sqlite_clinic.amir, "signs")) == {}
    app.selectbox(key="client_picker").set_value(sqlite_clinic.ann).run()
    assert answered(app, field(sqlite_clinic.ann, "signs")) == {"sign:isolating": "present"}


def test_what_is_typed_waits_while_another_page_is_open(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = opened(open_page, sqlite_clinic)
    press(app, sqlite_clinic.ann, {"sign:isolating": "present"})
    assert app.session_state[field(sqlite_clinic.ann, "sign:isolating")] == "present"
    app.selectbox(key="client_picker").set_value(None).run()
    assert not app.get("bidi_component")
    app.selectbox(key="client_picker").set_value(sqlite_clinic.ann).run()
    assert answered(app, field(sqlite_clinic.ann, "signs")) == {"sign:isolating": "present"}


def test_a_check_in_of_an_earlier_day_keeps_that_day(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic)
    app.toggle(key=field(sqlite_clinic.ann, "earlier")).set_value(True).run()
    app.date_input(key=field(sqlite_clinic.ann, "day")).set_value(days_ago(3))
    press(app, sqlite_clinic.ann, {"sign:isolating": "absent"})
    button(app, "check_in").click().run()
    (one,) = saved_check_ins(sqlite_database)
    assert one.occurred_on == days_ago(3)
    assert one.known_on == days_ago(0)


def test_a_correction_opens_with_the_old_answers_and_needs_a_reason(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    old = builders.check_in(
        sqlite_database,
        sqlite_clinic.alice,
        sqlite_clinic.ann,
        on=days_ago(2),
        signs={"isolating": True},
        use=Use.NONE,
        note="Old note",
    )
    app = opened(open_page, sqlite_clinic, **{f"correct_check_in:client-{sqlite_clinic.ann}:0:begun": old.id})
    start = f"check_in-{old.id}:client-{sqlite_clinic.ann}:0:"
    assert answered(app, f"{start}signs")["sign:isolating"] == "present"
    assert app.radio(key=f"{start}use").value == "none"
    assert app.text_area(key=f"{start}note").value == "Old note"
    press(app, sqlite_clinic.ann, {"sign:isolating": "absent"}, form=f"check_in-{old.id}")
    button(app, f"check_in-{old.id}").click().run()
    assert len(saved_check_ins(sqlite_database)) == 1
    assert "cannot be empty" in said(app)
    app.text_input(key=f"{start}reason").input("Wrong client in mind")
    button(app, f"check_in-{old.id}").click().run()
    before, after = saved_check_ins(sqlite_database)
    assert before.superseded_on is not None
    assert (after.supersedes_id, after.correction_reason) == (old.id, "Wrong client in mind")
    assert (after.signs_asked, after.signs_present) == (mask(WARNING_SIGNS, ["isolating"]), 0)
    assert after.occurred_at == before.occurred_at


def test_a_correction_keeps_the_substances_that_the_form_does_not_offer(
    open_page: OpenPage,
    sqlite_clinic: SmallClinic,
    sqlite_database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as before:  # one from before the rule
        before.setattr(check_ins, "OTHER_SUBSTANCES", ids(SUBSTANCES))
        before.setattr(check_ins, "WITHDRAWAL_SUBSTANCES", ids(SUBSTANCES))
        old = builders.check_in(
            sqlite_database,
            sqlite_clinic.alice,
            sqlite_clinic.ann,
            on=days_ago(2),
            other_substances=frozenset({"heroin", "cocaine"}),
            withdrawal=2,
            withdrawal_from=frozenset({"cannabis", "alcohol"}),
        )
    app = opened(open_page, sqlite_clinic, **{f"correct_check_in:client-{sqlite_clinic.ann}:0:begun": old.id})
    start = f"check_in-{old.id}:client-{sqlite_clinic.ann}:0:"
    app.text_area(key=f"{start}note").set_value("Called back")
    app.text_input(key=f"{start}reason").input("The note was missing")
    button(app, f"check_in-{old.id}").click().run()
    before_, after = saved_check_ins(sqlite_database)
    assert after.note == "Called back"
    assert after.other_substances == before_.other_substances == mask(SUBSTANCES, ["heroin", "cocaine"])
    assert after.withdrawal_from == before_.withdrawal_from == mask(SUBSTANCES, ["cannabis", "alcohol"])


def test_every_one_of_the_twelve_signs_has_one_control_of_its_own(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.prescription(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann)
    app = opened(open_page, sqlite_clinic)
    rows = rows_in(app, field(sqlite_clinic.ann, "signs"))
    shown = [id_.removeprefix("sign:") for id_ in rows if id_.startswith("sign:")]
    assert sorted(shown) == sorted(SIGNS)
    offered = {tuple(one["label"] for one in row["options"]) for row in rows.values()}
    assert offered == {("No", "Yes")}


def test_nothing_answers_several_signs_at_once(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = opened(open_page, sqlite_clinic)
    together = {
        part["id"]: part["all"]["of"]
        for name in ("signs", "helps", "stages")
        for part in drawn_in(app, field(sqlite_clinic.ann, name))["parts"]
        if part["all"]
    }
    assert together == {"safety": ["suicidal", "overdosed"]}


def test_an_answer_that_is_taken_back_is_not_asked(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic)
    press(app, sqlite_clinic.ann, {"sign:isolating": "present", "sign:boredom": "absent"})
    press(app, sqlite_clinic.ann, {"sign:isolating": None})
    assert "1 of 11 warning signs asked" in said(app)
    button(app, "check_in").click().run()
    assert saved_check_ins(sqlite_database)[0].signs_asked == mask(WARNING_SIGNS, ["boredom"])


def test_an_answer_that_comes_with_the_click_on_save_is_saved(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic)
    button(app, "check_in").click()
    press(app, sqlite_clinic.ann, {"sign:isolating": "present", "suicidal": "absent"})
    (one,) = saved_check_ins(sqlite_database)
    assert (one.signs_present, one.suicidal) == (mask(WARNING_SIGNS, ["isolating"]), False)


def test_an_answer_that_was_not_offered_is_not_taken(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic)
    forged = {f"sign:{MEDICATION_SIGN}": "present", "note": "forged", "sign:boredom": "perhaps"}
    press(app, sqlite_clinic.ann, {"sign:isolating": "absent", **forged})
    button(app, "check_in").click().run()
    assert not app.exception
    (one,) = saved_check_ins(sqlite_database)
    assert (one.signs_asked, one.note) == (mask(WARNING_SIGNS, ["isolating"]), None)


def test_the_next_check_in_of_a_client_begins_empty(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic)
    press(app, sqlite_clinic.ann, {"sign:isolating": "present"})
    button(app, "check_in").click().run()
    app.button(key="saved-another").click().run()
    assert answered(app, field(sqlite_clinic.ann, "signs", number=1)) == {}
    assert len(saved_check_ins(sqlite_database)) == 1


def test_a_check_in_without_any_answer_is_not_saved(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic)
    button(app, "check_in").click().run()
    assert not app.exception
    assert "Nothing is answered yet" in said(app)
    assert saved_check_ins(sqlite_database) == []
