"""versions of the data that people read, so that results can be kept until something of it changes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


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


def downgrade() -> None:
    op.drop_table("data_version")
