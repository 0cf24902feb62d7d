"""Versions of the data that people read: what was worked out of it can be kept until something of it changes."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, Integer
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, one_of


class Share(StrEnum):
    """A part of the data that changes together."""

    CLINIC = "clinic"
    TEAM = "team"
    CASELOAD = "caseload"


class DataVersion(Base):
    """The version of a share of the data: of the one clinic (`share_id` 0), of a team, of a counselor's caseload. One
    without a row is at 0. `db.data_versions` raises it in the transaction that changes the data."""

    __tablename__ = "data_version"

    share: Mapped[Share] = mapped_column(one_of(Share), primary_key=True)
    share_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(BigInteger)
