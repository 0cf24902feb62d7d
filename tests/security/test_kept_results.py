"""No act leaves a kept result behind that is not true any more, and nobody is given somebody else's.

Every public function of `casework.actions` is done on the same clinic in a session of its user's own; then every
service that keeps its results answers everybody as it does when nothing is kept. A new act fails here until it is
listed (most are in tests/security/test_hidden_records.py), and so does a new service that keeps results.
"""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework import caseload
from casework.actions import clinic as clinic_acts
from casework.actions import rules
from casework.errors import NotYours
from casework.recalibration import Adjustment, Proposal
from casework.report_card import FINDINGS, PROTECTED
from casework.users import User
from casework.vocabulary import Outcome, Role
from casework.what_if import Goal
from db.data_versions import version_read
from db.models import ClosedDay
from tests.property.test_time_machine import plain
from tests.security.test_hidden_records import FUNCTIONS, GIVEN, NOBODY, questions, records_of
from tests.support.builders import save, token
from tests.support.clinic import TODAY, SmallClinic
from tests.support.databases import Database

OFF, ON = [rule.id for rule in FINDINGS if rule.id not in PROTECTED][:2]
MOVED: Final = Adjustment(0.5, 1.0)
PROPOSAL: Final = Proposal(Outcome.USE, 80, 2400, 140, MOVED, MOVED, 0.2, 0.28, 0.3, ())
OF_THE_CLINIC: Final[dict[str, dict[str, Any]]] = {
    "actions.calls.set_calls_per_day": {"calls": 9},
    "actions.clinic.set_clinic": {"working_days": [0, 1]},
    "actions.clinic.add_closed_day": {"day": TODAY + dt.timedelta(days=6)},
    "actions.clinic.take_back_closed_day": {"closed_day_id": 1},
    "actions.rules.switch_off": {"rule_id": ON, "reason": "Too many calls."},
    "actions.rules.switch_on": {"rule_id": OFF},
    "actions.rules.apply_recalibration": {"proposal": replace(PROPOSAL, outcome=Outcome.DROPOUT)},
    "actions.rules.revoke_recalibration": {"outcome": Outcome.USE},
    "actions.staff.create_staff": {
        "username": "eve",
        "name": "Eve",
        "role": Role.COUNSELOR,
        "team_id": 1,
        "password": None,
    },
}
"""What acts about the whole clinic, and those that the own records answer otherwise, are asked."""
CHANGES_NOTHING: Final = ("actions.claims.release", "actions.tasks.open_task")
"""Acts that write nothing here: nobody has taken the call, and the action is open already."""


def kept_services() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The functions of `casework.caseload` that keep their results, by module and name."""
    for found in pkgutil.iter_modules(caseload.__path__):
        module = importlib.import_module(f"casework.caseload.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if hasattr(function, "__wrapped__") and function.__module__ == module.__name__:
                yield f"{found.name}.{name}", function


SERVICES: Final = dict(kept_services())


def asked(client_id: int) -> dict[str, tuple[Any, ...]]:
    """What each service is asked, after the session and the user."""
    return {
        "assessment.visible_ids": (TODAY,),
        "assessment._mates": ((client_id,), TODAY),
        "calls._calls": (TODAY, (client_id,)),
        "choices.choices": (TODAY,),
        "check_in_form.check_in_form": (TODAY, client_id),
        "check_in_form.standing": (TODAY, client_id),
        "claims.claims": (TODAY,),
        "clinic.asks_who_looks_again": (TODAY,),
        "client_record.client_record": (client_id, TODAY),
        "disagreements.read_disagreements": (TODAY,),
        "entries.entries": (client_id, TODAY),
        "level_of_care.read_levels": (TODAY,),
        "people.changes": (TODAY, client_id),
        "people.counselors": (),
        "people.people": (TODAY,),
        "tasks.open_tasks": (TODAY,),
        "tasks.owners": (),
        "tasks.tasks_of": (TODAY, client_id),
        "overview.read_overview": (TODAY,),
        "standing.chips_of": (TODAY,),
        "standing.stories": (TODAY,),
        "what_if.answers": (client_id, TODAY, (Goal.LOWER_BAND,)),
        "worklist.worklist": (TODAY,),
    }


def told(database: Database, user: User, client_id: int) -> dict[str, Any]:
    """What every service that keeps its results answers the user."""
    with database.reading() as session:
        return {name: _answer(session, name, user, client_id) for name in SERVICES}


def _answer(session: Session, name: str, user: User, client_id: int) -> Any:
    more = {
        "level_of_care.read_levels": {"client_id": client_id},
        "entries.entries": {"weeks": 12},
    }.get(name, {})
    try:
        return plain(SERVICES[name](session, user, *asked(client_id)[name], **more))
    except NotYours:
        return "there is no such record"


def version(database: Database, user: User) -> int:
    with database.reading() as session:
        return version_read(session, user)


class Stage:
    """The small clinic with records of every kind, as it was before each act."""

    def __init__(self, database: Database, clinic: SmallClinic) -> None:
        self.database, self.clinic = database, clinic
        self.own = records_of(database, clinic.alice, clinic.ann)
        more = {"other_client": clinic.amir, "colleague": clinic.bob.id, "teams_series": self.own.series}
        self.own = SimpleNamespace(**vars(self.own) | more, username="alice")
        save(
            database,
            rules.switch_off,
            by=clinic.charlie,
            rule_id=OFF,
            reason="Too many calls.",
            token=token(),
        )
        save(database, rules.apply_recalibration, by=clinic.charlie, proposal=PROPOSAL, token=token())
        save(database, clinic_acts.add_closed_day, by=clinic.charlie, day=TODAY + dt.timedelta(days=3))
        with database.reading() as session:
            assert session.scalars(select(ClosedDay.id)).all() == [1]
        alice = clinic.alice
        self.users: Mapping[str, tuple[User, int]] = {
            "Alice": (alice, clinic.ann),
            "Alice about last week": (replace(alice, rights_on=TODAY), clinic.ann),
            "Bob": (clinic.bob, clinic.ben),
            "Charlie": (clinic.charlie, clinic.ann),
            "Dave": (clinic.dave, clinic.dee),
        }
        self.path = str(database.read_engine.url.database)
        self.copy = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(self.path)) as here:
            here.backup(self.copy)
        self.versions = {name: version(database, user) for name, (user, _) in self.users.items()}
        self.told = {name: told(database, *one) for name, one in self.users.items()}

    def put_back(self) -> None:
        """As an operator does who restores a backup under a running server."""
        with closing(sqlite3.connect(self.path)) as here:
            self.copy.backup(here)

    def do(self, name: str) -> None:
        """One act, by whoever may do it."""
        function, given = FUNCTIONS[name.removesuffix("#")], OF_THE_CLINIC.get(name)
        by = self.clinic.alice if given is None or "calls" in name else self.clinic.charlie
        if name.startswith("actions.staff.") or name.endswith("set_clinic"):
            by = replace(self.clinic.charlie, role=Role.ADMIN)
        takes = inspect.signature(function).parameters
        known = {one: value for one, value in (GIVEN | {"by": by, "token": token()}).items() if one in takes}
        with self.database.writing(by.acting(TODAY)) as session:
            function(session, **known | (questions(self.own)[name] if given is None else given))


def acts() -> list[str]:
    """The names of all acts; `#` marks a second way to do one."""
    return sorted({name for name in questions(NOBODY) if name.startswith("actions.")} | set(OF_THE_CLINIC))


def test_every_act_and_every_service_that_keeps_its_results_is_asked() -> None:
    assert {name for name in FUNCTIONS if name.startswith("actions.")} == {
        name.removesuffix("#") for name in acts()
    }
    assert set(SERVICES) == set(asked(0))


def test_after_no_act_anybody_is_given_what_was_kept_before_it(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    stage, stale, still = Stage(sqlite_database, sqlite_clinic), [], []
    for name in acts():
        stage.do(name)
        after = {who: version(sqlite_database, user) for who, (user, _) in stage.users.items()}
        if after == stage.versions:
            still.append(name)
        for who, (user, client_id) in stage.users.items():
            if after[who] != stage.versions[who]:
                continue  # whatever is kept is of another version: nothing of it is found
            sqlite_database.kept.clear()
            if told(sqlite_database, user, client_id) != stage.told[who]:
                stale.append((name, who))
        assert after["Dave"] == stage.versions["Dave"] or _of_the_clinic(name), f"{name}: of another team"
        stage.put_back()
    assert stale == []
    assert still == list(CHANGES_NOTHING)


def _of_the_clinic(name: str) -> bool:
    return name.startswith(("actions.staff.", "actions.clinic.", "actions.rules."))


def test_what_is_kept_is_what_is_worked_out_anew(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    stage = Stage(sqlite_database, sqlite_clinic)
    for name in ("actions.check_ins.record_check_in", "actions.clients.assign", "actions.clients.edit"):
        before = {who: told(sqlite_database, *one) for who, one in stage.users.items()}
        stage.do(name)
        kept = {who: told(sqlite_database, *one) for who, one in stage.users.items()}
        sqlite_database.kept.clear()
        assert kept == {who: told(sqlite_database, *one) for who, one in stage.users.items()}
        assert kept["Alice"] != before["Alice"]
        stage.put_back()
    assert {who: told(sqlite_database, *one) for who, one in stage.users.items()} == stage.told
