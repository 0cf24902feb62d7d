"""call budget: how many calls a member of staff can make in a day

A table of its own: a column of `staff` with its check would make SQLite copy that table, to which all others refer.

Rules: numbered revisions; every constraint has a name; batch mode, so that SQLite can follow; a migration keeps all
data, both up and down, and tests/db/test_migrations.py shows it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call_budget",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("calls_per_day", sa.Integer(), nullable=False),
        sa.CheckConstraint("calls_per_day between 0 and 50", name=op.f("ck_call_budget_calls_per_day")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_call_budget_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_call_budget")),
    )


def downgrade() -> None:
    op.drop_table("call_budget")
