"""Times away from opioids."""

from __future__ import annotations

from enum import StrEnum


class ToleranceCause(StrEnum):
    """Times away from opioids after which the same dose can kill."""

    DETOX = "detox"
    CUSTODY = "custody"
    HOSPITAL = "hospital"
