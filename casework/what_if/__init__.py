"""What would change this: the smallest set of plausible new facts that would flip a band or a recommendation.

Pure. `what_would_change(assessment, facts, client_id, goal)` is the one entry; `said` puts its answer into words. It
describes how the rules work. It never asks for anything, and it never touches safety items.
"""

from __future__ import annotations

from casework.what_if.catalogue import BETTER, WORSE, Kind
from casework.what_if.goal import Goal, Standing
from casework.what_if.search import MOST_FACTS, Answer, Change, Rules, what_would_change
from casework.what_if.words import MEANING, heading, said

__all__ = [
    "BETTER",
    "MEANING",
    "MOST_FACTS",
    "WORSE",
    "Answer",
    "Change",
    "Goal",
    "Kind",
    "Rules",
    "Standing",
    "heading",
    "said",
    "what_would_change",
]
