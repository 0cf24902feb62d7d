"""How the rules have done in this clinic, what was said of them, and what its own outcomes suggest for the chances."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from casework import recalibration
from casework.caseload.assessment import records
from casework.caseload.kept import working
from casework.caseload.rules import switched_off
from casework.frames import to_day
from casework.indicators import INDICATORS, Rule
from casework.indicators import points as point_table
from casework.indicators.chances import probability, read_score, scores_read
from casework.indicators.fitted import CURVES
from casework.outcomes import LOOK_BACK_WEEKS, RUN_WEEKS, outcomes
from casework.recalibration import Proposal, TooFew
from casework.report_card import FINDINGS, OUTCOME_OF, PROTECTED, report_card
from casework.users import User
from casework.vocabulary import Outcome
from casework.windows import FURTHEST_WINDOW_DAYS, Panel
from db.queries import facts as facts_query
from db.queries import report_card as query
from db.queries import rules as rules_query
from db.queries.rules import OverrideRow, RecalibrationRow, SwitchRow

WEEKS: Final = 52
"""How far back the rules are held against what followed."""
_READ_WEEKS: Final = WEEKS + LOOK_BACK_WEEKS + RUN_WEEKS + FURTHEST_WINDOW_DAYS // 7


@dataclass(frozen=True)
class RuleRow:
    """One rule with its figures (see `casework.report_card`). `overridden` counts the whole clinic's, `overrides` are
    those of clients whom the user sees. `off` is set while the rule is switched off."""

    rule: Rule
    outcome: Outcome
    fired: int
    clients: int
    followed_up: int
    followed: int
    ratio: float
    low: float
    high: float
    lead_days: float
    otherwise: float
    overridden: int
    overrides: tuple[OverrideRow, ...]
    switches: tuple[SwitchRow, ...]
    protected: bool

    @property
    def off(self) -> SwitchRow | None:
        """The switch that holds today, if the rule is off."""
        return next((one for one in self.switches if one.on_again is None), None)


@dataclass(frozen=True)
class Chances:
    """One outcome's chances: what holds now (None: as published), and what this clinic's outcomes suggest.
    `rules_changed`: of the scores that they are read from another rule is off than when they were adjusted."""

    outcome: Outcome
    applied: RecalibrationRow | None
    suggested: Proposal | TooFew
    rules_changed: bool


@dataclass(frozen=True)
class ReportCard:
    """All that the page shows; `rules` in the table's order, `may_change` for supervisors."""

    today: dt.date
    clients: int
    rules: tuple[RuleRow, ...]
    chances: tuple[Chances, ...]
    may_change: bool


@dataclass(frozen=True)
class _Figures:
    clients: int
    card: pd.DataFrame
    suggested: dict[Outcome, Proposal | TooFew]


def read_report_card(session: Session, user: User, today: dt.date) -> ReportCard:
    """The report card of the last `WEEKS` weeks as known on `today`. The number of SQL statements is constant."""
    since = today - dt.timedelta(days=7 * WEEKS)
    switches = rules_query.switches(session, today)
    said = rules_query.overrides_seen(session, user, today, since=since)
    counts = rules_query.override_counts(session, today, since=since)
    applied = {
        row.outcome: row for row in rules_query.recalibrations(session, today) if row.revoked_on is None
    }
    off = switched_off(session, today)
    figures = working(
        session, user, today, ("report_card",), lambda: _figures(session, today, off), whole_clinic=True
    )
    rows = {row["rule_id"]: row for row in records(figures.card)}
    return ReportCard(
        today=today,
        clients=figures.clients,
        rules=tuple(
            _rule_row(
                rule,
                rows[rule.id],
                counts.get(rule.id, 0),
                tuple(one for one in said if one.rule_id == rule.id),
                tuple(one for one in switches if one.rule_id == rule.id),
            )
            for rule in FINDINGS
        ),
        chances=tuple(
            Chances(
                outcome,
                applied.get(outcome),
                figures.suggested[outcome],
                _rules_changed(outcome, applied.get(outcome), switches),
            )
            for outcome in Outcome
        ),
        may_change=user.sees_team,
    )


def _rules_changed(
    outcome: Outcome, applied: RecalibrationRow | None, switches: tuple[SwitchRow, ...]
) -> bool:
    if applied is None:
        return False
    counted = {rule.id for rule in FINDINGS if rule.score in scores_read(outcome)}
    then = {one.rule_id for one in switches if one.holds_at(applied.applied_at)}
    now = {one.rule_id for one in switches if one.on_again is None}
    return bool((then ^ now) & counted)


def _rule_row(
    rule: Rule,
    row: dict[str, object],
    overridden: int,
    overrides: tuple[OverrideRow, ...],
    switches: tuple[SwitchRow, ...],
) -> RuleRow:
    names = ("fired", "clients", "followed_up", "followed", "ratio", "low", "high", "lead_days", "otherwise")
    return RuleRow(
        rule=rule,
        outcome=Outcome(str(row["outcome"])),
        overridden=overridden,
        overrides=overrides,
        switches=switches,
        protected=rule.id in PROTECTED,
        **{name: row[name] for name in names},  # type: ignore[arg-type]
    )


def _figures(session: Session, today: dt.date, off: frozenset[str]) -> _Figures:
    """The counts, which name nobody. Rules that are `off` count too; the chances are those of the scores shown."""
    last_day = query.everybody(session, today)
    facts = facts_query.read(session, list(last_day), today, weeks=_READ_WEEKS)
    until = np.array([to_day(day) for day in last_day.values()], dtype=np.int64)
    panel = Panel.on(facts, *(to_day(today) - 7 * week for week in range(WEEKS, -1, -1)))
    readings = {id_: one.compute(panel) for id_, one in INDICATORS.items()}
    here = (panel.as_of >= panel.of_client("admitted")) & (panel.as_of <= until[panel.client])
    found = outcomes(panel, until=until)
    shown = point_table.score(panel, readings, off)
    return _Figures(
        len(last_day),
        report_card(
            [(rule.id, OUTCOME_OF[rule.score]) for rule in FINDINGS],
            np.stack([rule.times(readings) != 0 for rule in FINDINGS]) & here,
            panel,
            found,
        ),
        {
            outcome: recalibration.propose(
                outcome,
                probability(CURVES[outcome.value], read_score(outcome, shown.of)),
                panel.client,
                found[outcome],
            )
            for outcome in Outcome
        },
    )
