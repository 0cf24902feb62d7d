"""Looking at a past day shows what a database shows that ends on that day, whatever was done later."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.caseload.assessment import assess_for
from casework.caseload.calls import calls_of_day
from casework.caseload.check_in_form import check_in_form, standing
from casework.caseload.choices import choices
from casework.caseload.client_record import client_record
from casework.caseload.clinic import clinic_days, closed_days
from casework.caseload.disagreements import read_disagreements
from casework.caseload.entries import entries
from casework.caseload.group_notes import group_notes
from casework.caseload.level_of_care import read_levels
from casework.caseload.overview import read_overview
from casework.caseload.people import changes, people
from casework.caseload.sessions import plans, roll_call, sessions_of_day, sessions_of_week
from casework.caseload.standing import stories
from casework.caseload.tasks import open_tasks, tasks_of
from casework.caseload.worklist import worklist
from casework.errors import NotYours
from casework.frames import COLUMNS, NOT_ASKED, Facts
from casework.users import User
from db.models import Assignment, ClientVersion, SessionSeries
from db.queries import safety
from db.queries.scope import visible_clients
from tests.support.builders import ZONE
from tests.support.clinic import TODAY, SmallClinic, build_clinic
from tests.support.databases import Database, SqliteTemplates, open_database
from tests.support.fills import fill_nothing
from tests.support.script import KINDS, Act, perform

START = TODAY - dt.timedelta(days=60)
EXAMPLES = 300 if os.environ.get("TIDELINE_LONG") == "1" else 2
LOOKED_AT = 2
"""So many days of a script are looked at: when they end, and again when everything is done."""
ENTRIES = ("check_in", "correct_check_in")
CHANGES = (
    "acknowledge",
    "stop",
    "edit",
    "transfer",
    "create_series",
    "leave",
    "roll_call",
    "settle_screen",
    "kit",
)


def acts(*kinds: str) -> st.SearchStrategy[Act]:
    """Acts of these kinds."""
    return st.builds(
        Act,
        after_days=st.sampled_from([0, 0, 1, 2, 5]),
        kind=st.sampled_from(kinds),
        whom=st.integers(0, 5),
        what=st.integers(0, 40),
        back=st.sampled_from([0, 0, 1, 4]),
    )


scripts = st.lists(acts(*KINDS, *ENTRIES, *CHANGES), min_size=12, max_size=30)
moves = acts("transfer", "transfer", "admit", "check_in")


@contextmanager
def small_clinic(templates: SqliteTemplates) -> Iterator[tuple[Database, SmallClinic]]:
    """The small clinic on a database of its own."""
    with tempfile.TemporaryDirectory() as folder, templates.copy("empty", fill_nothing, Path(folder)) as url:
        database = open_database(url)
        with database.writing() as session:
            clinic = build_clinic(session)
            for version in session.scalars(select(ClientVersion)):
                # A number that may not be called any more is left out: tests/db/test_time_machine.py.
                version.phone = None
        yield database, clinic
        database.close()


def plain(value: Any) -> Any:
    """A result as nested lists and dicts that compare by value, frames and not-a-numbers too."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, pd.DataFrame):
        return {str(name): plain(value[name].tolist()) for name in value.columns}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def seen(database: Database, user: User, day: dt.date) -> dict[str, Any]:
    """All that the pages read for `user` as known on `day`, by name."""
    with database.reading() as session:
        clients = sorted(session.scalars(visible_clients(user, day)))
        reads: dict[str, Callable[[], Any]] = {
            "clients": lambda: clients,
            "worklist": lambda: worklist(session, user, day),
            "overview": lambda: read_overview(session, user, day),
            "people": lambda: people(session, user, day),
            "choices": lambda: choices(session, user, day),
            "plans": lambda: plans(session, user, day),
            "disagreements": lambda: read_disagreements(session, user, day),
            "stories": lambda: stories(session, user, day),
            "tasks": lambda: open_tasks(session, user, day),
            "clinic's days": lambda: clinic_days(session, day),
            "closed days": lambda: closed_days(session, day),
            "calls": lambda: calls_of_day(session, user, day, worklist(session, user, day).items),
        }
        for weeks in (-1, 0, 1):
            monday = day + dt.timedelta(weeks=weeks, days=-day.weekday())
            reads[f"week {monday}"] = lambda monday=monday: sessions_of_week(  # type: ignore[misc]
                session, user, monday, ZONE, today=day
            )
        for client_id in {*clients[:2], *clients[-2:]}:
            reads |= _of_client(session, user, client_id, day)
        for series_id in session.scalars(select(SessionSeries.id)).all():
            reads |= _of_series(session, user, series_id, day)
        return {name: plain(_told(read)) for name, read in reads.items()}


def _told(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except NotYours:
        return "there is no such record"


def _of_client(session: Session, user: User, id_: int, day: dt.date) -> dict[str, Callable[[], Any]]:
    return {
        f"record {id_}": lambda: client_record(session, user, id_, day),
        f"entries {id_}": lambda: entries(session, user, id_, day, weeks=26),
        f"level {id_}": lambda: read_levels(session, user, day, client_id=id_),
        f"form {id_}": lambda: check_in_form(session, user, day, id_),
        f"standing {id_}": lambda: standing(session, user, day, id_),
        f"tasks {id_}": lambda: tasks_of(session, user, day, id_),
        f"facts {id_}": lambda: _frames(assess_for(session, user, day, client_ids=[id_])[0].of_client(id_)),
        f"changes {id_}": lambda: changes(session, user, day, id_),
        f"safety {id_}": lambda: safety.items_of(session, user, id_, day),
    }


def _frames(facts: Facts) -> dict[str, list[dict[str, Any]]]:
    """The rows of every frame."""
    return {name: getattr(facts, name).fillna(NOT_ASKED).to_dict("records") for name in COLUMNS}


def _of_series(session: Session, user: User, id_: int, day: dt.date) -> dict[str, Callable[[], Any]]:
    reads: dict[str, Callable[[], Any]] = {f"notes {id_}": lambda: group_notes(session, user, id_, day)}
    for back in range(7):  # a weekly series is held once among them
        held_on = day - dt.timedelta(days=back)
        reads[f"sessions {held_on}"] = lambda on=held_on: sessions_of_day(  # type: ignore[misc]
            session, user, on, ZONE, today=day
        )
        reads[f"roll call {id_} {held_on}"] = lambda on=held_on: roll_call(  # type: ignore[misc]
            session, user, id_, on, day
        )
    return reads


def play(database: Database, clinic: SmallClinic, script: list[Act]) -> Iterator[dt.date]:
    """Do the acts of a script, and stop at the end of each day on which something was done."""
    day = START
    for number, act in enumerate(script):
        if act.after_days and number:
            yield day
        day += dt.timedelta(days=act.after_days)
        perform(database, clinic, act, day, number)
    yield day


LATER = Act(after_days=1, kind="check_in", whom=0, what=7, back=0)


def after(*kinds: str, whom: int = 0, back: int = 0) -> list[Act]:
    """A script in which every kind is done a day after the one before."""
    return [dataclasses.replace(LATER, kind=kind, whom=whom, back=back) for kind in kinds]


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@example(
    script=after("create_series", "roll_call", "correct_mark", whom=2)
    + after("join", "check_in", "acknowledge", "correct_check_in", "end_series", "edit", "edit", "leave")
    + after("end_series", "transfer")
)
@example(
    script=after(
        "prescribe", "dose", "correct_dose", "stop", "away", "back", "kit", "decide", "admit", back=4
    )
    + after("plan_screens", "settle_screen", "correct_screen", "call", "correct_call", "note", "correct_note")
)
@example(
    script=after(
        "open_task", "put_off", "close_clinic", "do_task", "open_task", "call", "open_task", "check_in"
    )
)
@given(script=scripts)
def test_a_past_day_looks_as_it_looked_when_it_ended(
    script: list[Act], sqlite_templates: SqliteTemplates
) -> None:
    with small_clinic(sqlite_templates) as (database, clinic):
        users = (clinic.charlie, clinic.alice)
        days = 1 + sum(act.after_days > 0 for act in script[1:])
        looked_at: dict[tuple[dt.date, User], dict[str, Any]] = {}
        for number, day in enumerate(play(database, clinic, script)):
            if number % max(1, days // LOOKED_AT) == 0:
                looked_at |= {(day, user): seen(database, user, day) for user in users}
        for (day, user), before in looked_at.items():
            again = seen(database, user, day)
            assert {name: again.get(name) for name in before} == before, f"{user.name}, {day}"


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(script=after("transfer", "transfer", "admit", "transfer", back=4))
@given(script=st.lists(moves, max_size=20))
def test_going_back_opens_no_record_that_is_closed_today(
    script: list[Act], sqlite_templates: SqliteTemplates
) -> None:
    with small_clinic(sqlite_templates) as (database, clinic):
        days = list(play(database, clinic, script))
        today = days[-1]
        with database.reading() as session:
            on_a_caseload = {
                day: set(session.scalars(visible_clients(clinic.charlie, day))) for day in (*days, START)
            }
            for user in (clinic.alice, clinic.bob, clinic.charlie, clinic.dave):
                now = set(session.scalars(visible_clients(user, today)))
                looking = dataclasses.replace(user, rights_on=today)
                for day in (*days, START):
                    then = set(session.scalars(visible_clients(looking, day)))
                    assert then <= now
                    if user is not clinic.dave:
                        assert then == now & on_a_caseload[day]
                    for id_ in session.scalars(select(Assignment.client_id)):
                        if id_ not in now:
                            with pytest.raises(NotYours):
                                client_record(session, looking, id_, day)
