"""Who works with Tideline, and what kind of clinic a database holds."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a member of staff may see."""

    COUNSELOR = "counselor"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class ClinicKind(StrEnum):
    """What a database holds: a real clinic, the made-up demo clinic, or trial data."""

    REAL = "real"
    DEMO = "demo"
    STUDY = "study"
