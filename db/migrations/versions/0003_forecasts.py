"""forecasts

Rules: numbered revisions; every constraint has a name; batch mode, so that SQLite can follow; a migration keeps all
data, both up and down, and tests/db/test_migrations.py shows it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.models import base as models

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "forecast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", models.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("week_of", sa.Date(), nullable=False),
        sa.Column("by_turn", sa.Boolean(), nullable=False),
        sa.Column(
            "says_dropout",
            sa.Enum(
                "very_unlikely",
                "unlikely",
                "even",
                "likely",
                "very_likely",
                name="says_dropout",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "says_use",
            sa.Enum(
                "very_unlikely",
                "unlikely",
                "even",
                "likely",
                "very_likely",
                name="says_use",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("engine_dropout", sa.Float(), nullable=True),
        sa.Column("engine_use", sa.Float(), nullable=True),
        sa.Column(
            "engine_band",
            sa.Enum(
                "low",
                "watch",
                "elevated",
                "high",
                "unknown",
                name="engine_band",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("entry_token", sa.String(length=64), nullable=False),
        sa.CheckConstraint("engine_dropout between 0 and 1", name=op.f("ck_forecast_engine_dropout")),
        sa.CheckConstraint("engine_use between 0 and 1", name=op.f("ck_forecast_engine_use")),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_forecast_by_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_forecast_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast")),
        sa.UniqueConstraint(
            "by_id", "client_id", "week_of", name=op.f("uq_forecast_by_id_client_id_week_of")
        ),
        sa.UniqueConstraint("entry_token", name=op.f("uq_forecast_entry_token")),
    )
    with op.batch_alter_table("forecast", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_forecast_client_id_made_on"), ["client_id", "made_on"], unique=False
        )


def downgrade() -> None:

    with op.batch_alter_table("forecast", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forecast_client_id_made_on"))

    op.drop_table("forecast")
