"""A folder of trial data on which scores are computed and fitted: its facts, its weeks, and what followed them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from casework.frames import Facts
from casework.imports.ctn0094 import Trial, read_for_scores
from casework.indicators import INDICATORS
from casework.indicators.registry import Reading
from casework.indicators.rules import Rule
from casework.indicators.weeks import count, weeks
from casework.outcomes import HORIZON_WEEKS, USE_WEEKS, Happened, outcomes
from casework.validation.fitting import Target
from casework.validation.trial import as_facts, day_of
from casework.vocabulary import Outcome
from casework.windows import Floats, Ints, Panel

WEEKS: Final = 20
"""Scores are computed for study weeks 1 to 20."""
AHEAD: Final = 4
"""The weeks ahead that the scores of shares are fitted to."""
KNOWN_USE: Final = 0.4
"""Weight of a week of somebody whose use is known already, in the fit of the use score."""


@dataclass(frozen=True)
class Study:
    """Facts of a study's people, and the panel of their weeks 1 to `WEEKS`."""

    facts: Facts
    last_day: Ints
    panel: Panel
    week: Ints

    @classmethod
    def read(cls, folder: Path) -> Study:
        """Read a folder of the trial's shape; ImportRefused when it has not that shape."""
        return cls.of(read_for_scores(folder))

    @classmethod
    def of(cls, read: Trial) -> Study:
        """The study of a folder that was read already."""
        trial = as_facts(read)
        panel = Panel.on(trial.facts, *(day_of(week) for week in range(1, WEEKS + 1)))
        week = np.tile(np.arange(1, WEEKS + 1), len(trial.facts.clients))
        return cls(trial.facts, trial.last_day, panel, week)

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """What every indicator says on each row of the panel."""
        return {id_: one.compute(self.panel) for id_, one in INDICATORS.items()}

    def times(self, rules: tuple[Rule, ...]) -> NDArray[np.float64]:
        """[panel rows, rules]: how often each rule holds."""
        return np.stack([rule.times(self.readings).astype(np.float64) for rule in rules], axis=1)

    @cached_property
    def happened(self) -> dict[Outcome, Happened]:
        """What followed each row of the panel."""
        return outcomes(self.panel, until=self.last_day)

    def early_target(self) -> Target:
        """What the early warning is fitted to: the share of the next weeks with use or without coming."""
        missed, used, _, covered = self._ahead
        return Target(_share(missed + used, covered), covered / AHEAD)

    def use_target(self) -> Target:
        """What the use score is fitted to: the share of the next weeks' attended ones with use. The score asks whether
        use returns, so that weeks of those whose use is known already count for less."""
        _, used, seen, _ = self._ahead
        known = count(weeks(self.panel).used, 0, HORIZON_WEEKS - 1) >= USE_WEEKS
        return Target(_share(used, seen), seen / AHEAD * np.where(known, KNOWN_USE, 1.0))

    def engagement_target(self) -> Target:
        """What the engagement score is fitted to: four missed weeks in a row are complete within four weeks."""
        happened = self.happened[Outcome.DROPOUT].happened
        return Target(happened, np.ones(len(happened)))

    @cached_property
    def _ahead(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Of the next `AHEAD` weeks: those missed, seen with use, seen, and those that the study still covers."""
        known = {name: getattr(self.facts, name) for name in ("check_ins", "screens", "attendance")}
        whenever_known = replace(
            self.facts, **{name: frame.assign(known=frame["day"]) for name, frame in known.items()}
        )
        later = Panel.of(whenever_known, self.panel.client_id, self.panel.as_of + 7 * AHEAD)
        found = weeks(later)
        beyond = np.clip((later.as_of - self.last_day[self.panel.client]) // 7, 0, AHEAD)
        covered = ((1 << AHEAD) - 1) & ~((1 << beyond) - 1)
        missed, used, seen = (
            count(mask & covered) for mask in (found.missed, found.used & found.seen, found.seen)
        )
        return missed, used, seen, AHEAD - beyond


def _share(part: Ints, whole: Ints) -> Floats:
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)
