"""The source's kinds of treatment: the levels of care, and the therapy that goes alongside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casework.vocabulary.terms import Source, Term


class Level(StrEnum):
    """Levels of care: the source's kinds of treatment as rungs, from the least to the most intensive."""

    AFTERCARE = "aftercare"
    OUTPATIENT = "outpatient"
    INTENSIVE_OUTPATIENT = "intensive_outpatient"
    RESIDENTIAL = "residential"
    DETOX = "detox"


@dataclass(frozen=True)
class Treatment(Term):
    """A kind of treatment."""


@dataclass(frozen=True)
class LevelOfCare(Treatment):
    """A rung."""


LEVELS: tuple[LevelOfCare, ...] = (
    LevelOfCare("aftercare"),
    LevelOfCare("outpatient"),
    LevelOfCare("intensive_outpatient", source=Source.ARTICLE_OWN_RUNG),
    LevelOfCare("residential"),
    LevelOfCare("detox"),
)
BEHAVIORAL_THERAPY = Treatment("behavioral_therapy")
TREATMENTS: tuple[Treatment, ...] = (LEVELS[4], LEVELS[3], LEVELS[1], BEHAVIORAL_THERAPY, LEVELS[0])
