"""Whose turn it is on PostgreSQL. SQLite needs none of this: its writing transactions exclude each other.

A transaction takes its locks in the order of `Lock`, and several of one kind in the order of their keys, so that no two
wait for each other. They are given back when it ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

TURNS: Final = 256
"""Clients share this many turns: PostgreSQL has room for some thousand locks, and a file can name more clients."""


class Lock(IntEnum):
    """What is taken in turn."""

    STAFF = 1
    CLIENT = 2
    RECORD_NUMBERS = 3


def take(session: Session, lock: Lock, key: int = 0) -> None:
    """Wait until no other transaction has this lock, and keep it until this one ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock, :key)"), {"lock": int(lock), "key": key})


def take_clients(session: Session, client_ids: Iterable[int]) -> None:
    """Let acts about these clients take turns. Nothing happens in a session that only reads."""
    if session.get_bind().get_execution_options().get("postgresql_readonly"):
        return
    for turn in sorted({one % TURNS for one in client_ids}):
        take(session, Lock.CLIENT, turn)
