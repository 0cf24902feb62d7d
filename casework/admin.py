"""The commands of whoever runs Tideline: `python -m casework.admin --help`.

Passwords are asked for, read from standard input or generated; never an argument, which the shell's history would keep.
"""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import make_url, select
from sqlalchemy.orm import Session

from casework import demo
from casework.actions.clinic import set_clinic
from casework.actions.staff import create_staff, create_team, deactivate, set_password
from casework.caseload.clinic import UNNAMED, clinic
from casework.demo.histories import ZONE
from casework.errors import (
    DatabaseMissing,
    DatabaseOfPreview,
    DatabaseProblem,
    DatabaseTooOld,
    Refused,
    TidelineError,
)
from casework.passwords import generated_password
from casework.users import SYSTEM
from casework.vocabulary import ClinicKind, Role
from db.models import Team
from db.session import Database, configured_url, migrate, open_database

DEFAULT_PORT = 8501
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it was done, 2 with one clear line when it was not."""
    given = _parser().parse_args(arguments)
    try:
        given.run(given)
    except TidelineError as error:
        print(f"Tideline: {error}", file=sys.stderr)
        return 2
    return 0


def _migrate(_given: argparse.Namespace) -> None:
    _bring_up_to_date()
    print("The database is up to date.")


def _prepare(given: argparse.Namespace) -> None:
    _refuse_emptied_file()
    _bring_up_to_date()
    database = open_database()
    with database.reading(SYSTEM) as session:
        here = clinic(session)
        for_demo = demo.is_empty(session) and (here is UNNAMED or here.kind is ClinicKind.DEMO)
    if for_demo:
        print("Loading the demo clinic …", flush=True)
        _fill_with_demo(database)
    with database.reading(SYSTEM) as session:
        here = clinic(session)
    print(f"Tideline: http://127.0.0.1:{given.port}  ({here.name})")
    if here.kind is ClinicKind.DEMO:
        _print_accounts()


def _create_team(given: argparse.Namespace) -> None:
    with open_database().writing(SYSTEM) as session:
        team = create_team(session, by=None, now=_now(), name=given.name)
        print(f"Team {team.name} is there.")


def _create_staff(given: argparse.Namespace) -> None:
    database = open_database()
    password = _new_password(given.generate)
    with database.writing(SYSTEM) as session:
        staff = create_staff(
            session,
            by=None,
            now=_now(),
            username=given.username,
            name=given.name,
            role=Role(given.role),
            team_id=_team(session, given.team).id,
            password=password,
        )
        username = staff.username
    print(f"{username} can sign in.")
    _print_generated(password, given.generate)


def _set_password(given: argparse.Namespace) -> None:
    database = open_database()
    password = _new_password(given.generate)
    with database.writing(SYSTEM) as session:
        username = set_password(
            session, by=None, now=_now(), username=given.username, password=password
        ).username
    print(f"The password of {username} is changed, and the account is signed out everywhere.")
    _print_generated(password, given.generate)


def _deactivate(given: argparse.Namespace) -> None:
    with open_database().writing(SYSTEM) as session:
        username = deactivate(session, by=None, now=_now(), username=given.username).username
    print(f"The account {username} is closed, and signed out everywhere. Its entries stay.")


def _load_demo(given: argparse.Namespace) -> None:
    database = open_database()
    with database.reading(SYSTEM) as session:
        empty = demo.is_empty(session)
    if given.if_empty and not empty:
        print("The database is not empty; nothing was loaded.")
        return
    _fill_with_demo(database)
    _print_accounts()


def _set_clinic(given: argparse.Namespace) -> None:
    protocol = None
    if given.protocol is not None:
        try:
            protocol = Path(given.protocol).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Refused("The file with the protocol cannot be read as text.") from error
    with open_database().writing(SYSTEM) as session:
        row = set_clinic(
            session,
            by=None,
            now=_now(),
            name=given.name,
            time_zone=given.time_zone,
            safety_protocol=protocol,
            working_days=_weekdays(given.working_days),
            dosing_days=_weekdays(given.dosing_days),
        )
        print(f"{row.name}, {row.time_zone}.")


def _weekdays(given: str | None) -> list[int] | None:
    """The weekdays of "mon,tue,wed" (0 is Monday)."""
    if given is None:
        return None
    names = [name.strip().lower() for name in given.split(",")]
    if not set(names) <= set(WEEKDAYS):
        raise Refused(f"Write weekdays like this: {','.join(WEEKDAYS)}.")
    return [WEEKDAYS.index(name) for name in names]


def _bring_up_to_date() -> None:
    try:
        open_database().close()
    except (DatabaseMissing, DatabaseTooOld):
        migrate()
    except DatabaseOfPreview:
        raise DatabaseOfPreview(
            f"A preview version of Tideline made the database here, and this version cannot open it. {_aside()}"
        ) from None


def _aside() -> str:
    """What to do with a database that is to be kept, but not opened."""
    address = make_url(configured_url())
    if address.get_backend_name() != "sqlite":
        return "Name another, empty database with TIDELINE_DATABASE_URL; that one stays as it is."
    file = address.database
    return (
        f"Move the file {file} aside (with {file}-wal and {file}-shm, if they are there), and run this again: a new "
        "database is made in its place."
    )


def _refuse_emptied_file() -> None:
    """A file without a byte is what a failed copy or restore leaves: the demo must not take its place."""
    address = make_url(configured_url())
    if address.get_backend_name() != "sqlite" or not address.database:
        return
    file = Path(address.database)
    if file.is_file() and file.stat().st_size == 0:
        raise DatabaseProblem(
            "The database file is there, but empty. Restore a backup, or remove the file to start anew."
        )


def _fill_with_demo(database: Database) -> None:
    demo.load(database, today=_now().astimezone(ZONE).date())


def _print_accounts() -> None:
    print("Sign in with one of the demo accounts (username, password):")
    for username, password, who in demo.ACCOUNTS:
        print(f"  {username:<10} {password:<20} {who}")


def _team(session: Session, name: str) -> Team:
    team = session.scalar(select(Team).where(Team.name == name))
    if team is None:
        raise Refused("There is no team of that name. Create it first with create-team.")
    return team


def _new_password(generate: bool) -> str:
    """A generated password, or one typed twice at a terminal, or the first line of standard input."""
    if generate:
        return generated_password()
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise Refused("The two passwords are not the same.")
    return password


def _print_generated(password: str, generated: bool) -> None:
    if generated:
        print(f"Password (shown this once): {password}")


def _now() -> dt.datetime:
    """The present moment; `TIDELINE_NOW` turns it for the demo clinic of tests and screenshots."""
    override = os.environ.get("TIDELINE_NOW")
    if not override:
        return dt.datetime.now(dt.UTC)
    try:
        moment = dt.datetime.fromisoformat(override)
    except ValueError:
        raise Refused("TIDELINE_NOW is not a date and time like 2025-03-01T09:30.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m casework.admin", description="Run a Tideline installation."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("migrate", help="create the database, or bring it to this version")
    command.set_defaults(run=_migrate)

    command = commands.add_parser("prepare", help="migrate, and load the demo clinic into an empty database")
    command.add_argument("--port", type=int, default=DEFAULT_PORT, help="the port of the address to print")
    command.set_defaults(run=_prepare)

    command = commands.add_parser("load-demo", help="load the demo clinic into an empty database")
    command.add_argument("--if-empty", action="store_true", help="do nothing when the database is not empty")
    command.set_defaults(run=_load_demo)

    command = commands.add_parser(
        "set-clinic", help="the clinic's name, time zone, safety protocol and weekdays"
    )
    command.add_argument("--name")
    command.add_argument("--time-zone", help="for example America/New_York")
    command.add_argument("--protocol", metavar="FILE", help="a text file: what a safety answer shows")
    command.add_argument(
        "--working-days", metavar="DAYS", help="when staff work, for example mon,tue,wed,thu,fri"
    )
    command.add_argument("--dosing-days", metavar="DAYS", help="when doses are given")
    command.set_defaults(run=_set_clinic)

    command = commands.add_parser("create-team", help="add a team")
    command.add_argument("name")
    command.set_defaults(run=_create_team)

    command = commands.add_parser(
        "create-staff", help="add an account; the password comes from standard input"
    )
    command.add_argument("username")
    command.add_argument("--name", required=True, help="as colleagues know them")
    command.add_argument("--role", required=True, choices=[role.value for role in Role])
    command.add_argument("--team", required=True, metavar="NAME")
    command.add_argument("--generate", action="store_true", help="make a password and print it once")
    command.set_defaults(run=_create_staff)

    command = commands.add_parser("set-password", help="replace a password; signs the account out everywhere")
    command.add_argument("username")
    command.add_argument("--generate", action="store_true", help="make a password and print it once")
    command.set_defaults(run=_set_password)

    command = commands.add_parser("deactivate", help="close an account; its entries stay")
    command.add_argument("username")
    command.set_defaults(run=_deactivate)
    return parser


if __name__ == "__main__":
    sys.exit(main())
