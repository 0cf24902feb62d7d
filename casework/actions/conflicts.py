"""What is told when a save meets somebody else's: which constraint was broken says it, by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import IntegrityError

from casework.errors import (
    AlreadyRecorded,
    ChangedMeanwhile,
    RecordNumberTaken,
    Refused,
    RollCallAlreadyTaken,
    TidelineError,
)
from db.constraints import violated
from db.models import Base


@contextmanager
def conflicts_told() -> Iterator[None]:
    """Turn a broken UNIQUE constraint into what the user is told; the database's own words may be personal.

    A constraint that `REFUSALS` does not know can be broken by a bug only, and stays one.
    """
    try:
        yield
    except IntegrityError as error:
        refusal = REFUSALS.get(violated(error) or "")
        if refusal is None:
            raise
        raise refusal() from None


def already_recorded() -> AlreadyRecorded:
    """The refusal of an entry that was sent twice."""
    return AlreadyRecorded("This entry was saved already; it is stored once.")


def changed_meanwhile() -> ChangedMeanwhile:
    """The refusal of a change to what somebody else has changed since it was read."""
    return ChangedMeanwhile(
        "Somebody changed this entry in the meantime. Look at it again before you change it."
    )


def roll_call_taken() -> RollCallAlreadyTaken:
    """The refusal of a day's second roll call."""
    return RollCallAlreadyTaken(
        "The roll call of that day has been taken. You can correct its marks.", field="held_on"
    )


def forecast_made() -> Refused:
    """The refusal of a second forecast about a client in one week."""
    return Refused(
        "Your forecast for this client is recorded already; the next one can be made from Monday on."
    )


def record_number_taken() -> Refused:
    """The refusal of a record number that a client has whom the user sees."""
    return Refused("Another client has this record number.", field="record_number")


def team_name_taken() -> Refused:
    """The refusal of a second team of one name."""
    return Refused("There is already a team of that name.", field="name")


def username_taken() -> Refused:
    """The refusal of a second account of one username."""
    return Refused("There is already an account of that username.", field="username")


def on_roster_already() -> Refused:
    """The refusal of a client's second place on a roster."""
    return Refused("This client is on the roster already.", field="client_id")


def marked_already() -> Refused:
    """The refusal of a client's second mark in a session."""
    return Refused("This client is marked for that session already. Correct the mark instead.", field="mark")


def closed_already() -> Refused:
    """The refusal of a closed day that is in the list."""
    return Refused("The clinic is known to be closed on that day.", field="day")


def _with_column(column: str, refusal: Callable[[], TidelineError]) -> dict[str, Callable[[], TidelineError]]:
    """The refusal for the UNIQUE constraint of that column in each table that has it."""
    tables = Base.metadata.tables.values()
    return {f"uq_{table.name}_{column}": refusal for table in tables if column in table.columns}


REFUSALS: Final[Mapping[str, Callable[[], TidelineError]]] = {
    **_with_column("entry_token", already_recorded),
    **_with_column("supersedes_id", changed_meanwhile),
    "uq_assignment_open": changed_meanwhile,
    "uq_rule_switch_open": changed_meanwhile,
    "uq_recalibration_open": changed_meanwhile,
    "uq_roll_call_series_id_held_on": roll_call_taken,
    "uq_client_version_client_id_number": changed_meanwhile,
    "uq_client_version_current": changed_meanwhile,
    "uq_client_version_record_number": RecordNumberTaken,  # whose it is, is not known here
    "uq_series_version_current": changed_meanwhile,
    "uq_roster_member_open": on_roster_already,
    "uq_team_name": team_name_taken,
    "uq_staff_username": username_taken,
    "uq_forecast_by_id_client_id_week_of": forecast_made,
    "uq_attendance_one_mark": marked_already,
    "uq_task_open": changed_meanwhile,
    "uq_task_action_open": changed_meanwhile,
    "uq_call_claim_open": changed_meanwhile,
    "uq_clinic_closed_day_current": closed_already,
}
"""What is told of each constraint that people can break by working at the same time."""
