"""Kit's tables, assignments, reports with their revisions, edits, acts and receipts.

Step: expand, the first. Locks nothing: the database is empty.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from kit.db.migrations import create_kit_tables, drop_kit_tables
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261123_1845"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ONLY_GROWS = ("edit", "report_act", "receipt")


def upgrade() -> None:
    create_kit_tables(op)
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("regime_id", sa.Uuid(), nullable=False),
        sa.Column("regime_code", sa.Text(), nullable=False),
        sa.Column("regime_name", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("period_key", sa.Text(), nullable=False),
        sa.Column("period_kind", sa.Text(), nullable=False),
        sa.Column("period_label", sa.Text(), nullable=False),
        sa.Column("first_day_on", sa.Date(), nullable=False),
        sa.Column("last_day_on", sa.Date(), nullable=False),
        sa.Column("period_opens_at", MOMENT, nullable=True),
        sa.Column("cut_off_from_on", sa.Date(), nullable=True),
        sa.Column("cut_off_to_on", sa.Date(), nullable=True),
        sa.Column("previous_key", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("last_year_key", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("unit", JSONB(), nullable=False),
        sa.Column("lead_unit_id", sa.Uuid(), nullable=False),
        sa.Column("lead_unit", JSONB(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("steps", JSONB(), nullable=False),
        sa.Column("calendar_version", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("form_version_ids", JSONB(), nullable=False),
        sa.Column("outline", JSONB(), nullable=False),
        sa.Column("signing", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("nil_allowed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("released_at", MOMENT, nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "regime_id",
            "period_key",
            "unit_id",
            "parent_id",
            name="uq_assignment_answer",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index("ix_assignment_regime_period", "assignment", ["regime_id", "period_key"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("regime_id", sa.Uuid(), nullable=False),
        sa.Column("period_key", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("lead_unit_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("last_edit", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("imported", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("enterers", JSONB(), nullable=False),
        sa.Column("submitted_by", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("submitted_to", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("approved_by", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("first_sent_at", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("taken_in_at", MOMENT, nullable=True),
        sa.Column("taken_in_by", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("accepted_at", MOMENT, nullable=True),
        sa.Column("correction_asked_at", MOMENT, nullable=True),
        sa.Column("correction_due_at", MOMENT, nullable=True),
        sa.Column("number", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("issued_on", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("document_sha256", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("search_key", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_report_assignment_id_assignment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_report_assignment_id")),
    )
    op.create_index("ix_report_due_at", "report", ["due_at"], unique=False)
    op.create_index("ix_report_lead_unit_state", "report", ["lead_unit_id", "state"], unique=False)
    op.create_index("ix_report_regime_period", "report", ["regime_id", "period_key"], unique=False)
    op.create_index("ix_report_unit_state", "report", ["unit_id", "state"], unique=False)
    op.create_table(
        "receipt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("canonical_hash", sa.Text(), nullable=False),
        sa.Column("sent_by", sa.Text(), nullable=False),
        sa.Column("sent_by_name", sa.Text(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("late", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("issued_on", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("document_sha256", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("nil", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_receipt_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
    )
    op.create_index(op.f("ix_receipt_report_id"), "receipt", ["report_id"], unique=False)
    op.create_table(
        "report_act",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("who_name", sa.Text(), nullable=False),
        sa.Column("acted_at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("comment", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("pinned", JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_act_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", "sequence", name=op.f("pk_report_act")),
    )
    op.create_table(
        "revision",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("begun_by", sa.Text(), nullable=False),
        sa.Column("base", JSONB(), nullable=True),
        sa.Column("canonical_hash", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("sealed_at", MOMENT, nullable=True),
        sa.Column("accepted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("nil", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("imported", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.Column("figures", JSONB(), nullable=True),
        sa.Column("narrative", JSONB(), nullable=True),
        sa.Column("explanations", JSONB(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_revision_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", "number", name=op.f("pk_revision")),
    )
    op.create_index(
        "uq_revision_accepted", "revision", ["report_id"], unique=True, postgresql_where=sa.text("accepted")
    )
    op.create_table(
        "edit",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("form_version_id", sa.Uuid(), nullable=True),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("column_id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("content", JSONB(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("road", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id", "revision"],
            ["revision.report_id", "revision.number"],
            name=op.f("fk_edit_report_id_revision_revision"),
        ),
        sa.PrimaryKeyConstraint("report_id", "number", name=op.f("pk_edit")),
    )
    op.create_index("ix_edit_report_id_revision", "edit", ["report_id", "revision"], unique=False)
    for table in ONLY_GROWS:
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION kit_append_only()"
        )


def downgrade() -> None:
    for table in (
        "edit",
        "revision",
        "report_act",
        "receipt",
        "report",
        "assignment",
    ):
        op.drop_table(table)
    drop_kit_tables(op)
