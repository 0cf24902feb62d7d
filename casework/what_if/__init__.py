"""What would change this: the smallest set of plausible new facts that would flip a band or a recommendation.

Pure. `what_would_change(assessment, facts, client_id, goal)` is the one entry; `casework.wording` puts its answer into
words. It describes how the rules work. It never asks for anything, and it never touches safety items.
"""

from __future__ import annotations

from casework.what_if.catalogue import (
    BETTER,
    LONG_DAYS,
    SHORT_DAYS,
    SIGNS_GONE,
    SIGNS_MORE,
    WORSE,
    NewFact,
    NewFactKind,
)
from casework.what_if.client import LONGEST_WEEKS
from casework.what_if.goal import Goal, Reached
from casework.what_if.search import MOST_FACTS, Rules, WhatIfAnswer, WhatIfChange, what_would_change

__all__ = [
    "BETTER",
    "LONGEST_WEEKS",
    "LONG_DAYS",
    "MOST_FACTS",
    "SHORT_DAYS",
    "SIGNS_GONE",
    "SIGNS_MORE",
    "WORSE",
    "Goal",
    "NewFact",
    "NewFactKind",
    "Reached",
    "Rules",
    "WhatIfAnswer",
    "WhatIfChange",
    "what_would_change",
]
