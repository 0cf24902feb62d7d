"""All array mechanics: which dated rows fall into a window, and counts, sums, decay, streaks and last values of them.

A `Panel` asks: of these clients, as of these days, from these facts. Its `Window` answers with the rows of one frame,
so that the same client can be asked about on many days, later facts can never leak into earlier answers (neither rows
of a later day nor rows that became known later), and every answer can name the rows that it rests on. Rules in
`casework.indicators` are a few readable lines on these; what several of them share is `cached` with the panel.

Two ways to read a window, both without a loop over clients:

* `Window.backwards` and what is built on it (`last`, `trailing_run`, `latest_answers`) step from the latest row to
  earlier ones, all clients at once, and stop as soon as everyone has an answer.
* `Window.fold` lays out every (panel row, fact row) pair for sums, means, decay and unions.
"""

from casework.windows.arrays import (
    NEVER,
    NO_ROW,
    Array,
    Bools,
    Floats,
    Ints,
    bit_count,
    first_days,
    lowest_bit,
    ratio,
)
from casework.windows.cached import cached
from casework.windows.evidence import NO_EVIDENCE, Evidence, FactRef
from casework.windows.frame import Frame
from casework.windows.pairs import Pairs
from casework.windows.panel import FURTHEST_WINDOW_DAYS, Panel
from casework.windows.window import Window

__all__ = [
    "FURTHEST_WINDOW_DAYS",
    "NEVER",
    "NO_EVIDENCE",
    "NO_ROW",
    "Array",
    "Bools",
    "Evidence",
    "FactRef",
    "Floats",
    "Frame",
    "Ints",
    "Pairs",
    "Panel",
    "Window",
    "bit_count",
    "cached",
    "first_days",
    "lowest_bit",
    "ratio",
]
