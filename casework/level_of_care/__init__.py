"""Which level of care fits: options with reasons, for a clinician to choose from.

Pure: an assessment and its facts in, a `Recommendation` out. Nothing is applied, ending treatment is never an option,
and detox appears only with medication and the next rung named. The rules in words are `RULES`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from casework import wording
from casework.frames import Facts, to_date
from casework.level_of_care.client_state import ClientState, client_states
from casework.level_of_care.options import Draft, drafts
from casework.level_of_care.reasons import Why, review_reasons
from casework.level_of_care.rules import RULES, Rule
from casework.level_of_care.stability import Criterion, criteria
from casework.vocabulary import BEHAVIORAL_THERAPY, Level
from casework.windows import FactRef
from casework.wording import long_date

if TYPE_CHECKING:
    from casework.indicators import Assessment

__all__ = [
    "RULES",
    "Criterion",
    "Option",
    "Reason",
    "Recommendation",
    "Rule",
    "as_shown",
    "first_options",
    "recommend",
]

AFTER_RETURN: Final = "A return to use does not mean that treatment has failed: the plan may need adjusting."
OTHERWISE: Final = "Options to talk through with the client. Nothing changes until a clinician decides."


@dataclass(frozen=True)
class Reason:
    """Why: the rule (a key of `RULES`), one sentence, and the dated rows that it rests on, by day."""

    rule: str
    text: str
    refs: tuple[FactRef, ...] = ()

    @property
    def day(self) -> int | None:
        """The latest day among the rows."""
        return self.refs[-1].day if self.refs else None


@dataclass(frozen=True)
class Option:
    """A level of care, how it begins, and the reasons for it and against it. `next_level` is the named next rung,
    always there for detox."""

    level: Level
    first_step: str
    with_medication: bool
    next_level: Level | None
    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...]


@dataclass(frozen=True)
class Recommendation:
    """Options for one client, the first first; `review_today` stands above them. `step_down`: what a lower level needs,
    and how it stands; empty where there is no lower one."""

    client_id: int
    day: int
    current: Level
    options: tuple[Option, ...]
    review_today: tuple[Reason, ...]
    alongside: tuple[str, ...]
    step_down: tuple[Criterion, ...]
    wording: str


def recommend(assessment: Assessment, facts: Facts, client_id: int) -> Recommendation:
    """The options for one client on the assessment's day. KeyError when the client is not among the facts."""
    who = next(iter(client_states(assessment, facts, only=[client_id])), None)
    if who is None:
        raise KeyError(client_id)

    def grounded(reasons: Sequence[Why]) -> tuple[Reason, ...]:
        return tuple(_grounded(assessment, client_id, why) for why in reasons)

    options = tuple(
        Option(
            level=one.plan.level,
            first_step=one.plan.first_step,
            with_medication=one.plan.with_medication,
            next_level=one.plan.next_level,
            reasons=grounded(one.pro),
            against=grounded(one.contra),
        )
        for one in drafts(who)
    )
    return Recommendation(
        client_id=client_id,
        day=assessment.today,
        current=who.level,
        options=options,
        review_today=grounded(review_reasons(who)),
        alongside=_alongside(who),
        step_down=() if who.level in (Level.AFTERCARE, Level.DETOX) else criteria(who),
        wording=AFTER_RETURN if who.returned else OTHERWISE,
    )


def first_options(
    assessment: Assessment, facts: Facts, *, only: Collection[int] | None = None
) -> pd.DataFrame:
    """For each client of `facts`, or `only` some: client_id, current, recommended (level ids), step, adjusts, review.

    `step` is how the first option begins; `adjusts` is true when that option changes the level or the medication.
    Looks up no dated rows: for lists and charts of whole caseloads.
    """
    rows = []
    for who in client_states(assessment, facts, only=only):
        first = drafts(who)[0]
        level, step = first.plan.level, first.plan.first_step
        adjusts = level is not who.level or _changes_medication(first)
        rows.append((who.client_id, who.level.value, level.value, step, adjusts, who.review_today))
    return pd.DataFrame(rows, columns=["client_id", "current", "recommended", "step", "adjusts", "review"])


def _changes_medication(draft: Draft) -> bool:
    return any(
        why.rule in ("start_medication", "resume_medication", "adjust_medication") for why in draft.pro
    )


def _grounded(assessment: Assessment, client_id: int, why: Why) -> Reason:
    refs = {ref for name in why.indicators for ref in assessment.evidence(client_id, name)}
    return Reason(why.rule, why.text, tuple(sorted(refs, key=lambda ref: (ref.day, ref.frame, ref.id))))


def _alongside(who: ClientState) -> tuple[str, ...]:
    words = [
        f"{wording.label(BEHAVIORAL_THERAPY)}: {wording.clause(wording.sentence_of(BEHAVIORAL_THERAPY))}"
    ]
    if who.returned or who.tolerance_lowered:
        kit = (
            f"last kit on {long_date(to_date(who.naloxone))}" if who.naloxone >= 0 else "no kit is on record"
        )
        words.append(f"Naloxone: {kit}. Check that it is at hand.")
    return tuple(words)


def as_shown(recommendation: Recommendation) -> dict[str, Any]:
    """The recommendation as JSON, to be kept with the clinician's decision exactly as it was shown."""

    def reasons(some: Sequence[Reason]) -> list[dict[str, Any]]:
        return [
            {
                "rule": one.rule,
                "text": one.text,
                "rows": [
                    {"frame": ref.frame, "id": ref.id, "on": to_date(ref.day).isoformat()} for ref in one.refs
                ],
            }
            for one in some
        ]

    return {
        "on": to_date(recommendation.day).isoformat(),
        "current": recommendation.current.value,
        "options": [
            {
                "level": option.level.value,
                "first_step": option.first_step,
                "with_medication": option.with_medication,
                "next_level": option.next_level.value if option.next_level else None,
                "reasons": reasons(option.reasons),
                "against": reasons(option.against),
            }
            for option in recommendation.options
        ],
        "review_today": reasons(recommendation.review_today),
        "alongside": list(recommendation.alongside),
        "step_down": [
            {"needs": one.needs, "is_now": one.is_now, "met": one.met} for one in recommendation.step_down
        ],
        "wording": recommendation.wording,
    }
