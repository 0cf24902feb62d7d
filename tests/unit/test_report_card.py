"""How often a rule fired and what followed, in small histories that can be counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd

from casework.frames import Facts
from casework.outcomes import NO_DAY, Happened
from casework.report_card import COLUMNS, MIN_FOLLOWED_UP, report_card
from casework.vocabulary import Outcome
from casework.windows import Panel

YES, NO, UNKNOWN = 1.0, 0.0, np.nan
START = 20_000


def panel(clients: int, weeks: int) -> Panel:
    """Weekly days of clients 0, 1, …"""
    who = np.repeat(np.arange(clients), weeks)
    return Panel(Facts.of({}), who, START + 7 * np.tile(np.arange(weeks), clients), who)


def held(*lines: str) -> np.ndarray:
    """One rule, a line a client: # holds."""
    return np.array([[state == "#" for line in lines for state in line]])


def followed(panel: Panel, *lines: str, after: int = 14) -> Happened:
    """A line a client: y followed `after` days later, n not, . not at risk or not known."""
    states = [state for line in lines for state in line]
    happened = np.array([{"y": YES, "n": NO, ".": UNKNOWN}[state] for state in states])
    day = np.where(happened == YES, panel.as_of + after, NO_DAY)
    return Happened(~np.isnan(happened), happened, day)


def card(holds: np.ndarray, of: Panel, found: Happened) -> pd.Series:
    row = report_card([("a_rule", Outcome.USE)], holds, of, {Outcome.USE: found}).iloc[0]
    assert list(row.index) == list(COLUMNS)
    return row


def test_a_rule_that_goes_on_holding_has_fired_once():
    of = panel(2, 6)
    row = card(held(".###.#", "......"), of, followed(of, "nnnnnn", "nnnnnn"))
    assert (row["fired"], row["clients"]) == (2, 1)


def test_a_rule_that_holds_on_the_first_day_may_have_begun_earlier_and_is_not_counted():
    of = panel(2, 3)
    row = card(held("##.", "#.#"), of, followed(of, "yyy", "yyy"))
    assert (row["fired"], row["followed"]) == (1, 1)


def test_one_clients_last_week_is_not_the_week_before_another_clients_first():
    of = panel(2, 2)
    assert card(held(".#", ".#"), of, followed(of, "nn", "nn"))["fired"] == 2


def test_firings_that_cannot_be_followed_up_leave_the_share():
    of = panel(3, 3)
    row = card(held(".#.", ".#.", ".#."), of, followed(of, "nyn", "n.n", "nnn"))
    assert (row["fired"], row["followed_up"], row["followed"]) == (3, 2, 1)


def test_a_share_of_few_firings_is_not_given():
    few = MIN_FOLLOWED_UP - 1
    of = panel(few, 2)
    row = card(held(*[".#"] * few), of, followed(of, *["ny"] * few))
    assert row["followed"] == few
    assert np.isnan([row["ratio"], row["low"], row["high"], row["otherwise"]]).all()


def test_share_interval_lead_time_and_what_happened_otherwise():
    of = panel(40, 2)
    half = ["ny", "nn"] * 20
    row = card(held(*[".#"] * 40), of, followed(of, *half, after=21))
    assert row["ratio"] == 0.5
    assert row["low"] < 0.5 < row["high"]
    assert row["lead_days"] == 21
    assert (row["otherwise_weeks"], row["otherwise"]) == (40, 0.0)


def test_each_rule_is_held_against_its_own_outcome():
    of = panel(1, 2)
    happened = {Outcome.USE: followed(of, "ny"), Outcome.DROPOUT: followed(of, "nn")}
    both = np.concatenate([held(".#"), held(".#")])
    table = report_card([("one", Outcome.USE), ("two", Outcome.DROPOUT)], both, of, happened)
    assert table["followed"].tolist() == [1, 0]
    assert table["outcome"].tolist() == ["use", "dropout"]


def test_a_clinic_without_clients_has_a_card_without_firings():
    of = panel(0, 0)
    row = card(np.zeros((1, 0), dtype=bool), of, followed(of))
    assert (row["fired"], row["followed_up"], row["otherwise_weeks"]) == (0, 0, 0)
