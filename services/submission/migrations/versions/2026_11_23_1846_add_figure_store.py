"""Orders to signing, the store of approved figures, aggregates, imported history.

Step: expand. Locks nothing but the reports' rows the new key points to, for a moment.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261123_1846"
down_revision = "20261123_1845"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
YEARS = range(2015, 2046)


def upgrade() -> None:
    op.create_table(
        "aggregation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("regime_id", sa.Uuid(), nullable=False),
        sa.Column("period_key", sa.Text(), nullable=False),
        sa.Column("lead_unit_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("facts", JSONB(), nullable=False),
        sa.Column("sources", JSONB(), nullable=False),
        sa.Column("forms", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aggregation")),
        sa.UniqueConstraint("regime_id", "period_key", name="uq_aggregation_regime_period"),
    )
    op.create_table(
        "approved_figure",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("form_version_id", sa.Uuid(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("column_id", sa.Text(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("regime_id", sa.Uuid(), nullable=False),
        sa.Column("period_key", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("number", sa.Numeric(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("computed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint(
            "year",
            "report_id",
            "level",
            "form_version_id",
            "row_id",
            "column_id",
            name=op.f("pk_approved_figure"),
        ),
        postgresql_partition_by="RANGE (year)",
    )
    op.create_index("ix_approved_figure_unit_id", "approved_figure", ["unit_id", "level"], unique=False)
    op.create_table(
        "history_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("regime_id", sa.Uuid(), nullable=False),
        sa.Column("period_key", sa.Text(), nullable=False),
        sa.Column("document_name", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("document_on", sa.Date(), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_import")),
    )
    op.create_table(
        "signing_order",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("canonical_hash", sa.Text(), nullable=False),
        sa.Column("leader_account_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("steps", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("content_sha256", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("request_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_error", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_signing_order_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", "revision", name=op.f("pk_signing_order")),
    )
    op.create_index(
        "ix_signing_order_waiting",
        "signing_order",
        ["next_attempt_at"],
        unique=False,
        postgresql_where=sa.text("NOT done"),
    )
    for year in YEARS:
        op.execute(
            f"CREATE TABLE approved_figure_{year} PARTITION OF approved_figure "
            f"FOR VALUES FROM ({year}) TO ({year + 1})"
        )


def downgrade() -> None:
    for table in (
        "signing_order",
        "history_import",
        "approved_figure",
        "aggregation",
    ):
        op.drop_table(table)
