"""Expand: what the unit says about each place its report was returned for.

Adds one empty table; locks report_act for a moment to refer to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_1946"
down_revision = "20261123_1950"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settled_place",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("done", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("answer", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("who_name", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id", "act"],
            ["report_act.report_id", "report_act.sequence"],
            name=op.f("fk_settled_place_report_id_act_report_act"),
        ),
        sa.PrimaryKeyConstraint("report_id", "act", "place", name=op.f("pk_settled_place")),
    )


def downgrade() -> None:
    op.drop_table("settled_place")
