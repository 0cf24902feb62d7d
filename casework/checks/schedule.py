"""What a planned session needs."""

from __future__ import annotations

from collections.abc import Collection

from casework.errors import Refused
from casework.vocabulary import SessionKind


def check_members(kind: SessionKind, members: Collection[int]) -> None:
    """Refused for an individual session that is not about exactly one client."""
    if kind is SessionKind.INDIVIDUAL and len(set(members)) != 1:
        raise Refused("An individual session needs one client.", field="members")
