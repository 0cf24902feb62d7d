"""two safety questions, last day of use, dated absences, and the end of a pregnancy

- The safety question becomes two. A no was a no to both; a yes is one to what its concerns named, and to both where it
  named none (so do the concerns of its item); what a yes did not name was not asked for itself.
- `tolerance_event` becomes `absence`, which holds travel too, and whether the medication was given meanwhile.

No version before this one opens the database meanwhile or afterwards, so that each step is one transaction: it is done
whole or not at all, and nothing is made beside the work.

A downgrade cannot keep: days of use and of overdoses, naloxone used, due dates and ends of pregnancies, whether the
medication was given, and travel. A yes to thoughts of suicide or self-harm comes back as suicidal thoughts.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OF_A_FACT = ("client_id", "occurred_on", "occurred_at", "id", "known_on", "superseded_on", "first_known_on")
ANSWERS = (
    *("signs_asked", "signs_present", "halt_asked", "halt_present", "stage_asked", "stage_present"),
    *("protective_asked", "protective_present", "craving", "craving_causes", "use", "use_days"),
    *("other_substances", "withdrawal", "withdrawal_from", "medication_days_taken", "medication_days_of"),
)
OF_AN_ABSENCE = (
    *("cause", "ends_on", "correction_reason", "entry_token"),
    *("recorded_at", "recorded_by_id", "supersedes_id"),
)
SELF_HARM, SUICIDAL_THOUGHTS, OVERDOSE = 1, 2, 4

check_in = sa.table(
    "check_in",
    sa.column("safety", sa.Boolean()),
    sa.column("safety_concerns", sa.Integer()),
    sa.column("suicidal", sa.Boolean()),
    sa.column("overdosed", sa.Boolean()),
)
safety_item = sa.table("safety_item", sa.column("concerns", sa.Integer()))


def upgrade() -> None:
    _ask_two_questions()
    _add_pregnancies()
    _absences("absence", of="tolerance_event", causes=("detox", "custody", "hospital", "travel"))


def downgrade() -> None:
    op.execute(
        "UPDATE absence SET supersedes_id = NULL WHERE supersedes_id IN (SELECT id FROM absence WHERE cause = 'travel')"
    )
    op.execute("DELETE FROM absence WHERE cause = 'travel'")
    _absences("tolerance_event", of="absence", causes=("detox", "custody", "hospital"))
    with op.batch_alter_table("client_version") as batch:
        batch.drop_constraint(op.f("ck_client_version_pregnancy_due_on"), type_="check")
        batch.drop_constraint(op.f("ck_client_version_pregnancy_ended_on"), type_="check")
        batch.drop_column("pregnancy_due_on")
        batch.drop_column("pregnancy_ended_on")
    _ask_one_question()


def _ask_two_questions() -> None:
    op.drop_index("ix_check_in_facts", "check_in")
    with op.batch_alter_table("check_in") as batch:
        batch.add_column(sa.Column("used_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("suicidal", sa.Boolean(), nullable=True))
        batch.add_column(sa.Column("overdosed", sa.Boolean(), nullable=True))
        batch.add_column(sa.Column("overdosed_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("naloxone_used", sa.Boolean(), nullable=True))
    concerns, told = check_in.c.safety_concerns, check_in.c.safety

    def said(*named: int) -> sa.ColumnElement[bool | None]:
        mask = sum(named)
        yes = sa.or_(concerns == 0, concerns.bitwise_and(mask) != 0)
        return sa.case(
            (told.is_(False), sa.false()), (sa.and_(told.is_(True), yes), sa.true()), else_=sa.null()
        )

    op.execute(
        sa.update(check_in).values(suicidal=said(SELF_HARM, SUICIDAL_THOUGHTS), overdosed=said(OVERDOSE))
    )
    op.execute(
        sa.update(safety_item)
        .where(safety_item.c.concerns == 0)
        .values(concerns=SUICIDAL_THOUGHTS | OVERDOSE)
    )
    with op.batch_alter_table("check_in") as batch:
        batch.drop_column("safety")
        batch.drop_column("safety_concerns")
        batch.create_check_constraint(
            op.f("ck_check_in_used_on"), "used_on is null or use in ('slip', 'regular')"
        )
        batch.create_check_constraint(
            op.f("ck_check_in_overdosed_on"), "overdosed_on is null or overdosed is true"
        )
        batch.create_check_constraint(
            op.f("ck_check_in_naloxone_used"), "naloxone_used is null or overdosed is true"
        )
    new = ("suicidal", "overdosed", "used_on", "overdosed_on", "naloxone_used", "contact", "source")
    op.create_index("ix_check_in_facts", "check_in", [*OF_A_FACT, *ANSWERS, *new])


def _ask_one_question() -> None:
    op.drop_index("ix_check_in_facts", "check_in")
    with op.batch_alter_table("check_in") as batch:
        for name in ("used_on", "overdosed_on", "naloxone_used"):
            batch.drop_constraint(op.f(f"ck_check_in_{name}"), type_="check")
            batch.drop_column(name)
        batch.add_column(sa.Column("safety", sa.Boolean(), nullable=True))
        batch.add_column(sa.Column("safety_concerns", sa.Integer(), nullable=True))
    suicidal, overdosed = check_in.c.suicidal, check_in.c.overdosed
    op.execute(
        sa.update(check_in).values(
            safety=sa.case(
                (sa.or_(suicidal.is_(True), overdosed.is_(True)), sa.true()),
                (sa.and_(suicidal.is_(False), overdosed.is_(False)), sa.false()),
                else_=sa.null(),
            ),
            safety_concerns=sa.case((suicidal.is_(True), SUICIDAL_THOUGHTS), else_=0)
            + sa.case((overdosed.is_(True), OVERDOSE), else_=0),
        )
    )
    with op.batch_alter_table("check_in") as batch:
        batch.drop_column("suicidal")
        batch.drop_column("overdosed")
        batch.alter_column("safety_concerns", existing_type=sa.Integer(), nullable=False)
    op.create_index("ix_check_in_facts", "check_in", [*OF_A_FACT, *ANSWERS, "safety", "contact"])


def _add_pregnancies() -> None:
    with op.batch_alter_table("client_version") as batch:
        batch.add_column(sa.Column("pregnancy_due_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("pregnancy_ended_on", sa.Date(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_client_version_pregnancy_due_on"), "pregnancy_due_on is null or pregnant is true"
        )
        batch.create_check_constraint(
            op.f("ck_client_version_pregnancy_ended_on"), "pregnancy_ended_on is null or pregnant is false"
        )


def _absences(name: str, *, of: str, causes: tuple[str, ...]) -> None:
    """Make the table `name` with the rows of the table `of`, which goes."""
    enum = {"absence": "absencecause", "tolerance_event": "tolerancecause"}[name]
    listed = ", ".join(f"'{cause}'" for cause in causes)
    added = ("medicated",) if name == "absence" else ()
    op.create_table(
        name,
        sa.Column("cause", sa.String(length=32), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        *(sa.Column(column, sa.Boolean(), nullable=True) for column in added),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_known_on", sa.Date(), nullable=True),
        sa.Column("correction_reason", sa.Text(), nullable=True),
        sa.Column("entry_token", sa.String(length=64), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"cause IN ({listed})", name=op.f(f"ck_{name}_{enum}")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f(f"fk_{name}_client_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["staff.id"], name=op.f(f"fk_{name}_recorded_by_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], [f"{name}.id"], name=op.f(f"fk_{name}_supersedes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("entry_token", name=op.f(f"uq_{name}_entry_token")),
        sa.UniqueConstraint("supersedes_id", name=op.f(f"uq_{name}_supersedes_id")),
    )
    kept: list[sa.ColumnClause[object]] = [sa.column(column) for column in (*OF_A_FACT, *OF_AN_ABSENCE)]
    new, old = sa.table(name, *kept), sa.table(of, *(sa.column(column.name) for column in kept))
    op.execute(sa.insert(new).from_select(kept, sa.select(old).order_by(old.c.id)))
    if op.get_bind().dialect.name == "postgresql":
        last = sa.select(sa.func.max(new.c.id)).scalar_subquery()
        op.execute(sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(name, "id"), last)))
    op.drop_table(of)
    op.create_index(f"ix_{name}_facts", name, [*OF_A_FACT, "ends_on", "cause", *added])
