"""One client's control chart: each check-in as it was judged on its own day, and how the client stands today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from casework.frames import Facts
from casework.indicators import Concern
from casework.indicators.drift import MIN_ASKED, MIN_WEEKS, RECENT_DAYS, drift
from casework.indicators.signs import applicable
from casework.windows import Panel, bit_count

COLUMNS: Final = ("day", "value", "ewma", "center", "lower", "warning", "alarm", "held_out")


@dataclass(frozen=True)
class OwnBaseline:
    """`points`: a row a day with a check-in that is on the chart. `value` is the share of asked signs that were
    present; `ewma` the moving average, `center` and the limits `lower`, `warning` and `alarm` are shares as judged on
    that day, NaN where the chart had too little to go by or the check-in was written down later; `held_out` says
    whether the point is one of the last weeks, which are not part of the usual level today.

    `value` and `level` are the indicator's today, and `latest` is where the average stands, counted as the value is.
    `needed`: how many weeks with a check-in the baseline still lacks. A client with enough of them, but none lately,
    has level UNKNOWN and `needed` 0.
    """

    points: pd.DataFrame
    value: float
    latest: float
    level: Concern
    needed: int

    @property
    def drawn(self) -> bool:
        """Whether any check-in shown was judged, so that there are limits to explain."""
        return bool(np.isfinite(self.points["alarm"].to_numpy(dtype=float)).any())


def own_baseline(mine: Facts, today: int, weeks: int) -> OwnBaseline:
    """The chart of the last `weeks` of the one client of `mine`, as known on `today` (a day number)."""
    now = drift(Panel.on(mine, today))
    return OwnBaseline(
        points=_points(mine, today, weeks),
        value=float(now.value[0]),
        latest=float(now.extra["latest"][0]),
        level=Concern(int(now.level[0])),
        needed=max(MIN_WEEKS - int(now.extra["weeks"][0]), 0),
    )


def _points(mine: Facts, today: int, weeks: int) -> pd.DataFrame:
    check_ins = mine.check_ins
    day, known = check_ins["day"].to_numpy(), check_ins["known"].to_numpy()
    can_be = applicable(Panel.on(mine, *np.unique(day).tolist()))[np.searchsorted(np.unique(day), day)]
    asked = check_ins["signs_asked"].to_numpy() & can_be
    present = bit_count(asked & check_ins["signs_present"].to_numpy())
    on_chart = (day <= today) & (known <= today) & (bit_count(asked) >= MIN_ASKED)
    rows = np.flatnonzero(on_chart & (day > today - 7 * weeks))
    # Of several on a day the worst stands for all of them.
    rows = rows[np.lexsort((present[rows] / bit_count(asked[rows]), day[rows]))]
    rows = rows[np.append(day[rows][1:] != day[rows][:-1], True)[: len(rows)]]
    if not len(rows):
        return pd.DataFrame({name: [] for name in COLUMNS})
    judged = drift(Panel.on(mine, *day[rows].tolist())).extra
    in_time = known[rows] <= day[rows]
    center, warning = judged["center"], judged["warning"]
    shares = {"ewma": judged["ewma"], "center": center, "warning": warning, "alarm": judged["upper"]}
    shares["lower"] = np.maximum(2 * center - warning, 0)
    return pd.DataFrame(
        {
            "day": day[rows],
            "value": present[rows] / bit_count(asked[rows]),
            "held_out": day[rows] > today - RECENT_DAYS,
            **{name: np.where(in_time, one, np.nan) for name, one in shares.items()},
        },
        columns=list(COLUMNS),
    )
