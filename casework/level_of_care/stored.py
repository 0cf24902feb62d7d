"""A recommendation as it is kept with a decision: identifiers, values and dated rows, as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from casework.frames import to_date, to_day
from casework.level_of_care.against import Stop
from casework.level_of_care.recommendation import Recommendation
from casework.level_of_care.rule import Argument, Option, Statement
from casework.level_of_care.stability import Criterion
from casework.vocabulary import Level
from casework.windows import FactRef

VERSION: Final = 2
"""Of the form below. A new form gets a new number, and `from_json` reads the older ones too: 1 had no `stops`, and
options without `withdrawal_from`."""
READS: Final = (1, VERSION)
ANSWERABLE: Final = frozenset({"check_ins", "attendance", "screens", "safety_items"})
WAITS: Final = "medical_withdrawal"
"""The rule whose evidence no choice of another option answers."""


def to_json(found: Recommendation) -> dict[str, Any]:
    """The recommendation, to be kept with the clinician's decision."""
    return {
        "version": VERSION,
        "client": found.client_id,
        "on": to_date(found.day).isoformat(),
        "current": found.current.value,
        "options": [
            {
                "level": one.level.value,
                "first_step": _said(one.first_step),
                "with_medication": one.with_medication,
                "next_level": one.next_level.value if one.next_level else None,
                "withdrawal_from": list(one.withdrawal_from),
                "reasons": _arguments(one.reasons),
                "against": _arguments(one.against),
            }
            for one in found.options
        ],
        "review_today": _arguments(found.review_today),
        "alongside": [_said(one) for one in found.alongside],
        "step_down": [
            {"criterion": one.id, "values": dict(one.values), "met": one.met} for one in found.step_down
        ],
        "note": _said(found.note),
        "stops": [
            {"level": one.level.value, "says": [_said(why) for why in one.says], "wish": one.wish}
            for one in found.stops
        ],
    }


def from_json(kept: Mapping[str, Any]) -> Recommendation | None:
    """The recommendation that `to_json` kept, whatever the rules are today; None for another form."""
    if kept.get("version") not in READS:
        return None
    return Recommendation(
        client_id=kept["client"],
        day=to_day(dt.date.fromisoformat(kept["on"])),
        current=Level(kept["current"]),
        options=tuple(
            Option(
                level=Level(one["level"]),
                first_step=_statement(one["first_step"]),
                with_medication=one["with_medication"],
                next_level=None if one["next_level"] is None else Level(one["next_level"]),
                reasons=_read(one["reasons"]),
                against=_read(one["against"]),
                withdrawal_from=tuple(one.get("withdrawal_from", ())),
            )
            for one in kept["options"]
        ),
        review_today=_read(kept["review_today"]),
        alongside=tuple(_statement(one) for one in kept["alongside"]),
        step_down=tuple(Criterion(one["criterion"], one["values"], one["met"]) for one in kept["step_down"]),
        note=_statement(kept["note"]),
        stops=tuple(
            Stop(Level(one["level"]), tuple(_statement(why) for why in one["says"]), one["wish"])
            for one in kept.get("stops", ())
        ),
    )


def facts_behind(found: Recommendation, *, withdrawal_seen: bool) -> tuple[FactRef, ...]:
    """What a decision on the recommendation has answered: the reports, marks, screens and safety answers among its
    reasons, each once. The doses go on from day to day and are answered by nothing, and withdrawal that can kill only
    where a prescriber has seen it (`withdrawal_seen`)."""
    said = (*found.review_today, *(why for option in found.options for why in option.reasons))
    waits = {ref for one in said if one.rule == WAITS for ref in one.refs} if not withdrawal_seen else set()
    refs = {ref: None for one in said for ref in one.refs if ref.frame in ANSWERABLE}
    return tuple(ref for ref in refs if ref not in waits)


def _said(one: Statement) -> dict[str, Any]:
    return {"says": one.id, "values": dict(one.values)}


def _statement(kept: Mapping[str, Any]) -> Statement:
    return Statement(kept["says"], kept["values"])


def _arguments(some: Sequence[Argument]) -> list[dict[str, Any]]:
    return [
        {
            "rule": one.rule,
            **_said(one.says),
            "rows": [
                {"frame": ref.frame, "id": ref.id, "on": to_date(ref.day).isoformat()} for ref in one.refs
            ],
        }
        for one in some
    ]


def _read(kept: Sequence[Mapping[str, Any]]) -> tuple[Argument, ...]:
    return tuple(
        Argument(
            one["rule"],
            _statement(one),
            tuple(
                FactRef(row["frame"], row["id"], to_day(dt.date.fromisoformat(row["on"])))
                for row in one["rows"]
            ),
        )
        for one in kept
    )
