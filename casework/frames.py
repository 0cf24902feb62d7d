"""What the core eats: the frames of dated facts, their columns and dtypes, and the check that they are as promised.

Every frame is sorted by ``client_id`` and then ``day``; rows of the same day stand in the order in which they happened
(by ``id`` where nothing better is known). Days are whole numbers (days since 1970-01-01, the clinic's
calendar), because the core counts days and nothing else; `to_day` and `to_date` convert at the edges. Lists are
bitmasks in the order of `casework.vocabulary`. "Not asked" is -1 in an integer column and NaN in a float column.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casework.vocabulary import FactKind

EPOCH: Final = dt.date(1970, 1, 1)
FAR: Final = np.int32(2**31 - 1)
"""The day that stands for "still holds" in an `until` column."""
NOT_ASKED: Final = -1
Rows = Sequence[Sequence[Any]] | dict[str, Any]
"""Row tuples in column order, or a dict of columns."""

CLIENT_COLUMNS: Final[dict[str, str]] = {
    "client_id": "int64",
    "caseload": "int64",  # the id of the counselor whose caseload the client is on
    "admitted": "int32",
    "level": "int8",  # position in vocabulary.LEVELS
    "interval": "int32",  # expected days between contacts
    "pregnant": "int8",
    "co_occurring": "int32",
    "naloxone": "int32",  # day of the last naloxone kit, -1 if none is recorded
    "pregnant_since": "int32",  # day on which the pregnancy was recorded, -1 if there is none
    "pregnancy_ended": "int32",  # last day of the last pregnancy, -1 if none is recorded
    "safe_housing": "int8",  # -1 not known, 0 no, 1 yes
    "safe_to_call": "int8",  # position in vocabulary.Permission
}
FACT: Final[dict[str, str]] = {"id": "int64", "client_id": "int64", "day": "int32", "known": "int32"}
CHECK_IN_COLUMNS: Final[dict[str, str]] = {
    **FACT,
    "signs_asked": "int32",
    "signs_present": "int32",
    "halt_asked": "int32",
    "halt_present": "int32",
    "stage_asked": "int32",
    "stage_present": "int32",
    "protective_asked": "int32",
    "protective_present": "int32",
    "craving": "float64",
    "craving_causes": "int32",
    "use": "int8",  # -1 not asked, else position in vocabulary.Use
    "use_days": "float64",
    "other_substances": "int32",  # -1 not asked
    "withdrawal": "int8",  # -1 not asked, 0 none .. 3 severe
    "withdrawal_from": "int32",
    "medication_days_taken": "float64",
    "medication_days_of": "float64",
    "suicidal": "int8",  # thoughts of suicide or self-harm: -1 not asked, 0 no, 1 yes
    "overdosed": "int8",  # an overdose since the last contact: -1 not asked, 0 no, 1 yes
    "used_on": "int32",  # last day of reported opioid use, -1 if none is named
    "overdosed_on": "int32",  # -1 if no day is named
    "naloxone_used": "int8",  # -1 not known
    "contact": "int8",  # 1: with the client; 0: told by others (see db.queries.facts), which is not hearing from them
}
ATTENDANCE_COLUMNS: Final[dict[str, str]] = {**FACT, "mark": "int8", "kind": "int8"}
SCREEN_COLUMNS: Final[dict[str, str]] = {
    **FACT,  # day: the due date of a planned or missed screen, else the day of collection
    "status": "int8",
    "tested": "int32",
    "found": "int32",
    "expected": "int32",
}
PRESCRIPTION_COLUMNS: Final[dict[str, str]] = {**FACT, "until": "int32", "medication": "int8"}
DOSE_COLUMNS: Final[dict[str, str]] = {**FACT, "covers": "int32", "medication": "int8"}
CALL_COLUMNS: Final[dict[str, str]] = {
    **FACT,
    "reached": "int8",
    "outcome": "int8",  # position in vocabulary.CallOutcome
    "appointment": "int32",  # day of the appointment that was made, -1 without one
}
ABSENCE_COLUMNS: Final[dict[str, str]] = {
    **FACT,
    "until": "int32",  # its last day
    "cause": "int8",  # position in vocabulary.AbsenceCause
    "medicated": "int8",  # -1 not known, 0 the medication was not given meanwhile, 1 it was
}
SAFETY_COLUMNS: Final[dict[str, str]] = {
    **FACT,
    "concerns": "int32",
    "acknowledged": "int32",
    "event": "int32",  # day of the overdose that it is about, -1 if no day is named
}
PLACEMENT_COLUMNS: Final[dict[str, str]] = {
    **FACT,
    "level": "int8",  # position in vocabulary.LEVELS; the first placement of a client is the admission's
    "next_level": "int8",  # of the rung that was named to follow detox, -1 without one
}

TASK_COLUMNS: Final[dict[str, str]] = {
    **FACT,  # an action of a client's task; day: on which it was opened
    "kind": "int8",  # position in vocabulary.ActionKind
    "owner": "int64",  # the id of whose it is
    "due": "int32",
    "done": "int32",  # FAR while it is open
}
ANSWERED_COLUMNS: Final[dict[str, str]] = {
    **FACT,  # day: on which it was answered
    "by": "int8",  # position in vocabulary.AnsweredBy
    "by_id": "int64",
    "kind": "int8",  # position in vocabulary.FactKind
    "fact": "int64",  # the id of the fact that was answered
}


@dataclass(frozen=True)
class Facts:
    """All that is known of some clients, a frame a kind of fact (see `COLUMNS`)."""

    clients: pd.DataFrame
    check_ins: pd.DataFrame
    attendance: pd.DataFrame
    screens: pd.DataFrame
    prescriptions: pd.DataFrame
    doses: pd.DataFrame
    calls: pd.DataFrame
    absences: pd.DataFrame
    safety_items: pd.DataFrame
    placements: pd.DataFrame
    tasks: pd.DataFrame
    answered: pd.DataFrame

    @classmethod
    def of(cls, rows: Mapping[str, Rows]) -> Self:
        """Facts of `rows` as `frame` takes them; a kind of fact that is not given has none."""
        arrays = {name: _arrays(name, rows.get(name, ())) for name in COLUMNS}
        made = cls(**{name: _framed(name, columns) for name, columns in arrays.items()})
        made._read.update(
            ((name, column), _read_only(values))
            for name, columns in arrays.items()
            for column, values in columns.items()
        )
        return made

    def column(self, name: str, column: str) -> NDArray[Any]:
        """A column of the frame `name` as an array. Read once: getting it out of pandas takes about as long as a rule
        takes with it, and `of` has it already."""
        key = (name, column)
        if key not in self._read:
            data: pd.DataFrame = getattr(self, name)
            self._read[key] = data[column].to_numpy()
        return self._read[key]

    def of_client(self, client_id: int) -> Facts:
        """The facts of one client. KeyError for an id that is not there."""
        if client_id not in self.column("clients", "client_id"):
            raise KeyError(client_id)
        return self.between(client_id, client_id)

    def between(self, first: int, last: int) -> Facts:
        """The facts of the clients from the id `first` to the id `last`."""
        mine = {}
        for name in COLUMNS:
            start, stop = np.searchsorted(self.column(name, "client_id"), [first, last + 1])
            mine[name] = getattr(self, name).iloc[start:stop].reset_index(drop=True)
        return Facts(**mine)

    @cached_property
    def _read(self) -> dict[tuple[str, str], NDArray[Any]]:
        return {}


COLUMNS: Final[dict[str, dict[str, str]]] = {
    "clients": CLIENT_COLUMNS,
    "check_ins": CHECK_IN_COLUMNS,
    "attendance": ATTENDANCE_COLUMNS,
    "screens": SCREEN_COLUMNS,
    "prescriptions": PRESCRIPTION_COLUMNS,
    "doses": DOSE_COLUMNS,
    "calls": CALL_COLUMNS,
    "absences": ABSENCE_COLUMNS,
    "safety_items": SAFETY_COLUMNS,
    "placements": PLACEMENT_COLUMNS,
    "tasks": TASK_COLUMNS,
    "answered": ANSWERED_COLUMNS,
}
KINDS: Final[dict[str, FactKind]] = {
    "check_ins": FactKind.CHECK_IN,
    "attendance": FactKind.SESSION,
    "screens": FactKind.SCREEN,
    "prescriptions": FactKind.PRESCRIPTION,
    "doses": FactKind.DOSE,
    "calls": FactKind.CALL,
    "absences": FactKind.ABSENCE,
    "safety_items": FactKind.SAFETY,
    "tasks": FactKind.TASK,
    "placements": FactKind.LEVEL,
}
"""What a row of a frame is, for those that can be answered."""

_LABELS: Final = {name: pd.Index(list(spec), dtype=object) for name, spec in COLUMNS.items()}
"""Shared by all frames of a name: pandas takes as long to build such an index as to build the rest of a small frame.
Plain objects: finding a column by labels of pandas' string type takes half as long again."""


class FrameError(ValueError):
    """A frame is not as promised. A bug, never a user's mistake."""


def to_day(date: dt.date) -> int:
    """Days since 1970-01-01."""
    return (date - EPOCH).days


def to_date(day: int) -> dt.date:
    """The calendar date of a day number."""
    return EPOCH + dt.timedelta(days=int(day))


def frame(name: str, rows: Rows = ()) -> pd.DataFrame:
    """A frame of `COLUMNS[name]` from row tuples in column order (or a dict of columns), with the right dtypes.

    Rows must already be sorted by client and day; `check` says so if they are not.
    """
    return _framed(name, _arrays(name, rows))


def _arrays(name: str, rows: Rows) -> dict[str, NDArray[Any]]:
    spec = COLUMNS[name]
    if isinstance(rows, dict):
        return {column: np.asarray(rows[column], dtype=dtype) for column, dtype in spec.items()}
    turned = list(zip(*rows, strict=True)) if len(rows) else [()] * len(spec)
    return {
        column: np.asarray(values, dtype=dtype)
        for (column, dtype), values in zip(spec.items(), turned, strict=True)
    }


def _framed(name: str, columns: dict[str, NDArray[Any]]) -> pd.DataFrame:
    made = pd.DataFrame(dict(enumerate(columns.values())), copy=False)
    made.columns = _LABELS[name]
    return made


def _read_only(values: NDArray[Any]) -> NDArray[Any]:
    """As pandas gives its columns out."""
    seen = values.view()
    seen.flags.writeable = False
    return seen


def check(facts: Facts) -> Facts:
    """Return `facts`; FrameError unless every frame has its columns, dtypes and order."""
    for name, spec in COLUMNS.items():
        data: pd.DataFrame = getattr(facts, name)
        found = {str(column): str(dtype) for column, dtype in data.dtypes.items()}
        if found != spec:
            raise FrameError(f"{name}: columns {found}, expected {spec}")
        check_order(name, data["client_id"].to_numpy(), data["day"].to_numpy() if "day" in spec else None)
    return facts


def check_order(name: str, client: NDArray[Any], day: NDArray[Any] | None) -> None:
    """FrameError unless the rows of frame `name` stand by client and then by day (None: a row a client)."""
    later = client[1:] > client[:-1]
    if day is not None:
        later |= (client[1:] == client[:-1]) & (day[1:] >= day[:-1])
    if not later.all():
        raise FrameError(f"{name}: not sorted by client and day")
