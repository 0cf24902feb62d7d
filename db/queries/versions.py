"""What the rows of all correctable facts share, and making such a row of a stored fact."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from db.models import Fact


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of an entry; `late` when the clinic came to know of it after its day. See `db.models.Fact`.

    `superseded_on` is None while no correction was known on the day that was asked about.
    """

    id: int
    client_id: int
    occurred_on: dt.date
    recorded_at: dt.datetime
    recorded_by: str
    late: bool
    supersedes_id: int | None
    superseded_on: dt.date | None
    correction_reason: str | None


RowT = TypeVar("RowT", bound=Version)


def row_of(row: type[RowT], fact: Fact, recorded_by: str, day: dt.date, **more: Any) -> RowT:
    """The row of a fact as known on `day`: each field is the fact's column of that name unless `more` gives it."""
    more |= {
        "recorded_by": recorded_by,
        "late": (fact.first_known_on or fact.known_on) > fact.occurred_on,
        "superseded_on": superseded_by(fact, day),
    }
    return row(
        **{one.name: getattr(fact, one.name) for one in fields(row) if one.name not in more},
        **more,
    )


def superseded_by(fact: Fact, day: dt.date) -> dt.date | None:
    """The day on which a correction took the fact's place, if that had happened by `day`."""
    on = fact.superseded_on
    return on if on is not None and on <= day else None
