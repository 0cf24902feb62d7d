"""The plausible new facts, in the order of their plausibility: one list for each direction.

`docs/what_would_change.md` prints them. Nothing here touches a safety item, a stay away or a prescription.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from casework import wording
from casework.vocabulary import (
    MEDICATION_SIGN,
    MEDICATIONS,
    SUBSTANCES,
    WARNING_SIGNS,
    Mark,
    Use,
    mask,
    term,
    unmask,
)
from casework.what_if import rows
from casework.what_if.client import WEEK, Client
from casework.what_if.rows import Row
from casework.wording import counted, listed, number

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
class Step:
    """One entry for one client. `facts`: how many new facts it stands for. `weeks`: how long it takes at least.

    `news` takes the day on which the last of its facts happens.
    """

    facts: int
    weeks: int
    said: str
    news: Callable[[int], News]


@dataclass(frozen=True)
class Kind:
    """An entry of the catalogue: what it is, when it is plausible, and the steps it offers; of a kind a set has one."""

    id: str
    label: str
    applies: str
    steps: Callable[[Client], tuple[Step, ...]]


def _weekly(day: int, times: int) -> Iterable[int]:
    """The last `times` days of a week's distance up to `day`."""
    return range(day - WEEK * (times - 1), day + 1, WEEK)


def _each_week(times: int, said: str, row: Callable[[int], Row]) -> Step:
    def news(day: int) -> News:
        return News(tuple(row(one) for one in _weekly(day, times)))

    return Step(times, times, said, news)


def _last_days(day: int, days: int) -> frozenset[int]:
    return frozenset(range(day - days + 1, day + 1))


# --- for the better -------------------------------------------------------------------------------------------------


def _kept_visits(_: Client) -> tuple[Step, ...]:
    return tuple(
        _each_week(n, counted(n, "kept visit"), lambda day: rows.session(day, Mark.ATTENDED))
        for n in range(1, MOST_OF_A_KIND + 1)
    )


def _medication(client: Client) -> tuple[Step, ...]:
    if client.medication is None:
        return ()
    if client.long_acting:
        return (Step(1, 1, "the next injection on record", _injected(client.medication)),)
    return tuple(
        Step(facts, 1, f"{counted(days, 'day')} of medication on record", _taken(client, days))
        for facts, days in enumerate((SHORT_DAYS, LONG_DAYS), 1)
    )


def _injected(medication: int) -> Callable[[int], News]:
    covers = MEDICATIONS[medication].covers_days
    return lambda day: News((rows.dose(day - WEEK + 1, medication, covers),))


def _taken(client: Client, days: int) -> Callable[[int], News]:
    if client.by_doses:
        return lambda day: News(medicated=_last_days(day, days))
    return lambda day: News((rows.medication(day, days, days),))


def _negative_screens(client: Client) -> tuple[Step, ...]:
    if not client.screened:
        return ()
    return tuple(
        _each_week(
            n,
            counted(n, "negative screen"),
            lambda day: rows.screen(day, found=client.expected, expected=client.expected),
        )
        for n in range(1, MOST_OF_A_KIND + 1)
    )


def _fewer_signs(client: Client) -> tuple[Step, ...]:
    active = client.active_signs
    none = Step(
        1 if len(active) <= SIGNS_GONE else 2,
        1,
        "a check-in with no warning sign",
        lambda day: News((rows.signs(day, 0),)),
    )
    if len(active) <= SIGNS_GONE:
        return (none,)
    gone = active[:SIGNS_GONE]
    left = client.active & ~mask(WARNING_SIGNS, gone)
    names = listed([f"“{wording.label(term(WARNING_SIGNS, id_))}”" for id_ in gone])
    said = f"a check-in at which {names} are gone"
    return Step(1, 1, said, lambda day: News((rows.signs(day, left),))), none


def _no_use(_: Client) -> tuple[Step, ...]:
    said = ("a check-in with no use reported", "no use reported for two weeks")
    return tuple(_each_week(n, said[n - 1], lambda day: rows.use(day, Use.NONE)) for n in (1, 2))


# --- for the worse --------------------------------------------------------------------------------------------------


def _no_shows(_: Client) -> tuple[Step, ...]:
    return tuple(
        _each_week(n, counted(n, "no-show"), lambda day: rows.session(day, Mark.NO_SHOW))
        for n in range(1, MOST_OF_A_KIND + 1)
    )


def _no_medication(client: Client) -> tuple[Step, ...]:
    if client.medication is None or (client.by_doses and client.long_acting):
        return ()
    return tuple(
        Step(facts, 1, f"{counted(days, 'day')} without medication", _not_taken(client, days))
        for facts, days in enumerate((SHORT_DAYS, LONG_DAYS), 1)
    )


def _not_taken(client: Client, days: int) -> Callable[[int], News]:
    if client.by_doses:
        return lambda day: News(unmedicated=_last_days(day, days))
    return lambda day: News((rows.medication(day, 0, days),))


def _positive_screens(client: Client) -> tuple[Step, ...]:
    if not client.screened:
        return ()
    found = client.expected | _FOUND
    return tuple(
        _each_week(
            n,
            f"{counted(n, 'screen')} with an unexpected opioid",
            lambda day: rows.screen(day, found=found, expected=client.expected),
        )
        for n in range(1, MOST_OF_A_KIND + 1)
    )


def _more_signs(client: Client) -> tuple[Step, ...]:
    others = unmask(WARNING_SIGNS, rows.ALL_SIGNS & ~client.active & ~mask(WARNING_SIGNS, [MEDICATION_SIGN]))
    more = others[:SIGNS_MORE]
    if not more:
        return ()
    present = client.active | mask(WARNING_SIGNS, more)
    said = f"a check-in with {number(len(more))} more {'sign' if len(more) == 1 else 'signs'}"
    return (Step(1, 1, said, lambda day: News((rows.signs(day, present),))),)


def _use_reported(_: Client) -> tuple[Step, ...]:
    told = (("a report of a slip", Use.SLIP), ("a report of regular use", Use.REGULAR))
    return tuple(Step(facts, 1, said, _telling(use)) for facts, (said, use) in enumerate(told, 1))


def _telling(use: Use) -> Callable[[int], News]:
    return lambda day: News((rows.use(day, use),))


BETTER: Final = (
    Kind("visits", "One to three kept visits, a week apart", "always", _kept_visits),
    Kind(
        "medication",
        f"{SHORT_DAYS} days of medication on record (one fact) or {LONG_DAYS} (two); the next injection (one)",
        "while a maintenance medication is prescribed",
        _medication,
    ),
    Kind(
        "screens",
        "One to three negative screens, a week apart: nothing found but what is prescribed",
        "where screens are part of the client's care",
        _negative_screens,
    ),
    Kind(
        "signs",
        f"A check-in at which {SIGNS_GONE} of the active signs are gone (one fact) or no sign is present (one fact up "
        f"to {SIGNS_GONE} active signs, else two)",
        "always; two of them gone only where there are more",
        _fewer_signs,
    ),
    Kind("use", "No use reported at a check-in (one fact), or for two weeks (two)", "always", _no_use),
)
WORSE: Final = (
    Kind("no_shows", "One to three no-shows, a week apart", "always", _no_shows),
    Kind(
        "medication",
        f"{SHORT_DAYS} days without medication (one fact) or {LONG_DAYS} (two)",
        "while a medication is prescribed that is taken daily",
        _no_medication,
    ),
    Kind(
        "screens",
        "One to three screens with an unexpected opioid, a week apart",
        "where screens are part of the client's care",
        _positive_screens,
    ),
    Kind("signs", f"A check-in with {SIGNS_MORE} more signs", "while others can become active", _more_signs),
    Kind("use", "A slip reported at a check-in (one fact), or regular use (two)", "always", _use_reported),
)
