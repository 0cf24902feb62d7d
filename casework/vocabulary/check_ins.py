"""What a check-in answers beside its lists."""

from __future__ import annotations

from enum import StrEnum


class Use(StrEnum):
    """Opioid use since the last check-in. Not asked is null, never `none`."""

    NONE = "none"
    SLIP = "slip"
    REGULAR = "regular"


class ContactKind(StrEnum):
    """How a check-in took place."""

    VISIT = "visit"
    PHONE = "phone"
    VIDEO = "video"
    MESSAGE = "message"
    COLLATERAL = "collateral"


class InformationSource(StrEnum):
    """Who the answers come from."""

    CLIENT = "client"
    STAFF = "staff"
    COLLATERAL = "collateral"


class Withdrawal(StrEnum):
    """How strong withdrawal is. A check-in stores the position."""

    NONE = "none"
    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"
