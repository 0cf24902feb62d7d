"""versions of the data that people read, so that results can be kept until something of it changes; a session's marks
and a group's notes are found by an index"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OF_A_SERIES = ("attendance", "note")


def upgrade() -> None:
    op.create_table(
        "data_version",
        sa.Column(
            "share",
            sa.Enum(
                "clinic",
                "team",
                "caseload",
                name="share",
                native_enum=False,
                length=32,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("share_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("share", "share_id", name=op.f("pk_data_version")),
    )
    for table in OF_A_SERIES:
        op.create_index(op.f(f"ix_{table}_series_id_occurred_on"), table, ["series_id", "occurred_on"])


def downgrade() -> None:
    for table in OF_A_SERIES:
        op.drop_index(op.f(f"ix_{table}_series_id_occurred_on"), table)
    op.drop_table("data_version")
