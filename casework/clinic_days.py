"""The clinic's calendar: on which weekdays it works and doses, and on which days it is closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

MONDAY_TO_FRIDAY: Final = 0b0011111
MONDAY_TO_SATURDAY: Final = 0b0111111


@dataclass(frozen=True)
class ClinicDays:
    """`working` and `dosing`: bits of the weekdays, Monday the lowest; `closed`: day numbers on which nobody is there,
    whatever the weekday. ValueError for a clinic that never opens."""

    working: int = MONDAY_TO_FRIDAY
    dosing: int = MONDAY_TO_SATURDAY
    closed: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not (self.working and self.dosing):
            raise ValueError("a clinic works and doses on one weekday at least")

    def works_on(self, day: int) -> bool:
        """Whether staff work on the day."""
        return bool(np.is_busday(_date(day), busdaycal=self._working))

    def dosing_days(self, first: int, stop: int) -> int:
        """How many days from `first` to before `stop` doses are given on."""
        return int(np.busday_count(_date(first), _date(stop), busdaycal=self._dosing))

    def working_day_after(self, day: int, count: int = 1) -> int:
        """The `count`-th working day after the day (1: the next one)."""
        return self._offset(day, count, "backward")

    def working_days_after(self, days: NDArray[np.int64]) -> NDArray[np.int64]:
        """The next working day after each of the days."""
        found = np.busday_offset(days.astype("datetime64[D]"), 1, roll="backward", busdaycal=self._working)
        return found.astype(np.int64)

    def working_day_from(self, day: int) -> int:
        """The day itself, or the next working day."""
        return self._offset(day, 0, "forward")

    def working_day_up_to(self, day: int) -> int:
        """The day itself, or the last working day before it."""
        return self._offset(day, 0, "backward")

    def _offset(self, day: int, count: int, roll: Literal["forward", "backward"]) -> int:
        """Kept, because a caseload asks about the same few days for each client."""
        key = (day, count, roll)
        if key not in self._offsets:
            found = np.busday_offset(_date(day), count, roll=roll, busdaycal=self._working)
            self._offsets[key] = int(found.astype(int))
        return self._offsets[key]

    @cached_property
    def _offsets(self) -> dict[tuple[int, int, str], int]:
        return {}

    @cached_property
    def _working(self) -> np.busdaycalendar:
        return _calendar(self.working, self.closed)

    @cached_property
    def _dosing(self) -> np.busdaycalendar:
        return _calendar(self.dosing, self.closed)


def _calendar(weekdays: int, closed: Iterable[int]) -> np.busdaycalendar:
    weekmask = [bool(weekdays >> bit & 1) for bit in range(7)]
    return np.busdaycalendar(weekmask=weekmask, holidays=[_date(day) for day in sorted(closed)])


def _date(day: int) -> np.datetime64:
    """A day number counts from 1970-01-01, as NumPy's dates do."""
    return np.datetime64(int(day), "D")
