"""Opening the database, and the two ways to use it: reading, and writing in one transaction.

SQLite: a write engine that takes the write lock at BEGIN (WAL, synchronous=FULL, one writer at a time in the process)
and a read engine that cannot write, so that a reader never waits for a writer. PostgreSQL: one engine; readers run in
READ ONLY, REPEATABLE READ transactions. On both, all that a session reads is the state of one moment.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import DataError, DBAPIError, DisconnectionError, IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from casework.errors import (
    DatabaseLocked,
    DatabaseMissing,
    DatabaseOfOthers,
    DatabaseOfPreview,
    DatabaseProblem,
    DatabaseReadOnly,
    DatabaseTooNew,
    DatabaseTooOld,
)
from casework.users import Actor
from db import data_versions, locks, private_files
from db.kept import Kept
from db.locks import Lock
from db.models import Base

DEFAULT_URL = "sqlite:///var/tideline.db"
SQLITE_WAIT_SECONDS = 10
MIGRATIONS = Path(__file__).parent / "migrations"
PREVIEWS = frozenset({"0001", "0002", "0003", "0004", "0005"})
"""Revisions of previews, before the baseline. Nothing brings their databases along: they held nobody's real data."""
LOCK_TIMEOUT = "5s"
"""How long a migration waits for a table of PostgreSQL that others use, before it gives up and lets them work."""
ACTOR: Final = "tideline_actor"
"""Key in the info of a session and of its connection: the actor that it is open for."""
POSTGRES_NO_SUCH_TABLE = "42P01"  # SQLSTATE undefined_table
AFTERWARDS: Final = "tideline_afterwards"
"""Key in a session's info: the rows of `store_afterwards`."""
KEPT: Final = "tideline_kept"
"""Key in the info of a session that reads: what its database keeps of finished results."""


class ActingSession(Session):
    """A session that knows for whom it is open, and tells its connection before the first statement."""


@event.listens_for(ActingSession, "after_begin")
def _tell_the_connection(session: Session, _transaction: Any, connection: Connection) -> None:
    connection.info[ACTOR] = actor_of(session)


event.listen(ActingSession, "after_flush", data_versions.note_flushed)
event.listen(ActingSession, "do_orm_execute", data_versions.note_statement)


def actor_of(session: Session) -> Actor:
    """For whom the session is open. A session that was not opened by `Database` is a bug (KeyError)."""
    found: Actor = session.info[ACTOR]
    return found


def configured_url() -> str:
    """The database's address: `TIDELINE_DATABASE_URL`, or the embedded default."""
    return os.environ.get("TIDELINE_DATABASE_URL") or DEFAULT_URL


@dataclass(frozen=True)
class Database:
    """An opened database. Use `with database.reading(actor) as session` or `with database.writing(actor) as session`.

    There is no session without an actor: `actor_of(session)` says for whom it is open, and `connection.info[ACTOR]`
    says it of the connection from the first statement until the connection is given back. `kept`: finished results.
    """

    read_engine: Engine
    write_engine: Engine
    kept: Kept = field(default_factory=Kept)
    _writer: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def reading(self, actor: Actor) -> Iterator[ActingSession]:
        """A session for `actor` that cannot write."""
        session = ActingSession(self.read_engine, info={ACTOR: actor, KEPT: self.kept})
        try:
            with _translated(), session:
                yield session
        finally:
            if AFTERWARDS in session.info:
                with self.writing(actor) as writing:
                    writing.add_all(session.info.pop(AFTERWARDS))

    @contextmanager
    def writing(self, actor: Actor) -> Iterator[ActingSession]:
        """A session for `actor` whose changes are committed together when the block ends, or not at all.

        One member of staff saves one thing at a time, so that what a refusal leaves behind (see `store_afterwards`) is
        there before their next act begins: it is committed by the transaction that undoes the refused act.
        Raises DatabaseTooNew or DatabaseTooOld when the database was migrated since it was opened.
        """
        one_writer = self._writer if self.write_engine.dialect.name == "sqlite" else nullcontext()
        session = ActingSession(self.write_engine, info={ACTOR: actor})
        refused: Exception | None = None
        with one_writer, _translated(), session, session.begin():
            _require_head(session)
            if actor.staff_id is not None:
                locks.take(session, Lock.STAFF, actor.staff_id)
            act = session.begin_nested()
            try:
                yield session
                act.commit()
            except Exception as error:
                if AFTERWARDS not in session.info:
                    raise
                act.rollback()
                data_versions.forget_changes(session)
                refused = error
            session.add_all(session.info.pop(AFTERWARDS, []))
            data_versions.raise_versions(session, actor)
        if refused is not None:
            raise refused

    def close(self) -> None:
        """Give all connections back."""
        self.read_engine.dispose()
        self.write_engine.dispose()


def kept_by(session: Session) -> Kept | None:
    """What the session's database keeps of finished results; None of a session that writes: it sees its own changes
    before their versions are raised."""
    return session.info.get(KEPT)


def store_afterwards(session: Session, row: Base) -> None:
    """Store `row` when `session` ends: after a refusal too, which undoes all else that the session has written, and
    after a look that writes nothing."""
    session.info.setdefault(AFTERWARDS, []).append(row)


def open_database(url: str | None = None, *, check: bool = True) -> Database:
    """Open the database at `url` (default: the configured one).

    Raises DatabaseMissing, DatabaseTooOld, DatabaseTooNew, DatabaseOfPreview or DatabaseOfOthers when `check` finds
    that this code cannot use it: then nothing of it was changed.
    """
    address = make_url(url or configured_url())
    if address.get_backend_name() == "sqlite":
        if check and not _sqlite_file(address).exists():
            raise DatabaseMissing(
                "There is no database yet. Create it with `python -m casework.admin migrate` (or `make run`)."
            )
        database = Database(_sqlite(address, writes=False), _sqlite(address, writes=True))
    else:
        database = Database(_postgres(address, read_only=True), _postgres(address, read_only=False))
    if check:
        check_version(database)
    if address.get_backend_name() == "sqlite":
        private_files.close_to_others(_sqlite_file(address).absolute())
    return database


def check_version(database: Database) -> None:
    """Raise DatabaseTooOld, DatabaseTooNew, DatabaseOfPreview or DatabaseOfOthers unless the database is at this code's
    migration."""
    _require(_revision(database.read_engine))


def _require_head(session: Session) -> None:
    found = session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    _require(found)


def _require(current: str | None) -> None:
    if current == _head():
        return
    _refuse_unknown(current, ScriptDirectory(str(MIGRATIONS)))
    raise DatabaseTooOld("The database is older than this version. Run `python -m casework.admin migrate`.")


@cache
def _head() -> str | None:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _revision(engine: Engine) -> str | None:
    with _translated(), engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        if current is None and set(inspect(connection).get_table_names()) - {"alembic_version"}:
            raise DatabaseOfOthers(
                "This database holds tables that are not Tideline's. Nothing was changed in it; name another, empty "
                "database with TIDELINE_DATABASE_URL."
            )
        return current


def _refuse_unknown(current: str | None, script: ScriptDirectory) -> None:
    if current in PREVIEWS:
        raise DatabaseOfPreview(
            "This database was made by a preview version of Tideline, and this version cannot open it. Nothing was "
            "changed in it; tell whoever runs this server."
        )
    if current is not None and current not in {revision.revision for revision in script.walk_revisions()}:
        raise DatabaseTooNew(
            "The database was made by a newer version of Tideline. Update Tideline to open it."
        )


def migrate(url: str | None = None, revision: str = "head") -> None:
    """Bring the database at `url` to `revision`, creating an embedded one (and its folder) when there is none.

    Raises DatabaseTooNew or DatabaseOfPreview for a database that another version of this code has made, and
    DatabaseOfOthers for one that something else has made: it is left alone, the rights of its file too.
    """
    address = make_url(url or configured_url())
    embedded = address.get_backend_name() == "sqlite"
    if not embedded or _sqlite_file(address).exists():
        _refuse_to_migrate(_sqlite(address, writes=False) if embedded else engine_for_migrations(address))
    if embedded:
        _make_folder(_sqlite_file(address))
        private_files.close_to_others(_sqlite_file(address).absolute())
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = address
    with _translated():
        if revision == "base" or revision.startswith("-"):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


def _refuse_to_migrate(engine: Engine) -> None:
    """Raise what stands against a migration. `engine` only looks: a writer's settings would be left in the file."""
    try:
        _refuse_unknown(_revision(engine), ScriptDirectory(str(MIGRATIONS)))
    finally:
        engine.dispose()


def engine_for_migrations(address: URL) -> Engine:
    """The engine that migrations run on."""
    return (
        _sqlite(address, writes=True, creates=True)
        if address.get_backend_name() == "sqlite"
        else _postgres(address, read_only=False, options=f"-c lock_timeout={LOCK_TIMEOUT}")
    )


def _sqlite_file(address: URL) -> Path:
    if not address.database or address.database == ":memory:":
        raise DatabaseMissing(
            "The embedded database needs a file; an address without one would lose every entry."
        )
    return Path(address.database)


def _make_folder(file: Path) -> None:
    try:
        private_files.make_folder(file.parent, file)
    except OSError as error:
        raise DatabaseReadOnly(
            "The folder for the database cannot be created. Check its permissions."
        ) from error


def _sqlite(address: URL, *, writes: bool, creates: bool = False) -> Engine:
    file = _sqlite_file(address).absolute()
    engine = create_engine(address, hide_parameters=True, connect_args={"timeout": SQLITE_WAIT_SECONDS})

    @event.listens_for(engine, "do_connect")
    def _on_open(_dialect: Any, _record: Any, arguments: list[Any], options: dict[str, Any]) -> None:
        # By default SQLite makes an empty database where a file has vanished. Migrations alone may make one.
        if creates:
            private_files.make_file(file)
        arguments[0] = f"{file.as_uri()}?mode={'rwc' if creates else 'rw'}"
        options["uri"] = True

    @event.listens_for(engine, "checkout")
    def _on_checkout(_connection: Any, record: Any, _proxy: Any) -> None:
        # A connection outlives its file: what it wrote to one that was moved or deleted would be lost unnoticed.
        if record.info["file"] != _identity(file):
            raise DisconnectionError("The file is another one now.")

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, record: Any) -> None:
        record.info["file"] = _identity(file)
        connection.isolation_level = None  # we say BEGIN ourselves: the driver's own default loses updates
        cursor = connection.cursor()
        if writes:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=FULL")  # NORMAL loses acknowledged commits at a power cut
        # A migration copies a table to change it; that nothing points nowhere then is asked in db/migrations/env.py.
        cursor.execute(f"PRAGMA foreign_keys={'OFF' if creates else 'ON'}")
        cursor.execute("PRAGMA recursive_triggers=ON")  # or INSERT OR REPLACE slips past append-only triggers
        if not writes:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    event.listen(engine, "checkin", _forget_actor)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _forget_actor(_connection: Any, record: Any) -> None:
    """A connection that is back in the pool is nobody's: the next session says whose it is."""
    record.info.pop(ACTOR, None)


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _postgres(address: URL, *, read_only: bool, options: str | None = None) -> Engine:
    engine = create_engine(
        address.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={} if options is None else {"options": options},
    )
    event.listen(engine, "handle_error", _without_values)
    event.listen(engine, "checkin", _forget_actor)
    if not read_only:
        return engine
    # A page reads with several SELECTs: in one snapshot they agree, whatever is saved between them.
    return engine.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")


def _without_values(context: ExceptionContext) -> None:
    """Keep PostgreSQL's first line only: the details below it quote the row, and errors reach the log."""
    said = context.original_exception
    first_line = getattr(getattr(said, "diag", None), "message_primary", None)
    if first_line is None:
        return
    said.args = (first_line,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (f"({type(said).__name__}) {first_line}",)


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what the database says about its own state into what a user is told; everything else stays a bug."""
    try:
        yield
    except (IntegrityError, DataError, ProgrammingError) as error:
        if getattr(error.orig, "sqlstate", None) == POSTGRES_NO_SUCH_TABLE:
            raise _unreachable() from error
        raise  # about what was written, not about the database
    except DBAPIError as error:
        told = _problem(str(error.orig))
        if told is None:
            raise
        raise told from error


def _unreachable() -> DatabaseMissing:
    return DatabaseMissing(
        "The database cannot be reached. Nothing was saved; tell whoever runs this server."
    )


def _problem(said: str) -> DatabaseProblem | None:
    said = said.lower()
    if any(words in said for words in ("locked", "busy", "lock timeout")):
        return DatabaseLocked("The database is busy. Nothing was saved; please try again in a moment.")
    if "readonly" in said or "read-only" in said:
        return DatabaseReadOnly(
            "The database cannot be written. Nothing was saved; tell whoever runs this server."
        )
    if any(words in said for words in ("unable to open", "connection", "no such file", "no such table")):
        return _unreachable()
    if "not a database" in said or "malformed" in said:
        return DatabaseProblem(
            "The database file is damaged, or is not one of Tideline's. Nothing was saved; tell whoever runs this "
            "server: a backup has to be restored."
        )
    if "disk" in said and "full" in said:
        return DatabaseProblem("The disk is full. Nothing was saved; tell whoever runs this server.")
    return None
