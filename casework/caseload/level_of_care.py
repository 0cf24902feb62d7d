"""Levels of care: current against recommended for a caseload, and one client's options with what was decided."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.caseload.assessment import assess_for, records
from casework.caseload.kept import keeps
from casework.caseload.rules import OffRule, not_counted, not_counted_of
from casework.caseload.standing import known_caseload, stories_of
from casework.caseload.story import Story
from casework.level_of_care import Recommendation, Statement, first_options, from_json, recommend
from casework.level_of_care.ladder import Move, move
from casework.users import User
from casework.vocabulary import Level
from db.queries.clients import all_of
from db.queries.placements import PlacementRow
from db.queries.versions import history


@dataclass(frozen=True)
class CareRow:
    """Where one client stands, the level now and the first option; `move` is where that leads, `adjusts` when it
    changes the level or the medication, `off` when a rule that would hold is switched off."""

    client_id: int
    name: str
    counselor: str
    story: Story
    current: Level
    recommended: Level
    move: Move
    step: Statement
    adjusts: bool
    off: bool


@dataclass(frozen=True)
class Decision:
    """A decision, and the recommendation that was shown for it: None at admission, and in a form that this version does
    not read (`unreadable`)."""

    placement: PlacementRow
    recommended: Recommendation | None

    @property
    def unreadable(self) -> bool:
        """Something was kept that cannot be shown."""
        return bool(self.placement.recommended) and self.recommended is None


@dataclass(frozen=True)
class OpenCare:
    """The client whose options are open, and the decisions so far, the latest first."""

    name: str
    story: Story
    recommendation: Recommendation
    decisions: tuple[Decision, ...]
    off: tuple[OffRule, ...]


@dataclass(frozen=True)
class LevelsOfCare:
    """All that the Level of care page shows; `rows` in priority order."""

    today: dt.date
    rows: tuple[CareRow, ...]
    open: OpenCare | None


@keeps
def read_levels(
    session: Session, user: User, today: dt.date, *, client_id: int | None = None
) -> LevelsOfCare:
    """Everybody's levels, and the options of `client_id` when that is one of the user's clients."""
    people = {row.id: row for row in all_of(session, user, today)}
    read = known_caseload(session, user, today)
    facts, assessment = read.facts, read.assessment
    off, told = not_counted(assessment), stories_of(session, user, read, people, today)
    care = {row["client_id"]: row for row in records(first_options(assessment, facts))}
    rows = tuple(
        CareRow(
            client_id=id_,
            name=people[id_].name,
            counselor=people[id_].counselor,
            story=told[id_],
            current=Level(care[id_]["current"]),
            recommended=Level(care[id_]["recommended"]),
            move=move(Level(care[id_]["current"]), Level(care[id_]["recommended"])),
            step=care[id_]["step"],
            adjusts=care[id_]["adjusts"],
            off=id_ in off,
        )
        for id_ in assessment.table["client_id"].tolist()
        if id_ in people
    )
    opened = None
    if client_id is not None and client_id in people:
        opened = OpenCare(
            name=people[client_id].name,
            story=told[client_id],
            recommendation=recommend(assessment, facts, client_id),
            decisions=tuple(_decision(row) for row in history(PlacementRow, session, user, client_id, today)),
            off=not_counted_of(session, assessment, client_id, today),
        )
    return LevelsOfCare(today, rows, opened)


def recommendation_for(session: Session, user: User, today: dt.date, client_id: int) -> Recommendation:
    """What the rules say of one client, as `read_levels` shows it. Raises NotYours."""
    facts, assessment = assess_for(session, user, today, client_ids=[client_id])
    return recommend(assessment, facts, client_id)


def _decision(row: PlacementRow) -> Decision:
    return Decision(row, from_json(row.recommended) if row.recommended else None)
