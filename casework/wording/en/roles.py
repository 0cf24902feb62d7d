"""Roles of staff, kinds of clinic."""

from __future__ import annotations

from typing import Final

from casework.vocabulary.roles import ClinicKind, Role
from casework.wording.words import Texts, Words

ROLES: Final[Texts] = {
    Role.COUNSELOR: Words("Counselor"),
    Role.SUPERVISOR: Words("Supervisor"),
    Role.ADMIN: Words("Admin"),
}
CLINIC_KINDS: Final[Texts] = {
    ClinicKind.REAL: Words("A real clinic"),
    ClinicKind.DEMO: Words("The made-up demo clinic"),
    ClinicKind.STUDY: Words("Trial data"),
}
