"""Which facts of a client there are, and which were answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.vocabulary import AnsweredBy, FactKind
from db.models import AnsweredFact, Base, CheckIn

_MODELS: Final[dict[str, Any]] = {
    mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers
}


def is_of_client(session: Session, client_id: int, kind: FactKind, fact_id: int) -> bool:
    """Whether the fact is the client's."""
    model = _MODELS[kind.value]
    found = select(model.id).where(model.id == fact_id, model.client_id == client_id)
    return session.scalar(found) is not None


def answers_of(session: Session, by: AnsweredBy, by_id: int) -> Sequence[AnsweredFact]:
    """What a call, an action, a decision or an acknowledgement has answered, as it holds now."""
    return session.scalars(
        select(AnsweredFact).where(
            AnsweredFact.by == by, AnsweredFact.by_id == by_id, AnsweredFact.superseded_on.is_(None)
        )
    ).all()


def check_in_now(session: Session, check_in_id: int) -> int:
    """The id of the version of a check-in that holds now."""
    while later := session.scalar(select(CheckIn.id).where(CheckIn.supersedes_id == check_in_id)):
        check_in_id = later
    return check_in_id
