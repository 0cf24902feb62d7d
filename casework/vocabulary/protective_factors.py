"""What stands against a return to use."""

from __future__ import annotations

from dataclasses import dataclass

from casework.vocabulary.terms import Term


@dataclass(frozen=True)
class ProtectiveFactor(Term):
    """A protective factor."""


PROTECTIVE_FACTORS: tuple[ProtectiveFactor, ...] = (
    ProtectiveFactor("meetings"),
    ProtectiveFactor("sober_support"),
    ProtectiveFactor("work_or_school"),
    ProtectiveFactor("routine"),
)
