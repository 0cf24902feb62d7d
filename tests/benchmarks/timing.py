"""How long something takes, beside something else in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable


def fastest(*runs: Callable[[], object], rounds: int = 7) -> list[float]:
    """The least processor time of each, measured in turns: what else runs on the machine disturbs all alike."""
    taken: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for run, times in zip(runs, taken, strict=True):
            begun = time.process_time()
            run()
            times.append(time.process_time() - begun)
    return [min(times) for times in taken]
