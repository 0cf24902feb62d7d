"""What brings cravings on."""

from __future__ import annotations

from dataclasses import dataclass

from casework.vocabulary.terms import Term

CRAVING_MAX = 10


@dataclass(frozen=True)
class CravingCause(Term):
    """A cause of cravings."""


CRAVING_CAUSES: tuple[CravingCause, ...] = (
    CravingCause("triggers"),
    CravingCause("stress"),
    CravingCause("pain"),
    CravingCause("self_medication"),
)
