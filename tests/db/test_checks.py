"""A rule about what may be recorded says the same through all its doors: the act for one entry, the import for many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casework.actions import clients, placements
from casework.checks.clients import ClientDetails
from casework.errors import Refused
from casework.imports import spreadsheets
from casework.vocabulary import Level
from tests.support.builders import save, shown, token
from tests.support.clinic import NOW, SmallClinic
from tests.support.databases import Database

Door = Callable[[Database, SmallClinic, Level | None], tuple[str | None, str]]
"""Sends detox with the level that follows through a door: the field that was refused, and what was told."""


def _refused(database: Database, act: Callable[..., Any], **what: Any) -> tuple[str | None, str]:
    with pytest.raises(Refused) as refused:
        save(database, act, level=Level.DETOX, token=token(), **what)
    return refused.value.field, str(refused.value)


def _decided(database: Database, clinic: SmallClinic, next_level: Level | None) -> tuple[str | None, str]:
    found = shown(database, clinic.alice, clinic.ann)
    decision = {"client_id": clinic.ann, "shown": found, "accepted": True, "next_level": next_level}
    return _refused(database, placements.decide, by=clinic.alice, **decision)


def _admitted(database: Database, clinic: SmallClinic, next_level: Level | None) -> tuple[str | None, str]:
    admission = {"details": ClientDetails("Kim", "100"), "counselor_id": clinic.alice.id}
    return _refused(database, clients.admit, by=clinic.alice, next_level=next_level, **admission)


def _imported(database: Database, clinic: SmallClinic, next_level: Level | None) -> tuple[str | None, str]:
    rows = f"record_number,name,admitted_on,level,next_level\n100,Kim,2026-03-01,detox,{next_level or ''}\n"
    with database.reading() as session:
        found = spreadsheets.preview(session, by=clinic.alice, now=NOW, kind="clients", data=rows.encode())
    (problem,) = found.problems
    return problem.column, problem.message


@pytest.mark.parametrize("next_level", [None, Level.DETOX])
@pytest.mark.parametrize("door", [_decided, _admitted, _imported])
def test_detox_needs_the_named_level_that_follows_it(
    sqlite_database: Database, sqlite_clinic: SmallClinic, door: Door, next_level: Level | None
) -> None:
    assert door(sqlite_database, sqlite_clinic, next_level) == (
        "next_level",
        "Detox needs the level of care that follows it: on its own it raises the risk of overdose.",
    )
