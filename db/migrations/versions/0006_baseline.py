"""baseline: all tables, and the triggers that keep the audit trail append-only

Databases of the previews before it (revisions 0001 to 0005) are recognised and not opened: `db.session.PREVIEWS`.

It imports nothing of the project: types and the lists of CHECKs are spelled out, because what it did must not change
with the models. tests/db/test_migrations.py holds that its tables are those of the models on both databases.
Downgrading to nothing keeps nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clinic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("safety_protocol", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('real', 'demo', 'study')", name=op.f("ck_clinic_clinickind")),
        sa.CheckConstraint("id = 1", name=op.f("ck_clinic_one_clinic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username_digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index(op.f("ix_sign_in_attempt_at"), "sign_in_attempt", ["at"], unique=False)
    op.create_index(
        op.f("ix_sign_in_attempt_username_digest_at"),
        "sign_in_attempt",
        ["username_digest", "at"],
        unique=False,
    )

    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("name", name=op.f("uq_team_name")),
    )
    op.create_table(
        "client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(length=32), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("admitted_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_client_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sa.UniqueConstraint("handle", name=op.f("uq_client_handle")),
    )
    op.create_index(op.f("ix_client_team_id"), "client", ["team_id"], unique=False)

    op.create_table(
        "session_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.Column("entry_token", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "kind IN ('group', 'individual', 'medication_visit', 'outside_meeting')",
            name=op.f("ck_session_series_sessionkind"),
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_session_series_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_series")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_session_series_entry_token")),
    )
    op.create_index(op.f("ix_session_series_team_id"), "session_series", ["team_id"], unique=False)

    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('counselor', 'supervisor', 'admin')", name=op.f("ck_staff_role")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_staff_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("username", name=op.f("uq_staff_username")),
    )
    op.create_table(
        "assignment",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_assignment_client_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["staff.id"], name=op.f("fk_assignment_recorded_by_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_assignment_staff_id")),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["assignment.id"], name=op.f("fk_assignment_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_assignment_supersedes_id")),
    )
    op.create_index(
        op.f("ix_assignment_client_id_starts_on"), "assignment", ["client_id", "starts_on"], unique=False
    )
    op.create_index(op.f("ix_assignment_staff_id"), "assignment", ["staff_id"], unique=False)
    op.create_index(
        "uq_assignment_open",
        "assignment",
        ["client_id"],
        unique=True,
        sqlite_where=sa.text("superseded_on is null and ends_on is null"),
        postgresql_where=sa.text("superseded_on is null and ends_on is null"),
    )

    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=64), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_audit_event_by_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_audit_event_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    op.create_index(op.f("ix_audit_event_client_id_at"), "audit_event", ["client_id", "at"], unique=False)

    op.create_table(
        "call",
        sa.Column("outcome", sa.String(length=32), nullable=False),
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
        sa.CheckConstraint(
            "outcome IN ('reached', 'no_answer', 'left_message', 'wrong_number')",
            name=op.f("ck_call_calloutcome"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_call_client_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["staff.id"], name=op.f("fk_call_recorded_by_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["call.id"], name=op.f("fk_call_supersedes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_call_entry_token")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_call_supersedes_id")),
    )
    op.create_index(
        "ix_call_facts",
        "call",
        [
            "client_id",
            "occurred_on",
            "occurred_at",
            "id",
            "known_on",
            "superseded_on",
            "first_known_on",
            "outcome",
        ],
        unique=False,
    )

    op.create_table(
        "call_budget",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("calls_per_day", sa.Integer(), nullable=False),
        sa.CheckConstraint("calls_per_day between 0 and 50", name=op.f("ck_call_budget_calls_per_day")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_call_budget_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_call_budget")),
    )
    op.create_table(
        "check_in",
        sa.Column("contact", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("signs_asked", sa.Integer(), nullable=False),
        sa.Column("signs_present", sa.Integer(), nullable=False),
        sa.Column("halt_asked", sa.Integer(), nullable=False),
        sa.Column("halt_present", sa.Integer(), nullable=False),
        sa.Column("stage_asked", sa.Integer(), nullable=False),
        sa.Column("stage_present", sa.Integer(), nullable=False),
        sa.Column("protective_asked", sa.Integer(), nullable=False),
        sa.Column("protective_present", sa.Integer(), nullable=False),
        sa.Column("craving", sa.Integer(), nullable=True),
        sa.Column("craving_causes", sa.Integer(), nullable=False),
        sa.Column("use", sa.String(length=32), nullable=True),
        sa.Column("use_days", sa.Integer(), nullable=True),
        sa.Column("other_substances", sa.Integer(), nullable=True),
        sa.Column("withdrawal", sa.Integer(), nullable=True),
        sa.Column("withdrawal_from", sa.Integer(), nullable=False),
        sa.Column("medication_days_taken", sa.Integer(), nullable=True),
        sa.Column("medication_days_of", sa.Integer(), nullable=True),
        sa.Column("safety", sa.Boolean(), nullable=True),
        sa.Column("safety_concerns", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
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
        sa.CheckConstraint(
            "contact IN ('visit', 'phone', 'video', 'message', 'collateral')",
            name=op.f("ck_check_in_contactkind"),
        ),
        sa.CheckConstraint(
            "source IN ('client', 'staff', 'collateral')", name=op.f("ck_check_in_informationsource")
        ),
        sa.CheckConstraint("use IN ('none', 'slip', 'regular')", name=op.f("ck_check_in_use")),
        sa.CheckConstraint(
            "(halt_present & ~halt_asked) = 0", name=op.f("ck_check_in_halt_present_were_asked")
        ),
        sa.CheckConstraint(
            "(protective_present & ~protective_asked) = 0",
            name=op.f("ck_check_in_protective_present_were_asked"),
        ),
        sa.CheckConstraint(
            "(signs_present & ~signs_asked) = 0", name=op.f("ck_check_in_signs_present_were_asked")
        ),
        sa.CheckConstraint(
            "(stage_present & ~stage_asked) = 0", name=op.f("ck_check_in_stage_present_were_asked")
        ),
        sa.CheckConstraint("craving is null or craving between 0 and 10", name=op.f("ck_check_in_craving")),
        sa.CheckConstraint(
            "medication_days_taken is null or medication_days_taken between 0 and medication_days_of",
            name=op.f("ck_check_in_medication_days"),
        ),
        sa.CheckConstraint(
            "use_days is null or use_days between 0 and 366", name=op.f("ck_check_in_use_days")
        ),
        sa.CheckConstraint(
            "withdrawal is null or withdrawal between 0 and 3", name=op.f("ck_check_in_withdrawal")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_check_in_client_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["staff.id"], name=op.f("fk_check_in_recorded_by_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["check_in.id"], name=op.f("fk_check_in_supersedes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_check_in_entry_token")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_check_in_supersedes_id")),
    )
    op.create_index(
        "ix_check_in_facts",
        "check_in",
        [
            "client_id",
            "occurred_on",
            "occurred_at",
            "id",
            "known_on",
            "superseded_on",
            "first_known_on",
            "signs_asked",
            "signs_present",
            "halt_asked",
            "halt_present",
            "stage_asked",
            "stage_present",
            "protective_asked",
            "protective_present",
            "craving",
            "craving_causes",
            "use",
            "use_days",
            "other_substances",
            "withdrawal",
            "withdrawal_from",
            "medication_days_taken",
            "medication_days_of",
            "safety",
            "contact",
        ],
        unique=False,
    )
    op.create_index(op.f("ix_check_in_recorded_at"), "check_in", ["recorded_at"], unique=False)

    op.create_table(
        "client_version",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("record_number", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.String(length=64), nullable=True),
        sa.Column("safe_to_call", sa.String(length=32), nullable=False),
        sa.Column("safe_to_leave_message", sa.String(length=32), nullable=False),
        sa.Column("contact_interval_days", sa.Integer(), nullable=True),
        sa.Column("pregnant", sa.Boolean(), nullable=True),
        sa.Column("co_occurring", sa.Integer(), nullable=False),
        sa.Column("naloxone_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "safe_to_call IN ('yes', 'no', 'unknown')", name=op.f("ck_client_version_safe_to_call")
        ),
        sa.CheckConstraint(
            "safe_to_leave_message IN ('yes', 'no', 'unknown')",
            name=op.f("ck_client_version_safe_to_leave_message"),
        ),
        sa.CheckConstraint(
            "contact_interval_days is null or contact_interval_days between 1 and 90",
            name=op.f("ck_client_version_interval"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_version_client_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["staff.id"], name=op.f("fk_client_version_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["client_version.id"], name=op.f("fk_client_version_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_version")),
        sa.UniqueConstraint("client_id", "number", name=op.f("uq_client_version_client_id_number")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_client_version_supersedes_id")),
    )
    op.create_index(
        "uq_client_version_current",
        "client_version",
        ["client_id"],
        unique=True,
        sqlite_where=sa.text("superseded_on is null"),
        postgresql_where=sa.text("superseded_on is null"),
    )
    op.create_index(
        "uq_client_version_record_number",
        "client_version",
        ["record_number"],
        unique=True,
        sqlite_where=sa.text("superseded_on is null"),
        postgresql_where=sa.text("superseded_on is null"),
    )

    op.create_table(
        "dose",
        sa.Column("medication", sa.String(length=32), nullable=False),
        sa.Column("milligrams", sa.Numeric(precision=8, scale=2, asdecimal=False), nullable=True),
        sa.Column("covers_days", sa.Integer(), nullable=False),
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
        sa.CheckConstraint(
            "medication IN ('methadone', 'buprenorphine', 'buprenorphine_xr', 'naltrexone', 'naltrexone_xr')",
            name=op.f("ck_dose_medication"),
        ),
        sa.CheckConstraint("covers_days between 1 and 190", name=op.f("ck_dose_covers_days")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_dose_client_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["staff.id"], name=op.f("fk_dose_recorded_by_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["dose.id"], name=op.f("fk_dose_supersedes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dose")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_dose_entry_token")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_dose_supersedes_id")),
    )
    op.create_index(
        "ix_dose_facts",
        "dose",
        [
            "client_id",
            "occurred_on",
            "occurred_at",
            "id",
            "known_on",
            "superseded_on",
            "first_known_on",
            "covers_days",
            "medication",
        ],
        unique=False,
    )

    op.create_table(
        "forecast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("week_of", sa.Date(), nullable=False),
        sa.Column("by_turn", sa.Boolean(), nullable=False),
        sa.Column("says_dropout", sa.String(length=32), nullable=False),
        sa.Column("says_use", sa.String(length=32), nullable=False),
        sa.Column("engine_dropout", sa.Float(), nullable=True),
        sa.Column("engine_use", sa.Float(), nullable=True),
        sa.Column("engine_band", sa.String(length=32), nullable=False),
        sa.Column("entry_token", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "says_dropout IN ('very_unlikely', 'unlikely', 'even', 'likely', 'very_likely')",
            name=op.f("ck_forecast_says_dropout"),
        ),
        sa.CheckConstraint(
            "says_use IN ('very_unlikely', 'unlikely', 'even', 'likely', 'very_likely')",
            name=op.f("ck_forecast_says_use"),
        ),
        sa.CheckConstraint(
            "engine_band IN ('low', 'watch', 'elevated', 'high', 'unknown')",
            name=op.f("ck_forecast_engine_band"),
        ),
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
    op.create_index(op.f("ix_forecast_client_id_made_on"), "forecast", ["client_id", "made_on"], unique=False)

    op.create_table(
        "note",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
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
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_note_client_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["staff.id"], name=op.f("fk_note_recorded_by_id")),
        sa.ForeignKeyConstraint(["series_id"], ["session_series.id"], name=op.f("fk_note_series_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["note.id"], name=op.f("fk_note_supersedes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_note_entry_token")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_note_supersedes_id")),
    )
    op.create_index(op.f("ix_note_client_id_occurred_on"), "note", ["client_id", "occurred_on"], unique=False)

    op.create_table(
        "placement",
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("local_code", sa.String(length=64), nullable=True),
        sa.Column("next_level", sa.String(length=32), nullable=True),
        sa.Column("recommended", sa.JSON(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
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
        sa.CheckConstraint(
            "level IN ('aftercare', 'outpatient', 'intensive_outpatient', 'residential', 'detox')",
            name=op.f("ck_placement_level"),
        ),
        sa.CheckConstraint(
            "next_level IN ('aftercare', 'outpatient', 'intensive_outpatient', 'residential', 'detox')",
            name=op.f("ck_placement_next_level"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_placement_client_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["staff.id"], name=op.f("fk_placement_recorded_by_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["placement.id"], name=op.f("fk_placement_supersedes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_placement_entry_token")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_placement_supersedes_id")),
    )
    op.create_index(
        "ix_placement_facts",
        "placement",
        [
            "client_id",
            "occurred_on",
            "occurred_at",
            "id",
            "known_on",
            "superseded_on",
            "first_known_on",
            "level",
        ],
        unique=False,
    )

    op.create_table(
        "prescription",
        sa.Column("medication", sa.String(length=32), nullable=False),
        sa.Column("milligrams", sa.Numeric(precision=8, scale=2, asdecimal=False), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
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
        sa.CheckConstraint(
            "medication IN ('methadone', 'buprenorphine', 'buprenorphine_xr', 'naltrexone', 'naltrexone_xr')",
            name=op.f("ck_prescription_medication"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_prescription_client_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["staff.id"], name=op.f("fk_prescription_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["prescription.id"], name=op.f("fk_prescription_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prescription")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_prescription_entry_token")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_prescription_supersedes_id")),
    )
    op.create_index(
        "ix_prescription_facts",
        "prescription",
        [
            "client_id",
            "occurred_on",
            "occurred_at",
            "id",
            "known_on",
            "superseded_on",
            "first_known_on",
            "ends_on",
            "medication",
        ],
        unique=False,
    )

    op.create_table(
        "recalibration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("intercept", sa.Float(), nullable=False),
        sa.Column("slope", sa.Float(), nullable=False),
        sa.Column("clients", sa.Integer(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("outcomes", sa.Integer(), nullable=False),
        sa.Column("published", sa.Float(), nullable=False),
        sa.Column("adjusted", sa.Float(), nullable=False),
        sa.Column("observed", sa.Float(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_by_id", sa.Integer(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.Column("entry_token", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('relapse', 'early', 'use', 'dropout')", name=op.f("ck_recalibration_outcome")
        ),
        sa.CheckConstraint(
            "revoked_on is null or revoked_on >= applied_on", name=op.f("ck_recalibration_order")
        ),
        sa.CheckConstraint("slope > 0", name=op.f("ck_recalibration_slope")),
        sa.ForeignKeyConstraint(["applied_by_id"], ["staff.id"], name=op.f("fk_recalibration_applied_by_id")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["staff.id"], name=op.f("fk_recalibration_revoked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recalibration")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_recalibration_entry_token")),
    )
    op.create_index(
        "uq_recalibration_open",
        "recalibration",
        ["outcome"],
        unique=True,
        sqlite_where=sa.text("revoked_on is null"),
        postgresql_where=sa.text("revoked_on is null"),
    )

    op.create_table(
        "roll_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("entry_token", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["staff.id"], name=op.f("fk_roll_call_recorded_by_id")),
        sa.ForeignKeyConstraint(["series_id"], ["session_series.id"], name=op.f("fk_roll_call_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_roll_call_entry_token")),
        sa.UniqueConstraint("series_id", "held_on", name=op.f("uq_roll_call_series_id_held_on")),
    )
    op.create_table(
        "roster_member",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_roster_member_client_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["staff.id"], name=op.f("fk_roster_member_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["session_series.id"], name=op.f("fk_roster_member_series_id")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["roster_member.id"], name=op.f("fk_roster_member_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_member")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_roster_member_supersedes_id")),
    )
    op.create_index(op.f("ix_roster_member_client_id"), "roster_member", ["client_id"], unique=False)
    op.create_index(op.f("ix_roster_member_series_id"), "roster_member", ["series_id"], unique=False)
    op.create_index(
        "uq_roster_member_open",
        "roster_member",
        ["series_id", "client_id"],
        unique=True,
        sqlite_where=sa.text("superseded_on is null and ends_on is null"),
        postgresql_where=sa.text("superseded_on is null and ends_on is null"),
    )

    op.create_table(
        "rule_override",
        sa.Column("rule_id", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
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
    op.create_index(
        op.f("ix_rule_override_client_id_rule_id"), "rule_override", ["client_id", "rule_id"], unique=False
    )

    op.create_table(
        "rule_switch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.String(length=64), nullable=False),
        sa.Column("off_since", sa.Date(), nullable=False),
        sa.Column("off_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("off_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("on_again", sa.Date(), nullable=True),
        sa.Column("on_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_by_id", sa.Integer(), nullable=True),
        sa.Column("entry_token", sa.String(length=64), nullable=False),
        sa.CheckConstraint("on_again is null or on_again >= off_since", name=op.f("ck_rule_switch_order")),
        sa.ForeignKeyConstraint(["off_by_id"], ["staff.id"], name=op.f("fk_rule_switch_off_by_id")),
        sa.ForeignKeyConstraint(["on_by_id"], ["staff.id"], name=op.f("fk_rule_switch_on_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_switch")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_rule_switch_entry_token")),
    )
    op.create_index(
        "uq_rule_switch_open",
        "rule_switch",
        ["rule_id"],
        unique=True,
        sqlite_where=sa.text("on_again is null"),
        postgresql_where=sa.text("on_again is null"),
    )

    op.create_table(
        "series_version",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["leader_id"], ["staff.id"], name=op.f("fk_series_version_leader_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["staff.id"], name=op.f("fk_series_version_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["session_series.id"], name=op.f("fk_series_version_series_id")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["series_version.id"], name=op.f("fk_series_version_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_version")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_series_version_supersedes_id")),
    )
    op.create_index(op.f("ix_series_version_leader_id"), "series_version", ["leader_id"], unique=False)
    op.create_index(op.f("ix_series_version_series_id"), "series_version", ["series_id"], unique=False)
    op.create_index(
        "uq_series_version_current",
        "series_version",
        ["series_id"],
        unique=True,
        sqlite_where=sa.text("superseded_on is null"),
        postgresql_where=sa.text("superseded_on is null"),
    )

    op.create_table(
        "sign_in_session",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("csrf_token", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sign_in_session_staff_id")),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_sign_in_session")),
    )
    op.create_table(
        "tolerance_event",
        sa.Column("cause", sa.String(length=32), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
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
        sa.CheckConstraint(
            "cause IN ('detox', 'custody', 'hospital')", name=op.f("ck_tolerance_event_tolerancecause")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_tolerance_event_client_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["staff.id"], name=op.f("fk_tolerance_event_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["tolerance_event.id"], name=op.f("fk_tolerance_event_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tolerance_event")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_tolerance_event_entry_token")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_tolerance_event_supersedes_id")),
    )
    op.create_index(
        "ix_tolerance_event_facts",
        "tolerance_event",
        [
            "client_id",
            "occurred_on",
            "occurred_at",
            "id",
            "known_on",
            "superseded_on",
            "first_known_on",
            "ends_on",
            "cause",
        ],
        unique=False,
    )

    op.create_table(
        "urine_screen",
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("tested", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("certainty", sa.String(length=32), nullable=True),
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
        sa.CheckConstraint(
            "status IN ('due', 'collected', 'missed', 'excused')", name=op.f("ck_urine_screen_screenstatus")
        ),
        sa.CheckConstraint(
            "certainty IN ('presumptive', 'confirmed')", name=op.f("ck_urine_screen_certainty")
        ),
        sa.CheckConstraint("(found & ~tested) = 0", name=op.f("ck_urine_screen_found_were_tested")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_urine_screen_client_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["staff.id"], name=op.f("fk_urine_screen_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["urine_screen.id"], name=op.f("fk_urine_screen_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urine_screen")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_urine_screen_entry_token")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_urine_screen_supersedes_id")),
    )
    op.create_index(
        "ix_urine_screen_facts",
        "urine_screen",
        [
            "client_id",
            "occurred_on",
            "occurred_at",
            "id",
            "known_on",
            "superseded_on",
            "first_known_on",
            "status",
            "tested",
            "found",
            "expected",
        ],
        unique=False,
    )

    op.create_table(
        "attendance",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("roll_call_id", sa.Integer(), nullable=True),
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
        sa.CheckConstraint(
            "kind IN ('group', 'individual', 'medication_visit', 'outside_meeting')",
            name=op.f("ck_attendance_sessionkind"),
        ),
        sa.CheckConstraint(
            "mark IN ('attended', 'late', 'excused', 'no_show', 'cancelled_by_clinic')",
            name=op.f("ck_attendance_mark"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_attendance_client_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["staff.id"], name=op.f("fk_attendance_recorded_by_id")),
        sa.ForeignKeyConstraint(["roll_call_id"], ["roll_call.id"], name=op.f("fk_attendance_roll_call_id")),
        sa.ForeignKeyConstraint(["series_id"], ["session_series.id"], name=op.f("fk_attendance_series_id")),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["attendance.id"], name=op.f("fk_attendance_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("entry_token", name=op.f("uq_attendance_entry_token")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_attendance_supersedes_id")),
    )
    op.create_index(
        "ix_attendance_facts",
        "attendance",
        [
            "client_id",
            "occurred_on",
            "occurred_at",
            "id",
            "known_on",
            "superseded_on",
            "first_known_on",
            "mark",
            "kind",
        ],
        unique=False,
    )
    op.create_index(op.f("ix_attendance_roll_call_id"), "attendance", ["roll_call_id"], unique=False)
    op.create_index(
        "uq_attendance_one_mark",
        "attendance",
        ["client_id", "series_id", "occurred_on"],
        unique=True,
        sqlite_where=sa.text("superseded_on is null and series_id is not null"),
        postgresql_where=sa.text("superseded_on is null and series_id is not null"),
    )

    op.create_table(
        "safety_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("check_in_id", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("concerns", sa.Integer(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_by_id", sa.Integer(), nullable=True),
        sa.Column("steps_taken", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_id"], ["staff.id"], name=op.f("fk_safety_item_acknowledged_by_id")
        ),
        sa.ForeignKeyConstraint(["check_in_id"], ["check_in.id"], name=op.f("fk_safety_item_check_in_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_safety_item_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_item")),
        sa.UniqueConstraint("check_in_id", name=op.f("uq_safety_item_check_in_id")),
    )
    op.create_index(op.f("ix_safety_item_client_id"), "safety_item", ["client_id"], unique=False)
    op.create_table(
        "refused_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_refused_number_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_number")),
    )
    op.create_index(op.f("ix_refused_number_staff_id_at"), "refused_number", ["staff_id", "at"], unique=False)
    _make_audit_append_only()


def downgrade() -> None:
    _drop_audit_triggers()
    for table in (
        "refused_number",
        "safety_item",
        "attendance",
        "urine_screen",
        "tolerance_event",
        "sign_in_session",
        "series_version",
        "rule_switch",
        "rule_override",
        "roster_member",
        "roll_call",
        "recalibration",
        "prescription",
        "placement",
        "note",
        "forecast",
        "dose",
        "client_version",
        "check_in",
        "call_budget",
        "call",
        "audit_event",
        "assignment",
        "staff",
        "session_series",
        "client",
        "team",
        "sign_in_attempt",
        "clinic",
    ):
        op.drop_table(table)


def _make_audit_append_only() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_event_no_{verb.lower()} BEFORE {verb} ON audit_event "
                "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_event_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_append_only()"
    )


def _drop_audit_triggers() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER audit_event_no_{verb}")
        return
    op.execute("DROP TRIGGER audit_event_append_only ON audit_event")
    op.execute("DROP FUNCTION audit_event_append_only()")
