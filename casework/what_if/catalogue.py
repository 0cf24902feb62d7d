"""The plausible new facts, in the order of their plausibility: one list for each direction.

`docs/what_would_change.md` prints them. Nothing here touches a safety item, an absence or a prescription.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from casework.vocabulary import (
    MEDICATION_SIGN,
    MEDICATIONS,
    SUBSTANCES,
    WARNING_SIGNS,
    Mark,
    Term,
    Use,
    mask,
    term,
    unmask,
)
from casework.what_if import rows
from casework.what_if.client import WEEK, WhatIfClient
from casework.what_if.rows import Row

SHORT_DAYS, LONG_DAYS = 3, 7
"""Three days without a dose are what the rules call a gap; seven are the time between two visits."""
MOST_OF_A_KIND: Final = 3
SIGNS_GONE: Final = 2
SIGNS_MORE: Final = 3
_FOUND: Final = mask(SUBSTANCES, ["fentanyl"])


@dataclass(frozen=True)
class News:
    """What happens by a day: rows, and days to come with and without a dose."""

    rows: tuple[Row, ...] = ()
    medicated: frozenset[int] = frozenset()
    unmedicated: frozenset[int] = frozenset()


@dataclass(frozen=True)
class NewFact:
    """What a step is: how many of it there are, or on how many days, and which terms. Words: `casework.wording`."""

    id: str
    count: int = 1
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Step:
    """One entry for one client. `facts`: how many new facts it stands for. `weeks`: how long it takes at least.

    `news` takes the day on which the last of its facts happens.
    """

    facts: int
    weeks: int
    what: NewFact
    news: Callable[[int], News]


@dataclass(frozen=True)
class NewFactKind:
    """An entry of the catalogue, and the steps that it offers where it is plausible; of a kind a set has one."""

    id: str
    steps: Callable[[WhatIfClient], tuple[Step, ...]]


def _weekly(day: int, times: int) -> Iterable[int]:
    """The last `times` days of a week's distance up to `day`."""
    return range(day - WEEK * (times - 1), day + 1, WEEK)


def _each_week(times: int, id_: str, row: Callable[[int], Row]) -> Step:
    def news(day: int) -> News:
        return News(tuple(row(one) for one in _weekly(day, times)))

    return Step(times, times, NewFact(id_, times), news)


def _last_days(day: int, days: int) -> frozenset[int]:
    return frozenset(range(day - days + 1, day + 1))


# --- for the better -------------------------------------------------------------------------------------------------


def _kept_visits(_: WhatIfClient) -> tuple[Step, ...]:
    return tuple(
        _each_week(n, "kept_visits", lambda day: rows.session(day, Mark.ATTENDED))
        for n in range(1, MOST_OF_A_KIND + 1)
    )


def _medication(client: WhatIfClient) -> tuple[Step, ...]:
    if client.medication is None:
        return ()
    if client.long_acting:
        return (Step(1, 1, NewFact("next_injection"), _injected(client.medication)),)
    return tuple(
        Step(facts, 1, NewFact("medication_days", days), _taken(client, days))
        for facts, days in enumerate((SHORT_DAYS, LONG_DAYS), 1)
    )


def _injected(medication: int) -> Callable[[int], News]:
    covers = MEDICATIONS[medication].covers_days
    return lambda day: News((rows.dose(day - WEEK + 1, medication, covers),))


def _taken(client: WhatIfClient, days: int) -> Callable[[int], News]:
    if client.by_doses:
        return lambda day: News(medicated=_last_days(day, days))
    return lambda day: News((rows.medication(day, days, days),))


def _negative_screens(client: WhatIfClient) -> tuple[Step, ...]:
    if not client.screened:
        return ()
    return tuple(
        _each_week(
            n,
            "negative_screens",
            lambda day: rows.screen(day, found=client.expected, expected=client.expected),
        )
        for n in range(1, MOST_OF_A_KIND + 1)
    )


def _fewer_signs(client: WhatIfClient) -> tuple[Step, ...]:
    active = client.active_signs
    none = Step(
        1 if len(active) <= SIGNS_GONE else 2,
        1,
        NewFact("no_signs"),
        lambda day: News((rows.signs(day, 0),)),
    )
    if len(active) <= SIGNS_GONE:
        return (none,)
    gone = active[:SIGNS_GONE]
    left = client.active & ~mask(WARNING_SIGNS, gone)
    signs = tuple(term(WARNING_SIGNS, id_) for id_ in gone)
    what = NewFact("signs_gone", len(signs), signs)
    return Step(1, 1, what, lambda day: News((rows.signs(day, left),))), none


def _no_use(_: WhatIfClient) -> tuple[Step, ...]:
    return tuple(_each_week(n, "no_use", lambda day: rows.use(day, Use.NONE)) for n in (1, 2))


# --- for the worse --------------------------------------------------------------------------------------------------


def _no_shows(_: WhatIfClient) -> tuple[Step, ...]:
    return tuple(
        _each_week(n, "no_shows", lambda day: rows.session(day, Mark.NO_SHOW))
        for n in range(1, MOST_OF_A_KIND + 1)
    )


def _no_medication(client: WhatIfClient) -> tuple[Step, ...]:
    if client.medication is None or (client.by_doses and client.long_acting):
        return ()
    return tuple(
        Step(facts, 1, NewFact("days_without_medication", days), _not_taken(client, days))
        for facts, days in enumerate((SHORT_DAYS, LONG_DAYS), 1)
    )


def _not_taken(client: WhatIfClient, days: int) -> Callable[[int], News]:
    if client.by_doses:
        return lambda day: News(unmedicated=_last_days(day, days))
    return lambda day: News((rows.medication(day, 0, days),))


def _positive_screens(client: WhatIfClient) -> tuple[Step, ...]:
    if not client.screened:
        return ()
    found = client.expected | _FOUND
    return tuple(
        _each_week(
            n,
            "positive_screens",
            lambda day: rows.screen(day, found=found, expected=client.expected),
        )
        for n in range(1, MOST_OF_A_KIND + 1)
    )


def _more_signs(client: WhatIfClient) -> tuple[Step, ...]:
    others = unmask(WARNING_SIGNS, rows.ALL_SIGNS & ~client.active & ~mask(WARNING_SIGNS, [MEDICATION_SIGN]))
    more = others[:SIGNS_MORE]
    if not more:
        return ()
    present = client.active | mask(WARNING_SIGNS, more)
    return (Step(1, 1, NewFact("more_signs", len(more)), lambda day: News((rows.signs(day, present),))),)


def _use_reported(_: WhatIfClient) -> tuple[Step, ...]:
    told = (("slip", Use.SLIP), ("regular_use", Use.REGULAR))
    return tuple(Step(facts, 1, NewFact(id_), _telling(use)) for facts, (id_, use) in enumerate(told, 1))


def _telling(use: Use) -> Callable[[int], News]:
    return lambda day: News((rows.use(day, use),))


BETTER: Final = (
    NewFactKind("visits", _kept_visits),
    NewFactKind("medication", _medication),
    NewFactKind("screens", _negative_screens),
    NewFactKind("signs", _fewer_signs),
    NewFactKind("use", _no_use),
)
WORSE: Final = (
    NewFactKind("no_shows", _no_shows),
    NewFactKind("medication", _no_medication),
    NewFactKind("screens", _positive_screens),
    NewFactKind("signs", _more_signs),
    NewFactKind("use", _use_reported),
)
