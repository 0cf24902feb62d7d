"""What can happen within the weeks after a day, and how likely a counselor holds it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casework.vocabulary.terms import Source, Term


class Outcome(StrEnum):
    """What can happen within the weeks after a day (see `casework.outcomes`). The ids go into files and databases."""

    RELAPSE = "relapse"
    EARLY = "early"
    USE = "use"
    DROPOUT = "dropout"


@dataclass(frozen=True)
class OutcomeTerm(Term):
    """An outcome with its source."""


OUTCOMES: tuple[OutcomeTerm, ...] = (
    OutcomeTerm("relapse", source=Source.TRIALS_MISSING_AS_USE),
    OutcomeTerm("early", source=Source.TRIALS_MISSING_AS_USE),
    OutcomeTerm("use", source=Source.TRIALS_OBSERVED),
    OutcomeTerm("dropout", source=Source.TRIALS),
)


class Likelihood(StrEnum):
    """A counselor's forecast in words; `casework.forecasts.PROBABILITY` has the number that stands beside each."""

    VERY_UNLIKELY = "very_unlikely"
    UNLIKELY = "unlikely"
    EVEN = "even"
    LIKELY = "likely"
    VERY_LIKELY = "very_likely"
