"""refused record numbers: how often a member of staff tried a number that somebody else's client has

Rules: numbered revisions; every constraint has a name; batch mode, so that SQLite can follow; a migration keeps all
data, both up and down, and tests/db/test_migrations.py shows it. Going down drops the counts of refusals.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.models.base import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refused_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_refused_number_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_number")),
    )
    op.create_index(op.f("ix_refused_number_staff_id_at"), "refused_number", ["staff_id", "at"])


def downgrade() -> None:
    op.drop_table("refused_number")
