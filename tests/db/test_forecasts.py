"""Counselors' forecasts: one a client, counselor and week; their scope; and what is compared later."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, text

from casework.actions.clients import assign
from casework.caseload.forecasts import engine_view, review, this_week
from casework.errors import AlreadyRecorded, NotYours, Refused
from casework.forecasts import EngineView
from casework.users import User
from casework.vocabulary import Band, Likelihood, Mark, Outcome
from db.models import AuditEvent, Forecast
from tests.db.test_concurrency import together
from tests.support.builders import check_in, count, days_ago, group, last_audit, roll_call, save, token
from tests.support.clinic import NOW, TODAY, SmallClinic, add_client
from tests.support.databases import Database
from tests.support.forecasts import UNLIKELY, forecast
from tests.support.statements import statements

NEXT_MONDAY = NOW + dt.timedelta(days=5)
FIVE_WEEKS_AGO = NOW - dt.timedelta(weeks=5)


def stored(database: Database) -> Forecast:
    with database.reading() as session:
        row = session.scalars(select(Forecast)).one()
        session.expunge(row)
        return row


# Recording


def test_a_forecast_holds_the_answers_and_what_tideline_said_then(
    database: Database, clinic: SmallClinic
) -> None:
    says: dict[Outcome, Likelihood | None] = {
        Outcome.DROPOUT: Likelihood.LIKELY,
        Outcome.USE: Likelihood.VERY_UNLIKELY,
    }
    forecast(database, clinic.alice, clinic.ann, says=says)
    row = stored(database)
    assert (row.client_id, row.by_id, row.made_on) == (clinic.ann, clinic.alice.id, TODAY)
    assert row.week_of == dt.date(2026, 3, 9)
    assert (row.says_dropout, row.says_use) == (Likelihood.LIKELY, Likelihood.VERY_UNLIKELY)
    with database.reading() as session:
        said = engine_view(session, clinic.alice, TODAY, clinic.ann)
    assert EngineView(row.engine_dropout, row.engine_use, row.engine_band) == said
    assert row.by_turn


def test_its_audit_event_names_the_act_and_none_of_the_answers(
    database: Database, clinic: SmallClinic
) -> None:
    made = forecast(database, clinic.alice, clinic.ann)
    event = last_audit(database)
    assert (event.action, event.by_id, event.client_id) == ("record_forecast", clinic.alice.id, clinic.ann)
    assert (event.subject, event.subject_id) == ("forecast", made.id)
    assert event.details == {"by_turn": True}


def test_a_double_click_stores_one(database: Database, clinic: SmallClinic) -> None:
    once = token()
    forecast(database, clinic.alice, clinic.ann, token=once)
    with pytest.raises(AlreadyRecorded):
        forecast(database, clinic.alice, clinic.ann, token=once)
    assert count(database, Forecast) == 1


def test_many_tabs_at_once_store_one_and_the_others_are_told(database: Database, clinic: SmallClinic) -> None:
    before = count(database, AuditEvent)
    ended = together(lambda _: forecast(database, clinic.alice, clinic.ann))
    assert ended == {"saved": 1, Refused.__name__: 7}
    assert count(database, Forecast) == 1
    assert count(database, AuditEvent) == before + 1


def test_the_second_in_a_week_is_refused_and_the_next_can_be_made_on_monday(
    database: Database, clinic: SmallClinic
) -> None:
    forecast(database, clinic.alice, clinic.ann)
    with pytest.raises(Refused, match="recorded already; the next one can be made from Monday on"):
        forecast(database, clinic.alice, clinic.ann, now=NOW + dt.timedelta(days=4))
    forecast(database, clinic.alice, clinic.amir)
    forecast(database, clinic.alice, clinic.ann, now=NEXT_MONDAY)
    assert count(database, Forecast) == 3


@pytest.mark.parametrize("missing", list(UNLIKELY))
def test_both_questions_need_an_answer(database: Database, clinic: SmallClinic, missing: Outcome) -> None:
    with pytest.raises(Refused, match="both questions"):
        forecast(database, clinic.alice, clinic.ann, says={**UNLIKELY, missing: None})
    assert count(database, Forecast) == 0


def test_somebody_elses_client_is_refused(database: Database, clinic: SmallClinic) -> None:
    for client_id in (clinic.ben, clinic.dee, 4711):
        with pytest.raises(NotYours):
            forecast(database, clinic.alice, client_id)
        with database.reading() as session, pytest.raises(NotYours):
            engine_view(session, clinic.alice, TODAY, client_id)
    with pytest.raises(Refused, match="by the counselor"):
        forecast(database, clinic.charlie, clinic.ann)
    assert count(database, Forecast) == 0


def test_a_picked_client_is_told_from_one_with_a_turn(database: Database, clinic: SmallClinic) -> None:
    with database.writing() as session:
        for number in range(8):
            add_client(session, f"Client {number}", counselor=clinic.alice)
    with database.reading() as session:
        week = this_week(session, clinic.alice, TODAY)
    assert (len(week.turns), len(week.others)) == (5, 5)
    forecast(database, clinic.alice, week.turns[0].client_id)
    forecast(database, clinic.alice, week.others[0].client_id)
    with database.reading() as session:
        assert session.scalars(select(Forecast.by_turn).order_by(Forecast.id)).all() == [True, False]
        after = this_week(session, clinic.alice, TODAY)
    assert [turn.name for turn in after.turns] == sorted(turn.name for turn in after.turns)
    assert sum(turn.made is not None for turn in after.turns) == 2


def test_no_admission_moves_anybodys_turn_in_midweek(database: Database, clinic: SmallClinic) -> None:
    with database.writing() as session:
        for number in range(3):
            add_client(session, f"Client {number}", counselor=clinic.alice)
        before = this_week(session, clinic.alice, TODAY)
        for number in range(4):
            add_client(session, f"New {number}", counselor=clinic.alice, admitted_on=TODAY)
    with database.reading() as session:
        after = this_week(session, clinic.alice, TODAY)
    assert len(before.turns) == 5
    assert after.turns == before.turns
    assert [turn.name for turn in after.others] == [f"New {number}" for number in range(4)]


@pytest.mark.parametrize(
    "change", ["says_use = 'surely'", "engine_use = 1.1", "engine_dropout = -0.1", "engine_band = 'red'"]
)
def test_the_database_itself_refuses_what_no_forecast_says(
    database: Database, clinic: SmallClinic, change: str
) -> None:
    forecast(database, clinic.alice, clinic.ann)
    with pytest.raises(Exception, match=r"(?i)constraint"), database.writing() as session:
        session.execute(text(f"UPDATE forecast SET {change}"))


# Reading


def test_the_week_is_read_without_a_single_fact(database: Database, clinic: SmallClinic) -> None:
    check_in(database, clinic.alice, clinic.ann, signs={"boredom": True})
    with statements(database) as seen, database.reading() as session:
        this_week(session, clinic.alice, TODAY)
    assert seen
    for table in ("check_in", "attendance", "urine_screen", "dose", "prescription", "call", "safety_item"):
        assert not [one for one in seen if f"FROM {table}" in one or f"JOIN {table}" in one]


def test_everybody_sees_the_own_forecasts_of_the_week_only(database: Database, clinic: SmallClinic) -> None:
    forecast(database, clinic.alice, clinic.ann)
    with database.reading() as session:
        mine = this_week(session, clinic.alice, TODAY)
        bobs = this_week(session, clinic.bob, TODAY)
    assert [(turn.name, turn.made is not None) for turn in mine.turns] == [
        ("Amir Aziz", False),
        ("Ann Archer", True),
    ]
    assert [(turn.name, turn.made is not None) for turn in bobs.turns] == [("Ben Brook", False)]


def attended_then_gone(database: Database, clinic: SmallClinic, client_id: int, by: User) -> None:
    """Weekly sessions: kept until five weeks ago, missed since."""
    series = group(database, by, (client_id,), first_on=days_ago(84))
    for week in range(12, -1, -1):
        mark = Mark.ATTENDED if week >= 5 else Mark.NO_SHOW
        roll_call(database, by, series, {client_id: mark}, on=days_ago(7 * week))


def test_what_was_said_stands_beside_what_happened(database: Database, clinic: SmallClinic) -> None:
    attended_then_gone(database, clinic, clinic.ann, clinic.alice)
    forecast(database, clinic.alice, clinic.ann, now=FIVE_WEEKS_AGO, engine=EngineView(0.9, None, Band.HIGH))
    forecast(database, clinic.alice, clinic.amir)
    with database.reading() as session:
        seen = review(session, clinic.alice, TODAY)
    assert (seen.waiting, seen.counselors) == (1, 1)
    ((name, one),) = seen.past[Outcome.DROPOUT].cases
    assert (name, one.said, one.engine, one.happened) == ("Ann Archer", Likelihood.UNLIKELY, 0.9, True)
    ((_, use),) = seen.past[Outcome.USE].cases
    assert (use.engine, use.happened) == (None, None)
    assert seen.past[Outcome.DROPOUT].comparison.cases == 1


def test_a_forecast_is_compared_once_its_four_weeks_are_over(database: Database, clinic: SmallClinic) -> None:
    forecast(database, clinic.alice, clinic.ann)
    with database.reading() as session:
        before = review(session, clinic.alice, TODAY + dt.timedelta(days=27))
        after = review(session, clinic.alice, TODAY + dt.timedelta(days=28))
    assert (before.waiting, before.counselors) == (1, 0)
    assert (after.waiting, after.counselors) == (0, 1)


def test_a_counselor_looks_back_on_the_own_forecasts_only(database: Database, clinic: SmallClinic) -> None:
    forecast(database, clinic.alice, clinic.ann, now=FIVE_WEEKS_AGO)
    for stranger in (clinic.bob, clinic.dave):
        with database.reading() as session:
            seen = review(session, stranger, TODAY)
        assert (seen.counselors, seen.waiting) == (0, 0)
    save(database, assign, by=clinic.charlie, client_id=clinic.ann, counselor_id=clinic.bob.id)
    with database.reading() as session:
        for user in (clinic.alice, clinic.bob):
            assert review(session, user, TODAY).counselors == 0


def test_a_supervisor_sees_the_team_together_and_nobody_alone(
    database: Database, clinic: SmallClinic
) -> None:
    forecast(database, clinic.alice, clinic.ann, now=FIVE_WEEKS_AGO)
    forecast(database, clinic.dave, clinic.dee, now=FIVE_WEEKS_AGO)
    with database.reading() as session:
        alone = review(session, clinic.charlie, TODAY)
    assert alone.counselors == 1
    assert all(past.comparison.unknown == 0 and not past.cases for past in alone.past.values())
    forecast(database, clinic.bob, clinic.ben, now=FIVE_WEEKS_AGO)
    with database.reading() as session:
        team = review(session, clinic.charlie, TODAY)
    assert team.counselors == 2
    assert all(past.comparison.unknown == 2 and not past.cases for past in team.past.values())


def test_statements_do_not_grow_with_forecasts(database: Database, clinic: SmallClinic) -> None:
    def count_of(user: User) -> int:
        with statements(database) as seen, database.reading() as session:
            review(session, user, TODAY)
            this_week(session, user, TODAY)
        return len(seen)

    forecast(database, clinic.alice, clinic.ann, now=FIVE_WEEKS_AGO)
    few = count_of(clinic.alice)
    for weeks in range(6, 12):
        for client_id in (clinic.ann, clinic.amir):
            forecast(database, clinic.alice, client_id, now=NOW - dt.timedelta(weeks=weeks))
    assert count_of(clinic.alice) == few
