"""One client's weeks as rows of one timeline: what happened, in which lane, in words, and which entry it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from casework.caseload.assessment import records
from casework.caseload.evidence import Row, answers, entry_key, said
from casework.figures import timeline as figures
from casework.figures.template import Chart
from casework.figures.weeks import first_day
from casework.frames import FAR, NOT_ASKED, Facts, to_date, to_day
from casework.vocabulary import (
    CRAVING_MAX,
    MEDICATION_SIGN,
    OPIOID_MASK,
    WARNING_SIGNS,
    Mark,
    ScreenStatus,
    Use,
    mask,
)
from casework.wording import charts

_MARKS: Final = tuple(Mark)
_STATUSES: Final = tuple(ScreenStatus)
_USES: Final = tuple(Use)
_MEDICATION_SIGN: Final = mask(WARNING_SIGNS, [MEDICATION_SIGN])
_MIDDLE, _ABOVE, _BELOW = 0.5, 0.72, 0.28
"""Where a mark stands in its lane; in that of doses what the client said stands above the days that doses cover."""


@dataclass(frozen=True)
class TimelineRow:
    """A mark, or a stretch of `days` (0: a mark). `height` is 0 to 1 within the lane; `entry` tells which entry of the
    record it is, "" where it is none."""

    lane: str
    mark: str
    on: dt.date
    days: int
    height: float
    words: str
    entry: str

    @property
    def lane_label(self) -> str:
        """The lane's name."""
        return charts.timeline.LANES[self.lane]


@dataclass(frozen=True)
class Timeline:
    """The rows of the weeks up to `today`, in order of days within a lane, and what they add up to."""

    today: dt.date
    weeks: int
    rows: tuple[TimelineRow, ...]
    counts: charts.timeline.Counts

    @property
    def _frame(self) -> pd.DataFrame:
        values = [
            (row.lane, row.mark, to_day(row.on), row.days, row.height, row.words, row.entry)
            for row in self.rows
        ]
        return pd.DataFrame(values, columns=list(figures.COLUMNS))

    @property
    def lanes(self) -> tuple[str, ...]:
        """The names of the lanes that are drawn, from the top down."""
        return tuple(charts.timeline.LANES[lane] for lane in figures.lanes_of(self._frame))

    @property
    def alt(self) -> str:
        """All lanes in words, for who cannot see them."""
        return figures.timeline_finding(self._frame, self.counts, weeks=self.weeks).alt

    def chart(self, key: str, *, dark: bool) -> Chart:
        """The figure under its finding."""
        drawn = figures.timeline(self._frame, to_day(self.today), weeks=self.weeks, dark=dark)
        return Chart(key, drawn, figures.timeline_finding(self._frame, self.counts, weeks=self.weeks))


def timeline_of(facts: Facts, today: dt.date, weeks: int) -> Timeline:
    """The timeline of the one client of `facts`."""
    day = to_day(today)
    first = first_day(day, weeks)
    rows = [
        *_check_ins(
            _recent(facts.check_ins, first, day), asked_about_medication=bool(len(facts.prescriptions))
        ),
        *_of(_recent(facts.attendance, first, day), "attendance", "sessions", _session),
        *_of(_recent(facts.screens, first, day), "screens", "screens", _screen),
        *_cover(facts, first, day),
        *_of(_recent(facts.doses, first, day), "doses", "doses", lambda row: "dose", height=_BELOW),
        *_of(
            _recent(facts.calls, first, day),
            "calls",
            "calls",
            lambda row: "good" if row["reached"] else "missed",
        ),
        *_decisions(facts, first, day),
        *_absences(facts.absences, first, day),
    ]
    place = {lane: number for number, lane in enumerate(charts.timeline.LANES)}
    rows.sort(key=lambda row: (place[row.lane], row.on))
    return Timeline(today, weeks, tuple(rows), _counts(rows))


def _recent(frame: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    day = frame["day"].to_numpy()
    return frame[(day >= first) & (day <= last)]


def _of(
    frame: pd.DataFrame, name: str, lane: str, mark: Callable[[Row], str], height: float = _MIDDLE
) -> Iterator[TimelineRow]:
    for row in records(frame):
        yield _row(row, name, lane, mark(row), height, said(name, row))


def _row(row: Row, name: str, lane: str, mark: str, height: float, words: str) -> TimelineRow:
    return TimelineRow(lane, mark, to_date(row["day"]), 0, height, words, entry_key(name, row["id"]))


def _check_ins(frame: pd.DataFrame, *, asked_about_medication: bool) -> Iterator[TimelineRow]:
    """What a check-in told, a mark in the lane of each answer; of what was not asked there is none."""
    counted = ~0 if asked_about_medication else ~_MEDICATION_SIGN
    for row in records(frame):
        asked, present = (int(row[name]) & counted for name in ("signs_asked", "signs_present"))
        if asked:
            share = present.bit_count() / asked.bit_count()
            words = answers({**row, "signs_asked": asked, "signs_present": present}, ("signs",))
            yield _row(row, "check_ins", "signs", "grave" if present else "nothing", share, words)
        if np.isfinite(row["craving"]):
            share = row["craving"] / CRAVING_MAX
            yield _row(row, "check_ins", "craving", "level", share, answers(row, ("craving",)))
        if row["use"] != NOT_ASKED:
            used = _USES[row["use"]] is not Use.NONE
            words = answers(row, ("use",))
            yield _row(row, "check_ins", "use", "grave" if used else "nothing", _MIDDLE, words)
        if row["medication_days_of"] > 0:
            full = row["medication_days_taken"] >= row["medication_days_of"]
            words = answers(row, ("medication",))
            yield _row(row, "check_ins", "doses", "good" if full else "missed", _ABOVE, words)


def _session(row: Row) -> str:
    return {
        Mark.ATTENDED: "good", Mark.LATE: "good", Mark.NO_SHOW: "missed",
        Mark.EXCUSED: "excused", Mark.CANCELLED_BY_CLINIC: "excused",
    }[_MARKS[row["mark"]]]  # fmt: skip


def _screen(row: Row) -> str:
    return screen_outcome(row["status"], row["tested"], row["found"], row["expected"])


def screen_outcome(status: int, tested: int, found: int, expected: int) -> str:
    """The mark of a screen: the most serious thing that it says.

    The client's own prescription is expected and never counts as a finding; its absence does.
    """
    kind = _STATUSES[status]
    if kind is ScreenStatus.COLLECTED:
        surprising = found & ~expected
        if surprising & OPIOID_MASK:
            return "grave"
        if expected & tested & ~found:
            return "absent"
        return "other" if surprising else "good"
    return {ScreenStatus.MISSED: "missed", ScreenStatus.EXCUSED: "excused", ScreenStatus.DUE: "due"}[kind]


# --- days: what doses cover, absences, decisions --------------------------------------------------------------------

Days = np.ndarray[Any, np.dtype[np.bool_]]
"""A flag for each day shown."""


def covered_days(
    prescriptions: pd.DataFrame, doses: pd.DataFrame, first: int, last: int
) -> tuple[Days, Days]:
    """For each day from `first` to `last`: was medication prescribed, and did a recorded dose cover the day.
    Prescriptions and doses may begin before: a monthly injection still covers days inside."""
    length = last - first + 1
    prescribed, covered = np.zeros(length, dtype=bool), np.zeros(length, dtype=bool)
    for start, until in zip(prescriptions["day"].tolist(), prescriptions["until"].tolist(), strict=True):
        prescribed[max(start - first, 0) : max(min(until - first, length), 0)] = True
    for day, covers in zip(doses["day"].tolist(), doses["covers"].tolist(), strict=True):
        covered[max(day - first, 0) : max(min(day + covers - first, length), 0)] = True
    return prescribed, covered


def _cover(facts: Facts, first: int, last: int) -> Iterator[TimelineRow]:
    prescribed, covered = covered_days(facts.prescriptions, facts.doses, first, last)
    for mark, name, flags in (
        ("covered", charts.timeline.COVERED, covered),
        ("gap", charts.timeline.GAP, prescribed & ~covered),
    ):
        for start, length in _runs(flags):
            begin, end = to_date(first + start), to_date(first + start + length - 1)
            words = charts.timeline.stretch(name, length, begin, end)
            yield TimelineRow("doses", mark, begin, length, _BELOW, words, "")


def _runs(flags: Days) -> list[tuple[int, int]]:
    """(start, length) of each stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(start), int(end - start)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _decisions(facts: Facts, first: int, last: int) -> Iterator[TimelineRow]:
    for name in ("placements", "prescriptions", "safety_items"):
        yield from _of(_recent(getattr(facts, name), first, last), name, "decisions", lambda row: "decided")


def _absences(frame: pd.DataFrame, first: int, last: int) -> Iterator[TimelineRow]:
    """Absences that reach into the weeks, cut to them."""
    for row in records(frame):
        begin, end = max(row["day"], first), min(last if row["until"] == FAR else row["until"], last)
        if begin <= end:
            entry = entry_key("absences", row["id"])
            words = said("absences", row)
            yield TimelineRow("away", "away", to_date(begin), end - begin + 1, _MIDDLE, words, entry)


def _counts(rows: Iterable[TimelineRow]) -> charts.timeline.Counts:
    """Sessions that the clinic cancelled, and excused ones, do not count; nor does a screen without a result."""
    of: dict[str, list[str]] = {}
    for row in rows:
        of.setdefault(row.lane, []).append(row.mark)
    screens, sessions = of.get("screens", []), of.get("sessions", [])
    return charts.timeline.Counts(
        use=of.get("use", []).count("grave"),
        opioid=screens.count("grave"),
        screens=sum(mark in ("grave", "absent", "other", "good") for mark in screens),
        missed=sessions.count("missed"),
        sessions=sum(mark in ("good", "missed") for mark in sessions),
    )
