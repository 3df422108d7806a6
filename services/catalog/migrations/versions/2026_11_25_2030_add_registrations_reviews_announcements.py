"""Add registrations of forms, reviews and announcements of regimes, and what regimes and forms say beside.

Step: expand. Locks: `regime`, `form` and `form_version` for the moment it takes to add columns with constants.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261125_2030"
down_revision = "20261125_2025"
branch_labels = None
depends_on = None


def _columns() -> None:
    op.add_column("regime", sa.Column("permission", JSONB(), nullable=True))
    op.add_column("regime", sa.Column("resolved", JSONB(), nullable=True))
    op.add_column("form_version", sa.Column("testers", JSONB(), nullable=False, server_default="[]"))
    op.add_column("form", sa.Column("purpose", sa.Text(), nullable=False, server_default="both"))
    op.add_column("form", sa.Column("links", JSONB(), nullable=False, server_default="[]"))


def _form_registration() -> None:
    op.create_table(
        "form_registration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("owner_unit_id", sa.Uuid(), nullable=False),
        sa.Column("lead_unit_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked", JSONB(), nullable=False),
        sa.Column("workbook", JSONB(), nullable=False),
        sa.Column("form_version_id", sa.Uuid(), nullable=True),
        sa.Column("regime_id", sa.Uuid(), nullable=True),
        sa.Column("notice", JSONB(), nullable=True),
        sa.Column("steps", JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_form_registration"),
        sa.ForeignKeyConstraint(
            ["form_version_id"], ["form_version.id"], name="fk_form_registration_form_version_id_form_version"
        ),
        sa.ForeignKeyConstraint(["regime_id"], ["regime.id"], name="fk_form_registration_regime_id_regime"),
    )
    op.create_index(
        "ix_form_registration_province_id_created_at", "form_registration", ["province_id", "created_at"]
    )


def _regime_review() -> None:
    op.create_table(
        "regime_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("regime_id", sa.Uuid(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_regime_review"),
        sa.ForeignKeyConstraint(["regime_id"], ["regime.id"], name="fk_regime_review_regime_id_regime"),
    )
    op.create_index("ix_regime_review_regime_id_reviewed_on", "regime_review", ["regime_id", "reviewed_on"])


def _regime_announcement() -> None:
    op.create_table(
        "regime_announcement",
        sa.Column("regime_id", sa.Uuid(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("warned", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("regime_id", name="pk_regime_announcement"),
        sa.ForeignKeyConstraint(["regime_id"], ["regime.id"], name="fk_regime_announcement_regime_id_regime"),
    )


def upgrade() -> None:
    _columns()
    _form_registration()
    _regime_review()
    _regime_announcement()


def downgrade() -> None:
    for table in ("regime_announcement", "regime_review", "form_registration"):
        op.drop_table(table)
    for table, column in (
        ("form", "links"),
        ("form", "purpose"),
        ("form_version", "testers"),
        ("regime", "resolved"),
        ("regime", "permission"),
    ):
        op.drop_column(table, column)
