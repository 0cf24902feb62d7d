"""The Client page: the first view, evidence, entries, and what can be recorded there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from casework import wording
from casework.actions import screens
from casework.actions.calls import log_call
from casework.actions.medication import stop
from casework.caseload.client_record import Appointment, client_record
from casework.caseload.entries import RecordEntry, changed, entries
from casework.indicators import TABLE, Chance
from casework.vocabulary import AbsenceCause, Band, CallOutcome, Certainty, FactKind, Mark, ScreenStatus, Use
from casework.wording import Answer
from db.models import Absence, Attendance, Dose, Note, Prescription, UrineScreen
from pages.client import scores
from pages.client.dialogs import DIALOGS
from pages.client.screens import NOTHING, SOMETHING
from pages.shared.client_dialog import OPEN, Opened
from pages.shared.widgets.components import CLIENT
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.clinic import TODAY, SmallClinic
from tests.support.databases import Database
from tests.support.pages import button, every_text, field, said


def opened(open_page: OpenPage, clinic: SmallClinic, **state: Any) -> AppTest:
    app = open_page("client", as_user=clinic.alice, state={CLIENT: clinic.ann, **state})
    assert not app.exception
    return app


def rows(database: Database, model: type[Any]) -> list[Any]:
    with database.reading() as session:
        found = list(session.scalars(select(model).order_by(model.id)))
        session.expunge_all()
        return found


def test_the_first_view_says_how_since_when_why_and_what_next(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.check_in(
        sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, on=days_ago(1), use=Use.REGULAR, craving=9
    )
    words = " ".join(every_text(opened(open_page, sqlite_clinic)))
    for expected in (
        "Ann Archer",
        "no. R-ann-archer",
        "Outpatient",
        "No medication",
        "555-0100",
        "yesterday",
        "Now",
        "Regular use reported, March 10",
        "Why",
        "Craving 9 of 10",
        "Do next",
        "physical stage",
        "In 12 weeks: use told once",
    ):
        assert expected in words


def test_each_score_says_its_chance_in_plain_words_and_what_speaks_for_and_against(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    alice, ann = sqlite_clinic.alice, sqlite_clinic.ann
    told = dict.fromkeys(("isolating", "boredom"), True)
    builders.check_in(sqlite_database, alice, ann, on=days_ago(1), use=Use.REGULAR, signs=told, craving=9)
    builders.screen(sqlite_database, alice, ann, on=days_ago(9))
    assert "Is use returning?" not in said(opened(open_page, sqlite_clinic)), "odds are for who asks"
    words = said(opened(open_page, sqlite_clinic, **{f"chances-{ann}": True}))
    assert "Is use returning?" in words
    assert re.search(r"About \d in 10 \(\d to \d in 10\) use in at least two of the next four weeks", words)
    assert "No unexpected opioid in urine" in words
    assert "Not yet validated" in words
    for jargon in ("logit", "priority", "calibrat", "probability"):
        assert jargon not in words.lower()


def test_of_somebody_unknown_only_a_range_is_said_and_no_points(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    words = said(opened(open_page, sqlite_clinic, **{f"chances-{sqlite_clinic.ann}": True}))
    assert "Too little was asked to say more than a range" in words
    assert "nything from" in words
    assert "about " not in words.partition("Is use returning?")[2].partition("All points")[0].lower()


def test_a_chance_that_was_adjusted_to_the_clinic_says_so() -> None:
    published, adjusted = Chance(0.2, 0.3, 0.5), Chance(0.2, 0.3, 0.5, adjusted=True)
    assert scores.likely(published, Band.WATCH) == "about 3 in 10 (2 to 5 in 10)"
    assert scores.likely(adjusted, Band.WATCH) == "about 3 in 10 (2 to 5 in 10), adjusted to this clinic,"
    assert scores.likely(adjusted, Band.UNKNOWN) == "anything from 2 to 5 in 10, adjusted to this clinic,"


def test_only_what_speaks_for_risk_can_be_said_not_to_apply(
    sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.check_in(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, on=days_ago(1), use=Use.SLIP)
    builders.screen(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, on=days_ago(9))
    with sqlite_database.reading() as session:
        record = client_record(session, sqlite_clinic.alice, sqlite_clinic.ann, TODAY)
    signs = {rule.id: rule.sign for rule in TABLE}
    assert record.reasons
    assert {signs[one.rule_id] for one in record.reasons} == {1}


def test_somebody_elses_client_gets_the_calm_message(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = open_page("client", as_user=sqlite_clinic.alice, query={"client": "ben-brook"})
    assert not app.exception
    assert "no such record" in said(app)
    assert "Ben" not in said(app)


def test_a_member_of_a_group_is_no_client_of_its_leader(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = builders.group(sqlite_database, sqlite_clinic.alice)
    builders.join(sqlite_database, sqlite_clinic.bob, series, sqlite_clinic.ben)
    app = open_page("client", as_user=sqlite_clinic.alice, state={CLIENT: sqlite_clinic.ben})
    assert not app.exception
    assert "Ben" not in said(app)


def test_an_indicator_opens_its_dated_rows(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.check_in(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, on=days_ago(2), craving=8)
    app = opened(open_page, sqlite_clinic, client_section="indicators")
    (line,) = [one for one in app.expander if "Craving: 8 of 10" in one.label]
    assert any("craving 8 of 10" in str(one.proto.body) for one in line.get("html"))


def test_a_note_is_saved_as_it_was_typed_and_shown_as_text(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    text = "![x](https://example.org/x.png) <b>*late*</b>"
    app = opened(open_page, sqlite_clinic, **{OPEN: Opened(sqlite_clinic.ann, "note")})
    app.text_area[0].set_value(text)
    button(app, "note").click().run()
    assert not app.exception
    (note,) = rows(sqlite_database, Note)
    assert note.text == text
    assert OPEN not in app.session_state
    app.session_state["client_section"] = "entries"
    app.run()
    assert text in [one.value for one in app.text]


def test_an_empty_note_is_refused_and_the_dialog_stays(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic, **{OPEN: Opened(sqlite_clinic.ann, "note")})
    button(app, "note").click().run()
    assert "cannot be empty" in said(app)
    assert app.session_state[OPEN] == Opened(sqlite_clinic.ann, "note")
    assert rows(sqlite_database, Note) == []


def test_a_late_note_keeps_its_own_day(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic, **{OPEN: Opened(sqlite_clinic.ann, "note")})
    app.text_area[0].set_value("Met at the market.")
    app.date_input[0].set_value(days_ago(3))
    button(app, "note").click().run()
    (note,) = rows(sqlite_database, Note)
    assert (note.occurred_on, note.known_on) == (days_ago(3), TODAY)
    app.session_state["client_section"] = "entries"
    app.run()
    assert any("late entry" in one.label for one in app.expander)


def fill_screen(app: AppTest, result: str, found: list[str] | None = None) -> None:
    field(app, "screen", "status").set_value(ScreenStatus.COLLECTED).run()
    field(app, "screen", "certainty").set_value(Certainty.PRESUMPTIVE)
    field(app, "screen", "result").set_value(result).run()
    if found:
        field(app, "screen", "found").set_value(found)
    button(app, "screen").click().run()
    assert not app.exception


def test_a_screen_with_nothing_chosen_is_not_saved(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic, **{OPEN: Opened(sqlite_clinic.ann, "screen")})
    button(app, "screen").click().run()
    assert "Say what became of the screen" in said(app)
    field(app, "screen", "status").set_value(ScreenStatus.COLLECTED).run()
    button(app, "screen").click().run()
    assert "Say whether anything was found" in said(app)
    assert rows(sqlite_database, UrineScreen) == []


def test_a_screen_is_recorded_with_what_was_found(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    fill_screen(
        opened(open_page, sqlite_clinic, **{OPEN: Opened(sqlite_clinic.ann, "screen")}),
        SOMETHING,
        ["fentanyl"],
    )
    (screen,) = rows(sqlite_database, UrineScreen)
    assert screen.status is ScreenStatus.COLLECTED
    assert screen.found == 2


def test_a_screen_says_what_is_expected_and_the_confirmation_that_it_was_absent(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.prescription(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, what="buprenorphine")
    app = opened(open_page, sqlite_clinic, **{OPEN: Opened(sqlite_clinic.ann, "screen")})
    field(app, "screen", "status").set_value(ScreenStatus.COLLECTED).run()
    assert "Expected, because it is prescribed: Buprenorphine" in said(app)
    fill_screen(app, NOTHING)
    assert "Not found although it is prescribed: Buprenorphine" in said(app)


def test_screens_can_be_planned(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic, **{OPEN: Opened(sqlite_clinic.ann, "screen")})
    field(app, "plan_screens", "times").set_value(3)
    button(app, "plan_screens").click().run()
    assert [one.status for one in rows(sqlite_database, UrineScreen)] == [ScreenStatus.DUE] * 3


def test_a_medication_is_prescribed_given_and_ended(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic, **{OPEN: Opened(sqlite_clinic.ann, "medication")})
    field(app, "prescription", "medication").set_value("naltrexone_xr")
    field(app, "prescription", "from").set_value(days_ago(5))
    button(app, "prescription").click().run()
    assert [one.medication for one in rows(sqlite_database, Prescription)] == ["naltrexone_xr"]

    app.session_state[OPEN] = Opened(sqlite_clinic.ann, "medication")
    app.run()
    button(app, "dose").click().run()
    assert [one.covers_days for one in rows(sqlite_database, Dose)] == [31]

    app.session_state[OPEN] = Opened(sqlite_clinic.ann, "medication")
    app.run()
    field(app, "end_prescription", "reason").set_value("Changed to buprenorphine")
    button(app, "end_prescription").click().run()
    assert not app.exception
    first, second = rows(sqlite_database, Prescription)
    assert (second.supersedes_id, second.ends_on) == (first.id, TODAY)


def test_time_in_custody_raises_the_flag_of_lowered_tolerance(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic, **{OPEN: Opened(sqlite_clinic.ann, "absence")})
    field(app, "absence", "cause").set_value(AbsenceCause.CUSTODY)
    field(app, "absence", "from").set_value(days_ago(9))
    field(app, "absence", "medicated").set_value("no")
    button(app, "absence").click().run()
    assert "don’t use alone" in confirmations(app)[0]
    assert [one.medicated for one in rows(sqlite_database, Absence)] == [False]
    words = said(app)
    assert "Lowered tolerance" in words
    assert "No naloxone on record" in words


def test_a_mark_outside_a_roll_call_is_recorded(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(open_page, sqlite_clinic, **{OPEN: Opened(sqlite_clinic.ann, "session")})
    field(app, "mark", "mark").set_value(Mark.NO_SHOW)
    button(app, "mark").click().run()
    assert [one.mark for one in rows(sqlite_database, Attendance)] == [Mark.NO_SHOW]


def test_a_corrected_entry_keeps_its_old_version_readable(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    first = builders.note(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, "Old words")
    app = opened(open_page, sqlite_clinic, client_section="entries")
    app.button(key=f"correct-list-note-{first}").click().run()
    field(app, f"correction-note-{first}", "text").set_value("New words")
    field(app, f"correction-note-{first}", "reason").set_value("Mixed up two visits")
    button(app, f"correction-note-{first}").click().run()
    assert not app.exception
    old, new = rows(sqlite_database, Note)
    assert (new.supersedes_id, new.correction_reason) == (old.id, "Mixed up two visits")
    texts = [one.value for one in app.text]
    assert {"New words", "Old words", "Reason for the correction: Mixed up two visits"} <= set(texts)


def test_a_correction_without_a_reason_is_refused(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    first = builders.note(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, "Old words")
    app = opened(open_page, sqlite_clinic, client_section="entries")
    app.button(key=f"correct-list-note-{first}").click().run()
    button(app, f"correction-note-{first}").click().run()
    assert len(rows(sqlite_database, Note)) == 1
    assert app.error


def test_a_check_in_is_corrected_in_its_own_form(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    done = builders.check_in(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann)
    app = opened(open_page, sqlite_clinic, client_section="entries")
    app.button(key=f"correct-list-check_in-{done.id}").click().run()
    assert app.session_state["test:page"] == "check_in"
    assert button(app, f"check_in-{done.id}").label == "Save the correction"


BEHIND = ("chances", "baseline", "what-if", "timeline-table")
"""What of the page stands closed until somebody asks."""


@pytest.mark.parametrize("section", ["indicators", "entries"])
def test_a_client_without_any_entry_opens_everywhere(
    section: str, open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    asked = {f"{one}-{sqlite_clinic.ann}": True for one in BEHIND}
    opened(open_page, sqlite_clinic, client_section=section, **asked)


# --- reasons, the timeline, and the entry behind each ---------------------------------------------------------------


def test_each_reason_opens_its_rows_and_each_row_its_entry(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    alice, ann = sqlite_clinic.alice, sqlite_clinic.ann
    done = builders.check_in(
        sqlite_database, alice, ann, on=days_ago(1), use=Use.REGULAR, craving=9, note="Met at the market."
    )
    with sqlite_database.reading() as session:
        told = client_record(session, alice, ann, TODAY).told
    assert len(told) >= 2
    for one in told:
        app = opened(open_page, sqlite_clinic, **{f"reason-{ann}-{one.text}": True})
        app.button(key=f"row-of-{ann}-{one.text}-check_in-{done.id}").click().run()
        assert not app.exception
        assert app.session_state[OPEN] == Opened(ann, "entry", about=f"check_in-{done.id}")
        assert app.button(key=f"correct-entry-check_in-{done.id}").label == "Correct this check-in"


def test_no_row_is_read_before_somebody_asks(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.check_in(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, use=Use.REGULAR)
    app = opened(open_page, sqlite_clinic)
    assert not [one for one in app.button if one.key and one.key.startswith("row-of-")]


def test_every_mark_of_the_timeline_opens_the_entry_that_it_is(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    alice, ann = sqlite_clinic.alice, sqlite_clinic.ann
    builders.check_in(sqlite_database, alice, ann, on=days_ago(3), use=Use.SLIP, craving=4)
    builders.screen(sqlite_database, alice, ann, on=days_ago(9))
    builders.prescription(sqlite_database, alice, ann, since=days_ago(20))
    with sqlite_database.reading() as session:
        timeline = client_record(session, alice, ann, TODAY).timeline
        keys = {one.key for one in entries(session, alice, ann, TODAY, weeks=1040)}
    marks = {row.entry for row in timeline.rows if row.entry}
    assert {one.split("-")[0] for one in marks} >= {"check_in", "urine_screen", "prescription"}
    assert marks <= keys
    for mark in marks:
        app = opened(open_page, sqlite_clinic, **{OPEN: Opened(ann, "entry", about=mark)})
        assert "not on the record" not in said(app)


def test_an_entry_of_somebody_else_does_not_open(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    note = builders.note(sqlite_database, sqlite_clinic.alice, sqlite_clinic.amir, "Amir’s words")
    app = opened(open_page, sqlite_clinic, **{OPEN: Opened(sqlite_clinic.ann, "entry", about=f"note-{note}")})
    assert "not on the record" in said(app)
    assert "Amir’s words" not in said(app)


def test_an_entry_is_corrected_from_where_it_was_opened(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    ann = sqlite_clinic.ann
    note = builders.note(sqlite_database, sqlite_clinic.alice, ann, "Old words")
    app = opened(open_page, sqlite_clinic, **{OPEN: Opened(ann, "entry", about=f"note-{note}")})
    app.button(key=f"correct-entry-note-{note}").click().run()
    assert field(app, f"correction-note-{note}", "text").value == "Old words"


def test_the_list_says_the_first_words_of_each_entry(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.note(
        sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, "Her sister *called*. " + "word " * 60
    )
    (line,) = [one.label for one in opened(open_page, sqlite_clinic).expander if "Note" in one.label]
    assert "Her sister \\*called\\*" in line, "and as text"
    assert line.endswith("…”")
    assert len(line) < 200


def test_the_banner_says_when_the_client_is_expected_next(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    alice, ann = sqlite_clinic.alice, sqlite_clinic.ann
    assert "No appointment within 4 weeks" in said(opened(open_page, sqlite_clinic))
    agreed = {"outcome": CallOutcome.REACHED, "appointment_on": days_ago(-5), "token": builders.token()}
    builders.save(sqlite_database, log_call, by=alice, client_id=ann, **agreed)
    with sqlite_database.reading() as session:
        assert client_record(session, alice, ann, TODAY).expected == Appointment(days_ago(-5), None)
    series = builders.group(sqlite_database, alice, first_on=days_ago(-2))
    builders.join(sqlite_database, alice, series, ann)
    with sqlite_database.reading() as session:
        expected = client_record(session, alice, ann, TODAY).expected
    assert expected is not None
    assert expected.on == days_ago(-2)
    assert expected.at is not None


def test_a_correction_says_which_answers_it_changed() -> None:
    told = {"contact": Answer("Contact", "visit"), "halt.tired": Answer("Tired", "present")}
    old = RecordEntry(FactKind.CHECK_IN, 1, TODAY, "Visit", None, "Alice", None, late=False, fields=told)
    new = replace(
        old,
        id=2,
        fields=told | {"halt.tired": Answer("Tired", "absent"), "craving": Answer("Craving", "3 of 10")},
    )
    assert changed(old, new) == "Tired: present → absent; Craving: not asked → 3 of 10"


def test_an_entry_tells_every_answer_of_its_check_in(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    signs = {"no_self_care": True}
    builders.check_in(
        sqlite_database,
        sqlite_clinic.alice,
        sqlite_clinic.ann,
        signs=signs,
        halt={"tired": True},
        withdrawal=2,
    )
    words = said(opened(open_page, sqlite_clinic, client_section="entries"))
    for expected in ("Tired: present", "Withdrawal: moderate"):
        assert expected in words


def test_an_ended_prescription_shows_how_it_stood_before(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    first = builders.prescription(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, since=days_ago(20))
    builders.save(
        sqlite_database,
        stop,
        by=sqlite_clinic.alice,
        prescription_id=first,
        ends_on=days_ago(1),
        reason="Moved away",
        token=builders.token(),
    )
    app = opened(open_page, sqlite_clinic, client_section="entries")
    words = said(app)
    assert "Replaced by the version above" in words
    assert "Moved away" in words


SAVES: dict[str, tuple[str, dict[str, Any]]] = {
    "note": ("note", {"text": "Met at the market."}),
    "mark": ("session", {"mark": Mark.NO_SHOW}),
    "absence": ("absence", {"cause": AbsenceCause.TRAVEL}),
    "screen": ("screen", {"status": ScreenStatus.MISSED}),
    "plan_screens": ("screen", {}),
    "dose": ("medication", {}),
    "prescription": ("medication", {"medication": "naltrexone_xr"}),
    "end_prescription": ("medication", {"reason": "Moved away"}),
    "override": ("override", {"rule": "early.told_0", "why": "It was a prescription."}),
}
"""The forms of the page's dialogs, with what each needs to be saved."""
DAYS = {
    "note": "day",
    "mark": "day",
    "absence": "from",
    "screen": "day",
    "dose": "day",
    "prescription": "from",
}
"""The fields of the day of what happened, of those that may be recorded late."""


@pytest.fixture
def under_care(sqlite_clinic: SmallClinic, sqlite_database: Database) -> SmallClinic:
    """Ann and Amir: each with a reason on record and a prescription."""
    for client_id in (sqlite_clinic.ann, sqlite_clinic.amir):
        builders.check_in(sqlite_database, sqlite_clinic.alice, client_id, on=days_ago(1), use=Use.SLIP)
        builders.prescription(sqlite_database, sqlite_clinic.alice, client_id, since=days_ago(20))
    return sqlite_clinic


def typed(app: AppTest, form: str, values: dict[str, Any]) -> AppTest:
    for name, value in values.items():
        field(app, form, name).set_value(value).run()
    return app


def confirmations(app: AppTest) -> list[str]:
    return [one.value.replace("\\", "") for one in app.success]


def test_every_form_of_the_dialogs_is_among_those_that_are_tried(
    open_page: OpenPage, under_care: SmallClinic
) -> None:
    found = set()
    for dialog in set(DIALOGS) - {"correct"}:
        app = opened(open_page, under_care, **{OPEN: Opened(under_care.ann, dialog)})
        found |= {one.key.split(":")[0] for one in app.button if one.key and one.key.endswith(":save")}
    assert found - {"call-claim"} == set(SAVES), "who calls is said on the page itself"


@pytest.mark.parametrize("form", SAVES)
def test_a_confirmation_names_the_client(open_page: OpenPage, under_care: SmallClinic, form: str) -> None:
    dialog, values = SAVES[form]
    app = opened(open_page, under_care, **{OPEN: Opened(under_care.ann, dialog)})
    button(typed(app, form, values), form).click().run()
    assert all(one.startswith("Ann Archer: ") for one in confirmations(app)), confirmations(app)
    assert confirmations(app)


@pytest.mark.parametrize("form", DAYS)
def test_a_confirmation_names_the_day_of_what_is_recorded_late(
    open_page: OpenPage, under_care: SmallClinic, form: str
) -> None:
    dialog, values = SAVES[form]
    app = opened(open_page, under_care, **{OPEN: Opened(under_care.ann, dialog)})
    button(typed(app, form, {**values, DAYS[form]: days_ago(3)}), form).click().run()
    (said_,) = confirmations(app)
    assert said_.startswith(f"Ann Archer, {wording.short_date(days_ago(3), TODAY)}: ")


@pytest.mark.parametrize("form", SAVES)
def test_what_was_typed_in_a_dialog_stays_with_its_client(
    open_page: OpenPage, under_care: SmallClinic, form: str
) -> None:
    dialog, values = SAVES[form]
    app = opened(open_page, under_care, **{OPEN: Opened(under_care.amir, dialog), CLIENT: under_care.amir})
    untouched = {name: field(app, form, name).value for name in values}
    app = opened(open_page, under_care, **{OPEN: Opened(under_care.ann, dialog)})
    typed(app, form, values)
    app.selectbox(key="client_picker").set_value(under_care.amir).run()
    assert not [one for one in app.button if one.key and one.key.startswith(f"{form}:")], (
        "the dialog is Ann's"
    )
    app.session_state[OPEN] = Opened(under_care.amir, dialog)
    app.run()
    assert {name: field(app, form, name).value for name in values} == untouched


def test_the_page_of_entries_belongs_to_its_client(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    for client_id in (sqlite_clinic.ann, sqlite_clinic.amir):
        for number in range(13):
            builders.note(sqlite_database, sqlite_clinic.alice, client_id, f"Note {number}")
    second = {f"entries:client-{sqlite_clinic.ann}:0:page": 2}
    app = opened(open_page, sqlite_clinic, client_section="entries", **second)
    assert "Note 0" in [one.value for one in app.text]
    app.selectbox(key="client_picker").set_value(sqlite_clinic.amir).run()
    texts = [one.value for one in app.text]
    assert "Note 12" in texts
    assert "Note 0" not in texts


def test_a_planned_screen_that_somebody_else_settled_is_forgotten(
    open_page: OpenPage, under_care: SmallClinic, sqlite_database: Database
) -> None:
    one = {"by": under_care.alice, "client_id": under_care.ann}
    (due,) = builders.save(sqlite_database, screens.plan, **one, first_due_on=TODAY, token=builders.token())
    app = opened(open_page, under_care, **{OPEN: Opened(under_care.ann, "screen")})
    typed(app, "screen", {"planned": due, "status": ScreenStatus.MISSED})
    settled = {"status": ScreenStatus.EXCUSED, "on": TODAY, "planned_id": due, "token": builders.token()}
    builders.save(sqlite_database, screens.record_screen, **one, **settled)
    app.run()
    button(app, "screen").click().run()
    assert [row.status for row in rows(sqlite_database, UrineScreen)] == [
        ScreenStatus.DUE,
        ScreenStatus.EXCUSED,
        ScreenStatus.MISSED,
    ]
    assert confirmations(app)


def test_a_correction_under_way_belongs_to_its_entry(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    first, second = (
        builders.note(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, text)
        for text in ("One", "Two")
    )
    app = opened(open_page, sqlite_clinic, client_section="entries")
    app.button(key=f"correct-list-note-{first}").click().run()
    typed(app, f"correction-note-{first}", {"text": "One, put right", "reason": "Mixed up"})
    app.button(key=f"correct-list-note-{second}").click().run()
    assert field(app, f"correction-note-{second}", "text").value == "Two"
    assert field(app, f"correction-note-{second}", "reason").value == ""
