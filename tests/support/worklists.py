"""Worklists for tests of what is planned from them, without a database."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from casework.caseload.turns import CallTurn
from casework.caseload.worklist import Item, LastContact
from casework.vocabulary import Band, FactKind, Permission
from tests.support.clinic import TODAY
from tests.support.stories import TOLD

ORDER = (Band.HIGH, Band.ELEVATED, Band.UNKNOWN, Band.WATCH, Band.LOW)
"""The bands from the most urgent on, as the worklist ranks them."""


def contact(days: int) -> LastContact:
    """A session so many days ago."""
    return LastContact(FactKind.SESSION, TODAY - dt.timedelta(days=days), days)


def turn(number: int | None, *, lane: bool = False, beside: bool = False, rank: int = 1) -> CallTurn:
    """Whose turn it is, counted from 0."""
    return CallTurn(number, lane, beside, rank)


def item(client_id: int = 1, **changed: Any) -> Item:
    """An elevated client with 30 points, heard from two days ago; rank is the id unless said otherwise, and so is the
    turn."""
    fields: dict[str, Any] = {
        "client_id": client_id,
        "handle": f"client-{client_id}",
        "name": f"Client {client_id}",
        "phone": "555-0100",
        "wrong_number_on": None,
        "safe_to_call": Permission.YES,
        "safe_to_leave_message": Permission.UNKNOWN,
        "counselor": "Alice",
        "counselor_id": 1,
        "mine": True,
        "rank": client_id,
        "turn": turn(client_id, rank=client_id),
        "band": Band.ELEVATED,
        "points": 30,
        "change": 0.0,
        "coverage": 1.0,
        "sign_coverage": 1.0,
        "history": (30.0,),
        "story": replace(TOLD, client_id=client_id, lane=(), lane_label="", chips=()),
        "last_contact": contact(2),
        "unanswered": 0,
        "last_unanswered": None,
        "overdue_days": 0,
        "safety_open": False,
        "off": (),
    }
    return Item(**fields | changed)
