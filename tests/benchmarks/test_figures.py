"""The caseload's figures against a plain one of as many points. Only the ratio is judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import plotly.graph_objects as go
import pytest

from casework.figures import caseload
from tests.benchmarks.timing import fastest
from tests.support.facts import TODAY_DAY
from tests.support.figures import attendance, clients, history, tags

CLIENTS: Final = 45
MOST_TIMES_PLAIN: Final = 15.0
"""About three times what was measured: it guards against a trace or a shape for every client."""
PEOPLE: Final = clients(CLIENTS)
HISTORY: Final = history(PEOPLE)
TAGS: Final = tags(PEOPLE)


@pytest.mark.benchmark
@pytest.mark.parametrize(
    "build",
    [
        pytest.param(lambda: caseload.drift(PEOPLE, elevated_from=25), id="drift"),
        pytest.param(lambda: caseload.risk_weeks(PEOPLE, HISTORY), id="risk_weeks"),
        pytest.param(lambda: caseload.stage_tags(TAGS, TODAY_DAY), id="stage_tags"),
        pytest.param(lambda: caseload.attendance_trend(attendance()), id="attendance_trend"),
        pytest.param(lambda: caseload.levels(PEOPLE), id="levels"),
    ],
)
def test_a_caseload_figure_of_45_clients_takes_a_few_times_as_long_as_a_plain_one(
    build: Callable[[], go.Figure], capsys: pytest.CaptureFixture[str]
) -> None:
    points = list(range(CLIENTS))
    ours, plain = fastest(build, lambda: go.Figure(go.Scatter(x=points, y=points)), rounds=15)
    with capsys.disabled():
        print(f"\n{ours / plain:.1f} times a plain figure ({ours * 1e3:.1f} ms here)")
    assert ours <= MOST_TIMES_PLAIN * plain
