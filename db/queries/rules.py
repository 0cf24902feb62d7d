"""What the clinic says about the rules of the point table. Switches and adjustments hold for everybody of the clinic;
what was said about a client is read by those who see that client, and counted for all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from casework.users import User
from casework.vocabulary import Outcome
from db.models import Recalibration, RuleOverride, RuleSwitch, Staff
from db.queries.known import known
from db.queries.scope import require_client, visible_clients

_BY, _ENDED_BY = aliased(Staff, name="done_by"), aliased(Staff, name="ended_by")


@dataclass(frozen=True)
class SwitchRow:
    """A time for which a rule is off, as days and as moments; `on_again` and `on_at` None while it still is."""

    id: int
    rule_id: str
    off_since: dt.date
    off_by: str
    reason: str
    on_again: dt.date | None
    on_by: str | None
    off_at: dt.datetime
    on_at: dt.datetime | None

    def holds_at(self, moment: dt.datetime) -> bool:
        """Whether the rule was off at the moment."""
        return self.off_at <= moment and (self.on_at is None or self.on_at > moment)


@dataclass(frozen=True)
class OverrideRow:
    """Somebody's word that a rule's reason does not apply to the client."""

    id: int
    client_id: int
    rule_id: str
    on: dt.date
    by: str
    reason: str


@dataclass(frozen=True)
class RecalibrationRow:
    """An applied adjustment with the numbers behind it; `revoked_on` None while it holds."""

    id: int
    outcome: Outcome
    intercept: float
    slope: float
    clients: int
    weeks: int
    outcomes: int
    published: float
    adjusted: float
    observed: float
    applied_on: dt.date
    applied_by: str
    revoked_on: dt.date | None
    revoked_by: str | None
    applied_at: dt.datetime


def is_off(day: dt.date) -> ColumnElement[bool]:
    """The switches that hold on `day`."""
    return (RuleSwitch.off_since <= day) & or_(RuleSwitch.on_again.is_(None), RuleSwitch.on_again > day)


def ids_switched_off(session: Session, day: dt.date) -> frozenset[str]:
    """Ids of the rules that the clinic had switched off on `day`."""
    return frozenset(session.scalars(select(RuleSwitch.rule_id).where(is_off(day))))


def switches(session: Session, day: dt.date) -> tuple[SwitchRow, ...]:
    """Every time a rule was switched off, as known on `day`, the latest first."""
    rows = session.execute(
        select(RuleSwitch, _BY.name, _ENDED_BY.name)
        .join(_BY, _BY.id == RuleSwitch.off_by_id)
        .outerjoin(_ENDED_BY, _ENDED_BY.id == RuleSwitch.on_by_id)
        .where(RuleSwitch.off_since <= day)
        .order_by(RuleSwitch.off_at.desc(), RuleSwitch.id.desc())
    )
    return tuple(_switch(one, off_name, on_name, day) for one, off_name, on_name in rows)


def _switch(one: RuleSwitch, off_by: str, on_by: str | None, day: dt.date) -> SwitchRow:
    ended = one.on_again is not None and one.on_again <= day
    return SwitchRow(
        one.id,
        one.rule_id,
        one.off_since,
        off_by,
        one.reason,
        one.on_again if ended else None,
        on_by if ended else None,
        one.off_at,
        one.on_at if ended else None,
    )


def overrides_of(
    session: Session, user: User, client_id: int, day: dt.date, *, since: dt.date
) -> tuple[OverrideRow, ...]:
    """What was said from `since` on of one client's reasons, as known on `day`, the latest first. Raises NotYours."""
    require_client(session, user, client_id, day)
    return _overrides(session, day, RuleOverride.client_id == client_id, RuleOverride.occurred_on >= since)


def overrides_seen(session: Session, user: User, day: dt.date, *, since: dt.date) -> tuple[OverrideRow, ...]:
    """What was said of the clients whom the user sees."""
    seen = RuleOverride.client_id.in_(visible_clients(user, day))
    return _overrides(session, day, seen, RuleOverride.occurred_on >= since)


def _overrides(session: Session, day: dt.date, *where: ColumnElement[bool]) -> tuple[OverrideRow, ...]:
    one = RuleOverride
    rows = session.execute(
        select(one.id, one.client_id, one.rule_id, one.occurred_on, Staff.name, one.reason)
        .join(Staff, Staff.id == one.recorded_by_id)
        .where(one.occurred_on <= day, known(one, day), *where)
        .order_by(one.occurred_at.desc(), one.id.desc())
    )
    return tuple(OverrideRow(*row) for row in rows)


def override_counts(session: Session, day: dt.date, *, since: dt.date) -> dict[str, int]:
    """How often each rule's reason was said not to apply, to anybody in the clinic: a count and no names."""
    one = RuleOverride
    rows = session.execute(
        select(one.rule_id, func.count())
        .where(one.occurred_on >= since, one.occurred_on <= day, known(one, day))
        .group_by(one.rule_id)
    )
    return {row[0]: row[1] for row in rows}


def recalibrations(session: Session, day: dt.date) -> tuple[RecalibrationRow, ...]:
    """Every adjustment that was applied, as known on `day`, the latest first."""
    rows = session.execute(
        select(Recalibration, _BY.name, _ENDED_BY.name)
        .join(_BY, _BY.id == Recalibration.applied_by_id)
        .outerjoin(_ENDED_BY, _ENDED_BY.id == Recalibration.revoked_by_id)
        .where(Recalibration.applied_on <= day)
        .order_by(Recalibration.applied_at.desc(), Recalibration.id.desc())
    )
    return tuple(_recalibration(*row, day=day) for row in rows)


def _recalibration(one: Recalibration, by: str, revoked_by: str | None, *, day: dt.date) -> RecalibrationRow:
    revoked = one.revoked_on is not None and one.revoked_on <= day
    return RecalibrationRow(
        one.id,
        one.outcome,
        one.intercept,
        one.slope,
        one.clients,
        one.weeks,
        one.outcomes,
        one.published,
        one.adjusted,
        one.observed,
        one.applied_on,
        by,
        one.revoked_on if revoked else None,
        revoked_by if revoked else None,
        one.applied_at,
    )
