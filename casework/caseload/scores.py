"""One client's four scores: what each is about, the chance that it stands for, and the findings that add up to it."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Final

from casework import wording
from casework.frames import to_date
from casework.indicators import Assessment, Chance, Finding, findings
from casework.indicators.points import band_of_points, share_of_weeks
from casework.indicators.weeks import count
from casework.outcomes import RUN_WEEKS
from casework.vocabulary import Band, Outcome, Score
from casework.wording import number

CHECKED_WEEKS: Final = (3, 20)
"""The weeks in care for which the chances were held against what followed (`casework.validation`): the first and the
last. The trials had earlier weeks too, and were fitted on them, but were not judged there."""

READ_AS: Final = {
    Score.EARLY: Outcome.EARLY, Score.USE: Outcome.USE, Score.ENGAGEMENT: Outcome.DROPOUT,
}  # fmt: skip
"""The outcome that a score's chance is about. The signs have none: their points were never checked against one."""


@dataclass(frozen=True)
class Row:
    """A finding within one score: what was found, when last (`names_day`: the text says it), the points that it adds
    (negative: takes away), and where these come from."""

    text: str
    points: int
    on: dt.date | None
    names_day: bool
    basis: str


@dataclass(frozen=True)
class ScoreAccount:
    """One score. `bad` and `good` are the findings for and against risk, the heaviest first; `start` is what holds
    whatever was found. Their points add up to `points`. `chance` None: the score is not validated, or the chance is not
    made for such a client."""

    score: Score
    points: int
    chance: Chance | None
    bad: tuple[Row, ...]
    good: tuple[Row, ...]
    start: tuple[Row, ...]
    weeks_on: int = 0
    """Weeks in a row for which the outcome has held already, when it is complete; its chance then says nothing more."""
    known: str = ""
    """What is known already, in words, where no chance is stated because of it."""


@dataclass(frozen=True)
class Accounts:
    """All four scores. `share` is that of the coming four weeks with use or not coming; `chance` is that of a relapse,
    from which bands are made; `checked` is the band without the signs, which no chance counts; `weeks_on` as in
    `ScoreAccount`, for the whole; `unchecked`: for what of this client the chances were never held against what
    followed, in words."""

    scores: tuple[ScoreAccount, ...]
    total: int
    share: float
    chance: Chance
    checked: Band
    weeks_on: int = 0
    unchecked: tuple[str, ...] = ()

    @property
    def adjusted(self) -> bool:
        """Whether a supervisor has adjusted one of these chances to the clinic."""
        of_scores = (account.chance for account in self.scores if account.chance is not None)
        return any(chance.adjusted for chance in (self.chance, *of_scores))


def accounts(assessment: Assessment, client_id: int) -> Accounts:
    """The client's scores with all their rows."""
    of = tuple(_account(assessment, client_id, score) for score in Score)
    return Accounts(
        scores=of,
        total=assessment.points(client_id),
        share=share_of_weeks(assessment.points_of(client_id, Score.EARLY)),
        chance=assessment.chance(client_id, Outcome.RELAPSE),
        checked=band_of_points(assessment.points(client_id) - assessment.points_of(client_id, Score.SIGNS)),
        weeks_on=_complete(assessment, client_id, "use_weeks", "bad"),
        unchecked=_unchecked(assessment, client_id),
    )


def _unchecked(assessment: Assessment, client_id: int) -> tuple[str, ...]:
    first, last = CHECKED_WEEKS
    weeks = assessment.value(client_id, "time_in_care")
    ways = {
        f"the first {number(first)} weeks of care": weeks < first,
        f"more than {last} weeks of care": weeks > last,
        "clients without a maintenance medication": math.isnan(
            assessment.value(client_id, "medication_kind")
        ),
    }
    return tuple(way for way, holds in ways.items() if holds)


def _complete(assessment: Assessment, client_id: int, indicator_id: str, name: str) -> int:
    """A row of weeks up to now, when it is as long as what the outcome asks for."""
    row = int(assessment.extra(client_id, indicator_id, name))
    return row if row >= RUN_WEEKS else 0


def _account(assessment: Assessment, client_id: int, score: Score) -> ScoreAccount:
    found = findings(assessment, client_id, score=score)
    outcome = READ_AS.get(score)
    stated = None if outcome is None else assessment.stated_chance(client_id, outcome)
    return ScoreAccount(
        score=score,
        points=assessment.points_of(client_id, score),
        chance=stated,
        known=_known(assessment, client_id, score) if stated is None and outcome is not None else "",
        bad=tuple(_row(one) for one in found if one.sign > 0),
        good=tuple(_row(one) for one in reversed(found) if one.sign < 0),
        start=tuple(_row(one) for one in found if one.sign == 0),
        weeks_on=_complete(assessment, client_id, "missed_weeks", "row") if score is Score.ENGAGEMENT else 0,
    )


def _known(assessment: Assessment, client_id: int, score: Score) -> str:
    """What is known of somebody for whom the score's chance is not made."""
    if score is Score.USE:
        extra = assessment.readings["use_weeks"].extra
        at = assessment.position(client_id)
        weeks = int(count((extra["found"] | extra["told"])[at : at + 1], 0, RUN_WEEKS - 1)[0])
        rows = assessment.evidence(client_id, "use_weeks")
        return wording.use_known(weeks, to_date(rows[-1].day) if rows else None, to_date(assessment.today))
    return wording.early_known() if score is Score.EARLY else wording.contact_lost()


def _row(one: Finding) -> Row:
    day = None if one.day is None else to_date(one.day)
    return Row(
        wording.reason(one.reason), sum(one.points.values()), day, one.names_day, wording.basis(one.basis)
    )
