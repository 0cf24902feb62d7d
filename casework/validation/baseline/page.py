"""docs/baseline.md, written from the figures of the simulation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from casework.indicators.drift import LAMBDA, MIN_ASKED, MIN_WEEKS, RECENT_DAYS
from casework.validation.baseline.charts import SLACK, TEXTBOOK_LIMIT
from casework.validation.baseline.clients import (
    FEWEST_ASKED,
    GAPS,
    KEPT,
    PERSONAL,
    RATES,
    SIGNS,
    TOGETHER,
    Setting,
)
from casework.validation.baseline.measure import (
    HALF_YEAR_DAYS,
    LATER,
    REFERENCE,
    SOON,
    Drifting,
    Figures,
    Rate,
)
from casework.validation.written import written
from casework.windows import FURTHEST_WINDOW_DAYS
from casework.wording import listed, percent

CONSTANTS: Final = {
    "window": FURTHEST_WINDOW_DAYS,
    "min_asked": MIN_ASKED,
    "min_weeks": MIN_WEEKS,
    "recent_weeks": RECENT_DAYS // 7,
    "weight": LAMBDA,
    "signs": SIGNS,
    "personal": PERSONAL,
    "together": TOGETHER,
    "kept": KEPT,
    "fewest": FEWEST_ASKED,
    "half_year": HALF_YEAR_DAYS,
    "textbook_limit": TEXTBOOK_LIMIT,
    "slack": SLACK,
    "soon": SOON,
    "later": LATER,
}
Rows = list[tuple[str, ...]]


def page(figures: Figures) -> str:
    """docs/baseline.md as it should be."""
    return written(
        "baseline.md.j2",
        figures=figures,
        warned=_with_interval(figures.warned),
        alarmed=_with_interval(figures.alarmed),
        found=figures.limits["EWMA as shipped"],
        worst=max(figures.steady, key=lambda row: row.alarmed.share),
        rates=listed([f"{rate:g} ({name})" for name, rate in RATES.items()]),
        numbers=listed([f"{SIGNS * rate:.1f}" for rate in RATES.values()]),
        reference=figures.clients * len(REFERENCE),
        limits=[(name, f"{pair[0]:g}", f"{pair[1]:g}") for name, pair in figures.limits.items()],
        textbook=_with_interval(figures.textbook_alarmed),
        spacing=_spacing(figures),
        steady=_steady(figures),
        runs=_runs(figures),
        drift=_drift(figures.drifting),
        **CONSTANTS,
    )


def _spacing(figures: Figures) -> Rows:
    """A line for each way of spacing: the mean over its kinds of clients, which are equally many."""
    rows = []
    for often in GAPS:
        mine = [row for row in figures.steady if row.setting.often == often]
        charted, warned, alarmed = (
            sum(values) / len(mine)
            for values in (
                [row.charted for row in mine],
                [row.warned.share for row in mine],
                [row.alarmed.share for row in mine],
            )
        )
        worst = max(mine, key=lambda row: row.alarmed.share)
        rows.append((often, *map(percent, (charted, warned, alarmed, worst.alarmed.share))))
    return rows


def _steady(figures: Figures) -> Rows:
    return [
        (
            *_setting(row.setting),
            f"{row.setting.stay:g}",
            row.rate,
            percent(row.warned.share),
            _with_interval(row.alarmed),
            f"{row.check_ins_alarmed:.1%}",
        )
        for row in figures.steady
    ]


def _runs(figures: Figures) -> Rows:
    return [
        (_setting(row.setting)[0], f"{row.setting.stay:g}", f"{row.check_ins:.0f}", percent(row.never))
        for row in figures.run_lengths
    ]


def _drift(rows: Sequence[Drifting]) -> Rows:
    """A line for a setting, change and rate; the chart that is shipped beside the CUSUM."""
    both: dict[tuple[Setting, int, str], dict[str, Drifting]] = {}
    for row in rows:
        both.setdefault((row.setting, row.signs_more, row.rate), {})[row.chart] = row
    lines = []
    for (setting, more, rate), pair in both.items():
        rise = f"+{more}" if more else "none"
        seen = (*_seen(pair["EWMA as shipped"]), *_seen(pair["CUSUM"])[:2])
        lines.append((*_setting(setting), rise, rate, *seen))
    return lines


def _seen(row: Drifting) -> tuple[str, ...]:
    median = "" if row.median is None else f"{row.median:g}"
    return percent(row.soon), percent(row.later), percent(row.warned), median


def _setting(setting: Setting) -> tuple[str, str]:
    return setting.often, "all" if setting.all_asked else f"{FEWEST_ASKED} to {SIGNS}"


def _with_interval(rate: Rate) -> str:
    return f"{100 * rate.share:.1f}% ({100 * rate.low:.1f} to {100 * rate.high:.1f})"
