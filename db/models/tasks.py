"""What is to be done about a client, what has been answered, and who has taken a client's call."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from casework.vocabulary import ActionKind, AnsweredBy, FactKind
from db.models.base import Base, Fact, UtcDateTime, Versioned, current_only, facts_index, one_of, rows_with


class Task(Base):
    """What gathers the actions that are open about a client: at most one open row a client. It is closed by the last
    of its actions that is done (`closed_on`)."""

    __tablename__ = "task"
    __table_args__ = (
        Index("uq_task_open", "client_id", unique=True, **rows_with("closed_on is null")),
        Index(None, "client_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    opened_on: Mapped[dt.date] = mapped_column(Date)
    closed_on: Mapped[dt.date | None] = mapped_column(Date)


class TaskAction(Fact, Base):
    """An action of a task, from the day on which it was opened (`occurred_on`): whose it is and by which day.

    A version a change: put off (`later_reason`, a new `due_on`), or done (`done_on`, with what came of it). Where a
    prescriber has to answer, the answer is a name (`prescriber`), a day (`answered_on`) and the outcome.
    """

    __tablename__ = "task_action"
    __table_args__ = (
        facts_index("task_action", "kind", "owner_id", "due_on", "done_on"),
        Index(
            "uq_task_action_open",
            "task_id",
            "kind",
            unique=True,
            **rows_with("superseded_on is null and done_on is null"),
        ),
        Index(None, "owner_id"),
        CheckConstraint("(prescriber is null) = (answered_on is null)", name="answer"),
        CheckConstraint("done_on is not null or (outcome is null and prescriber is null)", name="outcome"),
    )

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    kind: Mapped[ActionKind] = mapped_column(one_of(ActionKind))
    what: Mapped[str | None] = mapped_column(Text)
    owner_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    due_on: Mapped[dt.date] = mapped_column(Date)
    later_reason: Mapped[str | None] = mapped_column(Text)
    done_on: Mapped[dt.date | None] = mapped_column(Date)
    outcome: Mapped[str | None] = mapped_column(Text)
    prescriber: Mapped[str | None] = mapped_column(String(200))
    answered_on: Mapped[dt.date | None] = mapped_column(Date)


class AnsweredFact(Versioned, Base):
    """A fact (`kind`, `fact_id`) that a call, an action, a decision or an acknowledgement (`by`, `by_id`) has answered:
    what happened since is new."""

    __tablename__ = "answered_fact"
    __table_args__ = (
        Index(
            "ix_answered_fact_facts",
            "client_id",
            "known_on",
            "id",
            "superseded_on",
            "by",
            "by_id",
            "kind",
            "fact_id",
        ),
        Index("uq_answered_fact_current", "by", "by_id", "kind", "fact_id", unique=True, **current_only()),
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    by: Mapped[AnsweredBy] = mapped_column(one_of(AnsweredBy))
    by_id: Mapped[int] = mapped_column(Integer)
    kind: Mapped[FactKind] = mapped_column(one_of(FactKind))
    fact_id: Mapped[int] = mapped_column(Integer)


class CallClaim(Base):
    """Who has taken a client's call of a day. It ends with the day, or when it is given back."""

    __tablename__ = "call_claim"
    __table_args__ = (
        Index("uq_call_claim_open", "client_id", "held_on", unique=True, **rows_with("released_at is null")),
        Index(None, "held_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    held_on: Mapped[dt.date] = mapped_column(Date)
    claimed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    released_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
