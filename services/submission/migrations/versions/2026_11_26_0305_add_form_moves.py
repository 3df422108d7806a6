"""Expand: reports moved to newer versions of their forms, with the figures that had no place there.

Adds one empty table; locks report for a moment to refer to it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261126_0305"
down_revision = "20261125_2359"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "form_move",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("to_version_id", sa.Uuid(), nullable=False),
        sa.Column("from_version_id", sa.Uuid(), nullable=False),
        sa.Column("from_number", sa.Integer(), nullable=False),
        sa.Column("to_number", sa.Integer(), nullable=False),
        sa.Column("form_code", sa.Text(), nullable=False),
        sa.Column("form_name", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("fallen", JSONB(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("who_name", sa.Text(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_form_move_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", "to_version_id", name=op.f("pk_form_move")),
    )


def downgrade() -> None:
    op.drop_table("form_move")
