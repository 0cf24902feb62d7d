"""Dated absences: days on which a client could not come. They count neither as missed nor as coming."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np

from casework.frames import FAR
from casework.vocabulary import AbsenceCause
from casework.windows import Array, Bools, Ints, Pairs, Panel, Window, cached

_DAY_BITS: Final = 32


@cached
def window_here(panel: Panel, name: str, days: int | None, *, skip: int = 0) -> Window:
    """The window of the panel without the rows of days on which the client was away, as far as that was known."""
    window = panel.window(name, days, skip=skip)
    if not len(panel.facts.column("absences", "day")):
        return window
    return Window(window.frame, window.as_of, window.start, window.stop, _away_known(panel, name))


def was_here(panel: Panel, name: str) -> Bools:
    """For each row of the frame whether the client was not away on its day, by all that is known."""
    here: Bools = _away_known(panel, name) >= int(FAR)
    return here


@cached
def _away_known(panel: Panel, name: str) -> Array:
    """For each row of the frame the first day on which it was known that the client was away on the row's day; FAR
    for who was here."""

    def key(client: Array, day: Array) -> Ints:
        found: Ints = (client.astype(np.int64) << _DAY_BITS) + day
        return found

    facts = panel.facts
    rows = key(facts.column(name, "client_id"), facts.column(name, "day"))
    client = facts.column("absences", "client_id")
    first = np.searchsorted(rows, key(client, facts.column("absences", "day")))
    last = np.searchsorted(rows, key(client, facts.column("absences", "until")), side="right")
    count = np.maximum(last - first, 0)
    within = np.arange(count.sum()) + np.repeat(first - np.cumsum(count) + count, count)
    found = np.full(len(rows), int(FAR), dtype=np.int64)
    np.minimum.at(found, within, np.repeat(facts.column("absences", "known"), count))
    return found


@cached
def days_away(panel: Panel, days: int, *, medicated: bool = False) -> Ints:
    """Bit k: the client was away on the day k days ago, of the last `days` (at most 62); `medicated`: only where the
    medication was given meanwhile."""
    until = panel.facts.column("absences", "until").astype(np.int64) + 1
    counts = (
        panel.facts.column("absences", "medicated") == 1 if medicated else np.ones(len(until), dtype=bool)
    )

    def covered(pairs: Pairs) -> Ints:
        counted = pairs.where(counts[pairs.row])
        return counted.days_covered(until[counted.row], days)

    return panel.window("absences", None).each(covered)


def days_away_since(
    panel: Panel, since: Ints, *, causes: Collection[AbsenceCause] = tuple(AbsenceCause)
) -> Ints:
    """How many days after the day `since` (one a panel row), up to the panel's, the client was away, for one of
    the `causes`."""
    positions = [position for position, cause in enumerate(AbsenceCause) if cause in causes]
    counts = np.isin(panel.facts.column("absences", "cause"), positions)

    def together(pairs: Pairs) -> Ints:
        """Absences by day; where they overlap, a day counts once."""
        pairs = pairs.where(counts[pairs.row])
        today = pairs.of_owner(panel.as_of)
        last = np.minimum(pairs.column("until"), today).astype(np.int64)
        so_far = np.maximum.accumulate((pairs.owner.astype(np.int64) << _DAY_BITS) + last)
        before = np.append(-1, so_far[:-1]) - (pairs.owner.astype(np.int64) << _DAY_BITS)
        first = np.maximum.reduce([pairs.column("day"), pairs.of_owner(since) + 1, before + 1])
        found: Ints = pairs.total(np.maximum(last - first + 1, 0))
        return found

    return panel.window("absences", None).each(together)
