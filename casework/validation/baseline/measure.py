"""What is measured: false alarms in steady clients, the limits that follow, run lengths, and how soon drift is seen."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

import numpy as np

from casework.indicators.drift import FALSE_ALARMS, FALSE_WARNINGS, LIMIT, WARNING_LIMIT
from casework.intervals import Z95, wilson
from casework.validation.baseline.charts import CHARTS, TEXTBOOK_LIMIT, shipped
from casework.validation.baseline.clients import GAPS, RATES, Cohort, Setting, cohort
from casework.windows import FURTHEST_WINDOW_DAYS, Bools, Floats, Ints

SEED: Final = 20_261_126
CLIENTS: Final = 6_000
"""Of each setting, in equal parts of each rate."""
HALF_YEAR_DAYS: Final = 182
RESEMBLANCES: Final = (0.0, 0.3, 0.6)
SETTINGS: Final = tuple(
    Setting(often, all_asked, stay) for often in GAPS for all_asked in (True, False) for stay in RESEMBLANCES
)
REFERENCE: Final = tuple(one for one in SETTINGS if one.often == "weekly")
"""Steady clients with weekly check-ins, every kind in equal parts: the limits are theirs."""
DRIFTING: Final = (Setting(), Setting(all_asked=False), Setting("fortnightly"))
SIGNS_MORE: Final = (0, 1, 2, 3, 5)
STEADY_DAYS: Final = 16 * 7
"""Before a change, so that the chart's window is full."""
SOON: Final = 4
LATER: Final = 8
RUNS: Final = ("weekly", "fortnightly")
LONG_DAYS: Final = 2 * 364
BEFORE_DAYS: Final = 42
"""A baseline of three weeks and the recent ones come before the first check-in on the chart."""


@dataclass(frozen=True)
class Rate:
    """A simulated share with its 95% Monte Carlo interval (Wilson)."""

    share: float
    low: float
    high: float

    @classmethod
    def of(cls, hits: Bools, z: float = Z95) -> Self:
        """Of independent clients, those who were hit."""
        low, high = wilson(int(hits.sum()), len(hits), z)
        return cls(*(round(one, 4) for one in (float(np.mean(hits)), low, high)))


@dataclass(frozen=True)
class Steady:
    """False alarms of steady clients of one rate and setting: of clients in half a year, and of check-ins; `charted`:
    the share of check-ins that had a chart."""

    setting: Setting
    rate: str
    charted: float
    warned: Rate
    alarmed: Rate
    check_ins_alarmed: float


@dataclass(frozen=True)
class RunLength:
    """Check-ins on the chart until the first alarm of a steady client: their mean, and the share of clients without
    any in two years."""

    setting: Setting
    check_ins: float
    never: float


@dataclass(frozen=True)
class Drifting:
    """Clients of one rate and setting whose signs rose: the share in alarm within 4 and 8 planned check-ins and in
    warning within 4, by one chart, and the median number of check-ins of those found within 8."""

    setting: Setting
    chart: str
    signs_more: int
    rate: str
    soon: float
    later: float
    warned: float
    median: float | None


@dataclass(frozen=True)
class Figures:
    """All that the simulation found. `limits` are the (warning, alarm) limits at which each chart has the stated
    false-alarm rates in the reference clients; `textbook_alarmed` is what the textbook's own limit gives there."""

    seed: int
    clients: int
    chosen: tuple[float, float]
    limits: dict[str, tuple[float, float]]
    warned: Rate
    alarmed: Rate
    textbook_alarmed: Rate
    steady: tuple[Steady, ...]
    run_lengths: tuple[RunLength, ...]
    drifting: tuple[Drifting, ...]

    def as_json(self) -> str:
        """For the data file."""
        return json.dumps(asdict(self), indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `as_json` wrote."""
        raw = json.loads(text)
        return cls(
            **raw
            | {name: Rate(**raw[name]) for name in ("warned", "alarmed", "textbook_alarmed")}
            | {
                "chosen": tuple(raw["chosen"]),
                "limits": {name: tuple(pair) for name, pair in raw["limits"].items()},
                "steady": tuple(
                    Steady(**_set(row) | {name: Rate(**row[name]) for name in ("warned", "alarmed")})
                    for row in raw["steady"]
                ),
                "run_lengths": tuple(RunLength(**_set(row)) for row in raw["run_lengths"]),
                "drifting": tuple(Drifting(**_set(row)) for row in raw["drifting"]),
            }
        )


def _set(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"setting": Setting(**row["setting"])}


def highest_in_half_a_year(value: Floats, days: Ints) -> Floats:
    """The highest number of each client in the half year from the first check-in on the chart on; `days` are those of
    the planned check-ins."""
    on_chart = np.isfinite(value)
    first = days[on_chart.argmax(axis=1)]
    counted = on_chart & (days < first[:, np.newaxis] + HALF_YEAR_DAYS)
    highest: Floats = np.where(counted, value, -np.inf).max(axis=1)
    return highest


def measure(clients: int = CLIENTS, seed: int = SEED) -> Figures:
    """Run the whole simulation; the same numbers for the same arguments."""
    chance = np.random.default_rng(seed)
    steady: list[Steady] = []
    highest: dict[str, list[Floats]] = {name: [] for name in CHARTS}
    for setting in SETTINGS:
        group = cohort(setting, clients, planned(setting, HALF_YEAR_DAYS), chance)
        values = {name: chart(group) for name, chart in CHARTS.items()}
        steady += _steady(setting, values["EWMA as shipped"], group)
        if setting in REFERENCE:
            for name, value in values.items():
                highest[name].append(highest_in_half_a_year(value, group.days))
    reference = {name: np.concatenate(parts) for name, parts in highest.items()}
    limits = {name: _limits(found) for name, found in reference.items()}
    return Figures(
        seed=seed,
        clients=clients,
        chosen=(WARNING_LIMIT, LIMIT),
        limits=limits,
        warned=Rate.of(reference["EWMA as shipped"] > WARNING_LIMIT),
        alarmed=Rate.of(reference["EWMA as shipped"] > LIMIT),
        textbook_alarmed=Rate.of(reference["EWMA by the textbook"] > TEXTBOOK_LIMIT),
        steady=tuple(steady),
        run_lengths=_run_lengths(clients // 3, chance),
        drifting=tuple(_drifting(clients, limits, chance)),
    )


def planned(setting: Setting, days: int) -> int:
    """Check-ins to plan for `days` on the chart: some are needed before it begins, and some are missed."""
    return math.ceil((days + BEFORE_DAYS) / setting.every * 1.25)


def _limits(highest: Floats) -> tuple[float, float]:
    warning, alarm = np.quantile(highest, [1 - FALSE_WARNINGS, 1 - FALSE_ALARMS])
    return round(float(warning), 2), round(float(alarm), 2)


def _steady(setting: Setting, value: Floats, group: Cohort) -> list[Steady]:
    highest = highest_in_half_a_year(value, group.days)
    full = group.came & (group.days >= FURTHEST_WINDOW_DAYS)
    rows = []
    for number, name in enumerate(RATES):
        mine = group.rate == number
        on_chart = value[mine][np.isfinite(value[mine])]
        rows.append(
            Steady(
                setting,
                name,
                round(float(np.isfinite(value[mine][full[mine]]).mean()), 3),
                Rate.of(highest[mine] > WARNING_LIMIT),
                Rate.of(highest[mine] > LIMIT),
                round(float((on_chart > LIMIT).mean()), 4) if len(on_chart) else 0.0,
            )
        )
    return rows


def _run_lengths(clients: int, chance: np.random.Generator) -> tuple[RunLength, ...]:
    """All check-ins before and at the first alarm, a first alarm: clients without one count with what they had."""
    rows = []
    for setting in (one for one in SETTINGS if one.all_asked and one.often in RUNS):
        value = shipped(cohort(setting, clients, int(LONG_DAYS // setting.every), chance))
        on_chart, alarm = np.isfinite(value), value > LIMIT
        before: Bools = np.cumsum(alarm, axis=1) - alarm == 0
        alarmed = alarm.any(axis=1)
        rows.append(
            RunLength(
                setting,
                round(float((on_chart & before).sum() / max(alarmed.sum(), 1)), 1),
                round(float(1 - alarmed.mean()), 3),
            )
        )
    return tuple(rows)


def _drifting(
    clients: int, limits: dict[str, tuple[float, float]], chance: np.random.Generator
) -> list[Drifting]:
    """Every chart at its own limits for the same false-alarm rate; the shipped one at the limits that were chosen."""
    rows = []
    for setting in DRIFTING:
        after = int(STEADY_DAYS // setting.every)
        for more in SIGNS_MORE:
            group = cohort(setting, clients, after + LATER, chance, signs_more=more, after=after)
            for name in ("EWMA as shipped", "CUSUM"):
                since = CHARTS[name](group)[:, after:]
                warning, alarm = (WARNING_LIMIT, LIMIT) if name == "EWMA as shipped" else limits[name]
                rows += [
                    _found(setting, name, more, rate, since[group.rate == number], warning, alarm)
                    for number, rate in enumerate(RATES)
                ]
    return rows


def _found(
    setting: Setting, chart: str, more: int, rate: str, since: Floats, warning: float, alarm: float
) -> Drifting:
    hit = since > alarm
    first = np.argmax(hit, axis=1)[hit.any(axis=1)] + 1
    return Drifting(
        setting,
        chart,
        more,
        rate,
        soon=round(float(hit[:, :SOON].any(axis=1).mean()), 3),
        later=round(float(hit.any(axis=1).mean()), 3),
        warned=round(float((since[:, :SOON] > warning).any(axis=1).mean()), 3),
        median=float(np.median(first)) if len(first) else None,
    )
