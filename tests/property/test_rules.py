"""Rules that hold for any histories: what a report card counts, and what a switch changes (Hypothesis)."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from casework.caseload.rules import not_counted
from casework.frames import Facts
from casework.indicators import assess
from casework.outcomes import NO_DAY, Happened
from casework.recalibration import Adjustment
from casework.report_card import FINDINGS, report_card
from casework.vocabulary import Outcome, Score
from casework.windows import Panel
from tests.support.facts import TODAY, check_in, facts, mark, screen

WEEKS = 8
HELD = st.text("#.", min_size=WEEKS, max_size=WEEKS)
SAID = st.text("yn.", min_size=WEEKS, max_size=WEEKS)
CLIENTS = st.lists(st.tuples(HELD, SAID), min_size=1, max_size=6)


def counted(clients: list[tuple[str, str]]) -> dict[Hashable, float]:
    who = np.repeat(np.arange(len(clients)), WEEKS)
    panel = Panel(Facts.of({}), who, 20_000 + 7 * np.tile(np.arange(WEEKS), len(clients)), who)
    holds = np.array([[state == "#" for held, _ in clients for state in held]])
    happened = np.array([{"y": 1.0, "n": 0.0, ".": np.nan}[state] for _, said in clients for state in said])
    day = np.where(happened == 1, panel.as_of + 14, NO_DAY)
    found = {Outcome.USE: Happened(~np.isnan(happened), happened, day)}
    return report_card([("rule", Outcome.USE)], holds, panel, found).iloc[0].to_dict()


@given(CLIENTS)
def test_what_followed_is_among_what_could_be_followed_up_and_that_among_what_fired(clients):
    row = counted(clients)
    assert 0 <= row["followed"] <= row["followed_up"] <= row["fired"]
    assert row["clients"] <= min(row["fired"], len(clients))
    assert row["fired"] == sum(held.count(".#") for held, _ in clients)


@given(CLIENTS, st.randoms(use_true_random=False))
def test_the_order_of_clients_changes_nothing(clients, random):
    shuffled = random.sample(clients, len(clients))
    np.testing.assert_equal(list(counted(shuffled).values()), list(counted(clients).values()))


@given(CLIENTS, SAID)
def test_a_client_of_whom_a_rule_never_held_changes_only_what_happened_otherwise(clients, said):
    more = counted([*clients, ("." * WEEKS, said)])
    without = counted(clients)
    for name in ("fired", "clients", "followed_up", "followed"):
        assert more[name] == without[name]
    assert more["otherwise_weeks"] - without["otherwise_weeks"] == len(said.replace(".", ""))


@given(st.floats(-3, 3), st.floats(0.1, 3), st.lists(st.floats(0, 1), min_size=2, max_size=9))
def test_adjusted_chances_are_chances_in_the_same_order(intercept, slope, chances):
    moved = Adjustment(intercept, slope).of(np.sort(np.array(chances)))
    assert ((moved > 0) & (moved < 1)).all()
    assert (np.diff(moved) >= 0).all()


DAYS = st.integers(-60, 0)
HISTORIES = st.fixed_dictionaries(
    {
        "check_ins": st.lists(
            st.builds(
                lambda day, use, craving, signs: check_in(day, use=use, craving=craving, signs=signs),
                DAYS,
                st.sampled_from([None, "none", "slip", "regular"]),
                st.one_of(st.just(np.nan), st.integers(0, 10)),
                st.sampled_from([None, "", "isolating boredom"]),
            ),
            max_size=5,
        ),
        "attendance": st.lists(
            st.builds(mark, DAYS, st.sampled_from(["attended", "no_show", "excused"])), max_size=6
        ),
        "screens": st.lists(st.builds(screen, DAYS, st.sampled_from(["", "fentanyl"])), max_size=4),
    }
)


@given(HISTORIES, st.sets(st.sampled_from([rule.id for rule in FINDINGS])))
def test_a_rule_that_is_off_counts_nowhere_and_each_score_that_it_would_change_is_named(history, off):
    made = facts(**history)
    before, after = assess(made, TODAY), assess(made, TODAY, off=frozenset(off))
    held = {row.rule_id: row.points for row in before.score_rows(1)}
    rows = after.score_rows(1)
    counts = {row.rule_id: row.points for row in rows}
    assert counts == {rule_id: points for rule_id, points in held.items() if rule_id not in off}
    for score in Score:
        assert after.points_of(1, score) == sum(row.points for row in rows if row.score is score)
    named = {rule.id for rule in not_counted(after).get(1, ())}
    assert named == held.keys() - counts.keys()
    assert not not_counted(before)
