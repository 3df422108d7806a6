"""Expand: where an entered figure was taken over from, and approved figures found by unit and period.

Adds a column without a default and an index; the index locks the approved figures against writing while it is built.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261125_2110"
down_revision = "20261125_1946"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("edit", sa.Column("origin", postgresql.JSONB(none_as_null=True), nullable=True))
    op.create_index(
        "ix_approved_figure_unit_id_period_key", "approved_figure", ["unit_id", "period_key"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_approved_figure_unit_id_period_key", "approved_figure")
    op.drop_column("edit", "origin")
