"""The sessions that pages open: for the signed-in user, on the day that the pages show."""

from __future__ import annotations

from contextlib import AbstractContextManager

from casework.users import User
from db.session import ActingSession
from pages.shared import clock
from pages.shared.database import database


def reading(user: User) -> AbstractContextManager[ActingSession]:
    """A session that reads for this user."""
    return database().reading(user.acting(clock.today()))


def writing(user: User) -> AbstractContextManager[ActingSession]:
    """A session that saves for this user: everything when the block ends, or nothing."""
    return database().writing(user.acting(clock.today()))
