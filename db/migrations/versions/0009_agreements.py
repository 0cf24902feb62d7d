"""a prescriber's agreement and the client's wish with a decision on the level of care, and unsafe housing

A downgrade cannot keep them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


FACTS = (
    "client_id",
    "occurred_on",
    "occurred_at",
    "id",
    "known_on",
    "superseded_on",
    "first_known_on",
    "level",
)


def upgrade() -> None:
    op.drop_index("ix_placement_facts", "placement")
    with op.batch_alter_table("placement") as batch:
        batch.add_column(sa.Column("wished", sa.Boolean(), nullable=True))
        batch.add_column(sa.Column("agreed_by", sa.String(length=200), nullable=True))
        batch.add_column(sa.Column("agreed_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("agreement", sa.Text(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_placement_agreement"),
            "(agreed_by is null) = (agreed_on is null) and (agreed_by is null) = (agreement is null)",
        )
    op.create_index("ix_placement_facts", "placement", [*FACTS, "next_level"])
    with op.batch_alter_table("client_version") as batch:
        batch.add_column(sa.Column("safe_housing", sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("client_version") as batch:
        batch.drop_column("safe_housing")
    op.drop_index("ix_placement_facts", "placement")
    with op.batch_alter_table("placement") as batch:
        batch.drop_constraint(op.f("ck_placement_agreement"), type_="check")
        for column in ("agreement", "agreed_on", "agreed_by", "wished"):
            batch.drop_column(column)
    op.create_index("ix_placement_facts", "placement", [*FACTS])
