"""The candidate rows of both scores about a return to use; what each is fitted to decides which rows get points."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from casework.indicators.rules import Rule, extra, fitted, in_steps, in_weeks, value
from casework.indicators.tables.conditions import (
    CLEAN_BUT_STOPPED,
    LAGS,
    LASTING,
    OLDER,
    ON_BUPRENORPHINE,
    ON_METHADONE,
    STOPPED_STEPS,
    everybody,
    fully_covered,
    missed_two_of_four,
    screened,
)
from casework.indicators.use import REGULAR
from casework.vocabulary import Score


def rows(score: Score) -> tuple[Rule, ...]:
    """The rows of the score; the first is where everybody starts."""
    row = partial(fitted, score)
    return (
        row("start", "time_in_care", everybody(), sign=0),
        *(row("screened_to", "time_in_care", screened(weeks), sign=0, step=weeks) for weeks in (2, 4, 8)),
        row("methadone", "medication_kind", ON_METHADONE, sign=0),
        row("buprenorphine", "medication_kind", ON_BUPRENORPHINE, sign=0),
        *lags(score, "found", "use_weeks", sign=1, among=LAGS[:3]),
        *lags(score, "told", "use_weeks", sign=1, but="found", among=LAGS[:3]),
        *lags(score, "used", "use_weeks", sign=1, among=LAGS[3:]),
        *lags(score, "confirmed", "use_weeks", sign=1, among=((0, 0), (1, 3))),
        *lags(score, "missed", "missed_weeks", sign=1),
        *lags(score, "clean", "clean_weeks", sign=-1, among=(*LAGS, OLDER)),
        row("regular", "reported_use", extra("reported_use", "recent", REGULAR), sign=1, weeks=(0, 1), dated=True),
        *(row("missed_row", "missed_weeks", extra("missed_weeks", "row", weeks), sign=1, step=weeks)
          for weeks in (2, 4)),
        row("missed_2_of_4", "missed_weeks", missed_two_of_four, sign=1, weeks=(0, 3)),
        *(row("unseen", "days_unseen", in_steps("days_unseen", days), sign=1, step=days) for days in (9, 14, 21)),
        *(row("no_dose", "days_without_dose", in_steps("days_without_dose", days, name="counted"), sign=1,
              step=days) for days in (1, 9, 14)),
        row("stopped", "days_without_dose", CLEAN_BUT_STOPPED, sign=1, takes_back="clean_0", most=STOPPED_STEPS),
        row("lasting", "days_without_dose", LASTING, sign=-1),
        row("covered", "days_without_dose", fully_covered, sign=-1),
        *(row("uncovered", "days_without_dose", in_steps("days_without_dose", days, name="uncovered"), sign=1,
              step=days) for days in (7, 14)),
        row("stimulants", "stimulants", value("stimulants", 1), sign=1, dated=True),
    )  # fmt: skip


def lags(
    score: Score,
    name: str,
    id_: str,
    *,
    sign: int,
    among: tuple[tuple[int, int], ...] = LAGS,
    but: str = "",
) -> Iterator[Rule]:
    """A row for each lag `among` those of a name: it counts the weeks from the first to the last."""
    for lag in among:
        times = in_weeks(id_, name, *lag, but=but)
        yield fitted(score, name, id_, times, sign=sign, step=lag[0], weeks=lag, dated=True)
