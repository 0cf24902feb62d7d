"""Which version of the data a user reads: raised by every transaction that changes some of it.

No act raises a version itself. A session notes the rows that it writes (by the ORM or by a statement), and
`Database.writing` raises the versions before it commits. Rows about a client raise those of every counselor whose
caseload the client is or was on; what colleagues see too (the particulars, whose client it is, sessions) raises the
team's; everything else, also a table that nobody has thought of yet, the clinic's. Sign-ins and the audit log raise
none.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Select, Table, and_, cast, func, literal, or_, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import ORMExecuteState, Session

from casework.users import Actor, User
from casework.vocabulary import Role
from db.models import Assignment, Base, DataVersion, Share, Staff

OF_NO_SHARE: Final = frozenset(
    {"audit_event", "data_version", "refused_number", "sign_in_attempt", "sign_in_session"}
)
"""Tables that no page reads for a user."""
OF_THE_TEAM: Final = frozenset(
    {
        "assignment",
        "call_budget",
        "client",
        "client_version",
        "roll_call",
        "roster_member",
        "series_version",
        "session_series",
    }
)
"""Tables of which a colleague's page can show a row."""
CLIENT: Final = "client_id"
"""The column that says of whom a row is; an option of this name says it of a statement."""
MOST_CLIENTS: Final = 500
"""A transaction about more of them raises the team's version."""
LONGEST_STEP: Final = 2**31
"""A version grows by a random step, so that after a backup was restored no number comes back with other data."""

_CHANGED: Final = "tideline_changed"
_READ: Final = "tideline_version"


@dataclass
class _Changed:
    """What a transaction has written so far."""

    clinic: bool = False
    team: bool = False
    clients: set[int] = field(default_factory=set)

    def note(self, table: str, client_ids: Iterable[int | None]) -> None:
        """Rows of `table` about these clients; None: nobody says about whom."""
        if table in OF_NO_SHARE:
            return
        if table in OF_THE_TEAM:
            self.team = True
        elif CLIENT not in Base.metadata.tables[table].c:
            self.clinic = True
        else:
            for client_id in client_ids:
                if client_id is None:
                    self.team = True
                else:
                    self.clients.add(client_id)


def _changed(session: Session) -> _Changed:
    found: _Changed = session.info.setdefault(_CHANGED, _Changed())
    return found


def note_flushed(session: Session, _context: object) -> None:
    """Note the rows that a flush has written. Listens to `after_flush`."""
    changed = _changed(session)
    for rows in (session.new, session.dirty, session.deleted):
        for row in rows:
            changed.note(row.__tablename__, [getattr(row, CLIENT, None)])


def note_statement(state: ORMExecuteState) -> None:
    """Note the rows that a statement writes: those of its parameters, or of the client whom its options name. Listens
    to `do_orm_execute`."""
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    table: Table = state.statement.table  # type: ignore[attr-defined]
    named = state.execution_options.get(CLIENT)
    rows: Any = state.parameters if isinstance(state.parameters, list) else [state.parameters or {}]
    _changed(state.session).note(table.name, {named or row.get(CLIENT) for row in rows})


def forget_changes(session: Session) -> None:
    """What was written is undone."""
    session.info.pop(_CHANGED, None)


def raise_versions(session: Session, actor: Actor) -> None:
    """Raise the versions of what `session` has changed, as the last that its transaction does: others wait for these
    rows until it ends."""
    session.flush()
    changed = session.info.pop(_CHANGED, None)
    if changed is None or not (changed.clinic or changed.team or changed.clients):
        return
    if changed.clinic or actor.team_id is None:
        _raise(session, select(_of(Share.CLINIC), literal(0)).where(true()))
    elif changed.team or len(changed.clients) > MOST_CLIENTS:
        _raise(session, select(_of(Share.TEAM), literal(actor.team_id)).where(true()))
    else:
        whose = Assignment.staff_id
        theirs = select(_of(Share.CASELOAD), whose).where(Assignment.client_id.in_(changed.clients))
        _raise(session, theirs.distinct().order_by(whose))


def _of(share: Share) -> ColumnElement[Share]:
    return literal(share, DataVersion.share.type)


def _raise(session: Session, shares: Select[Any, Any]) -> None:
    """Raise the versions of shares, in an order in which no two transactions wait for each other. (SQLite needs the
    WHERE of `shares` to tell its end.)"""
    insert: Any = (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert
    step = 1 + secrets.randbelow(LONGEST_STEP)
    key = [DataVersion.share, DataVersion.share_id]
    statement = insert(DataVersion).from_select(
        [*key, DataVersion.version], shares.add_columns(literal(step))
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=key, set_={"version": DataVersion.version + statement.excluded.version}
        )
    )


def version_read(session: Session, user: User, *, whole_clinic: bool = False) -> int:
    """The version of what `user` reads in this session, whose reads are all of one moment. One SELECT a session.

    It grows with every change of it. A supervisor's holds the team's caseloads, and so does that of whoever looks at a
    past day, on which others had their clients. `whole_clinic`: of everybody's data.
    """
    read: dict[tuple[User, bool], int] = session.info.setdefault(_READ, {})
    if (user, whole_clinic) not in read:
        total = cast(func.coalesce(func.sum(DataVersion.version), 0), BigInteger)
        statement = select(total) if whole_clinic else select(total).where(_shares(user))
        read[user, whole_clinic] = int(session.scalar(statement) or 0)
    return read[user, whole_clinic]


def _shares(user: User) -> Any:
    caseloads: Any = [user.id]
    if user.role is Role.SUPERVISOR or user.rights_on is not None:
        caseloads = select(Staff.id).where(Staff.team_id == user.team_id)
    return or_(
        and_(DataVersion.share == Share.CLINIC, DataVersion.share_id == 0),
        and_(DataVersion.share == Share.TEAM, DataVersion.share_id == user.team_id),
        and_(DataVersion.share == Share.CASELOAD, DataVersion.share_id.in_(caseloads)),
    )
