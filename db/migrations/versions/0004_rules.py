"""rules: switched off, not true of a client, and chances adjusted to the clinic

Rules: numbered revisions; every constraint has a name; batch mode, so that SQLite can follow; a migration keeps all
data, both up and down, and tests/db/test_migrations.py shows it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.models import base as models

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recalibration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "relapse",
                "early",
                "use",
                "dropout",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("intercept", sa.Float(), nullable=False),
        sa.Column("slope", sa.Float(), nullable=False),
        sa.Column("clients", sa.Integer(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("outcomes", sa.Integer(), nullable=False),
        sa.Column("published", sa.Float(), nullable=False),
        sa.Column("adjusted", sa.Float(), nullable=False),
        sa.Column("observed", sa.Float(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("applied_at", models.UtcDateTime(timezone=True), nullable=False),
        sa.Column("applied_by_id", sa.Integer(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("revoked_at", models.UtcDateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.Column("entry_token", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "revoked_on is null or revoked_on >= applied_on", name=op.f("ck_recalibration_order")
        ),
        sa.CheckConstraint("slope > 0", name=op.f("ck_recalibration_slope")),
        sa.ForeignKeyConstraint(["applied_by_id"], ["staff.id"], name=op.f("fk_recalibration_applied_by_id")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["staff.id"], name=op.f("fk_recalibration_revoked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recalibration")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_recalibration_entry_token")),
    )
    with op.batch_alter_table("recalibration", schema=None) as batch_op:
        batch_op.create_index(
            "uq_recalibration_open",
            ["outcome"],
            unique=True,
            sqlite_where=sa.text("revoked_on is null"),
            postgresql_where=sa.text("revoked_on is null"),
        )

    op.create_table(
        "rule_override",
        sa.Column("rule_id", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("occurred_at", models.UtcDateTime(timezone=True), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("first_known_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", models.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        sa.Column("correction_reason", sa.Text(), nullable=True),
        sa.Column("entry_token", sa.String(length=64), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_rule_override_client_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["staff.id"], name=op.f("fk_rule_override_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["rule_override.id"], name=op.f("fk_rule_override_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_override")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_rule_override_entry_token")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_rule_override_supersedes_id")),
    )
    with op.batch_alter_table("rule_override", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rule_override_client_id_rule_id"), ["client_id", "rule_id"], unique=False
        )

    op.create_table(
        "rule_switch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.String(length=64), nullable=False),
        sa.Column("off_since", sa.Date(), nullable=False),
        sa.Column("off_at", models.UtcDateTime(timezone=True), nullable=False),
        sa.Column("off_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("on_again", sa.Date(), nullable=True),
        sa.Column("on_at", models.UtcDateTime(timezone=True), nullable=True),
        sa.Column("on_by_id", sa.Integer(), nullable=True),
        sa.Column("entry_token", sa.String(length=64), nullable=False),
        sa.CheckConstraint("on_again is null or on_again >= off_since", name=op.f("ck_rule_switch_order")),
        sa.ForeignKeyConstraint(["off_by_id"], ["staff.id"], name=op.f("fk_rule_switch_off_by_id")),
        sa.ForeignKeyConstraint(["on_by_id"], ["staff.id"], name=op.f("fk_rule_switch_on_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_switch")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_rule_switch_entry_token")),
    )
    with op.batch_alter_table("rule_switch", schema=None) as batch_op:
        batch_op.create_index(
            "uq_rule_switch_open",
            ["rule_id"],
            unique=True,
            sqlite_where=sa.text("on_again is null"),
            postgresql_where=sa.text("on_again is null"),
        )


def downgrade() -> None:
    with op.batch_alter_table("rule_switch", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_rule_switch_open",
            sqlite_where=sa.text("on_again is null"),
            postgresql_where=sa.text("on_again is null"),
        )

    op.drop_table("rule_switch")
    with op.batch_alter_table("rule_override", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rule_override_client_id_rule_id"))

    op.drop_table("rule_override")
    with op.batch_alter_table("recalibration", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_recalibration_open",
            sqlite_where=sa.text("revoked_on is null"),
            postgresql_where=sa.text("revoked_on is null"),
        )

    op.drop_table("recalibration")
