"""What the templates of tests/support/databases.py are filled with, as of the tests' own day."""

from __future__ import annotations

from casework import demo
from casework.users import SYSTEM
from db.session import migrate, open_database
from tests.support.clinic import TODAY, build_clinic


def fill_nothing(url: str) -> None:
    """Make a database with all tables and no rows."""
    migrate(url)


def fill_demo(url: str) -> None:
    """Make a database with the demo clinic."""
    migrate(url)
    database = open_database(url)
    demo.load(database, today=TODAY)
    database.close()


def fill_small(url: str) -> None:
    """Make a database with the small clinic of tests/support/clinic.py."""
    migrate(url)
    database = open_database(url)
    with database.writing(SYSTEM) as session:
        build_clinic(session)
    database.close()
