"""tasks, answered facts, claimed calls, appointments, and the clinic's days

No version before this one opens the database meanwhile or afterwards, so that each step is one transaction: it is done
whole or not at all, and nothing is made beside the work.

A downgrade cannot keep: tasks, which facts were answered, claims, appointments made in calls, who looks again after a
safety answer, and the clinic's weekdays and closed days.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OF_A_FACT = ("client_id", "occurred_on", "occurred_at", "id", "known_on", "superseded_on", "first_known_on")
ACTIONS = (
    "reach_today",
    "look_again",
    "call_today",
    "call",
    "another_way",
    "plan_review",
    "case_review",
    "pregnancy_review",
    "prescriber_before_dose",
    "prescriber_dose",
    "offer_medication",
    "check_for_opioids",
    "medical_withdrawal",
    "record_naloxone",
    "replace_naloxone",
    "check_naloxone",
    "tell_tolerance",
    "tell_supervisor",
    "check_in",
    "keep_on",
)
FACTS = (
    "check_in",
    "note",
    "call",
    "attendance",
    "urine_screen",
    "prescription",
    "dose",
    "absence",
    "safety_item",
    "placement",
    "task_action",
)
MONDAY_TO_FRIDAY, MONDAY_TO_SATURDAY = 31, 63


def upgrade() -> None:
    _clinic_days()
    op.drop_index("ix_call_facts", "call")
    with op.batch_alter_table("call") as batch:
        batch.add_column(sa.Column("appointment_on", sa.Date(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_call_appointment"), "appointment_on is null or outcome = 'reached'"
        )
    op.create_index("ix_call_facts", "call", [*OF_A_FACT, "outcome", "appointment_on"])
    with op.batch_alter_table("safety_item") as batch:
        batch.add_column(sa.Column("looks_again", sa.String(length=200), nullable=True))
    _tasks()
    _answered()
    _claims()


def downgrade() -> None:
    for table in ("call_claim", "answered_fact", "task_action", "task", "clinic_closed_day"):
        op.drop_table(table)
    with op.batch_alter_table("safety_item") as batch:
        batch.drop_column("looks_again")
    op.drop_index("ix_call_facts", "call")
    with op.batch_alter_table("call") as batch:
        batch.drop_constraint(op.f("ck_call_appointment"), type_="check")
        batch.drop_column("appointment_on")
    op.create_index("ix_call_facts", "call", [*OF_A_FACT, "outcome"])
    with op.batch_alter_table("clinic") as batch:
        for name in ("working_days", "dosing_days"):
            batch.drop_constraint(op.f(f"ck_clinic_{name}"), type_="check")
            batch.drop_column(name)


def _clinic_days() -> None:
    days = {"working_days": MONDAY_TO_FRIDAY, "dosing_days": MONDAY_TO_SATURDAY}
    with op.batch_alter_table("clinic") as batch:
        for name in days:
            batch.add_column(sa.Column(name, sa.Integer(), nullable=True))
    op.execute(sa.update(sa.table("clinic", *map(sa.column, days))).values(days))
    with op.batch_alter_table("clinic") as batch:
        for name in days:
            batch.alter_column(name, existing_type=sa.Integer(), nullable=False)
            batch.create_check_constraint(op.f(f"ck_clinic_{name}"), f"{name} between 1 and 127")
    op.create_table(
        "clinic_closed_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        *_of_each_version("clinic_closed_day"),
    )
    _partial("uq_clinic_closed_day_current", "clinic_closed_day", ["day"], "superseded_on is null")


def _tasks() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_task_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index(op.f("ix_task_client_id"), "task", ["client_id"])
    _partial("uq_task_open", "task", ["client_id"], "closed_on is null")
    op.create_table(
        "task_action",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("what", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("later_reason", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("prescriber", sa.String(length=200), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_known_on", sa.Date(), nullable=True),
        sa.Column("correction_reason", sa.Text(), nullable=True),
        sa.Column("entry_token", sa.String(length=64), nullable=False),
        sa.CheckConstraint(_one_of("kind", ACTIONS), name=op.f("ck_task_action_actionkind")),
        sa.CheckConstraint(
            "(prescriber is null) = (answered_on is null)", name=op.f("ck_task_action_answer")
        ),
        sa.CheckConstraint(
            "done_on is not null or (outcome is null and prescriber is null)",
            name=op.f("ck_task_action_outcome"),
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_action_task_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_task_action_owner_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_task_action_client_id")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_task_action_entry_token")),
        *_of_each_version("task_action"),
    )
    op.create_index(
        "ix_task_action_facts", "task_action", [*OF_A_FACT, "kind", "owner_id", "due_on", "done_on"]
    )
    op.create_index(op.f("ix_task_action_owner_id"), "task_action", ["owner_id"])
    waits = "superseded_on is null and done_on is null"
    _partial("uq_task_action_open", "task_action", ["task_id", "kind"], waits)


def _answered() -> None:
    by = ("call", "task", "decision", "acknowledgement")
    op.create_table(
        "answered_fact",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(_one_of('"by"', by), name=op.f("ck_answered_fact_answeredby")),
        sa.CheckConstraint(_one_of("kind", FACTS), name=op.f("ck_answered_fact_factkind")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_answered_fact_client_id")),
        *_of_each_version("answered_fact"),
    )
    answers = ("by", "by_id", "kind", "fact_id")
    op.create_index(
        "ix_answered_fact_facts", "answered_fact", ["client_id", "known_on", "id", "superseded_on", *answers]
    )
    _partial("uq_answered_fact_current", "answered_fact", [*answers], "superseded_on is null")


def _claims() -> None:
    op.create_table(
        "call_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_call_claim_client_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_call_claim_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_claim")),
    )
    op.create_index(op.f("ix_call_claim_held_on"), "call_claim", ["held_on"])
    _partial("uq_call_claim_open", "call_claim", ["client_id", "held_on"], "released_at is null")


def _of_each_version(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["staff.id"], name=op.f(f"fk_{table}_recorded_by_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], [f"{table}.id"], name=op.f(f"fk_{table}_supersedes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("supersedes_id", name=op.f(f"uq_{table}_supersedes_id")),
    )


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def _partial(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)
