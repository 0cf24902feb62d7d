"""What opens the safety route."""

from __future__ import annotations

from dataclasses import dataclass

from casework.vocabulary.terms import Source, Term


@dataclass(frozen=True)
class SafetyConcern(Term):
    """A concern of the safety question."""


SAFETY_CONCERNS: tuple[SafetyConcern, ...] = (
    SafetyConcern("self_harm", source=Source.TIDELINE),
    SafetyConcern("suicidal_thoughts", source=Source.TIDELINE),
    SafetyConcern("overdose", source=Source.TIDELINE),
)
