"""Which versions of a row count: as known on a day, and at present."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from db.models import ClientVersion, SeriesVersion, Versioned

Day = ColumnElement[dt.date] | dt.date


def known(model: type[Versioned], day: Day) -> ColumnElement[bool]:
    """The rows of `model` that the clinic knew, and still held to be right, on `day`."""
    return and_(model.known_on <= day, _not_superseded(model, day))


def details_on(model: type[ClientVersion], day: Day) -> ColumnElement[bool]:
    """The one version of each client's details that held on `day`; the first holds on all days before it, too."""
    return and_(or_(model.known_on <= day, model.supersedes_id.is_(None)), _not_superseded(model, day))


def _not_superseded(model: type[Versioned], day: Day) -> ColumnElement[bool]:
    return or_(model.superseded_on.is_(None), model.superseded_on > day)


def client_now(client_id: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """To join a client's details of the present: whoever looks at a past day reads today's name, too."""
    return and_(ClientVersion.client_id == client_id, ClientVersion.superseded_on.is_(None))


def series_now(
    series_id: ColumnElement[int] | InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
) -> ColumnElement[bool]:
    """To join a series' version of the present."""
    return and_(SeriesVersion.series_id == series_id, SeriesVersion.superseded_on.is_(None))
