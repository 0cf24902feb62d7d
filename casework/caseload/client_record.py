"""One client's record: how this person is, since when, why, and what next, with the rows that every number rests on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd
from sqlalchemy.orm import Session

from casework import wording
from casework.caseload import rules, worklist
from casework.caseload.client_timeline import Timeline, timeline_of
from casework.caseload.disagreements import Compared, Difference
from casework.caseload.evidence import EvidenceReader, EvidenceRow
from casework.caseload.kept import keeps
from casework.caseload.own_baseline import OwnBaseline, own_baseline
from casework.caseload.scores import Accounts, accounts
from casework.caseload.standing import known_caseload, stories_of
from casework.caseload.story import Story
from casework.caseload.turns import turns_for
from casework.frames import FAR, Facts, to_date, to_day
from casework.indicators import INDICATORS, Assessment, Concern
from casework.prescriptions import PrescriptionPeriod
from casework.users import User
from casework.vocabulary import LEVELS, MEDICATIONS, LevelOfCare, ScreenStatus, Stage
from db.queries import clients, schedule

WEEKS = 12
"""How many weeks the timeline and the charts show."""


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator: its value in words with the unit, how much it asks for attention, and its dated rows."""

    indicator_id: str
    label: str
    group: str
    value: str
    concern: Concern
    definition: str
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True)
class ToldLine:
    """A line of the client's story, and the dated rows that it rests on, the latest first."""

    text: str
    rows: tuple[EvidenceRow, ...]


@dataclass(frozen=True)
class Appointment:
    """When the client is expected next; `at` None: a day that was agreed in a call."""

    on: dt.date
    at: dt.time | None


@dataclass(frozen=True)
class HeldRow:
    """A row of a point table that holds for the client, in words: what somebody can say does not apply."""

    rule_id: str
    text: str


@dataclass(frozen=True)
class DueScreen:
    """A planned urine screen that waits for its result."""

    id: int
    due_on: dt.date


@dataclass(frozen=True)
class ClientRecord:
    """Header, scores, indicators and entries of one client as known on `today`.

    `told` are the headline and the lines of the story, each with its rows; `history` (day, points, band) has a row a
    week: what `client_charts` draws.
    """

    today: dt.date
    details: clients.ClientRow
    item: worklist.Item
    told: tuple[ToldLine, ...]
    expected: Appointment | None
    level: LevelOfCare
    stages: tuple[Stage, ...]
    scores: Accounts
    reasons: tuple[HeldRow, ...]
    overrides: tuple[rules.OverrideRow, ...]
    off: tuple[rules.OffRule, ...]
    lines: tuple[IndicatorLine, ...]
    prescriptions: tuple[PrescriptionPeriod, ...]
    due_screens: tuple[DueScreen, ...]
    safety: tuple[worklist.SafetyAlert, ...]
    timeline: Timeline
    history: pd.DataFrame
    baseline: OwnBaseline
    difference: Difference | None

    @property
    def story(self) -> Story:
        """Where the client stands."""
        return self.item.story

    @property
    def medications(self) -> tuple[str, ...]:
        """The maintenance medications (identifiers) that are prescribed today."""
        return tuple(dict.fromkeys(one.medication for one in self.prescriptions if one.holds_on(self.today)))


@keeps
def client_record(session: Session, user: User, client_id: int, today: dt.date) -> ClientRecord:
    """The client's record. Raises NotYours. The number of SQL statements is constant."""
    details = clients.one(session, user, client_id, today)
    people = {client_id: details}
    read = known_caseload(session, user, today, client_ids=[client_id])
    assessment, mine = read.assessment, read.facts.of_client(client_id)
    told, turns = stories_of(session, user, read, people, today), turns_for(session, user, read, today)
    evidence = EvidenceReader(mine)
    level = LEVELS[int(mine.clients["level"].iloc[0])]
    history = assessment.history
    item = worklist.items_of(read, people, told, turns, user, today)[0]
    return ClientRecord(
        today=today,
        details=details,
        item=item,
        told=_told(item.story, evidence),
        expected=_expected(session, user, mine, client_id, today),
        level=level,
        stages=assessment.stage_tags(client_id),
        scores=accounts(assessment, client_id),
        reasons=_reasons(assessment, client_id),
        overrides=rules.overrides_shown(session, user, client_id, today),
        off=rules.not_counted_of(session, assessment, client_id, today),
        lines=_lines(assessment, evidence, client_id),
        prescriptions=_prescriptions(mine),
        due_screens=_due_screens(mine),
        safety=worklist.open_safety(mine, people),
        timeline=timeline_of(mine, today, WEEKS),
        history=history[history["client_id"].to_numpy() == client_id].reset_index(drop=True),
        baseline=own_baseline(mine, to_day(today), WEEKS),
        difference=Compared(mine, today).of(client_id),
    )


def _told(story: Story, evidence: EvidenceReader) -> tuple[ToldLine, ...]:
    lines = zip((story.headline, *story.lines), story.grounds, strict=True)
    return tuple(ToldLine(text, evidence.rows(tuple(dict.fromkeys(refs)))) for text, refs in lines)


def _expected(
    session: Session, user: User, mine: Facts, client_id: int, today: dt.date
) -> Appointment | None:
    """The next session, or the day that a call agreed on, whichever comes first; of one day the session, with its
    time. One SELECT."""
    agreed = [to_date(day) for day in mine.calls["appointment"].tolist() if day >= to_day(today)]
    found = [Appointment(day, None) for day in agreed]
    session_on = schedule.next_sessions(session, user, [client_id], today).get(client_id)
    if session_on is not None:
        found.append(Appointment(*session_on))
    return min(found, key=lambda one: (one.on, one.at is None), default=None)


def _lines(assessment: Assessment, evidence: EvidenceReader, client_id: int) -> tuple[IndicatorLine, ...]:
    """Every indicator, those that ask for most attention first."""
    words = wording.INDICATORS
    lines = [
        IndicatorLine(
            one.id,
            words[one.id].label,
            one.group,
            wording.value_in_words(one.id, assessment.value(client_id, one.id)),
            assessment.level(client_id, one.id),
            words[one.id].definition,
            evidence.rows(assessment.evidence(client_id, one.id)),
        )
        for one in INDICATORS.values()
    ]
    return tuple(sorted(lines, key=lambda line: -line.concern))


def _reasons(assessment: Assessment, client_id: int) -> tuple[HeldRow, ...]:
    """The bad rows: nobody objects to where a score starts, or to a good fact."""
    bad = [rule for rule, _ in assessment.held(client_id) if rule.sign > 0]
    return tuple(
        HeldRow(row.rule_id, wording.reason(row.reason)) for row in assessment.score_rows(client_id, of=bad)
    )


def _prescriptions(mine: Facts) -> tuple[PrescriptionPeriod, ...]:
    rows = mine.prescriptions
    return tuple(
        PrescriptionPeriod(
            int(id_), MEDICATIONS[medication].id, to_date(day), None if until == FAR else to_date(until)
        )
        for id_, medication, day, until in zip(
            *(rows[name].tolist() for name in ("id", "medication", "day", "until")), strict=True
        )
    )


def _due_screens(mine: Facts) -> tuple[DueScreen, ...]:
    rows = mine.screens
    waiting = rows[rows["status"].to_numpy() == list(ScreenStatus).index(ScreenStatus.DUE)]
    return tuple(
        DueScreen(int(id_), to_date(day))
        for id_, day in zip(waiting["id"].tolist(), waiting["day"].tolist(), strict=True)
    )
