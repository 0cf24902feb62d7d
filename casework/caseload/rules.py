"""What stands beside a score: the rules that the clinic has switched off, and reasons that do not apply to a client."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from casework.indicators import TABLE, Assessment, Rule
from casework.report_card import PROTECTED
from casework.users import User
from db.queries import rules as query
from db.queries.rules import OverrideRow, SwitchRow

__all__ = [
    "OffRule",
    "OverrideRow",
    "SwitchRow",
    "not_counted",
    "not_counted_of",
    "off_rules",
    "overrides_shown",
]

SHOWN_DAYS: Final = 28
"""What was said of a reason is shown for four weeks: after that somebody has to look again."""


@dataclass(frozen=True)
class OffRule:
    """A rule that is switched off today, and the switch."""

    rule: Rule
    switch: SwitchRow


def switched_off(session: Session, day: dt.date) -> frozenset[str]:
    """Ids of the rules that do not count on `day`: one about safety always does, whatever the database holds."""
    return query.ids_switched_off(session, day) - PROTECTED


def off_rules(session: Session, today: dt.date) -> tuple[OffRule, ...]:
    """The rules that the clinic has switched off, in the table's order. One SELECT."""
    switches = query.switches(session, today)
    holding = {one.rule_id: one for one in switches if one.on_again is None and one.rule_id not in PROTECTED}
    return tuple(OffRule(rule, holding[rule.id]) for rule in TABLE if rule.id in holding)


def not_counted(assessment: Assessment) -> dict[int, tuple[Rule, ...]]:
    """By client, the rules switched off that would hold today: the scores that the switches change."""
    found: dict[int, tuple[Rule, ...]] = {}
    for rule in TABLE:
        if rule.id in assessment.off:
            for client_id in assessment.clients[rule.times(assessment.readings) != 0].tolist():
                found[client_id] = (*found.get(client_id, ()), rule)
    return found


def not_counted_of(
    session: Session, assessment: Assessment, client_id: int, today: dt.date
) -> tuple[OffRule, ...]:
    """Those of one client, with who switched them off and why. At most one SELECT."""
    rules = not_counted(assessment).get(client_id, ())
    return tuple(one for one in off_rules(session, today) if one.rule in rules) if rules else ()


def overrides_shown(session: Session, user: User, client_id: int, today: dt.date) -> tuple[OverrideRow, ...]:
    """What was said of the client's reasons in the last `SHOWN_DAYS` days, the latest first. Raises NotYours."""
    since = today - dt.timedelta(days=SHOWN_DAYS)
    return query.overrides_of(session, user, client_id, today, since=since)
