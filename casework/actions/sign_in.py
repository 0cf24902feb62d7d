"""Signing in and out: who may, for how long, and how often one may try.

A signed-in browser holds a random token in a cookie; the database holds only the token's SHA-256, so that a
copy of the database signs nobody in. A session ends at sign-out, when it is revoked, after `Limits.idle`
without activity, and after `Limits.absolute` in any case. Every sign-in makes a new token: one planted
beforehand is worth nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from casework.actions import audit
from casework.errors import SignInRefused, TooManyAttempts
from casework.passwords import MAX_LENGTH, hash_password, is_password, needs_new_hash
from casework.users import GATE, User
from db.models import SignInAttempt, SignInSession, Staff
from db.queries import sign_in as queries
from db.session import Database

KEEP_ATTEMPTS = dt.timedelta(days=1)
KEEP_SESSIONS = dt.timedelta(days=30)


@dataclass(frozen=True)
class Limits:
    """How long a sign-in lasts, and how many failures within `window` pause further tries."""

    idle: dt.timedelta = dt.timedelta(minutes=30)
    absolute: dt.timedelta = dt.timedelta(hours=12)
    window: dt.timedelta = dt.timedelta(minutes=15)
    failures_of_one: int = 5
    failures_of_all: int = 100


LIMITS = Limits()
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
WRONG = "The username or the password is not right."


@dataclass(frozen=True)
class SignedIn:
    """A successful sign-in: `token` goes into the browser's cookie and is kept nowhere else."""

    token: str
    user: User


@dataclass(frozen=True)
class OpenSession:
    """A session that is valid now, and until when if nothing more happens."""

    digest: str
    user: User
    csrf_token: str
    last_seen_at: dt.datetime
    ends_at: dt.datetime


def sign_in(
    database: Database,
    *,
    username: str,
    password: str,
    now: dt.datetime,
    limits: Limits = LIMITS,
    replaces: str | None = None,
) -> SignedIn:
    """Check the password and open a session; the browser's session before, of token `replaces`, ends.

    Raises SignInRefused (the message is the same for an unknown name, a wrong password and a closed account)
    or TooManyAttempts. Takes the database rather than a session: verifying a password takes long on purpose,
    and must not hold the write lock that somebody's check-in waits for. The attempt is therefore reserved in
    one transaction and settled in another.
    """
    username = canonical_username(username)
    with database.writing(GATE) as session:
        attempt_id = _reserve_attempt(session, username=username, now=now, limits=limits)
        account = queries.account(session, username) if USERNAME.fullmatch(username) else None
        stored = account.password_hash if account is not None and account.active else None
    if len(password) > MAX_LENGTH or not is_password(stored, password):
        raise SignInRefused(WRONG)
    with database.writing(GATE) as session:
        staff = queries.account(session, username)
        if staff is None or not staff.active or staff.password_hash != stored:
            raise SignInRefused(WRONG)  # closed, or its password changed, while we were verifying
        if stored is not None and needs_new_hash(stored):
            staff.password_hash = hash_password(password)
        session.get_one(SignInAttempt, attempt_id).succeeded = True
        if replaces is not None:
            sign_out(session, token=replaces, now=now)
        return _start_session(session, staff, now=now)


def open_session(
    session: Session, *, token: str, now: dt.datetime, limits: Limits = LIMITS
) -> OpenSession | None:
    """The session that `token` opens, or None when it ended, expired, was revoked, or never was."""
    found = queries.session_and_staff(session, digest_of(token))
    if found is None:
        return None
    row, staff = found
    ends_at = min(row.last_seen_at + limits.idle, row.started_at + limits.absolute)
    if row.ended_at is not None or not staff.active or now >= ends_at:
        return None
    return OpenSession(row.token_digest, user_of(staff), row.csrf_token, row.last_seen_at, ends_at)


def touch(session: Session, *, digest: str, now: dt.datetime) -> None:
    """Note that the session's user did something."""
    session.execute(
        update(SignInSession)
        .where(
            SignInSession.token_digest == digest,
            SignInSession.ended_at.is_(None),
            SignInSession.last_seen_at < now,
        )
        .values(last_seen_at=now)
    )


def sign_out(session: Session, *, token: str, now: dt.datetime) -> None:
    """End the session that `token` opens; nothing happens when it has ended already."""
    row = session.get(SignInSession, digest_of(token))
    if row is None or row.ended_at is not None:
        return
    row.ended_at = now
    user = user_of(session.get_one(Staff, row.staff_id))
    audit.record(session, by=user, now=now, action="sign_out", subject=("staff", user.id))


def end_sessions_of(session: Session, *, staff_id: int, now: dt.datetime) -> None:
    """End every session of one member of staff, on every machine. Part of other acts, which audit it."""
    session.execute(
        update(SignInSession)
        .where(SignInSession.staff_id == staff_id, SignInSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def canonical_username(username: str) -> str:
    """The stored form of a user name: however it was typed, without spaces around it, in lower case."""
    return unicodedata.normalize("NFKC", username).strip().lower()


def digest_of(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def user_of(staff: Staff) -> User:
    """The member of staff as the rest of the code knows them."""
    return User(staff.id, staff.name, staff.role, staff.team_id)


def _reserve_attempt(session: Session, *, username: str, now: dt.datetime, limits: Limits) -> int:
    """Count the try as a failure until it has succeeded, so that tries in parallel count each other.

    A refused try is not counted: whoever was locked out gets in again when the window has passed.
    """
    queries.one_attempt_at_a_time(session)
    since, digest = now - limits.window, digest_of(username)
    if (
        queries.failures_of(session, digest, since) >= limits.failures_of_one
        or queries.failures_of_all(session, since) >= limits.failures_of_all
    ):
        minutes = max(1, round(limits.window.total_seconds() / 60))
        raise TooManyAttempts(
            f"There were too many tries. Please wait {minutes} minutes and then try again, "
            "or ask your administrator."
        )
    attempt = SignInAttempt(username_digest=digest, at=now, succeeded=False)
    session.add(attempt)
    session.flush()
    return attempt.id


def _start_session(session: Session, staff: Staff, *, now: dt.datetime) -> SignedIn:
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - KEEP_ATTEMPTS))
    session.execute(delete(SignInSession).where(SignInSession.started_at < now - KEEP_SESSIONS))
    token = secrets.token_urlsafe(32)
    session.add(
        SignInSession(
            token_digest=digest_of(token),
            staff_id=staff.id,
            csrf_token=secrets.token_urlsafe(32),
            started_at=now,
            last_seen_at=now,
        )
    )
    user = user_of(staff)
    audit.record(session, by=user, now=now, action="sign_in", subject=("staff", user.id))
    return SignedIn(token, user)
