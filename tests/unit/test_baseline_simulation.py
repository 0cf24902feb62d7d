"""The limits of the drift chart, against the simulation that set them (docs/baseline.md)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from casework.frames import to_date
from casework.indicators import assess
from casework.indicators.drift import FALSE_ALARMS, FALSE_WARNINGS, LIMIT, WARNING_LIMIT, charts
from casework.validation.baseline.__main__ import DOCS, main
from casework.validation.baseline.charts import SLACK, TEXTBOOK_LIMIT, cusum, shipped, textbook
from casework.validation.baseline.clients import FEWEST_ASKED, KEPT, RATES, SIGNS, Setting, cohort
from casework.validation.baseline.measure import (
    HALF_YEAR_DAYS,
    REFERENCE,
    Figures,
    Rate,
    highest_in_half_a_year,
    measure,
    planned,
)
from casework.validation.baseline.page import page
from casework.windows import Panel

OTHER_SEED = 7
Z99 = 2.576


@pytest.fixture(scope="module")
def committed() -> Figures:
    return Figures.from_json((DOCS / "baseline.json").read_text(encoding="utf-8"))


def within(rate: Rate, share: float) -> bool:
    return rate.low <= share <= rate.high


def false_alarms(clients: int, seed: int, limit: float = LIMIT) -> tuple[Rate, Rate]:
    """Of reference clients, the share in alarm in half a year by the chart as shipped, and by the
    textbook's limit."""
    chance = np.random.default_rng(seed)
    ours, theirs = [], []
    for setting in REFERENCE:
        group = cohort(setting, clients, planned(setting, HALF_YEAR_DAYS), chance)
        ours.append(highest_in_half_a_year(shipped(group), group.days) > limit)
        theirs.append(highest_in_half_a_year(textbook(group), group.days) > TEXTBOOK_LIMIT)
    return Rate.of(np.concatenate(ours), Z99), Rate.of(np.concatenate(theirs), Z99)


def test_the_stated_false_alarm_rate_lies_in_the_interval_of_a_fresh_run() -> None:
    ours, textbook = false_alarms(600, OTHER_SEED)
    assert within(ours, FALSE_ALARMS), f"{ours}: the stated rate of {FALSE_ALARMS:.0%} does not hold"
    assert ours.high - ours.low < 0.03
    assert textbook.low > 2 * FALSE_ALARMS, "the textbook's limit would do, and no simulation is needed"


def test_a_limit_that_is_a_tenth_lower_or_higher_would_be_noticed() -> None:
    for limit in (0.9 * LIMIT, 1.1 * LIMIT):
        ours, _ = false_alarms(600, OTHER_SEED, limit)
        assert not within(ours, FALSE_ALARMS)


def test_the_committed_figures_are_those_of_the_shipped_limits_and_hold_the_stated_rates(
    committed: Figures,
) -> None:
    assert committed.chosen == (WARNING_LIMIT, LIMIT), "run: python -m casework.validation.baseline"
    assert committed.alarmed.share == pytest.approx(FALSE_ALARMS, abs=0.01)
    assert committed.warned.share == pytest.approx(FALSE_WARNINGS, abs=0.01)


def test_the_page_is_that_of_the_committed_figures(committed: Figures) -> None:
    assert (DOCS / "baseline.md").read_text(encoding="utf-8") == page(committed)


def test_the_same_seed_gives_the_same_figures_and_the_command_writes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["baseline", "--out", str(tmp_path), "--clients", "30", "--seed", "3"])
    assert main() == 0
    written = Figures.from_json((tmp_path / "baseline.json").read_text(encoding="utf-8"))
    assert written == measure(30, 3)
    assert written != measure(30, 4)


def test_the_simulation_asks_the_indicator_that_the_dashboard_shows() -> None:
    group = cohort(Setting(), 6, 12, np.random.default_rng(1))
    assessed = assess(group.facts, to_date(int(group.days[-1])))
    values = shipped(group)[:, -1]
    for client, came in enumerate(group.came[:, -1], start=1):
        expected = assessed.value(client, "drift") if came else np.nan
        assert values[client - 1] == pytest.approx(expected, nan_ok=True)


def test_made_up_clients_are_as_described() -> None:
    group = cohort(Setting(all_asked=False, stay=0.6), 3000, 20, np.random.default_rng(2))
    check_ins = group.facts.check_ins
    asked = np.bitwise_count(check_ins["signs_asked"].to_numpy())
    present = np.bitwise_count(check_ins["signs_present"].to_numpy())
    rate = group.rate[check_ins["client_id"].to_numpy() - 1]
    assert group.came.mean() == pytest.approx(KEPT, abs=0.01)
    assert (asked.min(), asked.max()) == (FEWEST_ASKED, SIGNS)
    for number, expected in enumerate(RATES.values()):
        mine = rate == number
        assert present[mine].sum() / asked[mine].sum() == pytest.approx(expected, rel=0.08)


def test_drift_begins_on_its_day_and_is_seen_more_often_the_larger_it_is() -> None:
    def seen(more: int) -> float:
        group = cohort(Setting(), 900, 24, np.random.default_rng(3), signs_more=more, after=16)
        return float((shipped(group)[:, 16:] > LIMIT).any(axis=1).mean())

    shares = [seen(more) for more in (0, 2, 5)]
    assert shares[0] < 0.1 < shares[1] < shares[2]
    before = [
        cohort(Setting(), 9, 24, np.random.default_rng(3), signs_more=more, after=16).facts.check_ins
        for more in (0, 5)
    ]
    early = [frame[frame["day"] < 16 * 7]["signs_present"].tolist() for frame in before]
    assert early[0] == early[1]


def test_the_cusum_is_that_of_its_definition() -> None:
    group = cohort(Setting(), 12, 13, np.random.default_rng(4), signs_more=5, after=10)
    panel = Panel.on(group.facts, int(group.days[-1]))
    chart = charts(panel)
    found = cusum(group)[:, -1]
    for client in np.flatnonzero(group.came[:, -1]):
        rows = group.facts.check_ins[group.facts.check_ins["client_id"] == client + 1]
        total = 0.0
        for present in rows["signs_present"]:
            above = (int(present).bit_count() / SIGNS - chart.center[client]) / chart.spread[client]
            total = max(0.0, total + above - SLACK)
        assert found[client] == pytest.approx(total)
    assert np.nanmax(found) > 1


def test_half_a_year_is_counted_from_the_first_day_on_the_chart() -> None:
    value = np.full((1, 40), 1.0)
    value[0, :6] = np.nan
    value[0, 31], value[0, 32] = 2.0, 9.0  # the 26th and the 27th check-in on the chart
    assert highest_in_half_a_year(value, 7 * np.arange(40)).tolist() == [2.0]
