"""Teams and accounts: who works here, in which role, and how they prove it. An administrator's acts.

`by=None` means the command line: whoever can run it already holds the database.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.actions import audit
from casework.actions.conflicts import team_name_taken, username_taken
from casework.actions.entry import flush
from casework.actions.sign_in import USERNAME, canonical_username, end_sessions_of
from casework.checks.cleaning import required_line
from casework.errors import NotAllowed, Refused
from casework.passwords import check_new_password, hash_password
from casework.users import User
from casework.vocabulary import Role
from db.models import Staff, Team
from db.queries import sign_in as queries


def create_team(session: Session, *, by: User | None, now: dt.datetime, name: str) -> Team:
    """Add a team; its supervisors see all its caseloads."""
    require_administrator(by)
    name = required_line(name, field="name")
    if session.scalar(select(Team).where(Team.name == name)) is not None:
        raise team_name_taken()
    team = Team(name=name)
    session.add(team)
    flush(session)
    audit.record(session, by=by, now=now, action="create_team", subject=("team", team.id))
    return team


def create_staff(
    session: Session,
    *,
    by: User | None,
    now: dt.datetime,
    username: str,
    name: str,
    role: Role,
    team_id: int,
    password: str | None,
) -> Staff:
    """Add a member of staff. Without a password nobody can sign in to the account until one is set."""
    require_administrator(by)
    username = canonical_username(username)
    if not USERNAME.fullmatch(username):
        raise Refused(
            "A username has 2 to 64 characters: letters a to z, digits, dot, hyphen and underscore; "
            "it begins with a letter or a digit.",
            field="username",
        )
    if queries.account(session, username) is not None:
        raise username_taken()
    if session.get(Team, team_id) is None:
        raise Refused("There is no such team.", field="team")
    if password is not None:
        check_new_password(password, username=username)
    staff = Staff(
        username=username,
        name=required_line(name, field="name"),
        role=role,
        team_id=team_id,
        password_hash=None if password is None else hash_password(password),
        active=True,
        created_at=now,
    )
    session.add(staff)
    flush(session)
    audit.record(session, by=by, now=now, action="create_staff", subject=("staff", staff.id), role=role.value)
    return staff


def set_password(
    session: Session, *, by: User | None, now: dt.datetime, username: str, password: str
) -> Staff:
    """Replace the password and end every session that the old one opened."""
    require_administrator(by)
    staff = _account(session, username)
    check_new_password(password, username=staff.username)
    staff.password_hash = hash_password(password)
    end_sessions_of(session, staff_id=staff.id, now=now)
    audit.record(session, by=by, now=now, action="set_password", subject=("staff", staff.id))
    return staff


def deactivate(session: Session, *, by: User | None, now: dt.datetime, username: str) -> Staff:
    """Close an account and end its sessions. The row stays: entries keep the name of who made them."""
    require_administrator(by)
    staff = _account(session, username)
    if not staff.active:
        raise Refused("That account is closed already.", field="username")
    staff.active = False
    end_sessions_of(session, staff_id=staff.id, now=now)
    audit.record(session, by=by, now=now, action="deactivate_staff", subject=("staff", staff.id))
    return staff


def require_administrator(by: User | None) -> None:
    """Raise NotAllowed unless `by` is the command line or an administrator."""
    if by is not None and by.role is not Role.ADMIN:
        raise NotAllowed("Only an administrator can do this.")


def _account(session: Session, username: str) -> Staff:
    staff = queries.account(session, canonical_username(username))
    if staff is None:
        raise Refused("There is no account of that username.", field="username")
    return staff
