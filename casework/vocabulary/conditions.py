"""Conditions that occur beside opioid use disorder."""

from __future__ import annotations

from dataclasses import dataclass

from casework.vocabulary.terms import Source, Term


@dataclass(frozen=True)
class Condition(Term):
    """A co-occurring condition."""


CO_OCCURRING: tuple[Condition, ...] = (
    Condition("depression", source=Source.TIDELINE),
    Condition("anxiety", source=Source.TIDELINE),
    Condition("bipolar", source=Source.TIDELINE),
    Condition("psychosis", source=Source.TIDELINE),
    Condition("trauma", source=Source.TIDELINE),
    Condition("brain_injury", source=Source.TIDELINE),
    Condition("epilepsy", source=Source.TIDELINE),
    Condition("alcohol_use", source=Source.TIDELINE),
    Condition("stimulant_use", source=Source.TIDELINE),
    Condition("sedative_use", source=Source.TIDELINE),
    Condition("chronic_pain", source=Source.TIDELINE),
)
