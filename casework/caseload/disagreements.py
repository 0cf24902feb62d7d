"""Whose word and record differ, in either direction: both sides with their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from sqlalchemy.orm import Session

from casework import wording
from casework.caseload.assessment import records
from casework.caseload.evidence import EvidenceReader, EvidenceRow, answers
from casework.caseload.kept import keeps
from casework.caseload.standing import known_caseload, stories_of
from casework.caseload.story import Story
from casework.frames import Facts, to_date, to_day
from casework.indicators import COMPARISONS
from casework.indicators.records import (
    DOSES,
    MISSED,
    OPIOIDS,
    OTHERS,
    SOURCES,
    VISITS,
    days_covered,
    records_found,
)
from casework.indicators.self_report import TOPICS, self_reports
from casework.users import User
from casework.windows import NO_ROW, Panel
from db.queries.clients import all_of


class DisagreementKind(StrEnum):
    """Which way they differ; the value is the comparison's id."""

    FINE = "says_fine"
    HARD = "says_hard"


@dataclass(frozen=True)
class DisagreementAccount:
    """One thing that was told or is on record, and its day."""

    text: str
    on: dt.date


@dataclass(frozen=True)
class Difference:
    """What a client told and what is on record, each the latest first."""

    kind: DisagreementKind
    word: tuple[DisagreementAccount, ...]
    record: tuple[DisagreementAccount, ...]


@dataclass(frozen=True)
class Disagreement:
    """A client whose word and record differ, and where they stand."""

    client_id: int
    name: str
    counselor: str
    difference: Difference
    story: Story


@dataclass(frozen=True)
class Disagreements:
    """Those of one caseload, or a team's, in priority order. Of `clients` people, `unknown` cannot be compared: too
    little was asked, or nothing near it is on record."""

    today: dt.date
    rows: tuple[Disagreement, ...]
    clients: int
    unknown: int
    counselors: dict[int, str]

    def of(self, kind: DisagreementKind) -> tuple[Disagreement, ...]:
        """The rows that differ this way."""
        return tuple(row for row in self.rows if row.difference.kind is kind)


@keeps
def read_disagreements(
    session: Session, user: User, today: dt.date, *, counselor_id: int | None = None
) -> Disagreements:
    """Whose word and record differ on `today` among the clients whom the user sees; `counselor_id` narrows a team to
    one caseload. The number of SQL statements does not grow with the caseload."""
    people = all_of(session, user, today)
    counselors = {row.counselor_id: row.counselor for row in sorted(people, key=lambda row: row.counselor)}
    shown = {row.id: row for row in people if counselor_id in (None, row.counselor_id)}
    if not shown:
        return Disagreements(today, (), 0, 0, counselors)
    read = known_caseload(session, user, today)
    assessment, told = read.assessment, stories_of(session, user, read, shown, today)
    compared = Compared(read.facts, today)
    rows = tuple(
        Disagreement(
            client_id, shown[client_id].name, shown[client_id].counselor, difference, told[client_id]
        )
        for client_id in assessment.table["client_id"].tolist()
        if client_id in shown and (difference := compared.of(client_id)) is not None
    )
    unknown = sum(not compared.known(client_id) for client_id in shown)
    return Disagreements(today, rows, len(shown), unknown, counselors)


class Compared:
    """Every client's word beside the record, as of the end of a day. Pure: it needs facts alone."""

    def __init__(self, facts: Facts, today: dt.date) -> None:
        self._facts = facts
        self._panel = Panel.on(facts, to_day(today))
        self._client, _ = self_reports(self._panel)
        self._record = records_found(self._panel)
        self._readings = {kind: COMPARISONS[kind].compute(self._panel) for kind in DisagreementKind}
        self._evidence = EvidenceReader(facts)

    def known(self, client_id: int) -> bool:
        """There is enough on both sides to compare them."""
        at = self._at(client_id)
        return any(not np.isnan(reading.value[at]) for reading in self._readings.values())

    def of(self, client_id: int) -> Difference | None:
        """How the client's word and record differ; None when they don't, or when that is not known."""
        at = self._at(client_id)
        kind = next((kind for kind in DisagreementKind if self._readings[kind].value[at] > 0), None)
        if kind is None:
            return None
        word_bits, record_bits = (int(self._readings[kind].extra[side][at]) for side in ("word", "record"))
        word = self._word(at, [topic for topic in range(len(TOPICS)) if word_bits >> topic & 1])
        record = [self._recorded(source, at) for source in range(len(SOURCES)) if record_bits >> source & 1]
        record.sort(key=lambda one: one.on, reverse=True)
        return Difference(kind, word, tuple(record))

    def _at(self, client_id: int) -> int:
        return int(np.searchsorted(self._panel.client_id, client_id))

    def _word(self, at: int, topics: Iterable[int]) -> tuple[DisagreementAccount, ...]:
        """The client's latest answers to these topics, one account a check-in, the latest first."""
        by_row: dict[int, list[str]] = {}
        for topic in topics:
            row = int(self._client.rows[topic, at])
            if row != NO_ROW:
                by_row.setdefault(row, []).extend(_ANSWERS.get(TOPICS[topic].id, (TOPICS[topic].id,)))
        latest = sorted(by_row, reverse=True)
        check_ins = zip(latest, records(self._facts.check_ins.iloc[latest]), strict=True)
        said = [
            DisagreementAccount(answers(one, dict.fromkeys(by_row[row])), to_date(one["day"]))
            for row, one in check_ins
        ]
        return tuple(account for account in said if account.text)

    def _recorded(self, source: int, at: int) -> DisagreementAccount:
        """What this kind of record says of the client."""
        found = self._record[source]
        rows = self._evidence.rows(found.evidence.of(at))
        if source == DOSES:
            covered, of_days = (int(days[at]) for days in days_covered(self._panel))
            text = f"doses on record for {covered} of these {wording.count(of_days, 'day')}"
        elif source == VISITS and found.fine[at]:
            text = f"{wording.count(len(rows), 'session')} kept in four weeks"
        else:
            text = _SAID[source](rows)
        return DisagreementAccount(text, to_date(int(found.day[at])))


_ANSWERS: Final = {"use": ("use", "stage_signs")}
"""A sign of the physical stage tells of use too."""
_SAID: Final[dict[int, Callable[[Sequence[EvidenceRow]], str]]] = {
    OPIOIDS: lambda rows: f"urine screen: {rows[0].text}",
    MISSED: lambda rows: f"{wording.count(len(rows), 'urine screen')} missed of the last three",
    VISITS: lambda rows: f"{wording.count(len(rows), 'no-show')} in a row",
    OTHERS: lambda rows: f"others told: {rows[0].text}",
}
"""What a kind of record says, from its rows, the latest first."""
