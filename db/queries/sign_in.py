"""What signing in reads: an account, a browser's session, and the recent failures."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, bindparam, func, select, text
from sqlalchemy.orm import Session

from db.models.staff import SignInAttempt, SignInSession, Staff

# Any number that no other advisory lock of Tideline uses.
_ATTEMPTS_LOCK = 7_165_001
# Every message of every page asks it: putting the statement together took as long as running it.
_SESSION_AND_STAFF = (
    select(SignInSession, Staff)
    .join(Staff, Staff.id == SignInSession.staff_id)
    .where(SignInSession.token_digest == bindparam("digest"))
)


def account(session: Session, username: str) -> Staff | None:
    """The account of `username` (already in its stored form), active or not."""
    return session.scalar(select(Staff).where(Staff.username == username))


def session_and_staff(session: Session, token_digest: str) -> tuple[SignInSession, Staff] | None:
    """The browser session with this digest and whose it is, ended or not."""
    row = session.execute(_SESSION_AND_STAFF, {"digest": token_digest}).one_or_none()
    return None if row is None else (row[0], row[1])


def failures_of(session: Session, username_digest: str, since: dt.datetime) -> int:
    """How often this user name failed after `since` and after its last success."""
    last_success = (
        select(func.max(SignInAttempt.at))
        .where(SignInAttempt.username_digest == username_digest, SignInAttempt.succeeded)
        .scalar_subquery()
    )
    return _count(
        session,
        _failures(since).where(
            SignInAttempt.username_digest == username_digest,
            SignInAttempt.at > func.coalesce(last_success, since),
        ),
    )


def failures_of_all(session: Session, since: dt.datetime) -> int:
    """How often anybody failed after `since`."""
    return _count(session, _failures(since))


def one_attempt_at_a_time(session: Session) -> None:
    """Make counting and reserving an attempt one step, so that parallel guesses cannot slip under the limit.

    SQLite's writing transactions already exclude each other.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _ATTEMPTS_LOCK})


def _failures(since: dt.datetime) -> Select[int]:
    return (
        select(func.count())
        .select_from(SignInAttempt)
        .where(SignInAttempt.at > since, SignInAttempt.succeeded.is_(False))
    )


def _count(session: Session, statement: Select[int]) -> int:
    return session.scalar(statement) or 0
