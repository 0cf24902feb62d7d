"""Two people who cover one caseload share one list: who has taken a client's call today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from casework.actions.claims import claim, release
from casework.caseload.claims import Claim, claims
from casework.errors import NotYours, Refused
from casework.users import User
from db.models import AuditEvent, CallClaim
from tests.support.builders import count, last_audit, save
from tests.support.clinic import NOW, TODAY, SmallClinic
from tests.support.databases import Database

DAY = dt.timedelta(days=1)


def do(database: Database, act: Callable[..., Any], by: User, client_id: int, now: dt.datetime = NOW) -> None:
    save(database, act, by=by, client_id=client_id, now=now)


def held(database: Database, user: User, day: dt.date = TODAY) -> dict[int, Claim]:
    with database.reading() as session:
        return dict(claims(session, user, day))


def test_both_see_who_calls(database: Database, clinic: SmallClinic) -> None:
    do(database, claim, clinic.charlie, clinic.ann)
    assert held(database, clinic.charlie) == {clinic.ann: Claim("Charlie", mine=True)}
    assert held(database, clinic.alice) == {clinic.ann: Claim("Charlie", mine=False)}
    assert held(database, clinic.bob) == {}


def test_a_call_that_is_taken_is_refused_with_the_name_and_ones_own_is_no_second_claim(
    database: Database, clinic: SmallClinic
) -> None:
    do(database, claim, clinic.charlie, clinic.ann)
    do(database, claim, clinic.charlie, clinic.ann)
    with pytest.raises(Refused, match="Charlie has taken this call"):
        do(database, claim, clinic.alice, clinic.ann)
    assert count(database, CallClaim) == 1


def test_a_claim_ends_with_the_day(database: Database, clinic: SmallClinic) -> None:
    do(database, claim, clinic.charlie, clinic.ann)
    assert held(database, clinic.alice, TODAY + DAY) == {}
    do(database, claim, clinic.alice, clinic.ann, NOW + DAY)
    assert held(database, clinic.charlie, TODAY + DAY) == {clinic.ann: Claim("Alice", mine=False)}


def test_a_claim_is_given_back_by_hand_also_by_the_other(database: Database, clinic: SmallClinic) -> None:
    do(database, claim, clinic.charlie, clinic.ann)
    do(database, release, clinic.alice, clinic.ann)
    assert held(database, clinic.charlie) == {}
    assert last_audit(database).action == "release_call"
    events = count(database, AuditEvent)
    do(database, release, clinic.alice, clinic.ann)
    assert count(database, AuditEvent) == events
    do(database, claim, clinic.alice, clinic.ann)
    assert held(database, clinic.charlie) == {clinic.ann: Claim("Alice", mine=False)}


def test_nobody_takes_the_call_to_somebody_elses_client(database: Database, clinic: SmallClinic) -> None:
    for act in (claim, release):
        with pytest.raises(NotYours):
            do(database, act, clinic.bob, clinic.ann)
