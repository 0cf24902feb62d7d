"""Switching a rule off and on, saying that a reason does not apply to a client, and adjusting chances to the clinic.

A supervisor does the first and the last, for everybody of the clinic; no rule about safety can be switched off.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.actions.entry import (
    Act,
    add_fact,
    begin,
    check_token,
    end,
    flush,
    refuse_second_save,
    retire,
)
from casework.checks.rules import check_reason, check_rule
from casework.errors import ChangedMeanwhile, NotAllowed, NotYours
from casework.recalibration import LOWEST_SLOPE, MIN_OUTCOMES, Proposal
from casework.report_card import PROTECTED
from casework.users import User
from casework.vocabulary import Outcome
from db.models import Recalibration, RuleOverride, RuleSwitch


def switch_off(session: Session, *, by: User, now: dt.datetime, rule_id: str, reason: str, token: str) -> int:
    """Switch a rule off from today on; returns the switch's id.

    Raises NotAllowed unless `by` is a supervisor or when the rule is about safety, Refused without a reason, and
    ChangedMeanwhile when it is off already.
    """
    act = _supervisor(session, by, now)
    refuse_second_save(session, RuleSwitch, check_token(token))
    check_rule(rule_id)
    if rule_id in PROTECTED:
        raise NotAllowed("This rule is about safety. It stays on.")
    why = check_reason(reason)
    if _open_switch(session, rule_id) is not None:
        raise ChangedMeanwhile("Somebody has switched this rule off already.")
    row = RuleSwitch(
        rule_id=rule_id, off_since=act.today, off_at=now, off_by_id=by.id, reason=why, entry_token=token
    )
    session.add(row)
    flush(session)
    act.audit("switch_rule_off", subject=("rule_switch", row.id), rule=rule_id)
    return row.id


def switch_on(session: Session, *, by: User, now: dt.datetime, rule_id: str) -> None:
    """Switch a rule on again from today on. Raises NotAllowed, and ChangedMeanwhile when it is on already."""
    act = _supervisor(session, by, now)
    check_rule(rule_id)
    row = _open_switch(session, rule_id)
    if row is None:
        raise ChangedMeanwhile("Somebody has switched this rule on again already.")
    end(act, row, "on_again", on_again=act.today, on_at=now, on_by_id=by.id)
    act.audit("switch_rule_on", subject=("rule_switch", row.id), rule=rule_id)


def record_override(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    rule_id: str | None,
    reason: str | None,
    token: str,
) -> int:
    """Say that a reason does not apply to the client, and why; returns its id. No score changes by it.

    Raises NotYours, AlreadyRecorded, and Refused without a reason.
    """
    act = begin(session, by=by, now=now)
    act.client(client_id)
    rule, why = check_rule(rule_id), check_reason(reason)
    row = add_fact(
        act,
        RuleOverride,
        client_id=client_id,
        occurred_at=now,
        token=check_token(token),
        rule_id=rule,
        reason=why,
    )
    act.audit("override_rule", client_id=client_id, subject=("rule_override", row.id), rule=rule)
    return row.id


def take_back_override(session: Session, *, by: User, now: dt.datetime, override_id: int) -> None:
    """Take back what was said of a reason; it stays on record as superseded. Raises NotYours, ChangedMeanwhile."""
    act = begin(session, by=by, now=now)
    row = session.get(RuleOverride, override_id)
    if row is None:
        raise NotYours
    act.client(row.client_id)
    if row.superseded_on is not None:
        raise ChangedMeanwhile("Somebody has taken this back already.")
    retire(act, row)
    act.audit(
        "take_back_override", client_id=row.client_id, subject=("rule_override", row.id), rule=row.rule_id
    )


def apply_recalibration(
    session: Session, *, by: User, now: dt.datetime, proposal: Proposal, token: str
) -> int:
    """Adjust an outcome's chances as proposed, in the place of an earlier adjustment; returns its id.

    Raises NotAllowed unless `by` is a supervisor.
    """
    act = _supervisor(session, by, now)
    refuse_second_save(session, Recalibration, check_token(token))
    if proposal.outcomes < MIN_OUTCOMES or proposal.adjustment.slope < LOWEST_SLOPE:
        raise ValueError("only what `recalibration.propose` made can be applied")
    earlier = _open_recalibration(session, proposal.outcome)
    if earlier is not None:
        _revoke(act, earlier)
    row = Recalibration(
        outcome=proposal.outcome,
        intercept=proposal.adjustment.intercept,
        slope=proposal.adjustment.slope,
        clients=proposal.clients,
        weeks=proposal.weeks,
        outcomes=proposal.outcomes,
        published=proposal.published,
        adjusted=proposal.adjusted,
        observed=proposal.observed,
        applied_on=act.today,
        applied_at=now,
        applied_by_id=by.id,
        entry_token=token,
    )
    session.add(row)
    flush(session)
    act.audit("apply_recalibration", subject=("recalibration", row.id), outcome=row.outcome.value)
    return row.id


def revoke_recalibration(session: Session, *, by: User, now: dt.datetime, outcome: Outcome) -> None:
    """Go back to the published chances of an outcome. Raises NotAllowed, and ChangedMeanwhile when nothing holds."""
    act = _supervisor(session, by, now)
    row = _open_recalibration(session, outcome)
    if row is None:
        raise ChangedMeanwhile("Somebody has gone back to the published chances already.")
    _revoke(act, row)
    act.audit("revoke_recalibration", subject=("recalibration", row.id), outcome=row.outcome.value)


def _supervisor(session: Session, by: User, now: dt.datetime) -> Act:
    if not by.sees_team:
        raise NotAllowed("Only a supervisor can change this.")
    return begin(session, by=by, now=now)


def _open_switch(session: Session, rule_id: str) -> RuleSwitch | None:
    return session.scalar(
        select(RuleSwitch).where(RuleSwitch.rule_id == rule_id, RuleSwitch.on_again.is_(None))
    )


def _open_recalibration(session: Session, outcome: Outcome) -> Recalibration | None:
    return session.scalar(
        select(Recalibration).where(Recalibration.outcome == outcome, Recalibration.revoked_on.is_(None))
    )


def _revoke(act: Act, row: Recalibration) -> None:
    end(act, row, "revoked_on", revoked_on=act.today, revoked_at=act.now, revoked_by_id=act.by.id)
