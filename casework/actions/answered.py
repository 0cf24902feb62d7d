"""Remembering which facts an act has answered, so that "new since" is a fact. Part of other acts."""

from __future__ import annotations

from collections.abc import Collection

from casework.actions.entry import Act, add_version, change, retire
from casework.errors import NotYours
from casework.frames import KINDS
from casework.vocabulary import AnsweredBy, FactKind
from casework.windows import FactRef
from db.models import AnsweredFact
from db.queries import answered as queries


def answer(
    act: Act,
    *,
    client_id: int,
    by: AnsweredBy,
    by_id: int,
    facts: Collection[FactRef],
    also: Collection[tuple[FactKind, int]] = (),
) -> None:
    """Remember that `by` (its row `by_id`) has answered the facts, which the page showed, and `also` these by kind and
    id. Raises NotYours when one is not the client's, whom the caller has checked."""
    answered = {(row.kind, row.fact_id) for row in queries.answers_of(act.session, by, by_id)}
    told = {*((KINDS[one.frame], one.id) for one in facts), *also} - answered
    for kind, id_ in sorted(told):
        if not queries.is_of_client(act.session, client_id, kind, id_):
            raise NotYours
        add_version(act, AnsweredFact, client_id=client_id, by=by, by_id=by_id, kind=kind, fact_id=id_)


def follow(act: Act, *, by: AnsweredBy, old_id: int, new_id: int, holds: bool) -> None:
    """After a correction: what the old entry has answered the new one has, or nobody if that does not hold."""
    for row in queries.answers_of(act.session, by, old_id):
        if holds:
            change(act, row, by_id=new_id)
        else:
            retire(act, row)
