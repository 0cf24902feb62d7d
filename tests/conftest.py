"""Fixtures for all tests: databases on both engines, a small clinic in them, and how long to try."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from casework import passwords
from tests.support import databases
from tests.support.availability import LONG, Unavailable, skip_or_fail
from tests.support.clinic import NOW, TODAY, SmallClinic, build_clinic
from tests.support.databases import Database, open_database
from tests.support.durations import Durations
from tests.support.fills import fill_demo, fill_nothing
from tests.support.postgres import Postgres, running_postgres

pytest_plugins = ["tests.support.browsing"]

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile(
    "short", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("long", settings.get_profile("short"), max_examples=2000)
settings.load_profile("long" if LONG else "short")


@pytest.fixture(scope="session")
def long() -> bool:
    """True under `make test-long`: run faults, benchmarks and the trial data at full length."""
    return LONG


REAL_HASHER = passwords._hasher
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
"""Hashes that cost next to nothing, for the passwords of this process; a served dashboard has its own."""


def pytest_configure(config: pytest.Config) -> None:
    """Print at the end of a run what its tests took."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Durations())


@pytest.fixture
def real_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Password hashes as the dashboard makes them."""
    monkeypatch.setattr(passwords, "_hasher", REAL_HASHER)


@pytest.fixture
def today() -> dt.date:
    """The day on which tests play: Wednesday, 11 March 2026."""
    return TODAY


@pytest.fixture
def now() -> dt.datetime:
    """A moment of that day: 15:00 UTC, 11:00 at the clinic."""
    return NOW


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """This worker's own PostgreSQL server."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_postgres())
        except Unavailable as missing:
            skip_or_fail(str(missing))
        yield server


@pytest.fixture(scope="session")
def postgres_templates(postgres_server: Postgres) -> databases.PostgresTemplates:
    """Databases on that server that are made once and copied."""
    return databases.PostgresTemplates(postgres_server)


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> databases.SqliteTemplates:
    """Embedded databases that are made once, for all workers, and copied."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "templates"
    folder.mkdir(exist_ok=True)
    return databases.SqliteTemplates(folder)


@pytest.fixture
def sqlite_url(sqlite_templates: databases.SqliteTemplates, tmp_path: Path) -> Iterator[str]:
    """A migrated, empty embedded database of this test's own."""
    with sqlite_templates.copy("empty", fill_nothing, tmp_path) as url:
        yield url


@pytest.fixture
def postgres_url(postgres_templates: databases.PostgresTemplates) -> str:
    """A migrated, empty PostgreSQL database, for one test at a time. Mark the test `postgres`."""
    return postgres_templates.emptied()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of this test's own: the test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def unmigrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table, on both engines: for tests of migrations."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'unmigrated.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    name = server.new_database()
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The opened database of `database_url`, on both engines."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def clinic(database: Database) -> SmallClinic:
    """The small clinic of tests/support/clinic.py, committed in `database`."""
    with database.writing() as session:
        return build_clinic(session)


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """An opened embedded database, for tests in which the engine makes no difference."""
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_clinic(sqlite_database: Database) -> SmallClinic:
    """The small clinic, committed in `sqlite_database`."""
    with sqlite_database.writing() as session:
        return build_clinic(session)


@pytest.fixture
def demo_url(sqlite_templates: databases.SqliteTemplates, tmp_path: Path) -> Iterator[str]:
    """An embedded database of this test's own with the demo clinic of 11 March 2026."""
    with sqlite_templates.copy("demo", fill_demo, tmp_path) as url:
        yield url


@pytest.fixture
def demo_database(demo_url: str) -> Iterator[Database]:
    """The opened demo clinic of `demo_url`."""
    opened = open_database(demo_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def trial_data() -> Path:
    """The folder of the CTN-0094 trial data: $CTN0094_DIR, else ../shared/ctn0094 beside the checkout."""
    folder = Path(os.environ.get("CTN0094_DIR") or ROOT.parent / "shared" / "ctn0094")
    if not folder.is_dir():
        pytest.skip(f"the trial data are not on this machine: set CTN0094_DIR (looked in {folder.name}/)")
    return folder
