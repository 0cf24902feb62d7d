"""Rows for the caseload's figures, of clients whose names are full of markup."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from casework.figures.drift import DRIFTING_POINTS
from tests.support.facts import TODAY_DAY

NAMES: Final = ["Ann <b>Bold</b>", "Amir & Co", "<a href='https://example.org'>Ben</a>"]


def clients(count: int = 3, **columns: Any) -> pd.DataFrame:
    base = {
        "client_id": np.arange(11, 11 + count),
        "name": np.array([NAMES[n % 3] for n in range(count)], dtype=object),
        "band": np.array(["high", "watch", "unknown"] * count, dtype=object)[:count],
        "points": np.arange(50, 50 - count, -1),
        "change": np.array([float(DRIFTING_POINTS), -12.0, np.nan] * count)[:count],
        "current": ["outpatient"] * count,
        "recommended": ["intensive_outpatient"] * count,
        "step": ["Offer <medication>"] * count,
        "adjusts": [True] * count,
    }
    return pd.DataFrame({**base, **columns})


def history(people: pd.DataFrame, weeks: int = 12) -> pd.DataFrame:
    rows = [
        (id_, TODAY_DAY - 7 * week, 5, "unknown" if week == 3 else "low")
        for id_ in people["client_id"]
        for week in range(weeks - 1, -1, -1)
    ]
    return pd.DataFrame(rows, columns=["client_id", "day", "points", "band"])


def tags(people: pd.DataFrame) -> pd.DataFrame:
    rows = [(p.client_id, p.name, "mental", TODAY_DAY - 3, "Lying") for p in people.itertuples()]
    return pd.DataFrame(rows, columns=["client_id", "name", "stage", "day", "signs"])


def flow(people: pd.DataFrame, weeks: int = 8) -> pd.DataFrame:
    """Everybody steady until the last week, in which the first two began to slip."""
    rows = [
        (
            p.client_id,
            p.name,
            TODAY_DAY - 7 * week,
            "slipping_now" if not week and n < 2 else "steady",
            "steady",
        )
        for n, p in enumerate(people.itertuples())
        for week in range(weeks - 1, -1, -1)
    ]
    return pd.DataFrame(rows, columns=["client_id", "name", "day", "group", "before"])


def attendance(kept: int = 8, counted: int = 10) -> pd.DataFrame:
    return pd.DataFrame({"day": TODAY_DAY - 7 * np.arange(11, -1, -1), "kept": kept, "counted": counted})
