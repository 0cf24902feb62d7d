"""The figures of the Evidence page, as specifications."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import pytest

from casework.figures.evidence import beside_rules, beside_rules_finding, calibration, calibration_finding
from casework.figures.template import DARK, LIGHT


@pytest.fixture
def rules() -> pd.DataFrame:
    rows = [
        ("Tideline", 0.7, 0.66, 0.73, True),
        ("A <b>rule</b>", 0.6, 0.5, 0.65, False),
        ("B", 0.64, 0.6, 0.7, False),
    ]
    return pd.DataFrame(rows, columns=["name", "auc", "low", "high", "ours"])


@pytest.fixture
def bins() -> pd.DataFrame:
    rows = [(0.05, 0.04, 0.02, 0.06, 100), (0.6, 0.7, 0.6, 0.8, 100)]
    return pd.DataFrame(rows, columns=["stated", "observed", "low", "high", "rows"])


@pytest.mark.parametrize("dark", [False, True])
def test_figures_are_valid_in_the_light_and_the_dark(
    rules: pd.DataFrame, bins: pd.DataFrame, dark: bool
) -> None:
    for figure in (beside_rules(rules, dark=dark), calibration(bins, dark=dark)):
        found = go.Figure(figure.to_dict())
        assert found.layout.template.layout.font.color == (DARK if dark else LIGHT).text


def test_our_mark_has_a_shape_of_its_own_and_each_mark_its_interval(rules: pd.DataFrame) -> None:
    theirs, ours = beside_rules(rules).data
    assert theirs.marker.symbol != ours.marker.symbol
    assert list(ours.x) == [0.7]
    assert list(ours.error_x.array) == pytest.approx([0.03])
    assert list(theirs.error_x.arrayminus) == pytest.approx([0.1, 0.04])
    assert [note.text for note in beside_rules(rules).layout.annotations][1] == "A &lt;b>rule&lt;/b>".replace(
        ">", "&gt;"
    )


def test_the_finding_names_the_best_rule_and_does_not_claim_to_be_ahead_when_it_is_not(
    rules: pd.DataFrame,
) -> None:
    assert beside_rules_finding(rules).title == "Tideline 0.70, ahead of the best simple rule with 0.64"
    behind = rules.assign(auc=[0.6, 0.5, 0.64])
    assert beside_rules_finding(behind).title == "Tideline 0.60, not ahead of the best simple rule with 0.64"


def test_both_axes_of_the_calibration_plot_are_the_same_and_its_alternative_tells_both_ends(
    bins: pd.DataFrame,
) -> None:
    layout = calibration(bins).layout
    assert layout.xaxis.range == layout.yaxis.range
    assert layout.xaxis.range[1] >= 0.8
    alt = calibration_finding("Losing contact", bins).alt
    assert "stated 5%, happened in 4%" in alt
    assert "stated 60%, happened in 70%" in alt
